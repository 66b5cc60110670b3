"""Golden answers: what the shipped file of a family says, for the browser to say again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline import paths
from pipeline.data.catalogue import Catalogue, read_catalogue
from pipeline.data.split import shuffle_key
from pipeline.evaluate import shipped
from pipeline.ship import manifest

TOP = 10
OVER_LONG = 25


def golden_histories(catalogue: Catalogue, *, max_history: int) -> dict[str, NDArray[np.int32]]:
    """A short, a full and an over-long history of films that many have seen; one pick, and two."""
    n_known = min(catalogue.n_items, max(2 * (max_history + OVER_LONG), 400))
    n_picks = catalogue.n_items - TOP
    well_known = np.argsort(-np.array(catalogue.n_ratings), kind="stable")[:n_known]
    rows = well_known.astype(np.int32)
    rows = rows[np.argsort(shuffle_key(rows, salt=7), kind="stable")]
    return {
        "short": rows[:3],
        "full": rows[: min(max_history, n_picks)],
        "over-long": rows[: min(max_history + OVER_LONG, n_picks)],
        "one pick": rows[:1],
        "two picks": rows[:2],
    }


def write_golden(name: str, *, tolerance: float, artifacts: Path | None = None) -> Path:
    """Writes and registers `golden/NAME.json`: the ten best unseen films of each history."""
    artifacts = artifacts or paths.artifacts_dir()
    catalogue = read_catalogue(artifacts)
    family = shipped.open_family(name, artifacts)
    max_history = manifest.read_manifest(artifacts)["families"][name]["max_history"]
    cases: list[dict[str, Any]] = []
    for case, history in golden_histories(catalogue, max_history=max_history).items():
        best = shipped.top_unseen(family.score([history])[0], history, TOP)
        top = [[row, round(score, 7)] for row, score in best]
        cases.append({"name": case, "history": history.tolist(), "top": top})
    path = artifacts / "golden" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(_lines({"tolerance": tolerance, "cases": cases}), "utf-8")
    manifest.register_golden(name, path, artifacts=artifacts)
    return path


def _lines(golden: dict[str, Any]) -> str:
    cases = ",\n  ".join(json.dumps(case) for case in golden["cases"])
    return f'{{"tolerance": {golden["tolerance"]}, "cases": [\n  {cases}\n]}}\n'
