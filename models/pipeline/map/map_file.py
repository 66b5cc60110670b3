"""`*.layout`: where films lie on a map, and what its parts are called. numpy alone."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.uint16]

SUFFIX = ".layout"
MAGIC, VERSION = b"GRMP", 1
# Films lie some 40 units apart: finer steps nobody would see, and these take 24 kB a layout.
SIDE = 4096
REGION, PLACE = 0, 1
_HEAD = struct.Struct("<4sIII")
_LABEL = struct.Struct("<HHBB")


@dataclass(frozen=True)
class Label:
    """A name on the map: of a region, or of a smaller place within one."""

    name: str
    x: int
    y: int
    level: int


def pack(points: Points, labels: list[Label]) -> bytes:
    """Points (n_items, 2) and labels as a file: x then y, low bytes apart from high ones.

    Low bytes are noise to a compressor, high ones are not; mixed, neither would shrink.
    """
    if points.max() >= SIDE:
        raise ValueError(f"a map is {SIDE} units wide, and a film lies at {points.max()}")
    columns = np.ascontiguousarray(points.T).astype("<u2")  # (2, n_items)
    planes = b"".join((column & 255).astype(np.uint8).tobytes() for column in columns)
    planes += b"".join((column >> 8).astype(np.uint8).tobytes() for column in columns)
    named = [(label, label.name.encode("utf-8")) for label in labels]
    heads = b"".join(_LABEL.pack(it.x, it.y, it.level, len(name)) for it, name in named)
    head = _HEAD.pack(MAGIC, VERSION, len(points), len(labels))
    return head + planes + heads + b"".join(name for _, name in named)


def unpack(data: bytes) -> tuple[Points, list[Label]]:
    """The points (n_items, 2) and labels of a file."""
    if len(data) < _HEAD.size:
        raise ValueError("a map is cut short: not even its head is whole")
    magic, version, n_items, n_labels = _HEAD.unpack_from(data)
    if magic != MAGIC or version != VERSION:
        raise ValueError(f"not a map of version {VERSION}: {magic!r}, version {version}")
    heads_at = _HEAD.size + 4 * n_items
    names_at = heads_at + _LABEL.size * n_labels
    if len(data) < names_at:
        raise ValueError(f"a map of {n_items} films is cut short: {len(data)} bytes")
    planes = np.frombuffer(data, np.uint8, 4 * n_items, _HEAD.size).reshape(2, 2, n_items)
    points = (planes[0].astype(np.uint16) | planes[1].astype(np.uint16) << 8).T
    heads = list(_LABEL.iter_unpack(data[heads_at:names_at]))
    end = names_at + sum(length for *_, length in heads)
    if end != len(data):
        raise ValueError(f"a map should end after {end} bytes, not {len(data)}")
    labels = []
    for x, y, level, length in heads:
        labels.append(Label(data[names_at : names_at + length].decode("utf-8"), x, y, level))
        names_at += length
    return points, labels


def region_of(points: Points, labels: list[Label]) -> NDArray[np.intp]:
    """Which region each film lies in: the one whose centre is nearest, the first of equals."""
    centres = np.array([(it.x, it.y) for it in labels if it.level == REGION], np.int64)
    apart = points[:, None].astype(np.int64) - centres[None]  # (n_items, n_regions, 2)
    nearest: NDArray[np.intp] = (apart**2).sum(2).argmin(1)
    return nearest


def share_kept(
    points: Points, vectors: NDArray[np.float32], *, rows: Iterable[int], k: int = 10
) -> float:
    """How many of the `k` nearest by centred cosine are among the `k` nearest on the map.

    Over `rows`; a map drawn at random would keep k / n_items.
    """
    away = vectors - vectors.mean(0)
    away /= np.linalg.norm(away, axis=1, keepdims=True)
    places = points.astype(np.float64)
    shares = []
    for row in rows:
        likeness = away @ away[row]
        apart = ((places - places[row]) ** 2).sum(1)
        likeness[row], apart[row] = -np.inf, np.inf
        by_vector = np.argpartition(-likeness, k)[:k]
        shares.append(len(np.intersect1d(by_vector, np.argpartition(apart, k)[:k])) / k)
    return sum(shares) / len(shares)
