"""The questions of the ranking measurement: table B's readers, each with a short list to rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.data.split import Cases, Rows, shuffle_key

_SALT = 31


@dataclass(frozen=True)
class Question:
    """Which of `candidates` did the reader pick after `history`?"""

    history: Rows
    """Oldest first."""
    candidates: Rows
    """The answer first, then films drawn by their popularity; none of the history."""


def questions(
    cases: Cases, popularity: NDArray[np.int64], *, n_users: int, n_candidates: int
) -> list[Question]:
    """The first `n_users` readers by a shuffle that is always the same.

    A reader's list of 20 is the beginning of the reader's list of 100.
    """
    numbers = np.arange(len(cases), dtype=np.int32)
    chosen = numbers[np.argsort(shuffle_key(numbers, salt=_SALT), kind="stable")][:n_users]
    return [
        Question(
            cases.histories[k],
            drawn(int(cases.targets[k]), cases.histories[k], popularity, n_candidates, seed=int(k)),
        )
        for k in chosen
    ]


def drawn(
    answer: int, history: Rows, popularity: NDArray[np.int64], n_candidates: int, *, seed: int
) -> Rows:
    """The answer, then unseen films, each drawn with a chance in proportion to its events."""
    chance = popularity.astype(np.float64)
    chance[history] = 0.0
    chance[answer] = 0.0
    # Exponential races: the first of them to end are a draw without replacement.
    wait = np.random.default_rng([_SALT, seed]).exponential(size=len(chance))
    ends = np.divide(wait, chance, out=np.full(len(chance), np.inf), where=chance > 0)
    others = np.argsort(ends, kind="stable")[: n_candidates - 1]
    return np.concatenate([[answer], others]).astype(np.int32)


def ranks(scores: Sequence[NDArray[np.floating]]) -> NDArray[np.int64]:
    """The answer's rank in each list, where it stands first; ties count against it."""
    return np.array([int(np.count_nonzero(~(row < row[0]))) for row in scores])


def kendall(ours: NDArray[np.floating], theirs: NDArray[np.floating]) -> float:
    """Kendall's τ: pairs in the same order less pairs in the other, as a share of all pairs."""
    first, second = np.triu_indices(len(ours), k=1)
    agree = np.sign(ours[first] - ours[second]) * np.sign(theirs[first] - theirs[second])
    return float(agree.mean())
