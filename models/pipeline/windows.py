"""What one epoch reads: a stretch of each sequence, in batches of like length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.lessons import Lessons
from pipeline.next_item import TrainConfig
from pipeline.split import Rows


class Window(NamedTuple):
    """A stretch of one sequence."""

    picks: Rows
    number: int
    """Of the sequence."""


def windows(config: TrainConfig, lessons: Lessons, epoch: int) -> list[Window]:
    """Random stretches of the sequences, the same for the same seed and epoch."""
    draw = np.random.default_rng((config.seed, epoch))
    n_ordered = len(lessons.sequences) if lessons.n_ordered is None else lessons.n_ordered
    found: list[Window] = []
    for number, picks in enumerate(lessons.sequences):
        n_reads = 1
        if lessons.reads is not None:
            reads = float(lessons.reads[number])
            n_reads = int(reads) + int(draw.random() < reads % 1.0)
        elif number >= lessons.n_always and draw.random() >= config.other_share:
            continue
        if len(picks) < 2:
            continue
        for _ in range(n_reads):
            whole = picks if number < n_ordered else draw.permutation(picks)
            start = int(draw.integers(max(len(whole) - config.max_history, 1)))
            stretch = whole[start : start + config.max_history + 1]
            if config.drop_picks > 0:
                is_kept = draw.random(len(stretch)) >= config.drop_picks * draw.random()
                stretch = stretch[is_kept] if is_kept.sum() >= 2 else stretch
            found.append(Window(stretch, number))
    return found


def batches(
    config: TrainConfig, found: Sequence[Window], epoch: int, *, n_ordered: int | None = None
) -> Iterator[list[Window]]:
    """Groups windows of like length, about `batch_tokens` picks each, in random order.

    Windows of sequences from `n_ordered` on keep to themselves.
    """
    draw = np.random.default_rng((config.seed, epoch, 1))
    length = np.array([len(window.picks) for window in found])
    order = np.argsort(length * draw.uniform(0.9, 1.1, len(length))).tolist()
    is_set = [n_ordered is not None and window.number >= n_ordered for window in found]
    order.sort(key=is_set.__getitem__)  # stable: like lengths stay together
    groups: list[list[Window]] = [[]]
    longest = 0
    for k, number in enumerate(order):
        longest = max(longest, int(length[number]))
        is_full = longest * (len(groups[-1]) + 1) > config.batch_tokens
        if groups[-1] and (is_full or is_set[number] != is_set[order[k - 1]]):
            groups.append([])
            longest = int(length[number])
        groups[-1].append(found[number])
    for number in draw.permutation(len(groups)).tolist():
        yield groups[number]
