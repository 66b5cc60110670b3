"""SASRec's two runs: the benchmark on ML-1M, and the product that starts from its weights.

Every part keeps its checkpoints in its own folder under `GLASSREC_WORK`, so that one command,
given again, goes on wherever it stopped.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from pipeline import config, evaluate, lessons, paths, quantize, results
from pipeline import split as splits
from pipeline.evaluate import ScoreBatch
from pipeline.families import sasrec_graph
from pipeline.families.sasrec import Sasrec
from pipeline.lessons import Lessons, Neighbours
from pipeline.ship import record_test, ship_graph
from pipeline.split import Cases, ProductSplit, ProductTraining, SequenceSplit
from pipeline.train import TrainConfig, load, train

NAME = "sasrec"


@dataclass(frozen=True)
class Seeds:
    """Which seeds the benchmark's row is the mean of."""

    seeds: tuple[int, ...] = (0, 1, 2)


@dataclass(frozen=True)
class ProductLessons:
    """What is counted beside the product network."""

    neighbours: int = 16
    """Links per film that the network adds to its scores."""
    ridge: float = 300.0
    """Of the EASE they come from, fitted on sets alone."""
    forget: float = 0.7
    """A pick `age` picks ago speaks at `forget ** age`."""
    volumes: tuple[float, ...] = (10.0, 20.0, 30.0, 45.0, 70.0, 100.0)
    """How loud the links may be; validation chooses."""


def train_for(table: str, path: Path, benchmark_path: Path) -> None:
    """Trains what table A or B asks for; given again, goes on where it stopped."""
    if table == "A":
        benchmark(benchmark_path)
    else:
        print(product(path, benchmark_path))


def benchmark(path: Path) -> None:
    """Trains every seed of table A and records their mean on test."""
    settings = config.section(path, "sasrec", TrainConfig)
    seeds = config.section(path, "sasrec_seeds", Seeds).seeds
    split = splits.load_benchmark()
    found: list[NDArray[np.int64]] = []
    minutes: list[float] = []
    for seed in seeds:
        model, folder = _benchmark_run(settings, seed, split)
        found.append(evaluate.target_ranks(score_with(model), split.test))
        minutes.append(minutes_of(folder))
        print("A", "sasrec", seed, f"{evaluate.gains(found[-1], k=10).mean():.4f}", flush=True)
    row = {"family": "sasrec", "form": "exact", "minutes": float(np.mean(minutes))}
    results.record("A", {**row, **mean_metrics(found)})


def _benchmark_run(settings: TrainConfig, seed: int, split: SequenceSplit) -> tuple[Sasrec, Path]:
    folder = paths.work_dir() / f"sasrec-benchmark-{seed}"
    return load(train(replace(settings, seed=seed), split, folder)), folder


def product(path: Path, benchmark_path: Path) -> Path:
    """Trains for choice and for shipping; returns the weights to ship."""
    settings = config.section(path, "sasrec", TrainConfig)
    counted = config.section(path, "sasrec_lessons", ProductLessons)
    first = config.section(benchmark_path, "sasrec", TrainConfig)
    ml1m = splits.load_benchmark()
    start, _ = _benchmark_run(first, 0, ml1m)
    split = splits.load_product()
    links = links_of(split.for_choice, counted)
    taught = product_lessons(split, split.for_choice, split.valid_last_ten, settings, start, ml1m)
    chosen = load(train(settings, taught, paths.work_dir() / "sasrec-choice"))
    volume = best_volume(chosen, links, counted, split.valid_last_ten)
    whole = product_lessons(split, split.for_shipping, None, settings, start, ml1m)
    folder = paths.work_dir() / "sasrec-shipping"
    shipped_model = load(train(settings, whole, folder))
    links = links_of(split.for_shipping, counted)
    linked = with_links(shipped_model, links, volume, forget=counted.forget)
    return save(linked, folder / "linked.pt")


def product_lessons(
    split: ProductSplit,
    training: ProductTraining,
    valid: Cases | None,
    settings: TrainConfig,
    start: Sasrec,
    ml1m: SequenceSplit,
) -> Lessons:
    """Ordered histories, sets in a likely order, and what the benchmark's network knows.

    The layers start as the benchmark's; so do the films it knows, and the others go where a
    linear map from co-occurrence takes them.
    """
    everything = lessons.together([*training.sequences, *training.sets], training.n_items)
    found = lessons.starting_items(everything, settings.dim, spread=0.05)
    row_of = {movie: row for row, movie in enumerate(split.movie_ids.tolist())}
    pairs = [(k, row_of[m]) for k, m in enumerate(ml1m.movie_ids.tolist()) if m in row_of]
    known, rows = np.array(pairs, np.int32).T
    weights = {name: value.detach().numpy() for name, value in start.named_parameters()}
    items = lessons.carried_items(found, weights.pop("items")[known], rows)
    guessed = lessons.likely_orders(
        training.sets, training.sequences, training.n_items, seed=settings.seed
    )
    return Lessons(
        n_items=training.n_items,
        sequences=[*training.sequences, *guessed],
        n_always=training.n_latest,
        valid=valid,
        items=items,
        weights=weights,
    )


