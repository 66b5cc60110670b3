"""Opens shipped families from `models/artifacts` as the site does: numpy and onnxruntime alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline import paths
from pipeline.encoder import vectors
from pipeline.families import blend, text_history
from pipeline.families.linear import Query, ShippedModel
from pipeline.ship import manifest
from pipeline.ship.table import ItemTable

Rows = NDArray[np.int32]
GRAPH_BATCH = 64
EVEN = "even"
"""Input of a graph to which newer picks count more; at 1 all count alike."""


class UnknownFamilyError(ValueError):
    """A family that the manifest does not list."""


class Scorer(Protocol):
    """A family ready to score."""

    def score(self, histories: Sequence[Rows]) -> NDArray[np.floating]:
        """Scores of every item, (batch, n_items)."""

    def attention(self, history: Rows) -> NDArray[np.floating] | None:
        """Where the model looked, one weight per pick read; None if it has no attention."""

    def contributions(self, history: Rows, item: int) -> NDArray[np.floating] | None:
        """The exact summands of an item's score, one per pick read; None if it is no sum."""


class ShippedGraph:
    """A family that is an ONNX graph: items are row + 1, 0 is padding on the right."""

    def __init__(self, graph: bytes, *, max_history: int, unordered: bool = False) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        # By default native onnxruntime rounds activations to int8 beside int8 weights; the
        # browser does not, and these scores have to be the browser's.
        options.add_session_config_entry("session.qdq_matmulnbits_accuracy_level", "1")
        self._session = onnxruntime.InferenceSession(
            graph, options, providers=["CPUExecutionProvider"]
        )
        self.max_history = max_history
        self.ones = {EVEN} if unordered else set()

    def score(self, histories: Sequence[Rows]) -> NDArray[np.floating]:
        """Scores of every item, (batch, n_items); histories of like length run together."""
        recent = [history[-self.max_history :] for history in histories]
        order = np.argsort([len(history) for history in recent], kind="stable")
        parts: list[NDArray[np.float32]] = []
        for start in range(0, len(order), GRAPH_BATCH):
            chosen = [recent[k] for k in order[start : start + GRAPH_BATCH]]
            padded = np.zeros((len(chosen), max(len(h) for h in chosen)), np.int32)
            for k, history in enumerate(chosen):
                padded[k, : len(history)] = history + 1
            parts.append(self._session.run(["scores"], self._inputs(padded))[0])
        scores = np.concatenate(parts)
        return scores[np.argsort(order, kind="stable")]

    def attention(self, history: Rows) -> NDArray[np.floating] | None:
        """The mean over layers of where the last position looked, one weight per pick read."""
        if "attention" not in {output.name for output in self._session.get_outputs()}:
            return None
        ids = history[-self.max_history :][None] + np.int32(1)
        looked = self._session.run(["attention"], self._inputs(ids))[0]  # (1, layers, length)
        weights: NDArray[np.floating] = looked[0].mean(axis=0)
        return weights

    def contributions(self, history: Rows, item: int) -> NDArray[np.floating] | None:
        """A graph is no sum."""
        del history, item
        return None

    def _inputs(self, history: Rows) -> dict[str, NDArray[np.generic]]:
        """Zeros beside the history: other inputs do something to the model, and zeros nothing."""
        found: dict[str, NDArray[np.generic]] = {"history": history}
        for other in self._session.get_inputs():
            if other.name != "history":
                fill = np.ones if other.name in self.ones else np.zeros
                found[other.name] = fill((len(history), *other.shape[1:]), np.float32)
        return found


def family_names(artifacts: Path | None = None) -> list[str]:
    """The families the manifest lists."""
    return list(manifest.read_manifest(artifacts)["families"])


def open_family(name: str, artifacts: Path | None = None, *, unordered: bool = False) -> Scorer:
    """A family from its shipped files, after checking that they are the manifest's.

    With `unordered`, a graph reads histories as sets: none of their picks is newer than another.
    """
    artifacts = artifacts or paths.artifacts_dir()
    listed = manifest.read_manifest(artifacts)
    if name not in listed["families"]:
        known = ", ".join(listed["families"])
        raise UnknownFamilyError(f"there is no family {name!r}; there are: {known}")
    entry: dict[str, Any] = listed["families"][name]
    if of := entry.get("members"):
        members = tuple(open_family(member["family"], artifacts) for member in of)
        weights = tuple(member["weight"] for member in of)
        return blend.Blend(members, weights, entry["constant"])
    files = {
        part: manifest.check_file(record, artifacts) for part, record in entry["files"].items()
    }
    if "graph" in files:
        return ShippedGraph(files["graph"], max_history=entry["max_history"], unordered=unordered)
    n_items = listed["catalogue"]["n_items"]
    query = Query(
        tuple(entry["age_weights"]) if "age_weights" in entry else (),
        entry.get("rest_weight", 0.0),
        entry.get("popularity_weight", 0.0),
        entry["max_history"],
    )
    popularity = (
        np.frombuffer(files["scores"], "<f4") if "scores" in files else np.zeros(n_items, "<f4")
    )
    table = ItemTable.from_bytes(files["table"]) if "table" in files else None
    texts = vectors.unpack(files["vectors"]) if "vectors" in files else None
    held_by = [len(popularity), table.n_items if table else n_items]
    held_by.append(n_items if texts is None else len(texts))
    for held in held_by:
        if held != n_items:
            raise manifest.ManifestError(f"{name} scores {held} items, the catalogue has {n_items}")
    if texts is not None:
        return text_history.TextHistory(text_history.directions(texts), query, popularity)
    return ShippedModel(table, query, popularity)


def top_unseen(scores: NDArray[np.floating], seen: Rows, top: int) -> list[tuple[int, float]]:
    """The best unseen (row, score), best first; equal scores in catalogue order."""
    open_rows = np.setdiff1d(np.arange(len(scores)), seen)
    best = open_rows[np.argsort(-scores[open_rows], kind="stable")[:top]]
    return [(int(row), float(scores[row])) for row in best]
