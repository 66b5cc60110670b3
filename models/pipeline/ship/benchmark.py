"""Table A's networks, kept small in `models/benchmark`: the table is filled without training.

They hold weights alone and know ML-1M's films by row; no site carries them, so the manifest, which
says what a site has, does not list them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline import paths
from pipeline.evaluate import results
from pipeline.evaluate.shipped import ShippedGraph
from pipeline.ship import manifest

LIST_NAME = "files.json"


def keep(name: str, write: Callable[[Path], None], *, max_history: int) -> Path:
    """Rounds the graph that `write` writes to int8 and lists it; returns the file."""
    from pipeline.ship.export import write_rounded

    folder = paths.benchmark_dir()
    path = folder / f"{name}.onnx"
    write_rounded(write, path)
    entry = {"file": manifest.file_record(path, artifacts=folder), "max_history": max_history}
    with results.locked(folder):
        listed = dict(sorted({**read(), name: entry}.items()))
        (folder / LIST_NAME).write_text(json.dumps(listed, indent=1) + "\n", "utf-8")
    return path


def read() -> dict[str, Any]:
    """Size, checksum and longest history of each network; nothing where none is kept."""
    file = paths.benchmark_dir() / LIST_NAME
    listed: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return listed


def open_network(name: str) -> ShippedGraph:
    """A kept network, after checking that its file is the one listed."""
    entry = read()[name]
    graph = manifest.check_file(entry["file"], paths.benchmark_dir())
    return ShippedGraph(graph, max_history=entry["max_history"])
