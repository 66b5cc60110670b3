"""Comparing families by the popularity of the answer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.data.split import Cases
from pipeline.evaluate import by_popularity, results
from pipeline.evaluate.by_popularity import Asked

COUNTS = np.array([9, 1, 4, 2, 100, 4])


def rows(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int32)


def asked(*, n_users: int = 8) -> Asked:
    """Each user is asked twice: for the rarest film, then for the most rated one."""
    histories = [
        h for user in range(n_users) for h in (rows(0, user % 2 + 2), rows(0, user % 2 + 2, 1))
    ]
    users = np.repeat(np.arange(n_users), 2)
    return Asked("made up", Cases(histories, rows(*[1, 4] * n_users), users=users), COUNTS)


def always(*scores: float) -> object:
    return lambda histories: np.tile(scores, (len(histories), 1))


def test_a_third_holds_a_third_of_the_films_or_of_the_events() -> None:
    assert by_popularity.thirds_of_films(COUNTS).tolist() == [2, 0, 1, 0, 2, 1]
    # 1, 2, 4, 4 and 9 together are less than a third of 120 events: the last film has the rest.
    assert by_popularity.thirds_of_events(COUNTS).tolist() == [0] * 6
    even = np.full(9, 5)
    assert by_popularity.thirds_of_events(even).tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert by_popularity.thirds_of_films(even).tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]


def test_each_part_says_who_is_ahead_and_how_surely() -> None:
    ours = always(0, 9, 0, 0, 8, 0)
    theirs = always(0, 0, 5, 5, 9, 5)
    found = by_popularity.compared(asked(), "ours", {"ours": ours, "theirs": theirs})
    rarest, most = (row for row in found if row["cut"] == "films")
    assert (rarest["n_questions"], rarest["n_users"], rarest["most_ratings"]) == (8, 8, 2)
    assert rarest["families"]["ours"]["ndcg@10"] == 1.0
    mean, low, high = rarest["families"]["theirs"]["ahead"]["ndcg@10"]
    assert 0 < mean < 1
    assert low <= mean + 1e-9
    assert mean - 1e-9 <= high
    assert most["families"]["theirs"]["ahead"]["ndcg@10"] == pytest.approx((0, 0, 0))


def test_the_comparison_stands_among_the_results(tmp_path: Path) -> None:
    same = always(0, 1, 2, 3, 4, 5)
    found = by_popularity.compared(asked(), "ours", {"ours": same, "theirs": same})
    results.record_by_popularity(found, artifacts=tmp_path)
    results.record("B", {"family": "ease", "form": "shipped"}, artifacts=tmp_path)
    results.write_tables(tmp_path, artifacts=tmp_path)
    text = (tmp_path / "docs" / "results.md").read_text("utf-8")
    assert "rarest third of the films: 2 films with up to 2 ratings, 8 questions" in text
    assert "| ours | theirs | ahead of it by |" in text
    # A part nobody is asked about has no row.
    assert "middle third of the films" not in text
