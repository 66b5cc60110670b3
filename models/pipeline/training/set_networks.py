"""Trains the families that read a history as a set, and measures them on tables C and B.

The best weights are those with the best NDCG@100 on C's validation. A set has no order; a history
has, and may be read as a set in which newer picks count more.
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
from onnx import TensorProto
from torch import Tensor, nn
from torch.nn import functional

from pipeline import config, paths
from pipeline.data import split as splits
from pipeline.data.split import Rows, SetSplit
from pipeline.evaluate import metrics, shipped, tables
from pipeline.evaluate.metrics import ScoreBatch
from pipeline.evaluate.shipped import EVEN
from pipeline.families import counts, ease
from pipeline.families.linear import MAX_HISTORY, LinearModel, Query
from pipeline.ship import manifest
from pipeline.ship.export import record_test, ship_graph
from pipeline.ship.graph import HISTORY, Graph, Named
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


@dataclass(frozen=True)
class Recent(Training):
    """For a network that is asked with newer picks counting more; it learns from sets as they are.

    This is not in the families' papers.
    """

    decay: float = 1.0
    """A pick of age a, 0 the newest, counts decay^a + rest; 1: all count alike."""
    rest: float = 0.0


class SetNetwork(nn.Module):
    """A network that reads sets as rows of weights, (batch, n_items): ones for a set as it is."""

    def loss(self, picked: Tensor, progress: float) -> Tensor:
        """What training makes small; `progress` goes from 0 to 1 over the run."""
        raise NotImplementedError

    def scores(self, picked: Tensor) -> Tensor:
        """Scores of every item, (batch, n_items)."""
        raise NotImplementedError

    def finished(self, sets: Sequence[Rows]) -> SetNetwork:
        """What ships, made of the trained network and the sets it learned from."""
        del sets
        return self


Network = TypeVar("Network", bound=SetNetwork)
Settings = TypeVar("Settings", bound=Training)
Ordered = TypeVar("Ordered", bound=Recent)


def read_split(table: str, *, more: bool = False) -> SetSplit:
    """What a run for table B or C learns from: the same, for one file serves both.

    With `more`, what users of movielens-latest and ML-1M liked is learned from too.
    """
    if table == "A":
        raise ValueError("a family that reads sets is trained for table C and shipped, not for A")
    files = splits.read_files()
    found = splits.load_sets(files=files, strangers=True)
    return replace(found, train=[*found.train, *splits.liked_elsewhere(files)]) if more else found


def multi_hot(
    sets: Sequence[Rows], n_items: int, *, decay: float = 1.0, rest: float = 0.0
) -> Tensor:
    """The `recency` of each item that a set has, oldest first; ones without a decay."""
    found = torch.zeros(len(sets), n_items)  # (batch, n_items)
    user = np.repeat(np.arange(len(sets)), [len(rows) for rows in sets])
    item = np.concatenate(sets) if len(sets) else np.zeros(0, np.int32)
    weights = [recency(len(rows), decay, rest) for rows in sets if len(rows)]
    weight = torch.from_numpy(np.concatenate(weights or [np.zeros(0, np.float32)]))
    found[torch.from_numpy(user), torch.from_numpy(item.astype(np.int64))] = weight
    return found


def recency(n_picks: int, decay: float, rest: float) -> NDArray[np.float32]:
    """How much each pick counts, oldest first: w = decay^age + rest, times Σw / Σw².

    So weights that are all alike are ones, and a history is as long a row as the set of its
    effective number of picks, (Σw)² / Σw²; a network has learned from rows of ones.
    """
    weight = decay ** np.arange(n_picks)[::-1].astype(np.float64) + rest
    return np.asarray(weight * weight.sum() / np.square(weight).sum(), np.float32)


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
class Run(Generic[Network, Ordered]):
    """From a section of a configuration to artefacts, for a family that is one network."""

    name: str
    settings: type[Ordered]
    network: Callable[[int, Ordered], Network]
    write: Callable[[Any, Path], None]
    """Writes the fp32 graph of what ships."""
    learns_more: bool = False
    """Whether users of movielens-latest and ML-1M are trained on too."""

    def train_for(self, table: str, path: Path, benchmark_path: Path) -> None:
        """Trains the one network for tables B and C; prints what it reaches on validation."""
        split = read_split(table, more=self.learns_more)
        network = self._trained(path, split, folder_of(self.name))
        for line in on_validation(network, split):
            print(line, flush=True)

    def export(self, path: Path) -> None:
        """Ships what was trained and asks test once."""
        split, folder = read_split("C", more=self.learns_more), folder_of(self.name)
        network = self.ship(path, split, folder)
        settings = config.section(path, self.name, self.settings)
        exact = score_with(network, split.n_items)
        in_order = score_with(network, split.n_items, decay=settings.decay, rest=settings.rest)
        record(self.name, exact, in_order=in_order, minutes=loop.minutes_of(folder))

    def ship(self, path: Path, split: SetSplit, folder: Path) -> SetNetwork:
        """Puts the network trained in `folder` into the artefacts."""
        network = self._trained(path, split, folder).finished(split.train)
        ship_graph(self.name, partial(self.write, network), max_history=MAX_HISTORY)
        return network

    def _trained(self, path: Path, split: SetSplit, folder: Path) -> Network:
        settings = config.section(path, self.name, self.settings)
        return trained(self.network, settings, split, folder)


def on_validation(network: SetNetwork, split: SetSplit) -> Iterator[str]:
    """C's validation of a network as trained and as finished, beside EASE of the same people."""
    n_together = counts.together(split.train, split.n_items)
    weights = ease.ease_weights(n_together, ease.SET_PENALTY)
    linear = LinearModel(weights, Query(), np.zeros(split.n_items, np.float32))
    theirs = metrics.set_gains(linear.score, split.valid)
    yield f"C validation EASE {theirs.mean():.4f}"
    forms = [("as trained", network)]
    if (finished := network.finished(split.train)) is not network:
        forms.append(("finished", finished))
    for form, asked in forms:
        ours = metrics.set_gains(score_with(asked, split.n_items), split.valid)
        mean, low, high = metrics.paired_difference(ours, theirs)
        said = f"{mean:+.4f} ({low:+.4f} to {high:+.4f}) on EASE, {ours.mean() / theirs.mean():.3f}"
        yield f"C validation {form} {ours.mean():.4f}: {said}"


