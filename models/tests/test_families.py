"""Counting families against sums done by hand."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from pipeline.families.linear import Evidence

pytestmark = pytest.mark.training  # fitting needs scipy, which scoring does not


def rows(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int32)


def evidence() -> Evidence:
    return Evidence(4, [rows(0, 1, 2), rows(0, 1, 3), rows(0, 2)], [rows(1, 2), rows(2, 3)])


def test_popularity_counts_sequences_and_sets() -> None:
    assert evidence().n_picked().tolist() == [3, 3, 4, 2]
    assert evidence().n_picked(ordered_only=True).tolist() == [3, 2, 2, 1]


def test_markov_is_the_share_of_what_came_next() -> None:
    from pipeline.families import markov

    model = markov.fit(evidence(), markov.Settings(popularity_weight=0.0))
    assert model.weights is not None
    assert model.weights[0] == pytest.approx([0, 2 / 3, 1 / 3, 0])
    assert model.weights[1] == pytest.approx([0, 0, 0.5, 0.5])
    # Only the newest pick is asked.
    assert model.score([rows(0, 1)])[0] == pytest.approx(model.weights[1])


def test_lags_fade() -> None:
    from pipeline.families import markov_multilag

    settings = markov_multilag.Settings(
        n_lags=2, lag_decay=0.5, row_power=0.0, popularity_power=0.0, n_last=2, decay=0.5
    )
    model = markov_multilag.fit(evidence(), settings)
    assert model.weights is not None
    # From item 0: 1 followed twice at once; 2 once at once and once two later; 3 once two later.
    assert model.weights[0] * 2 == pytest.approx([0, 2, 1.5, 0.5])


def test_ease_can_leave_out_readers_who_left_long_before() -> None:
    from pipeline.families import ease

    known = evidence()
    current = dataclasses.replace(known, n_current=1)
    later = Evidence(4, known.sequences[:1], known.sets)
    settings = ease.Settings(penalty=2.0, current_only=True)
    found, wanted = ease.fit(current, settings).weights, ease.fit(later, settings).weights
    assert found is not None
    assert wanted is not None
    assert found == pytest.approx(wanted)
    whole = ease.fit(current, ease.Settings(penalty=2.0)).weights
    assert whole is not None
    assert abs(whole - found).max() > 0.01


def test_ease_solves_its_own_equation() -> None:
    from pipeline.families import counts, ease

    gram = counts.together(evidence().histories, 4).astype(np.float64)
    weights = ease.ease_weights(counts.together(evidence().histories, 4), 2.0)
    assert np.diag(weights).tolist() == [0, 0, 0, 0]
    # The best linear reconstruction without self-loops: its gradient vanishes off the diagonal.
    gradient = gram @ weights + 2.0 * weights - gram
    np.fill_diagonal(gradient, 0.0)
    assert np.abs(gradient).max() < 1e-5


def test_a_family_that_asks_anothers_table_can_be_fitted_by_itself() -> None:
    from pipeline import paths
    from pipeline.families import counting

    settings = counting.read_config(paths.MODELS_DIR / "configs" / "tiny.toml")
    (found,) = counting.fit_all(evidence(), settings, only=["ease_recency"])
    assert (found.name, found.table_name) == ("ease_recency", "ease")
    assert found.exact.query.age_weights


def test_itemknn_keeps_the_nearest() -> None:
    from pipeline.families import itemknn

    model = itemknn.fit(evidence(), itemknn.Settings(n_neighbours=1, shrink=0.0))
    assert model.weights is not None
    # Item 1 shares two of three histories with item 0; item 2 two of four and three.
    assert model.weights[0] == pytest.approx([0, 2 / 3, 0, 0])


def test_a_sequence_shorter_than_the_lag_says_nothing() -> None:
    from pipeline.families import counts

    assert counts.followed([rows(0, 1)], 3, lag=2).nnz == 0
    assert counts.followed([rows(0, 1)], 3, lag=1).toarray()[0].tolist() == [0, 1, 0]
