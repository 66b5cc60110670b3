"""GRU4Rec: a recurrent network that reads picks one by one and keeps one state of the reader.

What it has seen lives in that state alone, so a pick costs the same however long the history is.
The item table serves twice, as input and as output. It learns by cross-entropy over all items, not
by the pairwise losses of the first papers: that is what lifts it to today's figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, cast

import numpy as np
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper
from torch import Tensor, nn

from pipeline import config, paths, runs, split
from pipeline.graph import HISTORY, Graph, values
from pipeline.ship import record_test, ship_graph
from pipeline.train import Network, Shape, TrainConfig, load

NAME = "gru4rec"


@dataclass(frozen=True)
class Gru4recShape(Shape):
    """The network's sizes."""

    dim: int = 128
    dropout: float = 0.3


@dataclass(frozen=True)
class Gru4recConfig(TrainConfig):
    """One training run of the network."""

    family: ClassVar[str] = NAME

    def network(self, n_items: int) -> Gru4rec:
        return Gru4rec(Gru4recShape(n_items, self.max_history, self.dim, self.dropout))


def network(shape: Mapping[str, Any]) -> Gru4rec:
    """The network of a kept shape."""
    return Gru4rec(Gru4recShape(**shape))


class Gru4rec(Network):
    """One gated recurrent layer, as wide as an item's vector."""

    family = NAME
    shape: Gru4recShape

    def __init__(self, shape: Gru4recShape) -> None:
        super().__init__()
        self.shape = shape
        self.items = nn.Parameter(torch.randn(shape.n_items, shape.dim) * 0.02)
        self.item_scale = nn.Parameter(torch.tensor(float(shape.dim) ** 0.5))
        self.gru = nn.GRU(shape.dim, shape.dim, batch_first=True)
        self.last_norm = nn.LayerNorm(shape.dim)
        self.dropout = nn.Dropout(shape.dropout)

    def hidden(self, history: Tensor, table: Tensor) -> Tensor:
        """The recurrent state after each pick, every number between -1 and 1."""
        x = self.dropout(table[(history - 1).clamp(min=0)] * self.item_scale)
        # A state is rounded once per pick: at half precision that would add up.
        with torch.autocast(history.device.type, enabled=False):
            states: Tensor = self.gru(x.float())[0]  # (batch, length, dim)
        return states

    def states(self, history: Tensor, table: Tensor) -> Tensor:
        """What the next pick is scored with, after each pick, (batch, length, dim)."""
        return self.last_norm(self.dropout(self.hidden(history, table)))

    def forward(self, history: Tensor) -> tuple[Tensor, Tensor]:
        """Scores after the last pick, (batch, n_items), and the state after each pick."""
        table = self.table()
        hidden = self.hidden(history, table)
        last = (history > 0).sum(dim=1).clamp(min=1) - 1  # (batch,)
        state = self.last_norm(hidden[torch.arange(len(history)), last])
        return state @ table.T, hidden * (history > 0).unsqueeze(-1)


def write(model: Gru4rec, path: Path) -> None:
    """Writes the fp32 graph: one recurrent node, which stops at each history's own end."""
    graph = Graph()
    dim = model.shape.dim
    # Film by film in columns: the same number of every film lies together, which packs better.
    # What all films share stands apart, so that int8 spends its steps on what tells them apart.
    items = values(model.table())
    shared = items.mean(axis=0)  # (dim,)
    table = graph.constant("items", (items - shared).T)  # (dim, n_items)
    zero = graph.constant("zero", np.array(0, np.int32))
    one = graph.constant("one", np.array(1, np.int32))
    rows = graph("Max", graph("Sub", "history", one), zero)
    known = graph("Transpose", graph("Gather", table, rows, axis=1), perm=[2, 1, 0])
    known = graph("Add", known, graph.constant("shared", shared))
    x = graph("Mul", known, graph.constant("item_scale", values(model.item_scale)))
    here = graph("Cast", graph("Greater", "history", zero), to=TensorProto.INT32)
    n_picks = graph("Max", graph("ReduceSum", here, graph.ints(1), keepdims=0), one)  # (batch,)

    def matrix(name: str, weight: Tensor) -> str:
        # Two axes and a scale per output, as the quantiser wants it; the node wants (1, out, in).
        kept = graph.constant(name, _gates(weight).T)
        return graph("Unsqueeze", graph("Transpose", kept, perm=[1, 0]), graph.ints(0))

    read = matrix("gru.read", model.gru.weight_ih_l0)
    keep = matrix("gru.keep", model.gru.weight_hh_l0)
    biases = [_gates(model.gru.bias_ih_l0), _gates(model.gru.bias_hh_l0)]
    bias = graph("Unsqueeze", graph.constant("gru.bias", np.concatenate(biases)), graph.ints(0))
    graph.nodes.append(
        helper.make_node(
            "GRU",
            [x, read, keep, bias, n_picks],
            ["gru.every", "gru.last"],  # (length, 1, batch, dim), (1, batch, dim)
            "gru",
            hidden_size=dim,
            linear_before_reset=1,
        )
    )
    every = graph("Squeeze", "gru.every", graph.ints(1))
    graph("Transpose", every, perm=[1, 0, 2], out="hidden")
    last = graph("Squeeze", "gru.last", graph.ints(0))
    state = graph.norm(model.last_norm, "last_norm", last)
    of_shared = graph("MatMul", state, graph.constant("shared.column", shared[:, None]))
    graph("Gemm", state, table, of_shared, out="scores")
    graph.save(
        path,
        NAME,
        HISTORY,
        {
            "scores": (TensorProto.FLOAT, ["batch", model.shape.n_items]),
            "hidden": (TensorProto.FLOAT, ["batch", "length", dim]),
        },
    )


def _gates(parameter: Tensor) -> NDArray[np.float32]:
    """Rows of torch's gates (reset, update, new) in the order of ONNX (update, reset, new)."""
    reset, update, new = np.split(values(parameter), 3)
    return np.concatenate([update, reset, new])


def train_for(table: str, path: Path, benchmark_path: Path) -> None:
    """Trains what table A or B asks for; given again, goes on where it stopped."""
    first = config.section(benchmark_path, NAME, Gru4recConfig)
    if table == "A":
        runs.benchmark(first, config.section(benchmark_path, "gru4rec_seeds", runs.Seeds).seeds)
    else:
        runs.product(config.section(path, NAME, Gru4recConfig), first)


def export(path: Path) -> None:
    """Ships the trained product network and asks the test part of B of it."""
    checkpoint = paths.work_dir() / f"{NAME}-shipping" / "best.pt"
    ship(checkpoint)
    minutes = runs.minutes_of(checkpoint.parent)
    record_test(NAME, runs.score_with(load(checkpoint)), split.load_product().test, minutes=minutes)


def ship(checkpoint: Path) -> None:
    """Puts the network of `checkpoint` into the artefacts."""
    model = cast("Gru4rec", load(checkpoint))
    ship_graph(NAME, partial(write, model), max_history=model.shape.max_history)
