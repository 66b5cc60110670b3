"""`stored-answers`: what the first page shows before any model runs.

One history, every part of it, a few families: whoever switches a film off or tests a reason has the
answer at once. The answers name the files that gave them with their checksums, so that the build of
the site can refuse those of other files.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline import config, paths
from pipeline.commands import PRODUCT, Commands
from pipeline.data.catalogue import Catalogue, read_catalogue
from pipeline.errors import InputError
from pipeline.evaluate import shipped
from pipeline.ship import manifest

Rows = NDArray[np.int32]
FILE_NAME = "stored.json"
SECTION = "stored"
VERSION = 1
N_LISTED = 50
"""Films a list: past that a rank is said to be past the end."""
MAX_HISTORY = 6
"""A history of `n` has 2ⁿ − 1 parts."""
OF_RESULTS = ("files", "results", "faithfulness", "rounds")
"""Fields of a manifest entry that do not say how a family is asked."""


@dataclass(frozen=True)
class Stored:
    """What is asked, and who answers."""

    history: tuple[int, ...] = ()
    """MovieLens ids, oldest first."""
    families: tuple[str, ...] = ()
    """The one that is shown first comes first."""


def add_verbs(commands: Commands) -> None:
    """Adds the command that keeps the answers."""
    commands.add("stored-answers", keep, configured=True)


def keep(given: argparse.Namespace) -> int:
    """Asks shipped families about every part of one history, for the first page of the site."""
    answers = write(given.config)
    for name, lists in answers["lists"].items():
        print(f"{name}: {len(lists)} parts of a history of {answers['n_history']} films")
    return 0


def write(path: Path = PRODUCT, *, artifacts: Path | None = None) -> dict[str, Any]:
    """Writes `stored.json` as the configuration at `path` says; returns what is in it."""
    artifacts = artifacts or paths.artifacts_dir()
    answers = answered(config.section(path, SECTION, Stored), artifacts=artifacts)
    text = json.dumps(answers, ensure_ascii=False, separators=(",", ":"))
    (artifacts / FILE_NAME).write_text(text + "\n", "utf-8")
    return answers


def answered(asked: Stored, *, artifacts: Path | None = None) -> dict[str, Any]:
    """The first films of every family after every part of the history, and what these films are.

    Raises `InputError` if a film is unknown or given twice, or if there are too many or no films.
    """
    artifacts = artifacts or paths.artifacts_dir()
    catalogue = read_catalogue(artifacts)
    history = _rows(asked, catalogue)
    parts = parts_of(history)
    lists = {name: _lists(name, parts, artifacts) for name in asked.families}
    told = [*history.tolist(), *(row for all_of in lists.values() for one in all_of for row in one)]
    films = list(dict.fromkeys(told))
    place = {row: at for at, row in enumerate(films)}
    return {
        "version": VERSION,
        "made_from": made_from(asked.families, artifacts=artifacts),
        "genre_names": catalogue.genre_names,
        "films": [_film(catalogue, row) for row in films],
        "n_history": len(history),
        "lists": {
            name: [[place[row] for row in one] for one in all_of] for name, all_of in lists.items()
        },
    }


def parts_of(history: Rows) -> list[Rows]:
    """Every part of a history but the empty one, each oldest first.

    The part at `k` holds the film at `i` where bit `i` of `k + 1` is set, so the last is the whole.
    """
    n = len(history)
    return [history[[i for i in range(n) if bits >> i & 1]] for bits in range(1, 1 << n)]


def made_from(families: tuple[str, ...], *, artifacts: Path | None = None) -> dict[str, Any]:
    """What the answers rest on, as the manifest has it: checksums, and how families are asked."""
    listed = manifest.read_manifest(artifacts)
    records = [listed["catalogue"]["file"]]
    settings: dict[str, Any] = {}
    for name in _with_members(families, listed["families"]):
        entry = listed["families"][name]
        records += entry["files"].values()
        settings[name] = {key: it for key, it in entry.items() if key not in OF_RESULTS}
    files = {record["path"]: record["sha256"] for record in records}
    return {"files": files, "settings": settings}


def _with_members(names: tuple[str, ...], listed: dict[str, Any]) -> list[str]:
    if unknown := [name for name in names if name not in listed]:
        raise InputError(f"families that are not shipped: {', '.join(unknown)}")
    of = [[name, *(it["family"] for it in listed[name].get("members", []))] for name in names]
    return list(dict.fromkeys(name for all_of in of for name in all_of))


def _rows(asked: Stored, catalogue: Catalogue) -> Rows:
    if not 1 <= len(asked.history) <= MAX_HISTORY:
        raise InputError(f"[{SECTION}] needs 1 to {MAX_HISTORY} films: {len(asked.history)}")
    rows = catalogue.rows_of(asked.history)
    if unknown := [movie for movie, row in zip(asked.history, rows, strict=True) if row < 0]:
        raise InputError(f"[{SECTION}] names films that the catalogue lacks: {unknown}")
    if len(set(rows.tolist())) < len(rows):
        raise InputError(f"[{SECTION}] names a film twice: {list(asked.history)}")
    return rows


def _lists(name: str, parts: list[Rows], artifacts: Path) -> list[list[int]]:
    scores = shipped.open_family(name, artifacts).score(parts)
    best = [shipped.top_unseen(of, part, N_LISTED) for of, part in zip(scores, parts, strict=True)]
    return [[row for row, _ in one] for one in best]


def _film(catalogue: Catalogue, row: int) -> list[Any]:
    """MovieLens id, title, year (0 unknown), genres by their place among the names."""
    of = (catalogue.movie_id, catalogue.title, catalogue.year, catalogue.genres)
    return [column[row] for column in of]
