"""Trains the families that read a history as a set, and measures them on tables C and B.

The best weights are those with the best NDCG@100 on C's validation.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from pipeline import config, paths
from pipeline.data import split as splits
from pipeline.data.split import Rows, SetCases, SetSplit
from pipeline.evaluate import metrics, results, shipped
from pipeline.evaluate.metrics import ScoreBatch
from pipeline.families.linear import MAX_HISTORY
from pipeline.ship import manifest
from pipeline.ship.export import record_test, ship_graph
from pipeline.ship.graph import Graph
from pipeline.training import loop
from pipeline.training.processes import joined


@dataclass(frozen=True)
class Training:
    """One training run; each family adds what its network needs."""

    epochs: int = 60
    batch_users: int = 256
    learning_rate: float = 1e-3
    weight_decay: float = 0.0
    ema_decay: float = 0.99
    """Of the averaged weights, which are the ones that answer."""
    validate_every: int = 1
    seed: int = 0
    precision: str = "bf16"
    """`bf16` where the machine multiplies it fast, else `float32`."""

    def __post_init__(self) -> None:
        if self.precision not in ("bf16", "float32"):
            raise ValueError(f"precision should be bf16 or float32: {self.precision}")


class SetNetwork(nn.Module):
    """A network that reads sets as rows of zeros and ones, (batch, n_items)."""

    def loss(self, picked: Tensor, progress: float) -> Tensor:
        """What training makes small; `progress` goes from 0 to 1 over the run."""
        raise NotImplementedError

    def scores(self, picked: Tensor) -> Tensor:
        """Scores of every item, (batch, n_items)."""
        raise NotImplementedError


Network = TypeVar("Network", bound=SetNetwork)
Settings = TypeVar("Settings", bound=Training)


def read_split(table: str, *, more: bool = False) -> SetSplit:
    """What a run for table B or C learns from: the same, for one file serves both.

    With `more`, what users of movielens-latest and ML-1M liked is learned from too.
    """
    if table == "A":
        raise ValueError("a family that reads sets is trained for table C and shipped, not for A")
    files = splits.read_files()
    found = splits.load_sets(files=files, strangers=True)
    return replace(found, train=[*found.train, *splits.liked_elsewhere(files)]) if more else found


def multi_hot(sets: Sequence[Rows], n_items: int) -> Tensor:
    """Ones where a set has an item."""  # (batch, n_items)
    found = torch.zeros(len(sets), n_items)
    user = np.repeat(np.arange(len(sets)), [len(rows) for rows in sets])
    item = np.concatenate(sets) if len(sets) else np.zeros(0, np.int32)
    found[torch.from_numpy(user), torch.from_numpy(item.astype(np.int64))] = 1.0
    return found


def hide(shown: Tensor, share: float) -> Tensor:
    """Dropout that draws for the picks alone: a twentieth of the time of drawing for every zero."""
    user, item = shown.nonzero(as_tuple=True)
    kept = torch.zeros_like(shown)
    kept[user, item] = functional.dropout(shown[user, item], share)
    return kept


def batches(training: Training, split: SetSplit, epoch: int) -> Iterator[Tensor]:
    """Every user once, in an order that depends on seed and epoch alone."""
    order = np.random.default_rng((training.seed, epoch)).permutation(len(split.train))
    for start in range(0, len(order), training.batch_users):
        chosen = order[start : start + training.batch_users]
        yield multi_hot([split.train[k] for k in chosen], split.n_items)


def train(
    network: SetNetwork,
    training: Training,
    split: SetSplit,
    folder: Path,
    *,
    before_epoch: Callable[[int], None] = lambda epoch: None,
) -> Path:
    """Runs, or continues, one training run; returns the path of the weights to use."""
    return loop.run(_Sets(network, training, split), folder, before_epoch=before_epoch)


def load(network: SetNetwork, checkpoint: Path) -> None:
    """Puts the weights of a `best.pt` into `network`."""
    network.load_state_dict(torch.load(checkpoint, map_location="cpu", weights_only=True))
    network.eval()


def trained(
    kind: Callable[[int, Settings], Network], settings: Settings, split: SetSplit, folder: Path
) -> Network:
    """The network that validation likes best; goes on where an earlier run stopped."""
    torch.manual_seed(settings.seed)
    network = kind(split.n_items, settings)
    load(network, train(network, settings, split, folder))
    return network


@dataclass(frozen=True)
class Run(Generic[Network, Settings]):
    """From a section of a configuration to artefacts, for a family that is one network."""

    name: str
    settings: type[Settings]
    network: Callable[[int, Settings], Network]
    write: Callable[[Network, Path], None]
    """Writes the network's fp32 graph."""
    learns_more: bool = False
    """Whether users of movielens-latest and ML-1M are trained on too."""

    def train_for(self, table: str, path: Path, benchmark_path: Path) -> None:
        """Trains the one network for tables B and C."""
        split = read_split(table, more=self.learns_more)
        self._trained(path, split, folder_of(self.name))

    def export(self, path: Path) -> None:
        """Ships what was trained and asks test once."""
        split, folder = read_split("C", more=self.learns_more), folder_of(self.name)
        score = score_with(self.ship(path, split, folder), split.n_items)
        record(self.name, score, minutes=loop.minutes_of(folder))

    def ship(self, path: Path, split: SetSplit, folder: Path) -> Network:
        """Puts the network trained in `folder` into the artefacts."""
        network = self._trained(path, split, folder)
        ship_graph(self.name, partial(self.write, network), max_history=MAX_HISTORY)
        return network

    def _trained(self, path: Path, split: SetSplit, folder: Path) -> Network:
        settings = config.section(path, self.name, self.settings)
        return trained(self.network, settings, split, folder)


