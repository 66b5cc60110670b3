"""Distils MiniLM into two of its own layers, made narrower, over a smaller vocabulary.

Starts from the large encoder's weights: its first and last layer, of each the most active
neurons, and the rows of its table for the pieces in use. Two things are learned from every text:
to point where the large encoder points, and to rank the catalogue's films as it ranks them.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from pipeline.encoder.minilm_graph import DIM, HEAD_DIM, HIDDEN, N_HEADS, N_LAYERS, Weights
from pipeline.encoder.small_encoder_graph import HALF_LEVELS, step_of
from pipeline.encoder.vectors import Vectors

UNKNOWN = 100
EPSILON = 1e-12
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Settings:
    """How the small encoder is built and distilled."""

    layers: tuple[int, ...] = (0, 5)
    """Which of the large encoder's layers it starts from."""
    n_pieces: int = 15360
    """Of the vocabulary's 30522 that keep a row of the table."""
    n_neurons: int = 640
    """Of the 1536 between a layer's two wide matrices."""
    epochs: int = 3
    batch_tokens: int = 4096
    learning_rate: float = 4e-4
    warmup_steps: int = 40
    ranking_weight: float = 0.5
    sharpness: float = 30.0
    """Cosines times this are the logits over the catalogue's films."""
    seed: int = 0


@dataclass(frozen=True)
class Texts:
    """Tokenised texts and where the large encoder puts them."""

    tokens: list[NDArray[np.uint16]]
    vectors: NDArray[np.floating]  # (n_texts, dim)


# Where it starts


def kept_pieces(counts: Counter[int], always: set[int], n_pieces: int) -> NDArray[np.int64]:
    """The pieces that keep a row: those in `always`, then the most frequent; ascending."""
    frequent = [piece for piece, _ in counts.most_common() if piece not in always]
    kept = [*always, *frequent][:n_pieces]
    return np.array(sorted(kept), np.int64)


def rows_of_pieces(kept: NDArray[np.int64], table: NDArray[np.float32]) -> NDArray[np.int16]:
    """For every piece its row; a piece that lost its own has that of the most alike one."""
    unit = table / np.linalg.norm(table, axis=1, keepdims=True)
    nearest: NDArray[np.int16] = (unit @ unit[kept].T).argmax(1).astype(np.int16)
    nearest[kept] = np.arange(len(kept), dtype=np.int16)
    return nearest


def start(
    weights: Weights, kept: NDArray[np.int64], activity: Sequence[Vectors], settings: Settings
) -> dict[str, Vectors]:
    """The small encoder's first weights, by the names of the large one's."""
    found = {name: x for name, x in weights.items() if name.startswith("embeddings.")}
    del found["embeddings.position_ids"]
    table = "embeddings.word_embeddings.weight"
    found[table] = weights[table][kept]
    for new, old in enumerate(settings.layers):
        most_active = np.sort(np.argsort(-activity[old])[: settings.n_neurons])
        for name, x in weights.items():
            prefix = f"encoder.layer.{old}."
            if not name.startswith(prefix):
                continue
            part = name.removeprefix(prefix)
            if part.startswith("intermediate."):
                x = x[most_active]
            elif part == "output.dense.weight":
                x = x[:, most_active]
            found[f"encoder.layer.{new}.{part}"] = x
    return {name: np.array(x, np.float32) for name, x in found.items()}


def bridged(
    weights: Weights, large: Weights, texts: Texts, row_of_piece: NDArray[np.int16], layer: int
) -> dict[str, Vectors]:
    """Puts two matrices where layers were left out, fitted to what the large encoder has there.

    The bridge takes what the first layer gives to what `layer` of the large encoder reads; the
    other takes the mean over a text's pieces to its vector. Plain least squares.
    """
    found = dict(weights)
    every_piece = np.arange(len(large["embeddings.word_embeddings.weight"]), dtype=np.int16)
    whole = {name: x for name, x in large.items() if x.dtype == np.float32}
    theirs = Network(whole, n_layers=N_LAYERS, is_rounded=False)
    ours = Network(found, n_layers=1)
    given, wanted = [], []
    for ids in texts.tokens:
        is_token = torch.ones(1, len(ids), dtype=torch.bool)
        with torch.inference_mode():
            given.append(ours.states(padded([ids], row_of_piece)[0], is_token)[1][0])
            wanted.append(theirs.states(padded([ids], every_piece)[0], is_token)[layer][0])
    matrix, bias = least_squares(torch.cat(given), torch.cat(wanted), ridge=1e-3)
    found["encoder.layer.1.bridge.weight"], found["encoder.layer.1.bridge.bias"] = matrix, bias
    ours = Network(found, n_layers=2)
    with torch.inference_mode():
        means = torch.cat([ours.mean(*padded([ids], row_of_piece)) for ids in texts.tokens])
    goal = torch.from_numpy(texts.vectors.astype(np.float32))
    found["pooled.weight"], _ = least_squares(means, goal, ridge=3e-2)
    return found


