"""BERT4Rec: a transformer that looks both ways and fills in films taken out of a history.

It learns by covering a share of the picks and naming them from what lies before and after. To
recommend, one more place, covered, is put after the last pick, unless a pick is covered already:
then that one is named. Unlike the paper's network it normalises before each half of a layer, gates
what attention gathers by the asking place, and knows places by a learned bias on the signed lag
between two of them, not by numbers for each place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, cast

import numpy as np
import torch
from onnx import TensorProto
from torch import Tensor, nn
from torch.nn import functional

from pipeline import config, paths, runs
from pipeline import split as splits
from pipeline.families import gru4rec
from pipeline.families.gru4rec import Gru4recConfig
from pipeline.graph import HISTORY, Graph, values
from pipeline.ship import record_test, ship_graph
from pipeline.split import Rows
from pipeline.train import Network, Questions, Shape, TrainConfig, load, padded

NAME = "bert4rec"
COVERED = -1
"""Stands for a covered place where a network reads rows + 1."""
MASKED = -1e4  # not -inf: half precision and WebGPU keep it finite


@dataclass(frozen=True)
class Bert4recShape(Shape):
    """The network's sizes, and what it starts from."""

    dim: int = 64
    layers: int = 2
    heads: int = 2
    hidden: int = 256
    dropout: float = 0.2
    decay: float = 0.1
    """Starting slope of the lag bias: a pick `lag` away weighs exp(-decay * lag)."""


