"""What the runs of all next-item networks share: table A over seeds, the product's training data.

Every part keeps its checkpoints in its own folder under `GLASSREC_WORK`, so that one command,
given again, goes on wherever it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from pipeline import config, paths
from pipeline.data import split as splits
from pipeline.data.split import ProductTraining, Rows, SequenceSplit
from pipeline.evaluate import metrics, results
from pipeline.evaluate.metrics import ScoreBatch
from pipeline.ship import benchmark as kept_networks
from pipeline.training import loop
from pipeline.training.next_item import Network, TrainConfig, load, padded
from pipeline.training.product_data import ProductData, ProductReads
from pipeline.training.teaching import Teacher
from pipeline.training.train_next_item import train, training_data_from
from pipeline.training.training_data import Matrix, TrainingData


@dataclass(frozen=True)
class Seeds:
    """Which seeds the benchmark's row is the mean of."""

    seeds: tuple[int, ...] = (0, 1, 2)


MakeTeacher = Callable[[str, ProductTraining], Teacher]
"""The teacher of a product's run: its kind, "choice" or "shipping", and what it learns from."""
MakeTrainingData = Callable[[SequenceSplit], TrainingData]
"""What a network learns from on table A: by default the split's sequences and nothing else."""
WriteGraph = Callable[[Any, Path], None]
"""Writes a network of the family as an fp32 graph."""


def known_items(first: TrainConfig, dim: int, split: SequenceSplit) -> TrainingData:
    """The split's sequences, and item vectors from a network that learns sooner."""
    model, _ = benchmark_run(first, first.seed, split)
    return replace(training_data_from(split), items=turned(model, dim))


def turned(model: Network, dim: int) -> Matrix:
    """Its item vectors, turned so that the first axes carry most, and cut to `dim` of them.

    The inner products hardly change.
    """
    known: Matrix = model.table().detach().numpy()
    axes = np.linalg.svd(known, full_matrices=False)[2][:dim]
    found: Matrix = known @ axes.T
    return found


def known_network(start: Network, split: SequenceSplit) -> TrainingData:
    """The split's sequences, and all that `start` has learned."""
    weights = {name: value.detach().numpy() for name, value in start.named_parameters()}
    items = weights.pop("items")
    return replace(training_data_from(split), items=items, weights=weights)


def benchmark(
    settings: TrainConfig,
    seeds: Sequence[int],
    make_data: MakeTrainingData = training_data_from,
    *,
    write: WriteGraph,
    part: str = "benchmark",
    minutes_before: float = 0.0,
) -> None:
    """Trains every seed of table A, records their mean on test and keeps the first one's network.

    `minutes_before` is what the network they all start from took.
    """
    family = settings.family
    split = splits.load_benchmark()
    found: list[NDArray[np.int64]] = []
    minutes: list[float] = []
    for seed in seeds:
        model, folder = benchmark_run(settings, seed, split, make_data, part=part)
        found.append(metrics.target_ranks(score_with(model), split.test))
        minutes.append(minutes_before + loop.minutes_of(folder))
        if seed == seeds[0]:
            graph = partial(write, model)
            kept_networks.keep(family, graph, max_history=model.shape.max_history)
        print("A", family, seed, f"{metrics.gains(found[-1], k=10).mean():.4f}", flush=True)
    row = {"family": family, "form": "exact", "minutes": float(np.mean(minutes))}
    results.record("A", {**row, **mean_metrics(found)})


def benchmark_run(
    settings: TrainConfig,
    seed: int,
    split: SequenceSplit,
    make_data: MakeTrainingData = training_data_from,
    *,
    part: str = "benchmark",
) -> tuple[Network, Path]:
    """One seed's network and its folder."""
    folder = paths.work_dir() / f"{settings.family}-{part}-{seed}"
    return load(train(replace(settings, seed=seed), make_data(split), folder)), folder


def product(
    settings: TrainConfig,
    path: Path,
    *,
    teacher: MakeTeacher | None = None,
    items_of: str | None = None,
) -> tuple[Path, Path]:
    """Trains for choice, asked the validation users, then for shipping, learning from them too.

    Items start from co-occurrence, or from those of the family `items_of`, whose run of the same
    kind has to be there. Returns the weights of both.
    """
    data = ProductData(config.section(path, "product_reads", ProductReads))
    split = data.split
    found: list[Path] = []
    for kind, training, valid in (
        ("choice", split.for_choice, split.valid_last_ten),
        ("shipping", split.for_shipping, None),
    ):
        folder = paths.work_dir() / f"{settings.family}-{kind}"
        taught_by = None if teacher is None else teacher(kind, training)
        training_set = data.of(training, valid, settings.dim)
        if items_of is not None:
            known = load(paths.work_dir() / f"{items_of}-{kind}" / "best.pt")
            training_set = replace(training_set, items=turned(known, settings.dim))
        found.append(train(settings, training_set, folder, teacher=taught_by))
        print(folder, (folder / "train.log").read_text("utf-8").splitlines()[-1], flush=True)
    return found[0], found[1]


def score_with(model: Network) -> ScoreBatch:
    """A trained network as `evaluate` wants it."""

    def score(histories: list[Rows]) -> NDArray[np.floating]:
        recent = metrics.last_picks(histories, model.shape.max_history)
        with torch.no_grad():
            scores: NDArray[np.floating] = model(torch.from_numpy(padded(recent)))[0].numpy()
        return scores

    return score


def mean_metrics(ranks_by_seed: list[NDArray[np.int64]]) -> dict[str, Any]:
    """Metrics averaged over seeds; the interval is over users, of each user's mean gain."""
    every = [metrics.sequence_metrics(ranks) for ranks in ranks_by_seed]
    gain = np.mean([metrics.gains(ranks, k=10) for ranks in ranks_by_seed], axis=0)
    low, high = metrics.bootstrap_interval(gain)
    return {
        **{name: float(np.mean([one[name] for one in every])) for name in every[0]},
        "n_users": every[0]["n_users"],
        "ndcg@10_low": low,
        "ndcg@10_high": high,
        "seeds": [one["ndcg@10"] for one in every],
    }
