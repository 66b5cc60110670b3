"""`*.table`, `popularity.scores`: item-to-item weights as the site reads them. numpy alone."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MAGIC = b"GRTB"
VERSION = 1
_HEAD = struct.Struct("<4sIII")


class TableError(ValueError):
    """Bytes that are not a table, or not one for this catalogue."""


@dataclass(frozen=True)
class ItemTable:
    """Sparse rows of int8 weights: what a pick of item i adds to each other item."""

    row_start: NDArray[np.uint32]  # (n_items + 1,)
    row_scale: NDArray[np.float32]  # (n_items,)
    column: NDArray[np.uint16]  # (n_entries,)
    weight: NDArray[np.int8]  # (n_entries,)

    @property
    def n_items(self) -> int:
        return len(self.row_scale)

    @property
    def n_entries(self) -> int:
        return len(self.column)

    def row(self, item: int) -> tuple[NDArray[np.uint16], NDArray[np.float32]]:
        """The items a pick speaks of, and what it adds to each."""
        part = slice(int(self.row_start[item]), int(self.row_start[item + 1]))
        return self.column[part], self.row_scale[item] * self.weight[part].astype(np.float32)

    def dense(self) -> NDArray[np.float32]:
        """The whole table, zeros filled in."""  # (n_items, n_items)
        table = np.zeros((self.n_items, self.n_items), np.float32)
        for item in range(self.n_items):
            column, weight = self.row(item)
            table[item, column] = weight
        return table

    def to_bytes(self) -> bytes:
        return b"".join(
            [
                _HEAD.pack(MAGIC, VERSION, self.n_items, self.n_entries),
                self.row_start.astype("<u4").tobytes(),
                self.row_scale.astype("<f4").tobytes(),
                self.column.astype("<u2").tobytes(),
                self.weight.astype("i1").tobytes(),
            ]
        )

    @staticmethod
    def from_bytes(data: bytes) -> ItemTable:
        """Reads and checks a table."""
        if len(data) < _HEAD.size:
            raise TableError("the table is cut short: not even its head is whole")
        magic, version, n_items, n_entries = _HEAD.unpack_from(data)
        if magic != MAGIC or version != VERSION:
            raise TableError(f"not a table of version {VERSION}")
        sizes = [4 * (n_items + 1), 4 * n_items, 2 * n_entries, n_entries]
        if len(data) != _HEAD.size + sum(sizes):
            raise TableError(
                f"the table should take {_HEAD.size + sum(sizes)} bytes, has {len(data)}"
            )
        ends = np.cumsum([_HEAD.size, *sizes])
        parts = [data[a:b] for a, b in pairwise(ends)]
        table = ItemTable(
            np.frombuffer(parts[0], "<u4"),
            np.frombuffer(parts[1], "<f4"),
            np.frombuffer(parts[2], "<u2"),
            np.frombuffer(parts[3], "i1"),
        )
        starts = table.row_start.astype(np.int64)
        if starts[0] != 0 or starts[-1] != n_entries or (np.diff(starts) < 0).any():
            raise TableError("the table's rows do not follow each other")
        if n_entries and int(table.column.max()) >= n_items:
            raise TableError(f"the table speaks of item {int(table.column.max())} of {n_items}")
        return table


def pack(
    weights: NDArray[np.float32], *, n_entries: int, row_weight: NDArray[np.float32]
) -> ItemTable:
    """Keeps the `n_entries` weights that matter most, each row in int8 with its own scale.

    What matters is |weight| times `row_weight`, how much the row is used: so rows of rare items
    get few entries and rows of popular ones many.
    """
    n_items = len(weights)
    matter = np.abs(weights) * row_weight[:, None]
    np.fill_diagonal(matter, 0.0)
    flat = matter.ravel()
    n_kept = min(n_entries, int(np.count_nonzero(flat)))
    least = np.partition(flat, len(flat) - n_kept)[len(flat) - n_kept] if n_kept else np.inf
    row_scale = np.zeros(n_items, np.float32)
    row_start = np.zeros(n_items + 1, np.uint32)
    columns: list[NDArray[np.uint16]] = []
    kept_weights: list[NDArray[np.int8]] = []
    for item in range(n_items):
        column = np.flatnonzero((matter[item] >= least) & (matter[item] > 0))
        values = weights[item, column]
        scale = np.float32(np.abs(values).max() / 127.0) if len(values) else np.float32(0.0)
        small = np.rint(values / scale).astype(np.int8) if scale > 0 else np.zeros(0, np.int8)
        column = column[small != 0] if scale > 0 else column[:0]
        columns.append(column.astype(np.uint16))
        kept_weights.append(small[small != 0])
        row_scale[item] = scale
        row_start[item + 1] = row_start[item] + len(column)
    return ItemTable(row_start, row_scale, np.concatenate(columns), np.concatenate(kept_weights))


def popularity_scores(n_ratings: NDArray[np.int64]) -> NDArray[np.float32]:
    """log(1 + ratings), scaled to [0, 1]."""  # (n_items,)
    logs = np.log1p(n_ratings.astype(np.float64))
    return (logs / max(float(logs.max()), 1e-9)).astype(np.float32)


def read_table(path: Path) -> ItemTable:
    return ItemTable.from_bytes(path.read_bytes())


def read_popularity(path: Path) -> NDArray[np.float32]:
    return np.frombuffer(path.read_bytes(), "<f4")
