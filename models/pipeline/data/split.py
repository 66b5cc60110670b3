"""Splits A, B and C: who is learned from, and who is asked what.

Everything is a pure function of the rating files: no random numbers, so the same files give the
same splits with every version of every library; `split_hashes` tells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from pipeline.data import merged_films, readers
from pipeline.data.readers import Events
from pipeline.data.same_person import same_person

Rows = NDArray[np.int32]

MIN_RATINGS = 20
CORE = 5
TIME_QUANTILE = 0.9
N_HELD_OUT_SETS = 1000
MIN_SET = 5
LIKED_STARS = 4.0
SHOWN_SHARE = 0.8


@dataclass(frozen=True)
class Cases:
    """Questions with one answer: after `histories[k]`, oldest first, came `targets[k]`."""

    histories: list[Rows]
    targets: Rows
    n_left_out: int = 0
    """Questions whose target is not in the catalogue, or that have no history in it."""
    users: NDArray[np.int64] | None = None
    """Whose question each is, a number a user; without it each has one."""  # (n_questions,)
    are_last: NDArray[np.bool_] | None = None
    """Whether it asks for the user's last event; without it all do."""  # (n_questions,)
    ratings: list[NDArray[np.float32]] | None = None
    """What the user gave each film of each history."""

    def __len__(self) -> int:
        return len(self.targets)

    @property
    def user(self) -> NDArray[np.int64]:
        """A number per question, the same for the questions of one user."""
        return np.arange(len(self)) if self.users is None else self.users

    @property
    def is_last(self) -> NDArray[np.bool_]:
        """Whether each question asks for its user's last event."""
        return np.ones(len(self), bool) if self.are_last is None else self.are_last


@dataclass(frozen=True)
class SequenceSplit:
    """Table A. An item is its index in `movie_ids`."""

    movie_ids: Rows
    train: list[Rows]
    valid: Cases
    test: Cases

    @property
    def n_items(self) -> int:
        return len(self.movie_ids)


@dataclass(frozen=True)
class ProductTraining:
    """What a product model may learn from."""

    sequences: list[Rows]
    """Ordered: movielens-latest users first, then ML-1M users."""
    n_latest: int
    """How many of `sequences` are movielens-latest users."""
    sets: list[Rows]
    """Unordered: users of the 32M slice, ascending rows."""
    set_ratings: list[NDArray[np.float32]]
    n_items: int

    @property
    def popularity(self) -> NDArray[np.int64]:
        """Events per item over everything above."""  # (n_items,)
        everything = [*self.sequences, *self.sets]
        flat = np.concatenate(everything) if everything else np.zeros(0, np.int32)
        return np.bincount(flat, minlength=self.n_items)


@dataclass(frozen=True)
class ProductSplit:
    """Table B. An item is its catalogue row.

    Choose on `valid` with a model learned from `for_choice`, ship what is learned from
    `for_shipping` (which adds the validation users), and look at `test` once.
    """

    movie_ids: Rows
    for_choice: ProductTraining
    for_shipping: ProductTraining
    valid: Cases
    valid_last_ten: Cases
    """The last ten events of each validation user, each after its past: steadier to choose on."""
    test: Cases
    valid_last_fifty: Cases
    test_last_ten: Cases
    """To compare families by the popularity of the answer alone: few answers are rare."""
    valid_liked: Cases
    """Table D: the last ten films that each validation user liked, each after all before it, with
    the ratings of the history; what is liked `is_liked` says."""
    test_liked: Cases
    n_same_person: dict[str, int]
    """Users left out of training because they are a held-out person again, by file."""

    @property
    def n_items(self) -> int:
        return len(self.movie_ids)


@dataclass(frozen=True)
class SetCases:
    """Questions with several answers: who is shown `shown[k]` also liked `asked[k]`."""

    shown: list[Rows]
    asked: list[Rows]

    def __len__(self) -> int:
        return len(self.shown)


@dataclass(frozen=True)
class SetSplit:
    """Table C. An item is its catalogue row."""

    movie_ids: Rows
    train: list[Rows]
    valid: SetCases
    test: SetCases

    @property
    def n_items(self) -> int:
        return len(self.movie_ids)