def folder_of(name: str) -> Path:
    """Where a family keeps its checkpoints."""
    return paths.work_dir() / name


def score_with(network: SetNetwork, n_items: int) -> ScoreBatch:
    """A trained network as `evaluate` wants it."""

    def score(histories: list[Rows]) -> NDArray[np.floating]:
        recent = metrics.last_picks(histories, MAX_HISTORY)
        network.eval()
        with torch.no_grad():
            found: NDArray[np.floating] = network.scores(multi_hot(recent, n_items)).numpy()
        return found

    return score


class _Sets:
    """A network that reads sets, and the users it learns from."""

    score_name = "ndcg@100"
    is_chosen = True
    warmup_steps = 0
    clip = math.inf

    def __init__(self, network: SetNetwork, training: Training, split: SetSplit) -> None:
        self.network, self.settings, self.split = network, training, split
        self.processes = joined("cpu")

    def all_settings(self) -> dict[str, Any]:
        return asdict(self.settings)

    def optimizer(self) -> torch.optim.Optimizer:
        training = self.settings
        return torch.optim.AdamW(
            self.network.parameters(),
            training.learning_rate,
            weight_decay=training.weight_decay,
            fused=True,
        )

    def steps(self, epoch: int) -> Iterator[loop.Step]:
        n_batches = -(-len(self.split.train) // self.settings.batch_users)
        for number, picked in enumerate(batches(self.settings, self.split, epoch)):
            yield loop.Step(partial(self._loss, picked), len(picked), number / n_batches)

    def _loss(self, picked: Tensor, progress: float) -> Tensor:
        with torch.autocast("cpu", torch.bfloat16, enabled=self.settings.precision == "bf16"):
            return self.network.loss(picked, progress)

    def decay(self, n_steps: int) -> float:
        """The average begins as the weights after the first step."""
        return 0.0 if n_steps == 1 else self.settings.ema_decay

    def score(self, average: nn.Module) -> float:
        answering = score_with(cast("SetNetwork", average), self.split.n_items)
        return float(metrics.set_metrics(answering, self.split.valid)["ndcg@100"])

    def save_best(self, average: nn.Module, path: Path) -> None:
        loop.write(average.state_dict(), path)


# What all three graphs share


def picked(graph: Graph, n_items: int) -> str:
    """The history as ones among zeros, (batch, n_items)."""
    zero, one = (graph.constant(f"int_{n}", np.array(n, np.int32)) for n in (0, 1))
    rows = graph("Max", graph("Sub", "history", one), zero)
    # Padding adds nothing to the first item.
    here = graph("Cast", graph("Greater", "history", zero), to=1)
    size = graph("Concat", graph("Shape", "history", start=0, end=1), graph.ints(n_items), axis=0)
    empty = graph("Expand", graph.number(0), size)
    return graph("ScatterElements", empty, rows, here, axis=1, reduction="add")


# What is recorded


def record(name: str, exact: ScoreBatch, *, minutes: float) -> None:
    """Asks the test parts of C and B of both forms, as trained and as shipped."""
    cases = splits.load_sets(strangers=True).test
    n_bytes = manifest.read_manifest()["families"][name]["files"]["graph"]["bytes"]
    record_sets(name, exact, cases, minutes=minutes)
    record_sets(name, shipped.open_family(name).score, cases, minutes=minutes, n_bytes=n_bytes)
    record_test(name, exact, splits.load_product().test_last_ten, minutes=minutes)


def record_sets(
    name: str,
    score: ScoreBatch,
    cases: SetCases,
    *,
    minutes: float,
    n_bytes: int | None = None,
    note: str = "",
) -> None:
    """One row of table C: shipped where there are bytes, else exact."""
    row: results.Row = {"family": name, "form": "exact", "minutes": minutes}
    if n_bytes is not None:
        row.update(form="shipped", bytes=n_bytes)
    if note:
        row["note"] = note
    reached = metrics.set_metrics(score, cases)
    results.record("C", {**row, **reached})
    print("C", name, row["form"], note, f"{reached['ndcg@100']:.4f}", flush=True)
