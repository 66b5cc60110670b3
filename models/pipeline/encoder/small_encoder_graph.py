"""How the small encoder's file keeps its table: 4 bits a number, a row for each piece in use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.encoder import minilm_graph
from pipeline.encoder.minilm_graph import FLOAT, Array, Writer

HALF_LEVELS = 7.5
"""Levels are 0 to 15, and stand for their distance from this, in steps of a row."""
STEP = 0.335
"""The step that rounds normal numbers of deviation 1 best with 16 levels."""


def step_of(rows: Any) -> Any:
    """How far apart a row's levels are, (…, 1): numpy or torch."""
    return STEP * ((rows * rows).mean(-1)[..., None] + 1e-12) ** 0.5


def packed(table: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Two numbers a byte, the row's first half in the high bits, and each row's step."""
    step = step_of(table).astype(np.float32)
    level = np.clip(np.rint(table / step + HALF_LEVELS), 0, 15).astype(np.uint8)
    half = table.shape[1] // 2
    return level[:, :half] * 16 + level[:, half:], step


class _SmallTable:
    """Looks a piece's row up first, then its two halves."""

    row_of_piece: NDArray[np.int16]

    def embed(self, graph: Writer, table: Array, ids: str) -> str:
        # In floating point throughout: WebGPU has neither bytes nor shifts, nor numbers of 16 bits.
        both, step = packed(table)
        rows = graph.one("Gather", graph.constant(self.row_of_piece.astype(np.int32)), ids)
        pair = graph.one("Cast", graph.one("Gather", graph.constant(both), rows), to=FLOAT)
        shifted = graph.one("Mul", pair, graph.constant(np.float32(1 / 16)))
        high = graph.one("Floor", shifted)
        low = graph.one("Mul", high, graph.constant(np.float32(16)))
        low = graph.one("Sub", pair, low)
        level = graph.one("Concat", high, low, axis=-1)  # (batch, length, dim)
        level = graph.one("Sub", level, graph.constant(np.float32(HALF_LEVELS)))
        return graph.one("Mul", level, graph.one("Gather", graph.constant(step), rows))


class DynamicInt8(_SmallTable, minilm_graph.DynamicInt8):
    """For WebAssembly."""

    def __init__(self, factors: Mapping[str, Array], row_of_piece: NDArray[np.int16]) -> None:
        super().__init__(factors)
        self.row_of_piece = row_of_piece


class WeightOnlyInt8(_SmallTable, minilm_graph.WeightOnlyInt8):
    """For WebGPU."""

    def __init__(self, factors: Mapping[str, Array], row_of_piece: NDArray[np.int16]) -> None:
        super().__init__(factors)
        self.row_of_piece = row_of_piece


class Float32(_SmallTable, minilm_graph.Float32):
    """As it was trained: to see what the matrices read."""

    def __init__(self, row_of_piece: NDArray[np.int16]) -> None:
        super().__init__()
        self.row_of_piece = row_of_piece
