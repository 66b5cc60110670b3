"""The run of SASRec with EASE's links: SASRec's trained networks, and links beside them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import cast

from pipeline import config, paths
from pipeline.data import split as splits
from pipeline.families.sasrec import train as sasrec_train
from pipeline.families.sasrec_ease import export as sasrec_ease_export
from pipeline.families.sasrec_ease.links import LINKED, Links, linked_both
from pipeline.families.sasrec_ease.model import NAME, SasrecEase
from pipeline.ship import quantize
from pipeline.ship.export import record_test, ship_graph
from pipeline.training import loop, runs
from pipeline.training.next_item import load


def train_for(table: str, path: Path, benchmark_path: Path) -> None:
    """Trains SASRec's product where that is not done, and puts links beside it."""
    del benchmark_path
    if table != "B":
        raise ValueError(f"{NAME} counts its links in the product's sets: table B alone has them")
    print(*product(path))


def product(path: Path) -> tuple[Path, Path]:
    """Chooses the links' scale on validation; returns the weights for choice and for shipping."""
    return linked_both(sasrec_train.product(path), config.section(path, NAME, Links), NAME)


def export(path: Path) -> None:
    """Ships the network with its links and asks the test part of B of it."""
    checkpoint = paths.work_dir() / f"{NAME}-shipping" / LINKED
    ship(path, checkpoint)
    test = splits.load_product().test_last_ten
    minutes = loop.minutes_of(paths.work_dir() / f"{sasrec_train.NAME}-shipping")
    record_test(NAME, runs.score_with(load(checkpoint)), test, minutes=minutes)


def ship(path: Path, checkpoint: Path) -> None:
    """Puts the network of `checkpoint` into the artefacts, rounded as SASRec is."""
    model = cast("SasrecEase", load(checkpoint))
    bits = config.section(path, "sasrec_bits", quantize.Bits)
    write = partial(sasrec_ease_export.write, model)
    ship_graph(NAME, write, max_history=model.shape.max_history, bits=bits)
