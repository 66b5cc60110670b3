"""SASRec's two runs: the benchmark on ML-1M, and the product that starts from its weights.

Every part keeps its checkpoints in its own folder under `GLASSREC_WORK`, so that one command,
given again, goes on wherever it stopped.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import cast

import torch

from pipeline import config, evaluate, lessons, paths, quantize, runs
from pipeline import split as splits
from pipeline.families import sasrec_graph
from pipeline.families.sasrec import Sasrec, SasrecConfig
from pipeline.lessons import Neighbours
from pipeline.ship import record_test, ship_graph
from pipeline.split import Cases, ProductTraining
from pipeline.train import load, save

NAME = "sasrec"


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
    settings = config.section(path, "sasrec", SasrecConfig)
    runs.benchmark(settings, config.section(path, "sasrec_seeds", runs.Seeds).seeds)


def product(path: Path, benchmark_path: Path) -> Path:
    """Trains for choice and for shipping; returns the weights to ship."""
    settings = config.section(path, "sasrec", SasrecConfig)
    counted = config.section(path, "sasrec_lessons", ProductLessons)
    first = config.section(benchmark_path, "sasrec", SasrecConfig)
    split = splits.load_product()
    links = links_of(split.for_choice, counted)
    chosen, _ = runs.product_run(settings, first, split, for_shipping=False)
    volume = best_volume(cast("Sasrec", chosen), links, counted, split.valid_last_ten)
    shipped_model, folder = runs.product_run(settings, first, split, for_shipping=True)
    links = links_of(split.for_shipping, counted)
    linked = with_links(cast("Sasrec", shipped_model), links, volume, forget=counted.forget)
    return save(linked, folder / "linked.pt")


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
        ranks = evaluate.target_ranks(runs.score_with(linked), cases)
        reached[volume] = float(evaluate.gains(ranks, k=10).mean())
        print(f"links at volume {volume:g}: {reached[volume]:.4f}", flush=True)
    return max(reached, key=lambda volume: reached[volume])


def export(path: Path) -> None:
    """Ships the trained product network and asks the test part of B of it."""
    checkpoint = paths.work_dir() / "sasrec-shipping" / "linked.pt"
    ship(path, checkpoint)
    test = splits.load_product().test
    minutes = runs.minutes_of(checkpoint.parent)
    record_test(NAME, runs.score_with(load(checkpoint)), test, minutes=minutes)


def ship(path: Path, checkpoint: Path) -> None:
    """Puts the network of `checkpoint` into the artefacts."""
    model = cast("Sasrec", load(checkpoint))
    bits = config.section(path, "sasrec_bits", quantize.Bits)
    write = partial(sasrec_graph.write, model)
    ship_graph(NAME, write, max_history=model.shape.max_history, bits=bits)
