"""What one epoch reads: a stretch of each sequence, in batches of like length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.data.split import Cases, Rows
from pipeline.training.next_item import TrainConfig
from pipeline.training.training_data import Matrix, TrainingData


class Window(NamedTuple):
    """A stretch of one sequence."""

    picks: Rows
    number: int
    """Of the sequence."""


def windows(config: TrainConfig, training_data: TrainingData, epoch: int) -> list[Window]:
    """Random stretches of the sequences, the same for the same seed and epoch."""
    draw = np.random.default_rng((config.seed, epoch))
    n_ordered = (
        len(training_data.sequences) if training_data.n_ordered is None else training_data.n_ordered
    )
    found: list[Window] = []
    for number, picks in enumerate(training_data.sequences):
        n_reads = 1
        if training_data.reads is not None:
            reads = float(training_data.reads[number])
            n_reads = int(reads) + int(draw.random() < reads % 1.0)
        elif number >= training_data.n_always and draw.random() >= config.other_share:
            continue
        if len(picks) < 2:
            continue
        for _ in range(n_reads):
            whole = picks if number < n_ordered else draw.permutation(picks)
            found.append(Window(stretch(config, whole, draw), number))
    return found


def stretch(config: TrainConfig, whole: Rows, draw: np.random.Generator) -> Rows:
    """A random stretch of one sequence, as long as the network can be asked about."""
    start = int(draw.integers(max(len(whole) - config.max_history, 1)))
    found = whole[start : start + config.max_history + 1]
    if config.drop_picks > 0:
        is_kept = draw.random(len(found)) >= config.drop_picks * draw.random()
        found = found[is_kept] if is_kept.sum() >= 2 else found
    return found


def batches(
    config: TrainConfig, found: Sequence[Window], epoch: int, *, n_ordered: int | None = None
) -> Iterator[list[Window]]:
    """The windows of an epoch in batches. Sequences from `n_ordered` on keep to themselves."""
    draw = np.random.default_rng((config.seed, epoch, 1))
    is_set = [n_ordered is not None and window.number >= n_ordered for window in found]
    for group in alike([window.picks for window in found], is_set, config.batch_tokens, draw):
        yield [found[number] for number in group]


def alike(
    picks: Sequence[Rows], is_set: Sequence[bool], batch_tokens: int, draw: np.random.Generator
) -> Iterator[list[int]]:
    """Groups numbers of windows of like length, about `batch_tokens` picks each, in random order.

    Sets and sequences are never in one group.
    """
    if not picks:
        return
    length = np.array([len(rows) for rows in picks])
    order = np.argsort(length * draw.uniform(0.9, 1.1, len(length))).tolist()
    order.sort(key=is_set.__getitem__)  # stable: like lengths stay together
    groups: list[list[int]] = [[]]
    longest = 0
    for k, number in enumerate(order):
        longest = max(longest, int(length[number]))
        is_full = longest * (len(groups[-1]) + 1) > batch_tokens
        if groups[-1] and (is_full or is_set[number] != is_set[order[k - 1]]):
            groups.append([])
            longest = int(length[number])
        groups[-1].append(number)
    for number in draw.permutation(len(groups)).tolist():
        yield groups[number]


@dataclass(frozen=True)
class Batch:
    """What one process reads in one step."""

    windows: list[Rows]
    progress: float
    """Share of the epoch that lies before it."""
    is_open: NDArray[np.bool_] | None = None
    """Which films each window could have gone on to, (windows, n_items); None: any."""
    are_sets: bool = False


class Source(Protocol):
    """What a run learns from, held or streamed."""

    @property
    def n_items(self) -> int: ...

    @property
    def valid(self) -> Cases | None:
        """The questions the run is chosen on."""

    def popularity(self) -> NDArray[np.int64]:
        """Events per film, (n_items,)."""

    def start(self) -> dict[str, Matrix]:
        """Where parameters start that do not start at random, by name."""

    def batches(self, config: TrainConfig, epoch: int, rank: int, n: int) -> Iterator[Batch]:
        """What the process `rank` of `n` reads in an epoch: other windows than the others read.

        The `n` batches of one step are together as large as that of a process alone.
        """


@dataclass(frozen=True)
class Held:
    """TrainingData that fit into memory. They are for one process."""

    training_data: TrainingData

    @property
    def n_items(self) -> int:
        return self.training_data.n_items

    @property
    def valid(self) -> Cases | None:
        return self.training_data.valid

    def popularity(self) -> NDArray[np.int64]:
        return np.bincount(np.concatenate(self.training_data.sequences), minlength=self.n_items)

    def start(self) -> dict[str, Matrix]:
        items = {} if self.training_data.items is None else {"items": self.training_data.items}
        return {**items, **(self.training_data.weights or {})}

    def batches(self, config: TrainConfig, epoch: int, rank: int, n: int) -> Iterator[Batch]:
        if n > 1:
            raise ValueError("several processes train on streamed ratings only; start one")
        n_ordered = self.training_data.n_ordered
        found = windows(config, self.training_data, epoch)
        groups = list(batches(config, found, epoch, n_ordered=n_ordered))
        for number, group in enumerate(groups):
            yield Batch(
                [window.picks for window in group],
                number / len(groups),
                self.is_open(group),
                n_ordered is not None and group[0].number >= n_ordered,
            )

    def is_open(self, group: Sequence[Window]) -> NDArray[np.bool_] | None:
        """Which films each window could go on to, (windows, n_items)."""
        training_data = self.training_data
        if training_data.era is None or training_data.is_open is None:
            return None
        eras = training_data.era[[window.number for window in group]]
        found: NDArray[np.bool_] = training_data.is_open[eras]
        return found