def folder_of(name: str) -> Path:
    """Where a family keeps its checkpoints."""
    return paths.work_dir() / name


def score_with(
    network: SetNetwork, n_items: int, *, decay: float = 1.0, rest: float = 0.0
) -> ScoreBatch:
    """A trained network as `evaluate` wants it; with a decay, of histories in order."""

    def score(histories: list[Rows]) -> NDArray[np.floating]:
        recent = metrics.last_picks(histories, MAX_HISTORY)
        network.eval()
        with torch.no_grad():
            shown = multi_hot(recent, n_items, decay=decay, rest=rest)
            found: NDArray[np.floating] = network.scores(shown).numpy()
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


# What the graphs share


def inputs_of(recent: Recent) -> Named:
    """What a graph reads of a reader: the history, and `even` where newer picks count more."""
    if recent.decay == 1:
        return HISTORY
    return {**HISTORY, EVEN: (TensorProto.FLOAT, ["batch", 1])}


def picked(graph: Graph, n_items: int, recent: Recent | None = None) -> str:
    """The history as a row of weights, (batch, n_items): ones, or the `recency` of each pick.

    Where newer picks count more, input `even` (batch, 1) is 0 for that and 1 for a set without
    order, whose picks all count alike.
    """
    zero, one = (graph.constant(f"row_{n}", np.array(n, np.int32)) for n in (0, 1))
    rows = graph("Max", graph("Sub", "history", one), zero)
    # Padding adds nothing to the first item.
    weight = graph("Cast", graph("Greater", "history", zero), to=TensorProto.FLOAT)
    if recent and recent.decay != 1:
        weight = _recency(graph, weight, recent)
    size = graph("Concat", graph("Shape", "history", start=0, end=1), graph.ints(n_items), axis=0)
    empty = graph("Expand", graph.number(0), size)
    return graph("ScatterElements", empty, rows, weight, axis=1, reduction="add")


def _recency(graph: Graph, here: str, recent: Recent) -> str:
    """The `recency` of each pick, (batch, length), where `here` has ones for picks."""
    age = graph("CumSum", here, graph.index(1), exclusive=1, reverse=1)
    fading = graph("Pow", graph.number(recent.decay), age)
    weight = graph("Add", fading, graph.number(recent.rest))
    less = graph("Mul", EVEN, graph("Sub", graph.number(1), weight))
    weight = graph("Mul", graph("Add", weight, less), here)
    total = graph("ReduceSum", weight, graph.ints(1), keepdims=1)
    squares = graph("ReduceSum", graph("Mul", weight, weight), graph.ints(1), keepdims=1)
    scale = graph("Div", total, graph("Max", squares, graph.number(1e-9)))
    return graph("Mul", weight, scale)


# What is recorded


def record(
    name: str, exact: ScoreBatch, *, in_order: ScoreBatch | None = None, minutes: float
) -> None:
    """Asks the test parts of C and B of both forms, as trained and as shipped.

    `in_order` is `exact` where it is asked of histories that have an order.
    """
    cases = splits.load_sets(strangers=True).test
    n_bytes = manifest.read_manifest()["families"][name]["files"]["graph"]["bytes"]
    tables.record_sets(name, exact, cases, minutes=minutes)
    as_sets = shipped.open_family(name, unordered=True).score
    tables.record_sets(name, as_sets, cases, minutes=minutes, n_bytes=n_bytes)
    test = splits.load_product().test_last_ten
    record_test(name, in_order or exact, test, minutes=minutes)
