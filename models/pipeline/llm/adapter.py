"""`llm.adapter`: what tuning adds to the model, two narrow matrices for each changed one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from pipeline.llm.packed import Floats

FILE_NAME = "llm.adapter"
_MAGIC = b"GRLA"
Adapter = Mapping[str, tuple[Floats, Floats]]
"""By matrix: (rank, inputs) and (outputs, rank); their product is added to the matrix."""


def save(path: Path, adapter: Adapter) -> None:
    """Writes `b"GRLA"`, the bytes of a JSON list as u32, the list, and all numbers as f16."""
    listed = [[name, *into.shape, len(out)] for name, (into, out) in sorted(adapter.items())]
    head = json.dumps(listed, separators=(",", ":")).encode()
    pairs = (pair for _, pair in sorted(adapter.items()))
    numbers = [part.astype("<f2").tobytes() for pair in pairs for part in pair]
    size = len(head).to_bytes(4, "little")
    path.write_bytes(b"".join([_MAGIC, size, head, *numbers]))


def load(path: Path) -> dict[str, tuple[Floats, Floats]]:
    """Reads an adapter; an absent file is an empty one."""
    if not path.exists():
        return {}
    whole = path.read_bytes()
    if whole[:4] != _MAGIC:
        raise ValueError(f"{path} is not an adapter")
    start = 8 + int.from_bytes(whole[4:8], "little")
    numbers = np.frombuffer(whole[start:], "<f2").astype(np.float32)
    found: dict[str, tuple[Floats, Floats]] = {}
    for name, rank, inputs, outputs in json.loads(whole[8:start]):
        into, out, numbers = np.split(numbers, [rank * inputs, rank * (inputs + outputs)])
        found[name] = (into.reshape(rank, inputs), out.reshape(outputs, rank))
    return found
