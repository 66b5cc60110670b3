"""The run of the blend's student: its teacher, SASRec's product run under it, and links beside it.

A network of this width cannot hold the sharpest of EASE's weights, so the strongest few of each
film stand beside it, as in SASRec with EASE's links.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

from pipeline import config, paths
from pipeline.data import split as splits
from pipeline.data.split import ProductTraining
from pipeline.families import counting, ease
from pipeline.families.blend_student.model import NAME, BlendStudentConfig
from pipeline.families.sasrec_ease import export as sasrec_ease_export
from pipeline.families.sasrec_ease.links import LINKED, Links, linked_both
from pipeline.families.sasrec_ease.model import SasrecEase
from pipeline.ship import quantize
from pipeline.ship.export import record_test, ship_graph
from pipeline.training import loop, runs
from pipeline.training.next_item import load
from pipeline.training.teaching import FadingTable, Teacher


@dataclass(frozen=True)
class Lesson:
    """Whom the student learns from: EASE with recency, and networks that were trained before."""

    networks: tuple[str, ...] = ("gru4rec",)
    """Families whose runs of the same kind, for choice or for shipping, are in the work folder."""
    weights: tuple[float, ...] = (1.0,)
    """What the scores of each network count."""
    table_scale: float = 60.0
    """What EASE's scores are multiplied with to stand beside a network's logits."""


def train_for(table: str, path: Path, benchmark_path: Path) -> None:
    """Trains for choice, then for shipping; given again, goes on where it stopped."""
    del benchmark_path
    if table != "B":
        raise ValueError(f"{NAME} learns from what is trained for table B, and answers there alone")
    settings = config.section(path, NAME, BlendStudentConfig)
    networks = runs.product(settings, path, teacher=partial(teacher, path))
    linked_both(networks, config.section(path, f"{NAME}_links", Links), NAME)


def teacher(path: Path, kind: str, training: ProductTraining) -> Teacher:
    """The teacher of a run of one kind, fitted on what that run learns from and nothing else."""
    lesson = config.section(path, f"{NAME}_lesson", Lesson)
    asked = config.section(path, "ease", ease.Settings)
    evidence = counting.product_evidence(training)
    weights = ease.fit(evidence, asked).weights
    assert weights is not None
    networks = [load(paths.work_dir() / f"{name}-{kind}" / "best.pt") for name in lesson.networks]
    return Teacher(
        list(zip(lesson.weights, networks, strict=True)),
        FadingTable(weights, asked.decay, asked.rest, lesson.table_scale),
    )


def export(path: Path) -> None:
    """Ships the trained network and asks the test part of B of it."""
    checkpoint = paths.work_dir() / f"{NAME}-shipping" / LINKED
    ship(path, checkpoint)
    minutes = loop.minutes_of(checkpoint.parent)
    test = splits.load_product().test_last_ten
    record_test(NAME, runs.score_with(load(checkpoint)), test, minutes=minutes)


def ship(path: Path, checkpoint: Path) -> None:
    """Puts the network of `checkpoint` into the artefacts."""
    model = cast("SasrecEase", load(checkpoint))
    bits = config.section(path, f"{NAME}_bits", quantize.Bits)
    write = partial(sasrec_ease_export.write, model)
    ship_graph(NAME, write, max_history=model.shape.max_history, bits=bits)
