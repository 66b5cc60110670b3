"""Fits the ranker's weights: a conditional logit over all films that fit, with a ridge.

Deterministic: Newton steps from zero, no random numbers, no torch. scikit-learn has no conditional
logit; `statsmodels` has one, a large dependency for one fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.dialogue.conversations import Turn
from pipeline.dialogue.models import Models
from pipeline.dialogue.replay import Asked
from pipeline.program import PIECES, Counts, Evidence, Weights

RIDGE = 1.0
"""Of weights in the units below: with thousands of targets it only tames what is hardly said."""
UNITS = {"meaning": 0.1, "likeness": 0.1}
"""What a typical difference between films is worth one of; the others count or go from 0 to 1."""
TIMES = {"genre": 2.0, "tag": 2.0, "person": 2.0, "next": 4.0}
"""What counts so many times its fitted weight.

People who talk to people rarely insist, and by their weights a famous film without a heist goes
before heist films for someone who asked for one. And they name a film or two that they liked,
where a reader has a history for the sequential model to read; four is the most that costs nothing
in conversations. Both are measured in `models/README.md`.
"""
MAX_STEPS = 50
MIN_GAIN = 1e-3
"""Of the log-likelihood, in nats of all turns together: weights then stand to four places."""
STEPS: dict[str, tuple[str, ...]] = {
    "state": ("meaning", "likeness", "shared", "genre", "tag", "person"),
    "popularity": (*("meaning", "likeness", "shared", "genre", "tag", "person"), "popularity"),
    "named": tuple(name for name in PIECES if name != "next"),
    "sequential": PIECES,
}
"""The pieces of evidence that have joined by each step; each step has weights of its own."""
NAMED = PIECES.index("named")

Floats = NDArray[np.float64]


class Fitted(NamedTuple):
    """What conversations taught."""

    weights: Mapping[str, Weights]
    """By step."""
    named: Counts
    """Conversations that named each film, (n_items,)."""

    def weights_for(self, evidence: Evidence) -> Weights:
        """Those for evidence with or without the sequential model's, as the page chooses."""
        return self.weights["named" if evidence.next is None else "sequential"]


class Question(NamedTuple):
    """A turn: what its films have, and which of them were recommended."""

    dialogue: str
    rows: NDArray[np.int64]
    """The films that fit, (n_fit,)."""
    pieces: NDArray[np.float32]
    """Theirs, in `UNITS`, (n_fit, n_pieces)."""
    targets: NDArray[np.int64]
    """Places in `rows`."""
    n_missed: int
    """Targets that the filters send away: nothing can be fitted to them."""


class Mentions:
    """Which films each conversation names, by either of the two."""

    def __init__(self, turns: Iterable[Turn], n_items: int) -> None:
        self._films: dict[str, set[int]] = {}
        self._n_items = n_items
        for turn in turns:
            self._films.setdefault(turn.dialogue, set()).update(turn.targets, turn.named)

    def counts(self, *, without: Iterable[str] = ()) -> Counts:
        """Conversations that name each film."""  # (n_items,)
        found = np.zeros(self._n_items, np.int64)
        for dialogue in self._films.keys() - set(without):
            found[list(self._films[dialogue])] += 1
        return found

    def of(self, dialogue: str) -> list[int]:
        """The films of one."""
        return list(self._films.get(dialogue, ()))


def questions(asked: Iterable[Asked], models: Models) -> list[Question]:
    """What a fit reads of every turn. How often films are named comes later: it changes."""
    units = np.array([UNITS.get(name, 1.0) for name in PIECES], np.float32)
    found = []
    for one in asked:
        pieces = models.program.pieces(one.wish, models.evidence(one.wish, history=()))
        mask = np.isfinite(pieces[:, 0])
        mask[one.turn.named] = False
        rows = np.flatnonzero(mask)
        targets = np.searchsorted(rows, [row for row in one.turn.targets if mask[row]])
        n_missed = len(one.turn.targets) - len(targets)
        found.append(Question(one.turn.dialogue, rows, pieces[rows] / units, targets, n_missed))
    return found


def name_pieces(
    asked: Iterable[Question], mentions: Mentions, models: Models, *, held_out: Iterable[str] = ()
) -> Counts:
    """Fills in how often films are named; returns the counts.

    A conversation that is fitted to does not count for itself, else the weight would learn to
    trust what no new conversation offers; those held out count for none.
    """
    counts, out = mentions.counts(without=held_out), set(held_out)
    # What each count is worth: the program's own rule, asked once for all of them.
    every_count = Evidence(named=np.arange(models.catalogue.n_items))
    worth = models.program.pieces({}, every_count)[:, NAMED]
    for one in asked:
        own = counts
        if one.dialogue not in out:
            own = counts.copy()
            own[mentions.of(one.dialogue)] -= 1
        one.pieces[:, NAMED] = worth[own[one.rows]]
    return counts


def fit(
    asked: Sequence[Question], *, start: Mapping[str, Weights] | None = None
) -> dict[str, Weights]:
    """Weights for each of `STEPS`, under which the films recommended are likeliest.

    `start` only saves time: there is one best.
    """
    return {name: _fitted(asked, used, (start or {}).get(name)) for name, used in STEPS.items()}


def ranks(question: Question, weights: Weights) -> list[int]:
    """Each target's rank, ties against it; those that the filters send away are behind all."""
    counts = np.array([weights[name] * UNITS.get(name, 1.0) for name in PIECES])
    scores = question.pieces @ counts
    found = [int((scores >= scores[at]).sum()) for at in question.targets]
    return found + [np.iinfo(np.int32).max] * question.n_missed


def _fitted(asked: Sequence[Question], used: Sequence[str], start: Weights | None) -> Weights:
    columns = [PIECES.index(name) for name in used]
    scale = np.array([TIMES.get(name, 1.0) / UNITS.get(name, 1.0) for name in used])
    found = np.zeros(len(used))
    if start is not None:
        found = np.array([start[name] for name in used]) / scale
    value, slope, curvature = _at(asked, columns, found)
    for _ in range(MAX_STEPS):
        step = np.linalg.solve(curvature, slope)
        # Far from the best a whole step may overshoot.
        while (new := _at(asked, columns, found + step))[0] < value and np.abs(step).max() > 1e-6:
            step /= 2
        gain = new[0] - value
        found, (value, slope, curvature) = found + step, new
        if gain < MIN_GAIN:
            break
    weights = dict.fromkeys(PIECES, 0.0)
    for name, weight in zip(used, found * scale, strict=True):
        weights[name] = round(float(weight), 4)
    return weights


def _at(
    asked: Sequence[Question], columns: Sequence[int], weights: Floats
) -> tuple[float, Floats, Floats]:
    """The log-likelihood less the ridge, its slope, and its curvature turned positive."""
    value = -0.5 * RIDGE * float(weights @ weights)
    slope = -RIDGE * weights
    curvature = RIDGE * np.eye(len(weights))
    counts = np.zeros(len(PIECES), np.float32)
    counts[columns] = weights
    for one in asked:
        n_targets = len(one.targets)
        if not n_targets:
            continue
        scores = one.pieces @ counts
        most = scores.max()
        share = np.exp(scores - most)
        total = share.sum()
        share /= total
        mean = share @ one.pieces
        value += float(scores[one.targets].sum()) - n_targets * float(most + np.log(total))
        slope += (one.pieces[one.targets].sum(axis=0) - n_targets * mean)[columns]
        spread = (one.pieces * share[:, None]).T @ one.pieces - np.outer(mean, mean)
        curvature += n_targets * spread[np.ix_(columns, columns)]
    return value, slope, curvature
