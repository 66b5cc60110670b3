"""Blend: the ranks of other families, added up as points. Nothing is trained, no file is added.

`score(j) = Σ weight · (constant + 1) / (constant + place of j)` over the members, places among the
films that are not in the history. Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion outperforms
Condorcet and individual Rank Learning Methods", SIGIR 2009; points are scaled so that a first place
gives 1. Which members, weights and constant is chosen on validation (`choose-blend`) and stands in
the configuration. numpy alone: the members' shipped files are asked here.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.families import registry

Rows = NDArray[np.int32]
NAME = "blend"
N_WATCHED = 20
"""How many of the best films are looked at to tell how far golden answers may be off."""


@dataclass(frozen=True)
class Settings:
    """Which families, and what their places are worth."""

    members: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()
    """What each member's points are multiplied by."""
    constant: float = 20.0
    """How slowly points fall with rank: place `constant + 2` gives half of a first place."""

    def __post_init__(self) -> None:
        """Raises `ValueError` unless the members are two or more, unlike, and weighed."""
        plain = [name for name in registry.NAMES if name != NAME]
        if unknown := [name for name in self.members if name not in plain]:
            raise ValueError(f"[{NAME}] cannot blend {', '.join(unknown)}")
        if len(self.members) < 2 or len(set(self.members)) < len(self.members):
            raise ValueError(f"[{NAME}] needs two members or more, each once: {self.members}")
        if len(self.weights) != len(self.members):
            raise ValueError(f"[{NAME}] needs a weight for each member: {self.weights}")
        if not all(math.isfinite(it) and it > 0 for it in self.weights):
            raise ValueError(f"[{NAME}] needs weights above 0: {self.weights}")
        if not (math.isfinite(self.constant) and self.constant >= 0):
            raise ValueError(f"[{NAME}] needs a constant of 0 or more: {self.constant}")

    def entry(self) -> dict[str, Any]:
        """The fields of a manifest entry that only a blend has."""
        members = zip(self.members, self.weights, strict=True)
        return {
            "members": [{"family": name, "weight": float(weight)} for name, weight in members],
            "constant": float(self.constant),
        }


class Asked(Protocol):
    """A member ready to score."""

    def score(self, histories: Sequence[Rows]) -> NDArray[np.floating]:
        """Scores of every item, (batch, n_items)."""


@dataclass(frozen=True)
class Blend:
    """The family ready to score."""

    members: tuple[Asked, ...]
    weights: tuple[float, ...]
    constant: float

    def score(self, histories: Sequence[Rows]) -> NDArray[np.floating]:
        """Scores of every item, (batch, n_items); those of the history have none."""
        parts = [
            weight * points(placed, self.constant)
            for placed, weight in zip(self.placed(histories), self.weights, strict=True)
        ]
        # The site adds up in double precision too, so what ties here ties there.
        scores: NDArray[np.float32] = np.sum(parts, axis=0).astype(np.float32)
        return scores

    def placed(self, histories: Sequence[Rows]) -> list[NDArray[np.int64]]:
        """Each member's place of every item, (batch, n_items) each."""
        return [
            # As exact as scores are on the site.
            places(np.asarray(member.score(histories), np.float32), histories)
            for member in self.members
        ]

    def attention(self, history: Rows) -> NDArray[np.floating] | None:
        """A blend looks nowhere: its members may."""
        del history
        return None

    def contributions(self, history: Rows, item: int) -> NDArray[np.floating] | None:
        """Ranks are no sum of picks."""
        del history, item
        return None

    def doubt(self, history: Rows, tolerances: Sequence[float]) -> NDArray[np.float64]:
        """How far scores move at most if members' scores are off by their `tolerances`."""
        # (n_items,)
        is_open = np.ones(np.shape(self.members[0].score([history]))[1], bool)
        is_open[history] = False
        found = np.zeros(len(is_open))
        for member, weight, tolerance in zip(self.members, self.weights, tolerances, strict=True):
            scores = np.asarray(member.score([history])[0], np.float64)[is_open]
            rising = np.sort(scores)
            # Two films come closer by twice the tolerance.
            best = 1 + len(rising) - np.searchsorted(rising, scores + 2 * tolerance, "right")
            worst = len(rising) - np.searchsorted(rising, scores - 2 * tolerance, "left")
            gap = points(best, self.constant) - points(worst, self.constant)
            found[is_open] += weight * gap
        return found


