"""`dialogue.json`: the fitted weights and what was measured with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.dialogue.fit import STEPS
from pipeline.program import PIECES, Weights
from pipeline.ship import manifest

VERSION = 1
FILE_NAME = "dialogue.json"
LEXICON = "dialogue.lexicon.json"
"""The words that Rust reads conversations by; it is built in there."""


def read(artifacts: Path) -> dict[str, Weights]:
    """The weights of each step, after checking that the file is the manifest's."""
    entry = manifest.read_manifest(artifacts).get("dialogue")
    if entry is None:
        raise manifest.ManifestError(f"{artifacts} ships no weights for conversations")
    found = json.loads(manifest.check_file(entry["files"]["weights"], artifacts))
    if found["version"] != VERSION:
        raise manifest.ManifestError(f"{FILE_NAME} is of version {found['version']}, not {VERSION}")
    weights: dict[str, Weights] = found["weights"]
    for given in weights.values():
        if set(given) != set(PIECES):
            raise ValueError(f"weights should be {', '.join(PIECES)}; found {', '.join(given)}")
    if missing := STEPS.keys() - weights.keys():
        raise manifest.ManifestError(f"{FILE_NAME} lacks the weights of {', '.join(missing)}")
    return weights


def write(weights: dict[str, Weights], results: dict[str, Any], artifacts: Path) -> None:
    """Writes the file and registers it, with the word lists beside it."""
    whole = {
        "version": VERSION,
        "weights": weights,
        "results": results,
    }
    path = artifacts / FILE_NAME
    path.write_text(json.dumps(whole, indent=1) + "\n", "utf-8")
    files = {"weights": path, "lexicon": artifacts / LEXICON}
    records = {part: manifest.file_record(it, artifacts=artifacts) for part, it in files.items()}
    manifest.register_dialogue({"files": records}, artifacts=artifacts)
