"""Semantic codes: what residual k-means makes of the text vectors, and the trie they form.

Three codes per film, coarse to fine, and a number for films that share all three.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]
Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class Trie:
    """Which codes exist, and which film is where."""

    codes: Codes  # (n_items, 4), the last one a number among films that share the others
    sizes: tuple[int, int, int]
    prefixes: Codes  # (n_prefixes, 2), every pair of first codes, ascending
    prefix_of: Codes  # (n_items,)
    groups: Codes  # (n_groups, 3), codes that several films share
    group_of: Codes  # (n_items,), or n_groups where a film is alone

    @property
    def collision_rate(self) -> float:
        """Share of films whose three codes another film has too."""
        return float((self.group_of < len(self.groups)).mean())


def trie_of(three: Codes, sizes: tuple[int, int, int]) -> Trie:
    """The trie of films with these three codes each, (n_items, 3)."""
    prefixes, prefix_of = np.unique(three[:, :2], axis=0, return_inverse=True)
    whole, first, n_alike = np.unique(three, axis=0, return_inverse=True, return_counts=True)
    leaf_of = first.reshape(-1)
    order = np.argsort(leaf_of, kind="stable")
    starts = np.cumsum(n_alike) - n_alike
    number = np.empty(len(three), np.int32)
    number[order] = np.arange(len(three)) - starts[leaf_of[order]]
    group = np.where(n_alike > 1, np.cumsum(n_alike > 1) - 1, int((n_alike > 1).sum()))
    return Trie(
        codes=np.concatenate([three, number[:, None]], axis=1).astype(np.int32),
        sizes=sizes,
        prefixes=prefixes.astype(np.int32),
        prefix_of=prefix_of.reshape(-1).astype(np.int32),
        groups=whole[n_alike > 1].astype(np.int32),
        group_of=group[leaf_of].astype(np.int32),
    )


def leading_parts(texts: Numbers, dim: int, *, whiten: float) -> Numbers:
    """The `dim` leading principal components of the vectors.

    With `whiten` 1 all are of one spread, with 0 they keep theirs.
    """
    centred = texts - texts.mean(axis=0)
    spread, axes = np.linalg.eigh(centred.T @ centred / len(texts))
    axes, spread = axes[:, ::-1][:, :dim], spread[::-1][:dim]
    found: Numbers = (centred @ axes / np.maximum(spread, 1e-9) ** (whiten / 2)).astype(np.float32)
    found /= found.std()
    return found


def residual_codes(
    points: Numbers, sizes: tuple[int, int, int], *, seed: int
) -> tuple[Codes, list[Numbers]]:
    """Codes (n_items, 3) and each level's centres: k-means, then k-means of what is left over."""
    draw = np.random.default_rng(seed)
    left, codes, centres = points.copy(), [], []
    for n_centres in sizes:
        found = _kmeans(left, n_centres, draw)
        code = _nearest(left, found)
        left -= found[code]
        codes.append(code)
        centres.append(found)
    return np.stack(codes, axis=1).astype(np.int32), centres


def _kmeans(points: Numbers, n_centres: int, draw: np.random.Generator, steps: int = 30) -> Numbers:
    """Centres from a spread-out start (k-means++); one without points goes to the worst placed."""
    centres = points[draw.integers(len(points))][None].copy()
    distance = np.square(points - centres[0]).sum(axis=1)
    while len(centres) < n_centres:
        total = distance.sum()
        share = distance / total if total > 0 else np.full(len(points), 1 / len(points))
        chosen = points[draw.choice(len(points), p=share / share.sum())]
        centres = np.concatenate([centres, chosen[None]])
        distance = np.minimum(distance, np.square(points - chosen).sum(axis=1))
    for _ in range(steps):
        code = _nearest(points, centres)
        count = np.bincount(code, minlength=n_centres)
        total = np.zeros_like(centres)
        np.add.at(total, code, points)
        centres = np.where(count[:, None] > 0, total / np.maximum(count, 1)[:, None], centres)
        empty = np.flatnonzero(count == 0)
        far = np.argsort(-np.square(points - centres[code]).sum(axis=1), kind="stable")
        centres[empty] = points[far[: len(empty)]]
    found: Numbers = centres.astype(np.float32)
    return found


def _nearest(points: Numbers, centres: Numbers) -> NDArray[np.intp]:
    far = np.square(centres).sum(axis=1) - 2 * points @ centres.T  # up to what all share
    nearest: NDArray[np.intp] = far.argmin(axis=1)
    return nearest