@dataclass(frozen=True)
class Bert4recConfig(TrainConfig):
    """One training run of the network."""

    family: ClassVar[str] = NAME

    layers: int = 2
    heads: int = 2
    hidden: int = 256
    decay: float = 0.1
    covered_share: float = 0.2
    """Share of the picks that are taken out."""
    last_share: float = 0.1
    """Share of the windows that lose their last pick alone, as when recommending."""
    ahead_share: float = 0.0
    """Share of the batches that ask what comes next: windows are cut into stretches that start
    anywhere, and the end of each is covered."""
    most_ahead: int = 8
    """Most picks that are covered at such an end; how many is drawn."""
    ahead_history: int = 40
    """Longest such stretch."""

    def network(self, n_items: int) -> Bert4rec:
        return Bert4rec(
            Bert4recShape(
                n_items=n_items,
                max_history=self.max_history,
                dim=self.dim,
                layers=self.layers,
                heads=self.heads,
                hidden=self.hidden,
                dropout=self.dropout,
                decay=self.decay,
            )
        )

    def questions(self, windows: Sequence[Rows], draw: np.random.Generator) -> Questions:
        """Covers picks and asks for each of them."""
        if self.ahead_share > 0 and draw.random() < self.ahead_share:
            return self.questions_ahead(windows, draw)
        history = padded(windows)
        is_pick = history > 0
        is_asked = is_pick & (draw.random(history.shape) < self.covered_share)
        is_last = np.zeros_like(is_pick)
        is_last[np.arange(len(windows)), is_pick.sum(axis=1) - 1] = True
        is_last_only = draw.random(len(windows)) < self.last_share
        is_last_only |= ~is_asked.any(axis=1)
        is_asked = np.where(is_last_only[:, None], is_last, is_asked)
        answer = history[is_asked] - 1
        return Questions(np.where(is_asked, COVERED, history), is_asked, answer)

    def questions_ahead(self, windows: Sequence[Rows], draw: np.random.Generator) -> Questions:
        """Asks for the last few picks of stretches cut anywhere, from those before.

        Covering picks anywhere asks one question in hundreds as recommending does; what lies ahead
        answers the others. Stretches are short, so that a batch asks often.
        """
        most = self.ahead_history
        cut: list[Rows] = []
        for window in windows:
            ends = draw.integers(2, len(window) + 1, -(-len(window) // most))
            cut += [window[max(end - most, 0) : end] for end in ends]
        length = np.array([len(stretch) for stretch in cut])
        n_covered = draw.integers(1, np.minimum(self.most_ahead, length - 1) + 1)
        history = padded(cut)
        place = np.arange(history.shape[1])
        is_asked = (place < length[:, None]) & (place >= (length - n_covered)[:, None])
        answer = history[is_asked] - 1
        return Questions(np.where(is_asked, COVERED, history), is_asked, answer)


def network(shape: Mapping[str, Any]) -> Bert4rec:
    """The network of a kept shape."""
    return Bert4rec(Bert4recShape(**shape))


class Block(nn.Module):
    """One layer: gated attention in both directions, then a small feed-forward net."""

    def __init__(self, shape: Bert4recShape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.head_dim = shape.dim // shape.heads
        self.attention_norm = nn.LayerNorm(shape.dim)
        self.query = nn.Linear(shape.dim, shape.dim, bias=False)
        self.key = nn.Linear(shape.dim, shape.dim, bias=False)
        self.value = nn.Linear(shape.dim, shape.dim, bias=False)
        self.gate = nn.Linear(shape.dim, shape.dim)
        self.out = nn.Linear(shape.dim, shape.dim, bias=False)
        self.feed_norm = nn.LayerNorm(shape.dim)
        self.rise = nn.Linear(shape.dim, shape.hidden)
        self.fall = nn.Linear(shape.hidden, shape.dim)
        self.dropout = nn.Dropout(shape.dropout)
        # By lag + max_history: what lies ahead first, then what lies behind.
        lags = torch.arange(-shape.max_history, shape.max_history + 1).abs()
        slopes = shape.decay * 2.0 ** -torch.arange(shape.heads, dtype=torch.float32)
        self.lag_bias = nn.Parameter(-slopes[:, None] * lags)  # (heads, 2 * max_history + 1)

    def split(self, x: Tensor) -> Tensor:
        """(batch, length, dim) to (batch, heads, length, head_dim)."""
        return x.unflatten(-1, (self.heads, self.head_dim)).transpose(1, 2)

    def forward(self, x: Tensor, lag: Tensor, is_padding: Tensor) -> tuple[Tensor, Tensor]:
        """The next layer's input, and how much each place looked at each other.

        `lag` (length, length) counts from -max_history as 0; `is_padding` is (batch, length).
        """
        seen = self.attention_norm(x)
        scores = self.split(self.query(seen)) @ self.split(self.key(seen)).transpose(-1, -2)
        mask = torch.where(is_padding[:, None, None, :], MASKED, self.lag_bias[:, lag])
        weights = torch.softmax(scores * self.head_dim**-0.5 + mask, dim=-1)
        value = self.split(self.value(seen))
        gathered = (weights.to(value.dtype) @ value).transpose(1, 2).flatten(-2)
        x = x + self.dropout(self.out(gathered * functional.silu(self.gate(seen))))
        hidden = functional.silu(self.rise(self.feed_norm(x)))
        return x + self.dropout(self.fall(self.dropout(hidden))), weights


class Bert4rec(Network):
    """The network. Beside rows + 1 and padding it reads `COVERED` places."""

    family = NAME
    shape: Bert4recShape
    lags: Tensor

    def __init__(self, shape: Bert4recShape) -> None:
        super().__init__()
        self.shape = shape
        self.items = nn.Parameter(torch.randn(shape.n_items, shape.dim) * 0.02)
        self.item_scale = nn.Parameter(torch.tensor(float(shape.dim) ** 0.5))
        self.covered = nn.Parameter(torch.zeros(shape.dim))
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.last_norm = nn.LayerNorm(shape.dim)
        self.dropout = nn.Dropout(shape.dropout)
        place = torch.arange(shape.max_history + 1)
        lags = place[:, None] - place[None, :] + shape.max_history
        self.register_buffer("lags", lags, persistent=False)
        for name, weight in self.named_parameters():
            if weight.ndim == 2 and name.startswith("blocks") and "lag_bias" not in name:
                nn.init.xavier_uniform_(weight)

    def states(self, history: Tensor, table: Tensor) -> Tensor:
        """What the network thinks at each place, (batch, length, dim)."""
        return self.layers(history, table)[0]

    def layers(self, history: Tensor, table: Tensor) -> tuple[Tensor, list[Tensor]]:
        """States, and each layer's attention weights, (batch, heads, length, length)."""
        length = history.shape[1]
        known = table[(history - 1).clamp(min=0)] * self.item_scale
        x = self.dropout(torch.where((history == COVERED).unsqueeze(-1), self.covered, known))
        looked: list[Tensor] = []
        for block in self.blocks:
            x, weights = block(x, self.lags[:length, :length], history == 0)
            looked.append(weights)
        return self.last_norm(x), looked

    def forward(self, history: Tensor) -> tuple[Tensor, Tensor]:
        """Scores for the covered place, (batch, n_items), and where it looked.

        That is the one that is `COVERED` in the history, or else one after the last pick. The
        second is (batch, layers, length), heads averaged; what is missing to 1 is how much the
        covered place looked at itself.
        """
        n_picks = (history > 0).sum(dim=1)  # (batch,)
        row = torch.arange(len(history))
        longer = functional.pad(history, (0, 1))
        is_asked = history == COVERED
        place = torch.where(is_asked.any(dim=1), is_asked.int().argmax(dim=1), n_picks)
        longer[row, place] = COVERED
        table = self.table()
        states, looked = self.layers(longer, table)
        here = (history > 0).unsqueeze(1)
        seen = [weights.mean(dim=1)[row, place, :-1] for weights in looked]
        return states[row, place] @ table.T, torch.stack(seen, dim=1) * here


def write(model: Bert4rec, path: Path) -> None:
    """Writes the fp32 graph, which covers the place after the last pick where none is `COVERED`."""
    graph = Graph()
    shape = model.shape
    # Film by film in columns: the same number of every film lies together, which packs better.
    table = graph.constant("items", values(model.table()).T)  # (dim, n_items)
    zero = graph.constant("zero", np.array(0, np.int32))
    one = graph.constant("one", np.array(1, np.int32))
    size = graph("Shape", "history", start=1, end=2)
    steps = np.arange(shape.max_history + 1, dtype=np.float32)
    end = graph("Add", size, graph.ints(1))
    step = graph("Slice", graph.constant("steps", steps), graph.ints(0), end)  # (length + 1,)
    here = graph("Cast", graph("Greater", "history", zero), to=TensorProto.FLOAT)
    n_picks = graph("ReduceSum", here, graph.ints(1), keepdims=1)  # (batch, 1)
    covered_id = graph.constant("covered_id", np.array(COVERED, np.int32))
    asked = graph("Cast", graph("Equal", "history", covered_id), to=TensorProto.FLOAT)
    n_asked = graph("ReduceSum", asked, graph.ints(1), keepdims=1)  # (batch, 1)
    # Nowhere, before the first place, where the history asks for one of its own.
    after = graph("Sub", n_picks, graph("Mul", n_asked, graph.number(shape.max_history + 1)))
    padded_history = graph("Pad", "history", graph.ints(0, 0, 0, 1))
    longer = graph("Where", graph("Equal", step, after), covered_id, padded_history)
    rows = graph("Max", graph("Sub", longer, one), zero)
    known = graph("Transpose", graph("Gather", table, rows, axis=1), perm=[1, 2, 0])
    known = graph("Mul", known, graph.constant("item_scale", values(model.item_scale)))

    is_covered = graph("Equal", longer, covered_id)  # (batch, length + 1)
    covered = graph.constant("covered", values(model.covered))
    x = graph("Where", graph("Unsqueeze", is_covered, graph.ints(2)), covered, known)
    at_covered = graph("Unsqueeze", graph("Cast", is_covered, to=TensorProto.FLOAT), graph.ints(1))
    is_padding = graph("Unsqueeze", graph("Equal", longer, zero), graph.ints(1, 2))
    lag = graph("Sub", graph("Unsqueeze", step, graph.ints(1)), step)
    lag = graph("Cast", graph("Add", lag, graph.number(shape.max_history)), to=TensorProto.INT32)

    looked: list[str] = []
    for number, block in enumerate(model.blocks):
        is_final = number == shape.layers - 1
        name = f"block{number}"
        x, seen = _block(graph, block, name, x, lag, is_padding, at_covered, is_final=is_final)
        looked.append(seen)
    every = graph("Concat", *looked, axis=1)  # (batch, layers, length + 1)
    picks = graph("Slice", every, graph.ints(0), graph.ints(-1), graph.ints(2))
    graph("Mul", picks, graph("Unsqueeze", here, graph.ints(1)), out="attention")
    state = graph("Squeeze", graph.norm(model.last_norm, "last_norm", x), graph.ints(1))
    graph("Gemm", state, table, out="scores")
    graph.save(
        path,
        NAME,
        HISTORY,
        {
            "scores": (TensorProto.FLOAT, ["batch", shape.n_items]),
            "attention": (TensorProto.FLOAT, ["batch", shape.layers, "length"]),
        },
    )


def _block(
    graph: Graph,
    block: Block,
    name: str,
    x: str,
    lag: str,
    is_padding: str,
    at_covered: str,
    *,
    is_final: bool,
) -> tuple[str, str]:
    """One layer; the final one asks for the covered place only and returns (batch, 1, dim)."""
    heads, head_dim = block.heads, block.head_dim
    seen = graph.norm(block.attention_norm, f"{name}.attention_norm", x)
    asking, ask = x, seen
    if is_final:
        asking, ask = graph("MatMul", at_covered, x), graph("MatMul", at_covered, seen)

    def split(given: str, order: list[int]) -> str:
        apart = graph("Reshape", given, graph.ints(0, 0, heads, head_dim))
        return graph("Transpose", apart, perm=order)

    # The scale of the dot product is folded into the query's weights.
    query = values(block.query.weight).T * head_dim**-0.5
    asked = split(graph("MatMul", ask, graph.constant(f"{name}.query", query)), [0, 2, 1, 3])
    key = split(graph.linear(block.key, f"{name}.key", seen), [0, 2, 3, 1])
    value = split(graph.linear(block.value, f"{name}.value", seen), [0, 2, 1, 3])
    bias = graph("Gather", graph.constant(f"{name}.lag_bias", values(block.lag_bias)), lag, axis=1)
    at_place = graph("Unsqueeze", at_covered, graph.ints(1))  # (batch, 1, 1, length + 1)
    if is_final:
        bias = graph("MatMul", at_place, bias)
    mask = graph("Where", is_padding, graph.number(MASKED), bias)
    weights = graph("Softmax", graph("Add", graph("MatMul", asked, key), mask), axis=-1)
    looked = graph("ReduceMean", weights, graph.ints(1), keepdims=0)
    if not is_final:
        looked = graph("MatMul", at_covered, looked)  # (batch, 1, length + 1)
    mixed = graph("Transpose", graph("MatMul", weights, value), perm=[0, 2, 1, 3])
    mixed = graph("Reshape", mixed, graph.ints(0, 0, heads * head_dim))
    gate = graph.silu(graph.linear(block.gate, f"{name}.gate", ask))
    x = graph("Add", asking, graph.linear(block.out, f"{name}.out", graph("Mul", mixed, gate)))
    fed = graph.norm(block.feed_norm, f"{name}.feed_norm", x)
    fed = graph.silu(graph.linear(block.rise, f"{name}.rise", fed))
    return graph("Add", x, graph.linear(block.fall, f"{name}.fall", fed)), looked


def train_for(table: str, path: Path, benchmark_path: Path) -> None:
    """Trains what table A or B asks for; given again, goes on where it stopped.

    Both start from a run that fills in covered films; the benchmark then learns to look ahead.
    """
    first = config.section(benchmark_path, NAME, Bert4recConfig)
    recurrent = config.section(benchmark_path, gru4rec.NAME, Gru4recConfig)
    teach = partial(runs.known_items, recurrent, first.dim)
    if table == "B":
        runs.product(config.section(path, NAME, Bert4recConfig), first, teach)
        return
    further = config.section(benchmark_path, "bert4rec_ahead", Bert4recConfig)
    seeds = config.section(benchmark_path, "bert4rec_seeds", runs.Seeds).seeds
    start, folder = runs.benchmark_run(first, 0, splits.load_benchmark(), teach)
    go_on = partial(runs.known_network, start)
    runs.benchmark(further, seeds, go_on, part="ahead", minutes_before=runs.minutes_of(folder))


def export(path: Path) -> None:
    """Ships the trained product network and asks the test part of B of it."""
    checkpoint = paths.work_dir() / f"{NAME}-shipping" / "best.pt"
    ship(checkpoint)
    minutes = runs.minutes_of(checkpoint.parent)
    test = splits.load_product().test
    record_test(NAME, runs.score_with(load(checkpoint)), test, minutes=minutes)


def ship(checkpoint: Path) -> None:
    """Puts the network of `checkpoint` into the artefacts."""
    model = cast("Bert4rec", load(checkpoint))
    ship_graph(NAME, partial(write, model), max_history=model.shape.max_history)
