"""The first films of a conversation's list change places among themselves, and no others do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from pipeline.dialogue.conversations import Turn
from pipeline.dialogue.replay import Asked
from pipeline.dialogue.reranked import TOP, Reranker
from pipeline.errors import InputError
from pipeline.program import Floats

N_ITEMS = 60


class Prefers(Reranker):
    """The real one with another model: it likes films of high rows."""

    def __init__(self) -> None:
        self._known = {}

    def _evidence(self, context: Sequence[str], rows: Sequence[int]) -> Floats:
        return np.array(rows, np.float32)


def asked(named: list[int]) -> Asked:
    return Asked(Turn("1", ["a film?"], [5], named), {})


SCORES: Floats = -np.arange(N_ITEMS, dtype=np.float32)
"""Row 0 is the best."""


def order(scores: Floats) -> list[int]:
    return np.argsort(-scores, kind="stable").tolist()


def test_without_weight_nothing_moves() -> None:
    after = Prefers().rescored(asked([]), SCORES, weight=0.0)
    assert after.tolist() == SCORES.tolist()


def test_alone_the_model_orders_the_first_and_no_others() -> None:
    after = order(Prefers().rescored(asked([]), SCORES, weight=np.inf))
    assert after[:TOP] == list(reversed(range(TOP)))
    assert after[TOP:] == list(range(TOP, N_ITEMS))


def test_films_named_before_keep_their_scores_and_take_no_place() -> None:
    after = Prefers().rescored(asked([0, 3]), SCORES, weight=np.inf)
    assert after[[0, 3]].tolist() == SCORES[[0, 3]].tolist()
    moved = [row for row in order(after) if row not in (0, 3)]
    assert moved[:TOP] == sorted(set(range(TOP + 2)) - {0, 3}, reverse=True)
    assert moved[TOP:] == list(range(TOP + 2, N_ITEMS))


def test_films_sent_away_stay_away() -> None:
    before = SCORES.copy()
    before[10:] = -np.inf
    after = Prefers().rescored(asked([]), before, weight=np.inf)
    assert order(after)[:10] == list(reversed(range(10)))
    assert np.isneginf(after[10:]).all()


def test_a_missing_model_is_told_with_the_command_that_makes_it(tmp_path: object) -> None:
    with pytest.raises(InputError, match="make llm"):
        Reranker(None, folder=tmp_path)  # type: ignore[arg-type]
