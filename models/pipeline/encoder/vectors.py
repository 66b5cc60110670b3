"""`*.vectors`: one unit vector per item as the site keeps it, int8 with a scale. numpy alone."""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

FILE_NAME = "catalogue.vectors"
MAGIC, VERSION = b"GRVC", 1
_HEAD = struct.Struct("<4sIII")


def pack(vectors: Vectors) -> bytes:
    """Unit vectors as a file: int8 and one scale each."""
    n_items, dim = vectors.shape
    scale = (np.abs(vectors).max(1) / 127).astype("<f4")  # (n_items,)
    small = np.rint(vectors / scale[:, None]).astype(np.int8)
    return bytes(_HEAD.pack(MAGIC, VERSION, n_items, dim) + scale.tobytes() + small.tobytes())


def unpack(data: bytes) -> Vectors:
    """The vectors of a file, as they come out of the browser's int8."""
    if len(data) < _HEAD.size:
        raise ValueError("a file of vectors is cut short: not even its head is whole")
    magic, version, n_items, dim = _HEAD.unpack_from(data)
    if magic != MAGIC or version != VERSION:
        raise ValueError(
            f"not a file of vectors of version {VERSION}: {magic!r}, version {version}"
        )
    if len(data) != _HEAD.size + n_items * (4 + dim):
        raise ValueError(f"a file of {n_items} × {dim} vectors should not take {len(data)} bytes")
    scale = np.frombuffer(data, "<f4", n_items, _HEAD.size)
    small = np.frombuffer(data, np.int8, n_items * dim, _HEAD.size + 4 * n_items)
    vectors: Vectors = small.reshape(n_items, dim) * scale[:, None]
    return vectors
