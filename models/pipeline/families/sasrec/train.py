"""SASRec's two runs: the benchmark on ML-1M, and the product, which starts from nothing of it.

Every part keeps its checkpoints in its own folder under `GLASSREC_WORK`, so that one command,
given again, goes on wherever it stopped.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import cast

from pipeline import config, paths
from pipeline.data import split as splits
from pipeline.families.gru4rec.model import NAME as GRU4REC
from pipeline.families.gru4rec.model import Gru4recConfig
from pipeline.families.sasrec import export as sasrec_export
from pipeline.families.sasrec.model import Sasrec, SasrecConfig
from pipeline.ship import quantize
from pipeline.ship.export import record_test, ship_graph
from pipeline.training import loop, runs
from pipeline.training.next_item import load

NAME = "sasrec"


def train_for(table: str, path: Path, benchmark_path: Path) -> None:
    """Trains what table A or B asks for; given again, goes on where it stopped."""
    if table == "A":
        benchmark(benchmark_path)
    else:
        product(path)


def benchmark(path: Path) -> None:
    """Trains every seed of table A, from GRU4Rec's items, and records their mean on test."""
    settings = config.section(path, NAME, SasrecConfig)
    recurrent = config.section(path, GRU4REC, Gru4recConfig)
    make_data = partial(runs.known_items, recurrent, settings.dim)
    seeds = config.section(path, "sasrec_seeds", runs.Seeds).seeds
    runs.benchmark(settings, seeds, make_data, write=sasrec_export.write)


def product(path: Path) -> tuple[Path, Path]:
    """Trains for choice and for shipping; returns the weights of both."""
    return runs.product(config.section(path, NAME, SasrecConfig), path)


def export(path: Path) -> None:
    """Ships the trained product network and asks the test part of B of it."""
    checkpoint = paths.work_dir() / f"{NAME}-shipping" / "best.pt"
    ship(path, checkpoint)
    test = splits.load_product().test_last_ten
    minutes = loop.minutes_of(checkpoint.parent)
    record_test(NAME, runs.score_with(load(checkpoint)), test, minutes=minutes)


def ship(path: Path, checkpoint: Path) -> None:
    """Puts the network of `checkpoint` into the artefacts."""
    model = cast("Sasrec", load(checkpoint))
    bits = config.section(path, "sasrec_bits", quantize.Bits)
    write = partial(sasrec_export.write, model)
    ship_graph(NAME, write, max_history=model.shape.max_history, bits=bits)
