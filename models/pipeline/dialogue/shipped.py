"""`dialogue.json`: the fitted weights and what was measured with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.dialogue.fit import STEPS, Fitted
from pipeline.program import PIECES, Weights
from pipeline.ship import manifest

VERSION = 2
FILE_NAME = "dialogue.json"
LEXICON = "dialogue.lexicon.json"
"""The words that Rust reads conversations by; it is built in there."""


def read(artifacts: Path) -> Fitted:
    """What conversations taught, after checking that the file is the manifest's."""
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
    return Fitted(weights, np.array(found["named"], np.int64))


def write(fitted: Fitted, results: dict[str, Any], artifacts: Path) -> None:
    """Writes the file and registers it, with the word lists beside it."""
    whole = {
        "version": VERSION,
        "weights": fitted.weights,
        "results": results,
    }
    path = artifacts / FILE_NAME
    # The counts on one line, ahead of what people read.
    named = json.dumps(fitted.named.tolist(), separators=(",", ":"))
    path.write_text(f'{{"named":{named},' + json.dumps(whole, indent=1)[1:] + "\n", "utf-8")
    files = {"weights": path, "lexicon": artifacts / LEXICON}
    records = {part: manifest.file_record(it, artifacts=artifacts) for part, it in files.items()}
    manifest.register_dialogue({"files": records}, artifacts=artifacts)
