"""Matrices of few bits, as the source's file rounds them: small whole numbers, a scale per block.

Nothing is rounded again: what is kept here is the source's own numbers, and `Packed.values` gives
its weights back bit by bit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
SHORT_BLOCK, BLOCK, LONG_BLOCK = 16, 32, 256
"""Numbers that share a scale; LONG_BLOCK of them share the factor of several scales."""


@dataclass(frozen=True)
class Factors:
    """A number per block: `of_long`, one for many blocks, times `of_block`, if there is any."""

    of_long: NDArray[np.float16]  # (n, n_long)
    of_block: NDArray[np.generic] | None = None  # (n, n_long, blocks in a long one), 8 bits

    def values(self) -> Floats:
        """The products."""  # (n, n_blocks)
        long = self.of_long.astype(np.float32)
        if self.of_block is None:
            return long
        return (long[..., None] * self.of_block.astype(np.float32)).reshape(len(long), -1)


@dataclass(frozen=True)
class Packed:
    """A matrix: scale · (level − half of the levels), minus a `drop` per block if there is one."""

    levels: NDArray[np.uint8]  # (n, k)
    bits: int
    """4, 5, 6 or 8."""
    scale: Factors
    half: int
    """The level of a zero: 2^(bits − 1), or 0 where there is a `drop`."""
    drop: Factors | None = None

    @property
    def block(self) -> int:
        """Numbers that share a scale."""
        return int(self.levels.size // self.scale.values().size)

    def values(self) -> Floats:
        """The weights."""  # (n, k)
        n, k = self.levels.shape
        blocks = self.levels.reshape(n, -1, self.block).astype(np.float32) - np.float32(self.half)
        found = self.scale.values()[..., None] * blocks
        if self.drop is not None:
            found = found - self.drop.values()[..., None]
        return np.asarray(found.reshape(n, k), np.float32)


def rounded(weights: Floats, *, bits: int, block: int = BLOCK) -> Packed:
    """Rounds to the nearest of the levels: for matrices that nobody has rounded before."""
    n, k = weights.shape
    half = 2 ** (bits - 1)
    blocks = weights.reshape(n, k // block, block)
    scale = (np.abs(blocks).max(axis=2) / (half - 1)).astype(np.float16)
    steps = np.rint(blocks / np.maximum(scale.astype(np.float32), 1e-12)[..., None]) + half
    levels = np.clip(steps, 0, 2 * half - 1).astype(np.uint8).reshape(n, k)
    return Packed(levels, bits, Factors(scale), half)
