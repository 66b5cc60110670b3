"""Every family there is, in the order of the tables of results: the one list of them in Python.

A family lives in the folder of its name. One that counts offers `Settings` and `fit`; a network has
`model` (what it is), `train` (its run, see `Run`) and `export` (its graph). What needs torch is
imported once it is asked for.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Protocol, cast


class Kind(Enum):
    """How a family comes by its numbers."""

    COUNTING = "counting"
    """Counted or solved for, all in one go: `families.counting` fits and ships them."""
    NETWORK = "network"
    """Trained with torch, shipped as a graph."""
    TEXTS = "texts"
    """Read off vectors that are shipped already; nothing is trained."""
    BLEND = "blend"
    """Made of other families' shipped files; nothing is trained."""


@dataclass(frozen=True)
class Family:
    """What the pipeline has to know of a family."""

    name: str
    kind: Kind
    tables: str
    """The tables it is trained for, of A (benchmark), B (product) and C (sets)."""
    sections: tuple[str, ...] = ()
    """The sections of a configuration that it reads."""
    table_of: str = ""
    """The family whose table of weights it asks in its own way."""
    reads_texts: bool = False
    """Whether it is made of the films' text vectors."""
    more_files: tuple[str, ...] = ()
    """What it ships beside its graph."""

    def module(self, part: str = "") -> ModuleType:
        """Its folder, or a part of it: "model", "train", "export"."""
        where = f"pipeline.families.{self.name}"
        return importlib.import_module(f"{where}.{part}" if part else where)


FAMILIES = (
    Family("popularity", Kind.COUNTING, "ABC"),
    Family("itemknn", Kind.COUNTING, "ABC", ("itemknn",)),
    Family("markov", Kind.COUNTING, "AB", ("markov",)),
    Family("markov_multilag", Kind.COUNTING, "AB", ("markov_multilag",)),
    Family("ease", Kind.COUNTING, "ABC", ("ease",)),
    Family("ease_recency", Kind.COUNTING, "AB", ("ease_ratings",), table_of="ease"),
    Family(
        "sasrec",
        Kind.NETWORK,
        "AB",
        ("sasrec", "sasrec_seeds", "product_reads", "sasrec_bits"),
    ),
    Family("sasrec_ease", Kind.NETWORK, "B", ("sasrec_ease",)),
    Family(
        "sasrec_text",
        Kind.NETWORK,
        "B",
        ("sasrec_text", "sasrec_text_links"),
        reads_texts=True,
    ),
    Family("gru4rec", Kind.NETWORK, "AB", ("gru4rec", "gru4rec_seeds")),
    Family(
        "blend_student",
        Kind.NETWORK,
        "B",
        (
            "blend_student",
            "blend_student_lesson",
            "blend_student_links",
            "blend_student_bits",
        ),
    ),
    Family("bert4rec", Kind.NETWORK, "AB", ("bert4rec", "bert4rec_ahead", "bert4rec_seeds")),
    Family("mult_vae", Kind.NETWORK, "BC", ("mult_vae",)),
    Family("diffrec", Kind.NETWORK, "BC", ("diffrec",)),
    Family("irgan", Kind.NETWORK, "BC", ("irgan",)),
    Family(
        "semantic_id",
        Kind.NETWORK,
        "B",
        ("semantic_id",),
        reads_texts=True,
        more_files=("semantic_id.codes.json",),
    ),
    Family("multimodal", Kind.NETWORK, "B", ("multimodal",), reads_texts=True),
    Family("text_history", Kind.TEXTS, "B", ("text_history",), reads_texts=True),
    Family("blend", Kind.BLEND, "B", ("blend",)),
)
NAMES = tuple(family.name for family in FAMILIES)
COUNTED = tuple(family for family in FAMILIES if family.kind is Kind.COUNTING)
EXPORTED = tuple(family.name for family in FAMILIES if family.kind is not Kind.COUNTING)
"""Those that are trained and exported one by one."""


class Run(Protocol):
    """How a family that is exported by itself comes to be."""

    def train_for(self, table: str, path: Path, benchmark_path: Path) -> None:
        """Trains for table "A" or "C" and records its rows, or for "B", what ships.

        Given again, goes on where it stopped.
        """

    def export(self, path: Path) -> None:
        """Exports, quantises and registers what was trained to ship, and asks test once."""


def family_of(name: str) -> Family:
    """The entry of one family.

    Raises `KeyError` if there is none of that name.
    """
    return {family.name: family for family in FAMILIES}[name]


def run_of(name: str) -> Run:
    """The run of one family."""
    family = family_of(name)
    module = family.module("train" if family.kind is Kind.NETWORK else "")
    return cast("Run", module)
