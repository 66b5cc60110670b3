"""`score` and `judge`: what shipped files say, for anyone who wants to check."""

from __future__ import annotations

import csv
import gzip
import json
import math
import time
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar, cast

import numpy as np

from pipeline import paths
from pipeline.data.catalogue import FILE_NAME, Catalogue, read_catalogue
from pipeline.data.split import Cases, Rows, is_liked
from pipeline.errors import InputError
from pipeline.evaluate import metrics, shipped
from pipeline.ship import manifest

Number = TypeVar("Number", int, float)
HEADER = ["userId", "movieId", "rating", "timestamp"]


def score(
    family: str, history: list[int], *, top: int = 10, artifacts: Path | None = None
) -> list[dict[str, Any]]:
    """The best unseen films for someone who picked these MovieLens ids, oldest first."""
    catalogue, model = _opened(family, artifacts)
    if not history:
        raise InputError("the history is empty: give at least one movieId")
    if top < 1:
        raise InputError(f"top must be at least 1: {top}")
    if repeated := sorted({movie for movie in history if history.count(movie) > 1}):
        raise InputError(f"give each film once; films given more than once: {_listed(repeated)}")
    rows = catalogue.rows_of(history)
    if unknown := [movie for movie, row in zip(history, rows, strict=True) if row < 0]:
        raise InputError(
            f"films that the catalogue does not hold, so leave them out: {_listed(unknown)} "
            f"({FILE_NAME} lists the {catalogue.n_items} it holds)"
        )
    if len(set(rows.tolist())) < len(rows):
        raise InputError("two of these ids are of one film, so leave out one of them")
    scores = model.score([rows])[0]
    return [
        {"movieId": catalogue.movie_id[row], "title": _named(catalogue, row), "score": value}
        for row, value in shipped.top_unseen(scores, rows, top)
    ]


@dataclass(frozen=True)
class Targets:
    """Which of a user's events are asked for, each after all before it, of any rating."""

    last: int = 1
    """So many of the newest that may be asked for."""
    is_liked: bool = False
    """Asks for films the user liked alone: see `split.is_liked`."""
    min_rating: float | None = None
    """Leaves out targets rated lower."""


def judge(
    family: str, users: Path, targets: Targets = Targets(), *, artifacts: Path | None = None
) -> dict[str, Any]:
    """The metrics of a shipped family on people it never saw."""
    if targets.last < 1:
        raise InputError(f"--last must be at least 1: {targets.last}")
    catalogue, model = _opened(family, artifacts)
    events = read_users(users, now=time.time())
    asked = _questions(events, catalogue, targets)
    if len(asked.cases) == 0:
        raise InputError(
            f"no user of {users} can be judged: each needs a last film of the catalogue and one "
            f"before it; left out: {json.dumps(asked.left_out)}"
        )
    return {
        "family": family,
        **metrics.reached(model.score, asked.cases),
        "users_in_file": len(events),
        "events_in_file": sum(len(event_list) for event_list in events.values()),
        "users_left_out": len(events) - len(np.unique(asked.cases.user)),
        "targets_left_out": asked.left_out,
        "history_events_left_out": {"not_in_catalogue": asked.n_events_left_out},
        "filters": {
            "catalogue": "films outside the catalogue are taken out of histories and targets",
            "seen": "films of the history are never recommended",
            "last": targets.last,
            "liked": targets.is_liked,
            "min_rating": targets.min_rating,
        },
    }


@dataclass(frozen=True)
class _Event:
    movie: int
    rating: float
    time: float
    file_row: int


@dataclass(frozen=True)
class _Questions:
    cases: Cases
    left_out: dict[str, int]
    n_events_left_out: int


def read_users(path: Path, *, now: float) -> dict[int, list[_Event]]:
    """Users of a `userId,movieId,rating,timestamp` file, each oldest first.

    A time after `now` or a film that a user has twice would make the last event a guess, so
    such a file is refused.
    """
    if not path.exists():
        raise InputError(f"there is no file {path}")
    users: dict[int, list[_Event]] = {}
    first_line: dict[tuple[int, int], int] = {}
    repeated: list[str] = []
    future: list[str] = []
    try:
        with _open_text(path) as file:
            rows = csv.reader(file, strict=True)
            header = next(rows, None)
            if header is None:
                raise InputError(f"{path} is empty; its first line should be {','.join(HEADER)}")
            if [name.strip() for name in header] != HEADER:
                raise InputError(f"{path} should have the columns {','.join(HEADER)}")
            for row in rows:
                line = rows.line_num
                if not row:
                    continue
                user, event = _parsed(row, path, line)
                first = first_line.setdefault((user, event.movie), line)
                if first != line:
                    repeated.append(
                        f"in line {line} user {user} has film {event.movie} again, "
                        f"first in line {first}"
                    )
                if event.time > now:
                    future.append(f"line {line} has {event.time:.0f}")
                users.setdefault(user, []).append(event)
    except (UnicodeDecodeError, csv.Error, EOFError, OSError, zlib.error) as error:
        raise InputError(
            f"{path} cannot be read ({error}); is it a whole CSV file, plain or gzip?"
        ) from error
    if not users:
        raise InputError(f"{path} holds no events, only its header")
    if repeated:
        raise InputError(
            f"{path} repeats films (events: {len(repeated)}); keep one for each user and "
            f"film: {repeated[0]}"
        )
    if future:
        raise InputError(
            f"{path} has times in the future (events: {len(future)}); times are seconds "
            f"since 1970, and now is {now:.0f}: {future[0]}"
        )
    for events in users.values():
        events.sort(key=lambda event: (event.time, event.file_row))
    return users