def places(scores: NDArray[np.floating], histories: Sequence[Rows]) -> NDArray[np.int64]:
    """Of every item, 1 for the best and 0 for those of the history; ties go by row."""
    found = np.zeros(scores.shape, np.int64)
    for k, history in enumerate(histories):
        order = np.argsort(-scores[k], kind="stable")
        is_open = np.ones(scores.shape[1], bool)
        is_open[history] = False
        order = order[is_open[order]]
        found[k, order] = np.arange(1, len(order) + 1)
    return found


def points(place: NDArray[np.int64], constant: float) -> NDArray[np.float64]:
    """1 for a first place, less for later ones, 0 for none."""
    return np.where(place == 0, 0.0, (constant + 1) / (constant + place))


def train_for(table: str, path: Path, benchmark_path: Path) -> None:
    """There is nothing to train; `choose-blend` tries members, weights and constants."""
    del path, benchmark_path
    if table != "B":
        raise ValueError(f"{NAME} is made of shipped files, so it answers in table B alone")
    print(f"{NAME} has nothing to train")


def export(path: Path) -> None:
    """Registers the blend of shipped families, and asks the test part of B."""
    from pipeline.data import split
    from pipeline.evaluate import metrics, results, shipped
    from pipeline.ship import manifest

    ship(path)
    reached = metrics.reached(shipped.open_family(NAME).score, split.load_product().test_last_ten)
    row = {"family": NAME, "form": "shipped", "bytes": manifest.family_bytes(NAME)}
    results.record("B", {**row, **reached})
    manifest.write_manifest()


def ship(path: Path, *, artifacts: Path | None = None) -> None:
    """Puts the blend into the manifest, with golden answers; its members have to be shipped."""
    from pipeline import config, paths
    from pipeline.ship import golden, manifest

    artifacts = artifacts or paths.artifacts_dir()
    settings = config.section(path, NAME, Settings)
    shipped = manifest.read_manifest(artifacts)["families"]
    if missing := [name for name in settings.members if name not in shipped]:
        raise ValueError(f"{NAME} is made of shipped families; export first: {', '.join(missing)}")
    longest = max(shipped[name]["max_history"] for name in settings.members)
    entry = {"files": {}, "max_history": longest, **settings.entry()}
    manifest.register_family(NAME, entry, artifacts=artifacts)
    golden.write_golden(NAME, tolerance=_tolerance(settings, artifacts), artifacts=artifacts)


def _tolerance(settings: Settings, artifacts: Path) -> float:
    """How far golden answers may be off where the members' are as far off as theirs may be."""
    from pipeline.data.catalogue import read_catalogue
    from pipeline.evaluate import shipped
    from pipeline.ship import golden, manifest

    listed = manifest.read_manifest(artifacts)
    family = shipped.open_family(NAME, artifacts)
    assert isinstance(family, Blend)
    of_members = [
        json.loads(manifest.check_file(listed["golden"][name], artifacts))["tolerance"]
        for name in settings.members
    ]
    longest = listed["families"][NAME]["max_history"]
    histories = golden.golden_histories(read_catalogue(artifacts), max_history=longest)
    most = 0.0
    for history in histories.values():
        best = shipped.top_unseen(family.score([history])[0], history, N_WATCHED)
        doubt = family.doubt(history, of_members)
        most = max(most, *(float(doubt[row]) for row, _ in best))
    return math.ceil(most * 1e4) / 1e4