def least_squares(x: torch.Tensor, y: torch.Tensor, *, ridge: float) -> tuple[Vectors, Vectors]:
    """Matrix (n_out, n_in) and bias that take `x` nearest to `y`."""
    centre, goal = x.mean(0), y.mean(0)
    x, y = x - centre, y - goal
    gram = x.T @ x
    gram += ridge * gram.trace() / len(gram) * torch.eye(len(gram))
    matrix = torch.linalg.solve(gram, x.T @ y)  # (n_in, n_out)
    return matrix.T.contiguous().numpy(), (goal - centre @ matrix).numpy()


# The network


class Rounded(torch.autograd.Function):
    """A row as its 16 levels give it back; gradients pass as if nothing was rounded."""

    @staticmethod
    def forward(ctx: Any, rows: torch.Tensor) -> torch.Tensor:
        step = step_of(rows)
        level = torch.clamp(torch.round(rows / step + HALF_LEVELS), 0, 2 * HALF_LEVELS)
        return (level - HALF_LEVELS) * step

    @staticmethod
    def backward(ctx: Any, *gradients: torch.Tensor) -> torch.Tensor:
        return gradients[0]


class Network(nn.Module):
    """Reads right-padded ids; gives unit vectors."""

    def __init__(self, weights: Weights, *, n_layers: int, is_rounded: bool = True) -> None:
        super().__init__()
        self.names = {name.replace(".", "/"): name for name in weights}
        for name, x in weights.items():
            self.register_parameter(name.replace(".", "/"), nn.Parameter(torch.tensor(x)))
        self.n_layers, self.is_rounded = n_layers, is_rounded

    def weights(self) -> dict[str, Vectors]:
        return {self.names[key]: x.detach().numpy() for key, x in self.named_parameters()}

    def linear(self, name: str, x: torch.Tensor) -> torch.Tensor:
        own, key = self._parameters, name.replace(".", "/")
        return functional.linear(x, own[f"{key}/weight"], own[f"{key}/bias"])

    def norm(self, name: str, x: torch.Tensor) -> torch.Tensor:
        own, key = self._parameters, name.replace(".", "/")
        scale, shift = own[f"{key}/weight"], own[f"{key}/bias"]
        return functional.layer_norm(x.float(), (DIM,), scale, shift, EPSILON)

    def words(self, rows: torch.Tensor) -> torch.Tensor:
        """What the first layer reads, (batch, length, dim)."""
        own = self._parameters
        words = functional.embedding(rows, own["embeddings/word_embeddings/weight"])
        if self.is_rounded:
            words = Rounded.apply(words)
        places = own["embeddings/position_embeddings/weight"][: rows.shape[1]]
        kind = own["embeddings/token_type_embeddings/weight"][0]
        return self.norm("embeddings.LayerNorm", words + places + kind)

    def layer(self, number: int, x: torch.Tensor, is_token: torch.Tensor) -> torch.Tensor:
        """One block, (batch, length, dim) to the same."""
        batch, length, _ = x.shape
        name = f"encoder.layer.{number}"
        if f"encoder/layer/{number}/bridge/weight" in self._parameters:
            x = self.linear(f"{name}.bridge", x)

        def heads(part: str) -> torch.Tensor:
            split = self.linear(f"{name}.attention.self.{part}", x)
            return split.view(batch, length, N_HEADS, HEAD_DIM).transpose(1, 2)

        query, key, value = (heads(part) for part in ("query", "key", "value"))
        # By hand: going back through torch's fused attention is nine times slower in bfloat16.
        scores = (query * HEAD_DIM**-0.5) @ key.transpose(2, 3)
        hidden = torch.where(is_token, 0.0, HIDDEN).to(scores.dtype)[:, None, None, :]
        looked = (scores + hidden).softmax(3).to(value.dtype) @ value
        looked = looked.transpose(1, 2).reshape(batch, length, DIM)
        part = f"{name}.attention.output"
        x = self.norm(f"{part}.LayerNorm", x + self.linear(f"{part}.dense", looked))
        wide = functional.gelu(self.linear(f"{name}.intermediate.dense", x))
        part = f"{name}.output"
        return self.norm(f"{part}.LayerNorm", x + self.linear(f"{part}.dense", wide))

    def states(self, rows: torch.Tensor, is_token: torch.Tensor) -> list[torch.Tensor]:
        """What each layer reads, and what the last one gives."""
        found = [self.words(rows)]
        for number in range(self.n_layers):
            found.append(self.layer(number, found[-1], is_token))
        return found

    def mean(self, rows: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """The mean over a text's pieces of what the last layer gives, (batch, dim)."""
        is_token = torch.arange(rows.shape[1]) < lengths.unsqueeze(1)  # (batch, length)
        x = self.states(rows, is_token)[-1].float()
        return (x * is_token.unsqueeze(2)).sum(1) / lengths.unsqueeze(1)

    def forward(self, rows: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """Rows of the table (batch, length) to unit vectors (batch, dim)."""
        found = self.mean(rows, lengths)
        if "pooled/weight" in self._parameters:
            found = functional.linear(found, self._parameters["pooled/weight"])
        return functional.normalize(found.float(), dim=1)


# Training


def batches(
    lengths: NDArray[np.int64], *, batch_tokens: int, draw: np.random.Generator
) -> list[NDArray[np.intp]]:
    """Every text once, in batches of like length, in random order."""
    order = np.lexsort((draw.random(len(lengths)), lengths))
    found, at = [], 0
    while at < len(order):
        size = max(1, batch_tokens // int(lengths[order[min(at + 64, len(order) - 1)]]))
        found.append(order[at : at + size])
        at += size
    return [found[k] for k in draw.permutation(len(found))]


def padded(
    tokens: Sequence[NDArray[np.uint16]], row_of_piece: NDArray[np.int16]
) -> tuple[torch.Tensor, torch.Tensor]:
    """Table rows (batch, length), right-padded, and how long each text is."""
    lengths = np.array([len(ids) for ids in tokens])
    rows = np.zeros((len(tokens), int(lengths.max())), np.int64)
    for at, ids in enumerate(tokens):
        rows[at, : len(ids)] = row_of_piece[ids]
    return torch.from_numpy(rows), torch.from_numpy(lengths)


def train(
    network: Network,
    texts: Texts,
    of_films: Vectors,
    row_of_piece: NDArray[np.int16],
    settings: Settings,
    checkpoint: Path,
    *,
    every: int = 100,
) -> None:
    """Distils; goes on from `checkpoint` if there is one."""
    torch.manual_seed(settings.seed)
    lengths = np.array([len(ids) for ids in texts.tokens])
    draw = np.random.default_rng(settings.seed)
    plan: list[NDArray[np.intp]] = []
    for _ in range(settings.epochs):
        plan += batches(lengths, batch_tokens=settings.batch_tokens, draw=draw)
    optimizer = torch.optim.Adam(network.parameters(), lr=settings.learning_rate)
    films = torch.from_numpy(of_films - of_films.mean(0)).T.to(torch.bfloat16)  # (dim, n_items)
    first = 0
    if checkpoint.exists():
        kept = torch.load(checkpoint)
        network.load_state_dict(kept["network"])
        optimizer.load_state_dict(kept["optimizer"])
        first = kept["step"]
    sums = np.zeros(3)
    for step in range(first, len(plan)):
        warm = min(1.0, (step + 1) / settings.warmup_steps)
        rest = 0.5 + 0.5 * np.cos(np.pi * step / len(plan))
        for group in optimizer.param_groups:
            group["lr"] = settings.learning_rate * warm * max(float(rest), 0.01)
        chosen = plan[step]
        rows, n_tokens = padded([texts.tokens[k] for k in chosen], row_of_piece)
        goal = torch.from_numpy(texts.vectors[chosen].astype(np.float32))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found = network(rows, n_tokens)
            ours = functional.log_softmax(settings.sharpness * (found @ films).float(), dim=1)
            theirs = functional.log_softmax(settings.sharpness * (goal @ films).float(), dim=1)
        apart = 1 - (found.float() * goal).sum(1).mean()
        ranking = functional.kl_div(ours, theirs, reduction="batchmean", log_target=True)
        loss = apart + settings.ranking_weight * ranking
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        sums += (1, float(apart.detach()), float(ranking.detach()))
        if (step + 1) % every == 0 or step + 1 == len(plan):
            log.info(
                "step %d of %d: 1 - cosine %.4f, ranking %.4f",
                *(step + 1, len(plan), sums[1] / sums[0], sums[2] / sums[0]),
            )
            sums[:] = 0
            state = {"network": network.state_dict(), "optimizer": optimizer.state_dict()}
            torch.save({**state, "step": step + 1}, checkpoint.with_suffix(".new"))
            checkpoint.with_suffix(".new").replace(checkpoint)


def embed(
    network: Network, tokens: Sequence[NDArray[np.uint16]], row_of_piece: NDArray[np.int16]
) -> Vectors:
    """Vectors of texts as the network under training gives them."""
    found = np.zeros((len(tokens), DIM), np.float32)
    lengths = np.array([len(ids) for ids in tokens])
    draw = np.random.default_rng(0)
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        for chosen in batches(lengths, batch_tokens=4096, draw=draw):
            rows, n_tokens = padded([tokens[k] for k in chosen], row_of_piece)
            found[chosen] = network(rows, n_tokens).float().numpy()
    return found
