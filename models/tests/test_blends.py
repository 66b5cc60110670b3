"""Rank fusion: places, points, and what two reach together."""

from __future__ import annotations

import numpy as np

from pipeline.data.split import Cases
from pipeline.evaluate import blends
from pipeline.families import blend


def rows(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int32)


def test_films_of_the_history_have_no_place_and_ties_go_by_row() -> None:
    found = blend.places(np.array([[5.0, 7.0, 7.0, 9.0]]), [rows(3)])
    assert found.tolist() == [[3, 1, 2, 0]]


def test_points_are_one_for_the_first_place_and_none_without_a_place() -> None:
    assert blend.points(np.array([0, 1, 62]), 60.0).tolist() == [0.0, 1.0, 0.5]


def test_two_that_err_differently_are_better_together() -> None:
    # Each finds one of two answers at once and has the other second, behind a film of its own.
    cases = Cases([rows(0), rows(1)], rows(2, 2), users=np.array([1, 2]))
    placed = {
        "one": np.array([[0, 1, 2, 9, 9, 9], [1, 0, 2, 9, 9, 9]], np.uint16),
        "other": np.array([[0, 9, 2, 1, 9, 9], [9, 0, 2, 1, 9, 9]], np.uint16),
    }
    found = {it.setting: it for it in blends.blends(placed, cases)}
    alone, both = found["one alone"], found["one + other, weights (1.0, 1.0), constant 60"]
    assert both.ndcg == 1.0 > alone.ndcg
    assert both.ahead[1] > 0