def _parsed(row: list[str], path: Path, line: int) -> tuple[int, _Event]:
    if len(row) != len(HEADER):
        raise InputError(f"{path}, line {line} should have {len(HEADER)} cells: {','.join(row)}")

    def number(column: int, kind: type[Number]) -> Number:
        try:
            found = kind(row[column])
            if isinstance(found, float) and not math.isfinite(found):
                raise ValueError("not finite")
            return found
        except ValueError:
            wanted = "a whole number" if kind is int else "a number"
            raise InputError(
                f"{path}, line {line}: {HEADER[column]} should be {wanted}: {row[column]!r}"
            ) from None

    return number(0, int), _Event(number(1, int), number(2, float), number(3, float), line)


def _questions(
    users: dict[int, list[_Event]], catalogue: Catalogue, targets: Targets
) -> _Questions:
    row_of = catalogue.row_of_id
    histories: list[Rows] = []
    rows_asked: list[int] = []
    of_user: list[int] = []
    are_last: list[bool] = []
    left_out = {"target_not_in_catalogue": 0, "no_history": 0, "target_below_min_rating": 0}
    n_events_left_out = 0
    for user in sorted(users):
        events = _each_film_once(users[user], row_of)
        liked = is_liked(np.array([event.rating for event in events], np.float32))
        open_to_ask = np.flatnonzero(liked) if targets.is_liked else np.arange(len(events))
        for place in open_to_ask[-targets.last :].tolist():
            event, before = events[place], events[:place]
            rows = [row_of[it.movie] for it in before if it.movie in row_of]
            if event.movie not in row_of:
                left_out["target_not_in_catalogue"] += 1
            elif targets.min_rating is not None and event.rating < targets.min_rating:
                left_out["target_below_min_rating"] += 1
            elif not rows:
                left_out["no_history"] += 1
            else:
                n_events_left_out += len(before) - len(rows)
                histories.append(np.array(rows, np.int32))
                rows_asked.append(row_of[event.movie])
                of_user.append(user)
                are_last.append(place == open_to_ask[-1])
    cases = Cases(
        histories,
        np.array(rows_asked, np.int32),
        users=np.array(of_user, np.int64),
        are_last=np.array(are_last, bool),
    )
    return _Questions(cases, left_out, n_events_left_out)


def _each_film_once(events: list[_Event], row_of: dict[int, int]) -> list[_Event]:
    """Events, oldest first, without later ones of a film that MovieLens holds under two ids."""
    first: dict[int, _Event] = {}
    for event in events:
        first.setdefault(row_of.get(event.movie, -event.movie), event)
    return list(first.values())


def _opened(family: str, artifacts: Path | None) -> tuple[Catalogue, shipped.Scorer]:
    """Catalogue and family, after checking that their files are the manifest's."""
    artifacts = artifacts or paths.artifacts_dir()
    files = manifest.read_manifest(artifacts)["catalogue"]
    for part in ("file", "details"):
        manifest.check_file(files[part], artifacts)
    return read_catalogue(artifacts), shipped.open_family(family, artifacts)


def _open_text(path: Path) -> IO[str]:
    with path.open("rb") as file:
        start = file.read(2)
    is_packed = start == b"\x1f\x8b"
    if path.suffix == ".gz" and start and not is_packed:
        raise InputError(f"{path} is named .gz but is not gzip; pack it, or name it .csv")
    if is_packed:
        return cast("IO[str]", gzip.open(path, "rt", encoding="utf-8-sig", newline=""))
    return path.open(encoding="utf-8-sig", newline="")


def _named(catalogue: Catalogue, row: int) -> str:
    year = catalogue.year[row]
    return f"{catalogue.title[row]} ({year})" if year else catalogue.title[row]


def _listed(movies: list[int]) -> str:
    return ", ".join(str(movie) for movie in movies)
