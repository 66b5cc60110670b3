"""Text only: films whose texts point the way the last picks' texts do. Nothing is trained.

`score(j) = popularity_weight · popularity(j) + Σ_age w(age) · cos(v_i − m, v_j − m)` over the last
picks i, with the text encoder's vectors v and their mean m: all film texts look alike to an
encoder of everything, and what they share says nothing. numpy alone: the shipped file is scored
here too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.encoder import vectors
from pipeline.families.linear import Query, fading

Rows = NDArray[np.int32]
NAME = "text_history"
GOLDEN_TOLERANCE = 1e-4


@dataclass(frozen=True)
class Settings:
    n_last: int = 10
    decay: float = 0.8
    popularity_weight: float = 1.5

    def query(self) -> Query:
        """Older picks than the last `n_last` say nothing, so they are not read."""
        query = fading(self.decay, self.n_last, popularity_weight=self.popularity_weight)
        return replace(query, max_history=self.n_last)


@dataclass(frozen=True)
class TextHistory:
    """The family ready to score."""

    directions: NDArray[np.float32]  # (n_items, dim)
    query: Query
    popularity: NDArray[np.float32]  # (n_items,), in [0, 1]

    def score(self, histories: Sequence[Rows]) -> NDArray[np.floating]:
        """Scores of every item, (batch, n_items)."""
        asked = np.zeros((len(histories), self.directions.shape[1]), np.float32)
        for k, history in enumerate(histories):
            recent = history[-self.query.max_history :]
            asked[k] = self.query.weights(len(recent)) @ self.directions[recent]
        scores: NDArray[np.floating] = asked @ self.directions.T
        return scores + np.float32(self.query.popularity_weight) * self.popularity

    def attention(self, history: Rows) -> NDArray[np.floating] | None:
        """A sum looks nowhere."""
        del history
        return None

    def contributions(self, history: Rows, item: int) -> NDArray[np.floating] | None:
        """What each pick read adds to an item's score, oldest first."""
        recent = history[-self.query.max_history :]
        cosines = self.directions[recent] @ self.directions[item]
        summands: NDArray[np.floating] = self.query.weights(len(recent)) * cosines
        return summands


def directions(of_items: NDArray[np.float32]) -> NDArray[np.float32]:
    """Unit vectors from the mean of `of_items` to each of them, (n_items, dim)."""
    centred = of_items - of_items.mean(axis=0)
    length = np.linalg.norm(centred, axis=1, keepdims=True)
    found: NDArray[np.float32] = (centred / np.maximum(length, 1e-6)).astype(np.float32)
    return found


def train_for(table: str, path: Path, benchmark_path: Path) -> None:
    """There is nothing to train; `choose` tries settings on validation."""
    del path, benchmark_path
    if table != "B":
        raise ValueError(f"{NAME} reads the catalogue's texts, so it answers in table B alone")
    print(f"{NAME} has nothing to train")


def export(path: Path) -> None:
    """Registers the family over files that are shipped already, and asks the test part of B."""
    from pipeline.data import split
    from pipeline.evaluate import metrics, results, shipped
    from pipeline.ship import manifest

    ship(path)
    reached = metrics.reached(shipped.open_family(NAME).score, split.load_product().test_last_ten)
    row = {"family": NAME, "form": "shipped", "bytes": manifest.family_bytes(NAME)}
    results.record("B", {**row, **reached})
    manifest.write_manifest()


def ship(path: Path, *, artifacts: Path | None = None) -> None:
    """Puts the family into the manifest, with golden answers; it brings no file of its own."""
    from pipeline import config, paths
    from pipeline.families import counting
    from pipeline.ship import golden, manifest

    artifacts = artifacts or paths.artifacts_dir()
    files = {
        "vectors": artifacts / vectors.FILE_NAME,
        "scores": artifacts / counting.POPULARITY_FILE,
    }
    entry = {
        "files": {
            part: manifest.file_record(file, artifacts=artifacts) for part, file in files.items()
        },
        "dim": vectors.unpack(files["vectors"].read_bytes()).shape[1],
        **config.section(path, NAME, Settings).query().entry(),
    }
    manifest.register_family(NAME, entry, artifacts=artifacts)
    golden.write_golden(NAME, tolerance=GOLDEN_TOLERANCE, artifacts=artifacts)
