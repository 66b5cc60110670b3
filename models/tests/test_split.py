"""Splits: nobody asked is learned from, and the same files always give the same parts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline import paths
from pipeline.data import merged_films, split, split_hashes
from pipeline.data.readers import Events


def events_of(sequences: dict[int, list[int]], *, start: int = 0) -> Events:
    user = np.array([u for u, items in sequences.items() for _ in items], np.int32)
    item = np.array([i for items in sequences.values() for i in items], np.int32)
    n = len(user)
    return Events(
        user=user,
        item=item,
        rating=np.full(n, 4.0, np.float32),
        liked=np.ones(n, np.int8),
        time=np.arange(start, start + n, dtype=np.int64),
        file_row=np.arange(n, dtype=np.int64),
        is_ordered=True,
    ).in_order()


def test_the_last_two_picks_are_held_out() -> None:
    found = split.leave_last_two_out(events_of({1: [1, 2, 3], 2: [3, 2, 1]}), core=1)
    assert [rows.tolist() for rows in found.train] == [[0], [2]]
    assert found.valid.targets.tolist() == [1, 1]
    assert found.test.targets.tolist() == [2, 0]
    assert [rows.tolist() for rows in found.test.histories] == [[0, 1], [2, 1]]


def test_the_core_is_taken_until_nothing_is_left_to_drop() -> None:
    # Film 9 is dropped first, which leaves user 3 with one event, which leaves film 2 with two.
    events = events_of({1: [1, 2], 2: [1, 2], 3: [2, 9]})
    kept = split.keep_core(events, core=2)
    assert sorted(set(kept.user.tolist())) == [1, 2]
    assert sorted(set(kept.item.tolist())) == [1, 2]


def test_the_last_events_of_a_user_are_asked_each_after_all_before_it() -> None:
    events = events_of({1: [1, 2, 3], 2: [3, 9, 1]})
    found = split.last_event_cases(events, np.array([1, 2, 3], np.int32), n_last=2)
    # Film 9 is not in the catalogue, so it is asked for nowhere and read nowhere.
    assert [rows.tolist() for rows in found.histories] == [[0], [0, 1], [2]]
    assert found.targets.tolist() == [1, 2, 0]
    assert found.user.tolist() == [1, 1, 2]
    assert found.is_last.tolist() == [False, True, True]
    assert found.n_left_out == 1


def test_a_liked_film_is_rated_four_and_not_below_the_readers_mean() -> None:
    events = events_of({1: [1, 2, 3, 4]})
    events.rating[:] = [5.0, 3.0, 4.0, 5.0]
    found = split.last_event_cases(
        events, np.arange(1, 5, dtype=np.int32), only_liked=True, n_last=9
    )
    # The mean is 4.25: of the four the first has nothing before it, and a 4 is not liked.
    assert found.targets.tolist() == [3]
    assert [rows.tolist() for rows in found.histories] == [[0, 1, 2]]
    assert found.ratings is not None
    assert found.ratings[0].tolist() == [5.0, 3.0, 4.0]


def test_people_asked_are_in_no_training_part(data_folder: Path) -> None:
    files = split.read_files(data_folder)
    product = split.load_product(files=files, min_ratings=5)
    asked = {(*h.tolist(), int(t)) for h, t in _cases(product.test)}
    asked_early = {(*h.tolist(), int(t)) for h, t in _cases(product.valid)}
    shipped = {tuple(rows.tolist()) for rows in product.for_shipping.sequences}
    choice = {tuple(rows.tolist()) for rows in product.for_choice.sequences}
    assert asked
    assert asked_early
    assert not asked & shipped
    assert not asked & choice
    assert not asked_early & choice
    assert asked_early <= shipped


def _cases(cases: split.Cases) -> list[tuple[np.ndarray, int]]:
    return list(zip(cases.histories, cases.targets, strict=True))


def test_a_held_out_person_who_is_also_a_set_is_dropped() -> None:
    people = {u: list(range(u, u + 12)) for u in range(1, 11)}
    latest = events_of(people)
    twin = events_of({77: people[10][:10], 78: people[1][:10]})
    other = events_of({79: list(range(100, 110))})
    files = split.RatingFiles(latest, _joined(twin, other), events_of({5: [1, 2, 3]}))
    product = split.load_product(files=files, min_ratings=1)
    # User 10 is the latest and so the one asked; 77 is the same person, 78 somebody else.
    assert product.n_same_person["slice = test"] == 1
    assert len(product.for_shipping.sets) == 2


def _joined(one: Events, other: Events) -> Events:
    columns = {
        name: np.concatenate([getattr(one, name), getattr(other, name)])
        for name in ("user", "item", "rating", "liked", "time", "file_row")
    }
    return Events(**columns, is_ordered=False).in_order()


def test_films_outside_the_catalogue_are_left_out_and_counted() -> None:
    cases = split.last_event_cases(
        events_of({1: [5, 99, 6], 2: [5, 99], 3: [6]}), np.array([5, 6], np.int32)
    )
    assert [rows.tolist() for rows in cases.histories] == [[0]]
    assert cases.targets.tolist() == [1]
    assert cases.n_left_out == 2


def test_the_last_ten_are_each_asked_after_their_own_past() -> None:
    cases = split.last_event_cases(
        events_of({1: [5, 6, 7]}), np.array([5, 6, 7], np.int32), n_last=10
    )
    assert [rows.tolist() for rows in cases.histories] == [[0], [0, 1]]
    assert cases.targets.tolist() == [1, 2]


def test_held_out_sets_are_shown_four_fifths(data_folder: Path) -> None:
    found = split.load_sets(data_folder, min_ratings=5, n_held_out=20)
    assert len(found.valid) == len(found.test) == 20
    for shown, asked in zip(found.test.shown, found.test.asked, strict=True):
        assert not set(shown.tolist()) & set(asked.tolist())
        assert len(shown) == int(0.8 * (len(shown) + len(asked)))
        assert len(asked) >= 1


def test_a_film_under_two_ids_is_one_and_the_first_of_two_events_counts() -> None:
    events = events_of({1: [7, 2, 9, 3], 2: [9, 7], 3: [7]})
    found = merged_films.merge(events, {7: 9})
    films = {user: found.item[of_user].tolist() for user, of_user in found.users()}
    assert films == {1: [9, 2, 3], 2: [9], 3: [9]}
    assert events.item.tolist()[0] == 7


def test_merged_films_are_well_known_under_one_id_each() -> None:
    kept = merged_films.kept_ids()
    assert not kept.keys() & set(kept.values())
    assert kept[1294] == 5060


def test_the_same_files_give_the_same_hashes(data_folder: Path) -> None:
    def hashes() -> dict[str, str]:
        files = split.read_files(data_folder)
        return split_hashes.split_hashes(
            split.load_benchmark(data_folder),
            split.load_product(files=files, min_ratings=5),
            split.load_sets(files=files, min_ratings=5, n_held_out=20),
        )

    once, again = hashes(), hashes()
    assert once == again
    assert len(set(once.values())) == len(once)


def test_shuffling_does_not_depend_on_a_library() -> None:
    key = split.shuffle_key(np.arange(3, dtype=np.int32), salt=0)
    assert key.tolist() == [16294208416658607535, 10451216379200822465, 10905525725756348110]


@pytest.mark.skipif(not paths.data_dir().exists(), reason="the real rating files are not here")
def test_the_committed_hashes_are_those_of_the_real_files() -> None:
    files = split.read_files()
    found = split_hashes.split_hashes(
        split.load_benchmark(),
        split.load_product(files=files),
        split.load_sets(files=files),
    )
    assert split_hashes.differing_hashes(found) == []