@dataclass(frozen=True)
class RatingFiles:
    """The three rating files, read once, as the product sees them: each film under one id."""

    latest: Events
    slice: Events
    ml1m: Events

    def everything(self) -> tuple[Events, Events, Events]:
        return self.latest, self.slice, self.ml1m


def read_files(folder: Path | None = None) -> RatingFiles:
    """Reads the three rating files of the data folder and merges films that are held twice."""
    read = (readers.read_latest, readers.read_slice, readers.read_ml1m)
    kept = merged_films.kept_ids()
    return RatingFiles(*(merged_films.merge(one(folder), kept) for one in read))


def catalogue_movie_ids(files: RatingFiles, *, min_ratings: int = MIN_RATINGS) -> Rows:
    """Films with at least `min_ratings` ratings over all files, ascending: row is position."""
    movie, count = np.unique(
        np.concatenate([events.item for events in files.everything()]), return_counts=True
    )
    return movie[count >= min_ratings].astype(np.int32)


def load_benchmark(folder: Path | None = None) -> SequenceSplit:
    """Split A: ML-1M as it was published, 5-core, leave-one-out."""
    return leave_last_two_out(readers.read_ml1m(folder))


def leave_last_two_out(events: Events, *, core: int = CORE) -> SequenceSplit:
    """Holds out each user's last event for test and the one before it for validation."""
    events = keep_core(events, core=core)
    movie_ids = np.unique(events.item).astype(np.int32)
    sequences = _sequences(events, movie_ids)
    return SequenceSplit(
        movie_ids=movie_ids,
        train=[picks[:-2] for picks in sequences],
        valid=Cases([picks[:-2] for picks in sequences], _ints(s[-2] for s in sequences)),
        test=Cases([picks[:-1] for picks in sequences], _ints(s[-1] for s in sequences)),
    )


def keep_core(events: Events, *, core: int) -> Events:
    """Drops users and films with fewer than `core` events until none is left to drop."""
    while True:
        user, n_user = np.unique(events.user, return_counts=True)
        item, n_item = np.unique(events.item, return_counts=True)
        if min(n_user.min(initial=core), n_item.min(initial=core)) >= core:
            return events
        kept = np.isin(events.user, user[n_user >= core])
        events = events.where(kept & np.isin(events.item, item[n_item >= core]))


def load_product(
    folder: Path | None = None, *, min_ratings: int = MIN_RATINGS, files: RatingFiles | None = None
) -> ProductSplit:
    """Split B: movielens-latest cut at a moment; ML-1M and the 32M slice to learn from."""
    files = files or read_files(folder)
    movie_ids = catalogue_movie_ids(files, min_ratings=min_ratings)
    test, rest = _cut_at_quantile(files.latest)
    valid, fit = _cut_at_quantile(rest)
    same_as_test = _same_people(test, files)
    same_as_valid = _same_people(valid, files)

    def training(latest: Events, same: dict[str, NDArray[np.int32]]) -> ProductTraining:
        ordered = _sequences(latest, movie_ids)
        ml1m = files.ml1m.where(~np.isin(files.ml1m.user, same["ml1m"]))
        chosen = files.slice.where(~np.isin(files.slice.user, same["slice"]))
        sets, ratings = _sets(chosen, movie_ids)
        sequences = [*ordered, *_sequences(ml1m, movie_ids)]
        return ProductTraining(sequences, len(ordered), sets, ratings, len(movie_ids))

    both = {name: np.union1d(same_as_test[name], same_as_valid[name]) for name in same_as_test}
    return ProductSplit(
        movie_ids=movie_ids,
        for_choice=training(fit, both),
        for_shipping=training(rest, same_as_test),
        valid=last_event_cases(valid, movie_ids),
        valid_last_ten=last_event_cases(valid, movie_ids, n_last=10),
        test=last_event_cases(test, movie_ids),
        valid_last_fifty=last_event_cases(valid, movie_ids, n_last=50),
        test_last_ten=last_event_cases(test, movie_ids, n_last=10),
        valid_liked=last_event_cases(valid, movie_ids, n_last=10, only_liked=True),
        test_liked=last_event_cases(test, movie_ids, n_last=10, only_liked=True),
        n_same_person={
            **{f"{name} = test": len(users) for name, users in same_as_test.items()},
            **{f"{name} = validation": len(users) for name, users in same_as_valid.items()},
        },
    )


