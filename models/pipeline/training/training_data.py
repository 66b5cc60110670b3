"""What the product SASRec learns from beyond ordered histories: co-occurrence in sets.

The 32M slice holds five times as many users as movielens-latest, but as sets. Three roads bring
them in: the item table starts from a factorisation of co-occurrence, each set is read in the
order in which its films are usually met, and each film keeps a few links of an EASE fitted on
sets, which the network adds to its own scores. Plain counting and linear algebra.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse
import scipy.sparse.linalg
from numpy.typing import NDArray

from pipeline.data.split import Cases

Rows = NDArray[np.int32]
Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Neighbours:
    """The strongest links of each film."""

    item: Rows  # (n_items, k), ascending within a film
    weight: Matrix  # (n_items, k)


@dataclass(frozen=True)
class TrainingData:
    """What one run learns from, and the questions it is chosen on."""

    n_items: int
    sequences: list[Rows]
    n_always: int
    """The first so many sequences are read in every epoch; of the others, a share."""
    valid: Cases | None = None
    items: Matrix | None = None
    """Where the item table starts, (n_items, dim); None for small random numbers."""
    weights: dict[str, Matrix] | None = None
    """Where the layers start, by parameter name; None for random numbers."""
    reads: NDArray[np.float32] | None = None
    """How often an epoch reads each sequence, on average; None: as `n_always` says."""
    n_ordered: int | None = None
    """Sequences from here on are sets: each reading shuffles them. None: all are ordered."""
    era: NDArray[np.int32] | None = None
    """The row of `is_open` for each sequence."""
    is_open: NDArray[np.bool_] | None = None
    """Which films could be picked in an era, (eras, n_items): others are no wrong answers."""


def plain(n_items: int, sequences: list[Rows], valid: Cases | None) -> TrainingData:
    """Ordered sequences and nothing else."""
    return TrainingData(n_items, sequences, len(sequences), valid)


def together(histories: Sequence[Rows], n_items: int) -> Matrix:
    """How many histories hold both films, (n_items, n_items)."""
    row = np.repeat(np.arange(len(histories)), [len(rows) for rows in histories])
    ones = np.ones(len(row), np.float32)
    picked = scipy.sparse.csr_matrix(
        (ones, (row, np.concatenate(histories))), shape=(len(histories), n_items)
    )
    picked.data[:] = 1.0
    found: Matrix = (picked.T @ picked).toarray().astype(np.float32)
    return found


def starting_items(together_counts: Matrix, dim: int, *, spread: float) -> Matrix:
    """Leading eigenvectors of normalised co-occurrence, weighted, (n_items, dim)."""
    size = 1.0 / np.sqrt(np.diag(together_counts) + 1.0)
    share = together_counts * size[:, None] * size[None, :]
    start = np.random.default_rng(0).standard_normal(len(size))
    value, vector = scipy.sparse.linalg.eigsh(share, k=dim, v0=start, tol=1e-3)
    table = vector * np.sqrt(np.maximum(value, 0.0))
    scaled: Matrix = (table * (spread / table.std())).astype(np.float32)
    return scaled


def ease_weights(together_counts: Matrix, *, ridge: float) -> Matrix:
    """The closed-form item-to-item model: each film from all others, none from itself."""
    gram = together_counts + ridge * np.eye(len(together_counts), dtype=np.float32)
    inverse = np.linalg.inv(gram)
    weights: Matrix = (-inverse / np.diag(inverse)[None, :]).astype(np.float32)
    np.fill_diagonal(weights, 0.0)
    return weights


def strongest(weights: Matrix, k: int) -> Neighbours:
    """The `k` largest links of each film, by column."""
    item = np.sort(np.argpartition(-weights, k, axis=1)[:, :k], axis=1).astype(np.int32)
    return Neighbours(item, np.take_along_axis(weights, item, axis=1))


def followed(
    sequences: Sequence[Rows], n_items: int, *, lags: int = 20, decay: float = 0.8
) -> Matrix:
    """How often a film came soon after another, nearer counting more, (before, after)."""
    found = np.zeros(n_items * n_items, np.float32)
    for lag in range(1, lags + 1):
        before = [rows[:-lag] for rows in sequences if len(rows) > lag]
        after = [rows[lag:] for rows in sequences if len(rows) > lag]
        if not before:
            break
        pair = np.concatenate(before).astype(np.int64) * n_items + np.concatenate(after)
        pair, count = np.unique(pair, return_counts=True)
        found[pair] += count * decay ** (lag - 1)
    return found.reshape(n_items, n_items)


def usual_place(
    sequences: Sequence[Rows], n_items: int, *, doubt: float = 5.0
) -> NDArray[np.float32]:
    """Where in a history a film is usually met, 0 first to 1 last; 0.5 where unknown."""
    place = np.concatenate([np.arange(len(rows)) / max(len(rows) - 1, 1) for rows in sequences])
    rows = np.concatenate(sequences)
    total = np.bincount(rows, weights=place, minlength=n_items) + 0.5 * doubt
    found: NDArray[np.float32] = total / (np.bincount(rows, minlength=n_items) + doubt)
    return found.astype(np.float32)


def likely_orders(
    sets: Sequence[Rows], sequences: Sequence[Rows], n_items: int, *, seed: int, longest: int = 400
) -> list[Rows]:
    """Puts each set into the order in which ordered readers meet its films.

    Greedy: start from the film usually met first, then go to the film that most often follows
    the last few, among those readers who have both. Longer sets are cut at random first.
    """
    draw = np.random.default_rng(seed)
    after = followed(sequences, n_items)
    after /= together(sequences, n_items) + 4.0
    place = usual_place(sequences, n_items)
    found: list[Rows] = []
    for rows in sets:
        if len(rows) > longest:
            rows = draw.choice(rows, longest, replace=False)
        found.append(rows[_walk(after[np.ix_(rows, rows)], place[rows])])
    return found


def _walk(after: Matrix, place: NDArray[np.float32]) -> NDArray[np.intp]:
    """Greedy path through all films; `after[i, j]` says how well j follows i."""
    n_films = len(place)
    path = np.zeros(n_films, np.intp)
    open_films = -place * 0.05
    pull = np.zeros(n_films, np.float32)
    for step in range(n_films):
        at = int(np.argmax(pull + open_films))
        path[step] = at
        open_films[at] = -np.inf
        pull = 0.8 * pull + after[at]
    return path
