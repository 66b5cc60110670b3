"""How the blend is asked with a reader's own films."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pipeline.data.readers import Events
from pipeline.data.split import Cases
from pipeline.evaluate import own_films, results
from pipeline.evaluate.own_films import Ahead, Way
from pipeline.families.blend import Blend

FILMS = np.arange(4, dtype=np.int32)
STARS = np.array([5.0, 1.0, 4.0, 4.0], np.float32)  # 3.5 on the mean


def test_a_film_counts_by_its_age_and_its_stars_and_one_far_under_the_mean_not_at_all() -> None:
    read, weights = Way("made up", decay=0.5, rest=0.1).read(FILMS, STARS)
    assert read.tolist() == [0, 2, 3]
    assert weights is not None
    assert np.allclose(weights, [0.35 * 2.5, 0.6 * 1.5, 1.1 * 1.5])
    read, weights = Way("without stars", decay=0.5, rest=0.1, star_share=0).read(FILMS, STARS)
    assert weights is not None
    assert (read.tolist(), weights.tolist()) == ([0, 1, 2, 3], [0.225, 0.35, 0.6, 1.1])


def test_only_the_newest_count_where_it_is_so_and_never_none() -> None:
    assert Way("made up", newest=2).read(FILMS, STARS)[0].tolist() == [2, 3]
    as_it_is = Way("made up", decay=0, star_share=0, least=2.0)
    read, weights = as_it_is.read(FILMS, STARS)
    assert (read.tolist(), weights) == ([3], None), "the newest, where all are under it"


def events(*, n_films: int) -> Events:
    """One reader, who likes every second film."""
    item = np.arange(n_films, dtype=np.int32)
    stars = np.where(item % 2 == 0, 5.0, 1.0).astype(np.float32)
    place = item.astype(np.int64)
    liked = (stars >= 4).astype(np.int8)
    return Events(np.ones(n_films, np.int32), item, stars, liked, place, place, is_ordered=True)


def test_what_a_reader_liked_among_the_next_films_is_asked_stretch_by_stretch() -> None:
    asked = own_films.liked_ahead(events(n_films=50), np.arange(48, dtype=np.int32))
    # The last two films are not of the catalogue.
    assert [it.tolist() for it in asked.answers] == [[*range(30, 48, 2)], [*range(10, 30, 2)]]
    assert [len(it) for it in asked.histories] == [30, 10]
    assert asked.user.tolist() == [1, 1]
    assert own_films.liked_ahead(events(n_films=24), np.arange(24, dtype=np.int32)).answers == []


class ByNewest:
    """A film is the better, the nearer its row is to that of the newest film."""

    def score(self, histories: list[np.ndarray]) -> np.ndarray:
        return np.stack([-np.abs(np.arange(9.0) - history[-1]) for history in histories])


def test_each_way_is_set_beside_the_first(tmp_path: Path) -> None:
    blend = Blend((ByNewest(), ByNewest()), (1.0, 0.5), 10.0)
    history, stars = np.array([0, 8], np.int32), np.array([5.0, 1.0], np.float32)
    cases = Cases([history], np.array([7], np.int32), 0, np.array([1]), np.array([True]), [stars])
    ahead = Ahead([history], [stars], [np.array([7, 6], np.int32)], np.array([1]))
    first, *others = own_films.measured(blend, cases, ahead)
    assert (first["next"], first["ahead"], first["next_apart"]) == (1.0, 1.0, [0.0, 0.0, 0.0])
    # With stars the film that they did not like is no longer the newest.
    assert others[2]["next"] < 1
    assert others[2]["next_apart"][0] == round(others[2]["next"] - 1, 5)
    found = {"validation": [first, *others], "test": [first, *others]}
    results.record_own_films(found, artifacts=tmp_path)
    assert results.read(tmp_path)["own_films"] == found
    table = own_films.markdown(found)
    assert table.count("\n| ") == 2 + len(own_films.WAYS)
