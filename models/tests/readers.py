"""Made-up readers of a few films, for the tests of networks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pipeline.data.split import Cases

N_ITEMS = 60


def walks(n_readers: int, *, seed: int = 0) -> list[np.ndarray]:
    """Readers who mostly take the next film: an order that can be learned."""
    draw = np.random.default_rng(seed)
    found = []
    for _ in range(n_readers):
        steps = np.where(draw.random(15) < 0.9, 1, draw.integers(1, N_ITEMS, 15))
        found.append(((draw.integers(N_ITEMS) + np.cumsum(steps)) % N_ITEMS).astype(np.int32))
    return found


def asked_walks() -> Cases:
    """The last step of other readers."""
    asked = walks(30, seed=1)
    return Cases([rows[:-1] for rows in asked], np.array([rows[-1] for rows in asked], np.int32))


def padded(histories: list[list[int]], length: int) -> np.ndarray:
    """Histories of row + 1 as graphs read them: 0 is padding on the right."""  # (batch, length)
    found = np.zeros((len(histories), length), np.int32)
    for row, items in enumerate(histories):
        found[row, : len(items)] = items
    return found


class StoppedError(Exception):
    """What ends a run of training that is to go on later."""


def stop_at(last: int) -> Callable[[int], None]:
    """For a run's `before_epoch`: ends it as epoch `last` begins."""

    def stop(epoch: int) -> None:
        if epoch == last:
            raise StoppedError

    return stop
