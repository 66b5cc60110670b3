"""What a text encoder reads of each film, as the core's program writes it."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.data.catalogue import Catalogue, varied_rows
from pipeline.program import Program


def texts_of(catalogue: Catalogue) -> list[str]:
    """The text of every film, by row."""
    with Program() as program:
        return program.item_texts(*catalogue.to_json())


def write_golden(catalogue: Catalogue, artifacts: Path) -> None:
    """Writes the texts of a few films that differ in what is known of them."""
    texts = texts_of(catalogue)
    golden = [{"row": row, "text": texts[row]} for row in varied_rows(catalogue)]
    path = artifacts / "golden" / "item_texts.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n", "utf-8")
