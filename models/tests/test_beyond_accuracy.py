"""What lists do beside being right: each measure worked out by hand."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from pipeline.data.split import Cases
from pipeline.evaluate import beyond_accuracy, results
from pipeline.evaluate.beyond_accuracy import Films

# Five films: two dramas, a comedy, one that is both, one without a genre.
GENRES = np.array([[1, 0], [1, 0], [0, 1], [1, 1], [0, 0]], bool)
POPULARITY = np.array([0.5, 0.25, 0.125, 0.25, 0.0625])
FILMS = Films(POPULARITY, GENRES)


def rows(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int32)


def test_popularity_is_the_share_of_histories_and_never_nothing() -> None:
    found = beyond_accuracy.films([rows(0, 1), rows(0)], [[0], [0], [1], [0, 1], []], 2)
    assert found.popularity.tolist() == [1.0, 0.5, 0.25, 0.25, 0.25]
    assert found.genres.tolist() == GENRES.tolist()


def test_coverage_and_gini_of_places_shared_evenly_and_not() -> None:
    even = beyond_accuracy.spread([rows(0, 1), rows(2, 3)], 4)
    assert even == {"coverage": 1.0, "gini": 0.0}
    # One film of four has every place: (n - 1) / n.
    one = beyond_accuracy.spread([rows(2), rows(2)], 4)
    assert one == {"coverage": 0.25, "gini": pytest.approx(0.75)}


def test_a_list_of_the_same_genres_is_calibrated() -> None:
    assert beyond_accuracy.miscalibration(rows(0, 2), rows(1, 2), GENRES) == pytest.approx(0)
    # Half drama, half comedy; shown dramas alone, of which comedy keeps a hundredth of its half.
    shown_drama = beyond_accuracy.miscalibration(rows(0, 2), rows(0, 1), GENRES)
    assert shown_drama == pytest.approx(0.5 * math.log(0.5 / 0.995) + 0.5 * math.log(0.5 / 0.005))


def test_diversity_is_what_pairs_do_not_share() -> None:
    assert beyond_accuracy.diversity(rows(0, 1), GENRES) == 0.0
    assert beyond_accuracy.diversity(rows(0, 2), GENRES) == 1.0
    # Drama, comedy, both: distances 1, 1/2 and 1/2.
    assert beyond_accuracy.diversity(rows(0, 2, 3), GENRES) == pytest.approx(2 / 3)


def asked() -> Cases:
    """Three users with one, two and three films; the second is asked twice."""
    histories = [rows(0), rows(0), rows(0, 1), rows(0, 1, 2)]
    return Cases(
        histories,
        rows(1, 1, 2, 4),
        users=np.array([7, 8, 8, 9]),
        are_last=np.array([True, False, True, True]),
    )


def test_users_are_grouped_by_how_many_films_they_know() -> None:
    answered = beyond_accuracy.answers(
        lambda h: np.tile([5.0, 4, 3, 2, 1], (len(h), 1)), asked(), top=1
    )
    assert answered.ranks.tolist() == [1, 1, 1, 2]
    assert [it.tolist() for it in answered.lists] == [[1], [2], [3]]
    found = beyond_accuracy.measured(answered, asked(), FILMS)
    # Shown 1/4, 1/8 and 1/4 on average; known 1/2, 3/8 and 7/24.
    lift = (5 / 24) / ((1 / 2 + 3 / 8 + 7 / 24) / 3) - 1
    assert found["all"]["popularity_lift"] == pytest.approx(lift, abs=1e-5)
    assert found["all"]["novelty"] == pytest.approx((2 + 3 + 2) / 3, abs=1e-5)
    assert found["all"]["coverage"] == 0.6
    least, middle, most = found["groups"]
    assert [it["longest"] for it in found["groups"]] == [1, 2, 3]
    assert least["popularity_lift"] == pytest.approx(-0.5)
    assert middle["ndcg@10"] == 1.0
    assert most["ndcg@10"] == pytest.approx(1 / math.log2(3), abs=1e-5)


def test_what_was_measured_stands_among_the_results(tmp_path: Path) -> None:
    answered = beyond_accuracy.answers(
        lambda h: np.tile([5.0, 4, 3, 2, 1], (len(h), 1)), asked(), top=2
    )
    found = beyond_accuracy.measured(answered, asked(), FILMS)
    results.record_beyond_accuracy("ease", found, artifacts=tmp_path)
    kept = results.read(tmp_path)["beyond_accuracy"]
    assert kept == {"ease": found}
    table = beyond_accuracy.markdown(kept)
    assert f"| `ease` | {found['all']['popularity_lift']:.3f} |" in table
    assert "NDCG@10, most active, 3 to 3 films" in table