def links_of(training: ProductTraining, counted: ProductLessons) -> Neighbours:
    """The strongest links of an EASE fitted on the sets."""
    sets = lessons.together(training.sets, training.n_items)
    weights = lessons.ease_weights(sets, ridge=counted.ridge)
    return lessons.strongest(weights, counted.neighbours)


def with_links(model: Sasrec, links: Neighbours, volume: float, *, forget: float) -> Sasrec:
    """The same network, adding `links` to its scores at `volume`."""
    found = Sasrec(replace(model.shape, neighbours=links.item.shape[1], forget=forget))
    found.load_state_dict(model.state_dict(), strict=False)
    assert found.recall is not None
    found.recall.item.copy_(torch.from_numpy(links.item))
    found.recall.weight.copy_(torch.from_numpy(links.weight))
    found.recall.volume.fill_(volume)
    found.eval()
    return found


def best_volume(model: Sasrec, links: Neighbours, counted: ProductLessons, cases: Cases) -> float:
    """The volume with the highest NDCG@10 on `cases`."""
    reached: dict[float, float] = {}
    for volume in counted.volumes:
        linked = with_links(model, links, volume, forget=counted.forget)
        ranks = evaluate.target_ranks(score_with(linked), cases)
        reached[volume] = float(evaluate.gains(ranks, k=10).mean())
        print(f"links at volume {volume:g}: {reached[volume]:.4f}", flush=True)
    return max(reached, key=lambda volume: reached[volume])


def save(model: Sasrec, path: Path) -> Path:
    """Writes weights as `train` does."""
    torch.save({"shape": asdict(model.shape), "weights": model.state_dict()}, path)
    return path


def export(path: Path) -> None:
    """Ships the trained product network and asks the test part of B of it."""
    checkpoint = paths.work_dir() / "sasrec-shipping" / "linked.pt"
    ship(path, checkpoint)
    test = splits.load_product().test
    minutes = minutes_of(checkpoint.parent)
    record_test(NAME, score_with(load(checkpoint)), test, minutes=minutes)


def ship(path: Path, checkpoint: Path) -> None:
    """Puts the network of `checkpoint` into the artefacts."""
    model = load(checkpoint)
    bits = config.section(path, "sasrec_bits", quantize.Bits)
    write = partial(sasrec_graph.write, model)
    ship_graph(NAME, write, max_history=model.shape.max_history, bits=bits)


def score_with(model: Sasrec) -> ScoreBatch:
    """A trained network as `evaluate` wants it."""

    def score(histories: list[splits.Rows]) -> NDArray[np.floating]:
        recent = evaluate.last_picks(histories, model.shape.max_history)
        padded = np.zeros((len(recent), max(map(len, recent))), np.int64)
        for row, picks in enumerate(recent):
            padded[row, : len(picks)] = picks + 1
        with torch.no_grad():
            scores: NDArray[np.floating] = model(torch.from_numpy(padded))[0].numpy()
        return scores

    return score


def mean_metrics(ranks_by_seed: list[NDArray[np.int64]]) -> dict[str, Any]:
    """Metrics averaged over seeds; the interval is over users, of each user's mean gain."""
    every = [evaluate.sequence_metrics(ranks) for ranks in ranks_by_seed]
    gain = np.mean([evaluate.gains(ranks, k=10) for ranks in ranks_by_seed], axis=0)
    low, high = evaluate.bootstrap_interval(gain)
    return {
        **{name: float(np.mean([one[name] for one in every])) for name in every[0]},
        "n_users": every[0]["n_users"],
        "ndcg@10_low": low,
        "ndcg@10_high": high,
        "seeds": [one["ndcg@10"] for one in every],
    }


def minutes_of(folder: Path) -> float:
    """How long a run trained, from its log."""
    lines = (folder / "train.log").read_text("utf-8").splitlines()
    return float(sum(json.loads(line)["seconds"] for line in lines)) / 60
