"""The families that are not fitted with the counting ones, and where each one's run lives."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Protocol, cast

_RUNS = {
    "sasrec": "pipeline.sasrec_runs",
    "sasrec_text": "pipeline.families.sasrec_text",
    "mult_vae": "pipeline.families.mult_vae",
    "diffrec": "pipeline.families.diffrec",
    "irgan": "pipeline.families.irgan",
    "gru4rec": "pipeline.families.gru4rec",
    "bert4rec": "pipeline.families.bert4rec",
    "text_history": "pipeline.families.text_history",
    "semantic_id": "pipeline.families.semantic_id",
}
NAMES = tuple(_RUNS)


class Run(Protocol):
    """What the module of such a family offers. It may need torch, so it is imported late."""

    def train_for(self, table: str, path: Path, benchmark_path: Path) -> None:
        """Trains for table "A" or "C" and records its rows, or for "B", what ships.

        Given again, goes on where it stopped.
        """

    def export(self, path: Path) -> None:
        """Exports, quantises and registers what was trained to ship, and asks test once."""


def run_of(name: str) -> Run:
    """The run of one family."""
    return cast("Run", importlib.import_module(_RUNS[name]))