def held_out_events(files: RatingFiles) -> tuple[Events, Events]:
    """All that the users of test and of validation rated."""
    test, rest = _cut_at_quantile(files.latest)
    valid, _ = _cut_at_quantile(rest)
    return test, valid


def _cut_at_quantile(events: Events) -> tuple[Events, Events]:
    """(events of users active after the 0.9 quantile of time, events of all other users)."""
    moment = np.sort(events.time)[int(TIME_QUANTILE * (len(events) - 1))]
    late = np.isin(events.user, events.user[events.time > moment])
    return events.where(late), events.where(~late)


def _same_people(held_out: Events, files: RatingFiles) -> dict[str, NDArray[np.int32]]:
    """Users of the other files who are a held-out person again."""
    others = {"slice": files.slice, "ml1m": files.ml1m}
    return {name: same_person(held_out, events) for name, events in others.items()}


def _asked_in_product(files: RatingFiles) -> NDArray[np.int32]:
    """Slice users who are a person held out in B, for test or for validation."""
    test, valid = held_out_events(files)
    return np.union1d(_same_people(test, files)["slice"], _same_people(valid, files)["slice"])


def is_liked(stars: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which of a user's ratings say that they liked a film: 4 and more, and at least their mean."""
    return cast("NDArray[np.bool_]", (stars >= LIKED_STARS) & (stars >= stars.mean()))


def last_event_cases(
    events: Events, movie_ids: Rows, *, n_last: int = 1, only_liked: bool = False
) -> Cases:
    """Each user's last `n_last` events as targets, each with all that user's events before it.

    With `only_liked`, the last that the user liked; what is before them is of any rating. A target
    outside the catalogue, or with nothing of the catalogue before it, is left out and counted;
    films outside the catalogue are taken out of histories.
    """
    histories: list[Rows] = []
    ratings: list[NDArray[np.float32]] = []
    targets: list[int] = []
    users: list[int] = []
    are_last: list[bool] = []
    n_left_out = 0
    for user, of_user in events.users():
        rows, stars = rows_or_none(events.item[of_user], movie_ids), events.rating[of_user]
        may_be_asked = np.flatnonzero(is_liked(stars)) if only_liked else np.arange(len(rows))
        for position in may_be_asked[-n_last:].tolist():
            is_held = rows[:position] >= 0
            history = rows[:position][is_held]
            if rows[position] < 0 or len(history) == 0:
                n_left_out += 1
                continue
            histories.append(history)
            ratings.append(stars[:position][is_held])
            targets.append(int(rows[position]))
            users.append(int(user))
            are_last.append(position == may_be_asked[-1])
    return Cases(
        histories,
        np.array(targets, np.int32),
        n_left_out,
        np.array(users, np.int64),
        np.array(are_last, bool),
        ratings,
    )


def load_sets(
    folder: Path | None = None,
    *,
    min_ratings: int = MIN_RATINGS,
    n_held_out: int = N_HELD_OUT_SETS,
    files: RatingFiles | None = None,
    strangers: bool = False,
) -> SetSplit:
    """Split C: what slice users liked; held-out users are shown 80 % and asked for 20 %.

    With `strangers`, nobody in `train` is a person whom B holds out, so that a model learned from
    it can be asked the questions of both tables.
    """
    files = files or read_files(folder)
    movie_ids = catalogue_movie_ids(files, min_ratings=min_ratings)
    liked, test, valid, train = _set_users(files, movie_ids, n_held_out)
    if strangers:
        train = train[~np.isin(train, _asked_in_product(files))]

    def cases(chosen: NDArray[np.int32]) -> SetCases:
        shown: list[Rows] = []
        asked: list[Rows] = []
        events = liked.where(np.isin(liked.user, chosen))
        for user, of_user in events.users():
            rows = np.sort(rows_or_none(events.item[of_user], movie_ids))
            shuffled = rows[np.argsort(shuffle_key(rows, salt=user), kind="stable")]
            n_shown = int(SHOWN_SHARE * len(rows))
            shown.append(np.sort(shuffled[:n_shown]))
            asked.append(np.sort(shuffled[n_shown:]))
        return SetCases(shown, asked)

    kept, _ = _sets(liked.where(np.isin(liked.user, train)), movie_ids)
    return SetSplit(movie_ids, kept, cases(valid), cases(test))


def _set_users(
    files: RatingFiles, movie_ids: Rows, n_held_out: int
) -> tuple[Events, NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """What slice users liked, and the users of test, validation and training."""
    liked = files.slice.where(files.slice.liked == readers.LIKED)
    liked = liked.where(np.isin(liked.item, movie_ids))
    users, n_liked = np.unique(liked.user, return_counts=True)
    users = users[n_liked >= MIN_SET]
    users = users[np.argsort(shuffle_key(users, salt=0), kind="stable")]
    test, valid, train = np.split(users, [n_held_out, 2 * n_held_out])
    return liked, test, valid, train


def liked_elsewhere(
    files: RatingFiles, *, min_ratings: int = MIN_RATINGS, n_held_out: int = N_HELD_OUT_SETS
) -> list[Rows]:
    """What users of movielens-latest and ML-1M liked: more sets to learn from beside split C's.

    Nobody whom B holds out is among them, and nobody who is a person held out in C.
    """
    movie_ids = catalogue_movie_ids(files, min_ratings=min_ratings)
    _, *held_out, _ = _set_users(files, movie_ids, n_held_out)
    asked = files.slice.where(np.isin(files.slice.user, np.concatenate(held_out)))
    test, rest = _cut_at_quantile(files.latest)
    valid, latest = _cut_at_quantile(rest)
    of_b = [same_person(held, files.ml1m) for held in (test, valid)]
    ml1m = files.ml1m.where(~np.isin(files.ml1m.user, np.concatenate(of_b)))
    found: list[Rows] = []
    for events in (latest, ml1m):
        same = same_person(asked, events, either_way=True)
        liked = events.where((events.rating >= LIKED_STARS) & ~np.isin(events.user, same))
        found += [rows for rows in _sets(liked, movie_ids)[0] if len(rows) >= MIN_SET]
    return found


def shuffle_key(numbers: NDArray[np.int32], *, salt: int) -> NDArray[np.uint64]:
    """SplitMix64: sorting by it shuffles, in the same way on every machine and version."""
    x = numbers.astype(np.uint64) + np.uint64(salt) * np.uint64(0x1000003)
    with np.errstate(over="ignore"):
        x = x + np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def _sequences(events: Events, movie_ids: Rows) -> list[Rows]:
    rows = rows_or_none(events.item, movie_ids)
    parts = (rows[of_user] for _, of_user in events.users())
    return [kept for part in parts if len(kept := part[part >= 0]) > 0]


def _sets(events: Events, movie_ids: Rows) -> tuple[list[Rows], list[NDArray[np.float32]]]:
    sets: list[Rows] = []
    ratings: list[NDArray[np.float32]] = []
    rows = rows_or_none(events.item, movie_ids)
    for _, of_user in events.users():
        of_rows, stars = rows[of_user], events.rating[of_user]
        order = np.argsort(of_rows, kind="stable")[np.count_nonzero(of_rows < 0) :]
        if len(order) > 0:
            sets.append(of_rows[order])
            ratings.append(stars[order])
    return sets, ratings


def rows_or_none(items: NDArray[np.int32], movie_ids: Rows) -> Rows:
    """Catalogue rows of MovieLens ids, -1 where a film is not in the catalogue."""
    row = np.searchsorted(movie_ids, items).astype(np.int32)
    inside = row < len(movie_ids)
    row[~inside] = 0
    return np.where(inside & (movie_ids[row] == items), row, -1).astype(np.int32)


def _ints(values: Iterable[int]) -> Rows:
    return np.fromiter(values, np.int32)
