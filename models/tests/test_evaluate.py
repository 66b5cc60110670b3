"""Metrics: ranks by hand, ties against the model, seen items out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pipeline.data.split import Cases, SetCases
from pipeline.evaluate import metrics


def rows(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int32)


def test_a_tie_counts_against_the_model() -> None:
    assert metrics.rank_of(np.array([1.0, 1.0, 1.0, 0.5]), 1, rows()) == 3


def test_seen_items_do_not_stand_in_the_way() -> None:
    assert metrics.rank_of(np.array([9.0, 8.0, 1.0, 7.0]), 2, rows(0, 1)) == 2


def test_scores_that_are_no_numbers_do_not_help() -> None:
    nan = math.nan
    assert metrics.rank_of(np.array([nan, 2.0, nan]), 1, rows()) == 3
    assert metrics.rank_of(np.array([1.0, nan, 0.0]), 1, rows()) == 3
    assert metrics.rank_of(np.array([5.0, 5.0, 5.0]), 0, rows()) == 3


def test_metrics_of_known_ranks() -> None:
    found = metrics.sequence_metrics(np.array([1, 3, 11]))
    assert found["ndcg@10"] == pytest.approx((1.0 + 0.5 + 0.0) / 3)
    assert found["hr@10"] == pytest.approx(2 / 3)
    assert found["mrr"] == pytest.approx((1 + 1 / 3 + 1 / 11) / 3)
    assert found["n_users"] == 3
    assert found["ndcg@10_low"] <= found["ndcg@10"] <= found["ndcg@10_high"]


def test_a_constant_model_ranks_last_whatever_the_batch() -> None:
    cases = Cases([rows(0), rows(1), rows(2)], rows(3, 3, 3))
    for batch in (1, 2, 256):
        ranks = metrics.target_ranks(lambda h: np.zeros((len(h), 6)), cases, batch=batch)
        assert ranks.tolist() == [5, 5, 5]


def test_the_same_users_are_drawn_for_both_models() -> None:
    ours = np.random.default_rng(1).random(200)
    mean, low, high = metrics.paired_difference(ours + 0.1, ours)
    assert mean == pytest.approx(0.1)
    assert (low, high) == (pytest.approx(0.1), pytest.approx(0.1))


def test_an_interval_holds_its_mean_and_narrows_with_users() -> None:
    few = metrics.bootstrap_interval(np.tile([0.0, 1.0], 20))
    many = metrics.bootstrap_interval(np.tile([0.0, 1.0], 2000))
    assert few[0] < 0.5 < few[1]
    assert many[1] - many[0] < few[1] - few[0]


def test_set_metrics_by_hand() -> None:
    cases = SetCases([rows(0)], [rows(2, 4)])
    scores = np.array([[9.0, 5.0, 6.0, 4.0, 3.0, 3.0]])
    # Unseen, best first: 2 (asked), 1, 3, then 4 (asked) tied with 5, which goes before it.
    assert metrics.answer_ranks(scores[0], rows(2, 4), rows(0)).tolist() == [1, 5]
    found = metrics.set_metrics(lambda shown: scores, cases)
    best = 1 + 1 / math.log2(3)
    assert found["ndcg@100"] == pytest.approx((1 + 1 / math.log2(6)) / best)
    assert found["recall@20"] == 1.0
