"""The runs of BERT4Rec: table A over seeds, and the product."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import cast

from pipeline import config, paths
from pipeline.data import split as splits
from pipeline.families.bert4rec.export import write
from pipeline.families.bert4rec.model import NAME, Bert4rec, Bert4recConfig
from pipeline.families.gru4rec.model import NAME as GRU4REC
from pipeline.families.gru4rec.model import Gru4recConfig
from pipeline.ship.export import record_test, ship_graph
from pipeline.training import loop, runs
from pipeline.training.next_item import load


def train_for(table: str, path: Path, benchmark_path: Path) -> None:
    """Trains what table A or B asks for; given again, goes on where it stopped.

    The benchmark fills in masked films first, and then learns to look ahead.
    """
    if table == "B":
        runs.product(config.section(path, NAME, Bert4recConfig), path, items_of=GRU4REC)
        return
    first = config.section(benchmark_path, NAME, Bert4recConfig)
    recurrent = config.section(benchmark_path, GRU4REC, Gru4recConfig)
    make_data = partial(runs.known_items, recurrent, first.dim)
    further = config.section(benchmark_path, "bert4rec_ahead", Bert4recConfig)
    seeds = config.section(benchmark_path, "bert4rec_seeds", runs.Seeds).seeds
    start, folder = runs.benchmark_run(first, 0, splits.load_benchmark(), make_data)
    go_on = partial(runs.known_network, start)
    before = loop.minutes_of(folder)
    runs.benchmark(further, seeds, go_on, write=write, part="ahead", minutes_before=before)


def export(path: Path) -> None:
    """Ships the trained product network and asks the test part of B of it."""
    checkpoint = paths.work_dir() / f"{NAME}-shipping" / "best.pt"
    ship(checkpoint)
    minutes = loop.minutes_of(checkpoint.parent)
    test = splits.load_product().test_last_ten
    record_test(NAME, runs.score_with(load(checkpoint)), test, minutes=minutes)


def ship(checkpoint: Path) -> None:
    """Puts the network of `checkpoint` into the artefacts."""
    model = cast("Bert4rec", load(checkpoint))
    ship_graph(NAME, partial(write, model), max_history=model.shape.max_history)
