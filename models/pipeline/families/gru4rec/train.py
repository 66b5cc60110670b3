"""The runs of GRU4Rec: table A over seeds, and the product."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import cast

from pipeline import config, paths
from pipeline.data import split
from pipeline.families.gru4rec.export import write
from pipeline.families.gru4rec.model import NAME, Gru4rec, Gru4recConfig
from pipeline.ship.export import record_test, ship_graph
from pipeline.training import loop, runs
from pipeline.training.next_item import load


def train_for(table: str, path: Path, benchmark_path: Path) -> None:
    """Trains what table A or B asks for; given again, goes on where it stopped."""
    if table == "A":
        first = config.section(benchmark_path, NAME, Gru4recConfig)
        seeds = config.section(benchmark_path, "gru4rec_seeds", runs.Seeds).seeds
        runs.benchmark(first, seeds, write=write)
    else:
        runs.product(config.section(path, NAME, Gru4recConfig), path)


def export(path: Path) -> None:
    """Ships the trained product network and asks the test part of B of it."""
    checkpoint = paths.work_dir() / f"{NAME}-shipping" / "best.pt"
    ship(checkpoint)
    minutes = loop.minutes_of(checkpoint.parent)
    test = split.load_product().test_last_ten
    record_test(NAME, runs.score_with(load(checkpoint)), test, minutes=minutes)


def ship(checkpoint: Path) -> None:
    """Puts the network of `checkpoint` into the artefacts."""
    model = cast("Gru4rec", load(checkpoint))
    ship_graph(NAME, partial(write, model), max_history=model.shape.max_history)
