"""A rating file too large to hold, as columns on disk: parts of a bounded number of ratings.

`write_parts` reads an archive of the layout of `ml-32m.zip` once, from start to end, and leaves in
its folder

- `part-00000.parquet` and so on: one row per user, `user`, and the lists `item`, `rating`, `time`,
  oldest first; a user is never cut in two,
- `users.parquet`: `user`, `n_ratings`, `last` (time of the last event), `part`,
- `films.parquet`: `item`, `n_ratings`.

Nothing here knows about splits: items are MovieLens ids. The numbers held at a time grow with
users and films, never with ratings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars
from numpy.typing import NDArray

from pipeline import config, paths
from pipeline.data import readers
from pipeline.data.readers import DataError

SECTION = "rating_parts"
_USERS, _FILMS = "users.parquet", "films.parquet"


@dataclass(frozen=True)
class Settings:
    """Which file, and how finely it is cut."""

    archive: str = "ml-32m.zip"
    """In the folder of rating files, laid out as `ml-32m.zip` is."""
    ratings_per_part: int = 500_000


def write_for(path: Path) -> RatingParts:
    """Makes the parts a configuration asks for."""
    settings = config.section(path, SECTION, Settings)
    archive = paths.data_dir() / settings.archive
    return write_parts(archive, folder_for(path), ratings_per_part=settings.ratings_per_part)


def folder_for(path: Path) -> Path:
    """Where the parts of a configuration are."""
    return paths.work_dir() / f"{path.stem}-parts"


@dataclass(frozen=True)
class Part:
    """Some users and all their events, oldest first."""

    user: NDArray[np.int32]
    start: NDArray[np.int64]
    """Where each user's events begin, and the end of the last, (n_users + 1,)."""
    item: NDArray[np.int32]  # (n_ratings,)


@dataclass(frozen=True)
class RatingParts:
    """The parts of one folder. Users and films are held, ratings are not."""

    folder: Path
    user: NDArray[np.int32]
    n_ratings: NDArray[np.int64]
    last: NDArray[np.int64]
    """Time of each user's last event, seconds."""
    part_of: NDArray[np.int32]
    movie_id: NDArray[np.int32]
    n_of_film: NDArray[np.int64]

    def __str__(self) -> str:
        n_users, n_films = len(self.user), len(self.movie_id)
        counts = f"{self.n_ratings.sum()} ratings, {n_users} users, {n_films} films"
        return f"{counts} in {self.n_parts} parts"

    @property
    def n_parts(self) -> int:
        return int(self.part_of[-1]) + 1

    def users_of(self, number: int) -> slice:
        """Where the users of a part stand among all."""
        first, end = np.searchsorted(self.part_of, [number, number + 1])
        return slice(int(first), int(end))

    def read(self, number: int) -> Part:
        """One part, from disk."""
        found = polars.read_parquet(_path(self.folder, number), columns=["user", "item"])
        start = np.zeros(len(found) + 1, np.int64)
        np.cumsum(found["item"].list.len().to_numpy(), out=start[1:])
        return Part(found["user"].to_numpy(), start, found["item"].explode().to_numpy())


def open_parts(folder: Path) -> RatingParts:
    """What `write_parts` wrote."""
    if not (folder / _USERS).exists():
        raise DataError(f"no rating parts in {folder}; `python -m pipeline data` makes them")
    users, films = polars.read_parquet(folder / _USERS), polars.read_parquet(folder / _FILMS)
    return RatingParts(
        folder,
        users["user"].to_numpy(),
        users["n_ratings"].to_numpy(),
        users["last"].to_numpy(),
        users["part"].to_numpy(),
        films["item"].to_numpy(),
        films["n_ratings"].to_numpy(),
    )


def write_parts(archive: Path, folder: Path, *, ratings_per_part: int) -> RatingParts:
    """Makes the parts from an archive whose `ratings.csv` goes user by user, as GroupLens' do."""
    if not archive.exists():
        raise DataError(f"no {archive.name} in {archive.parent}; GLASSREC_DATA says where it is")
    folder.mkdir(parents=True, exist_ok=True)
    for old in [folder / _USERS, *folder.glob("part-*.parquet")]:
        old.unlink(missing_ok=True)
    of_film = np.zeros(0, np.int64)
    users: list[polars.DataFrame] = []
    whole = _whole_users(readers.stream_official_zip(archive), archive)
    for number, rows in enumerate(_gathered(whole, ratings_per_part)):
        part = _by_user(rows)
        part.write_parquet(_path(folder, number))
        users.append(
            part.select(
                "user",
                n_ratings=polars.col("item").list.len().cast(polars.Int64),
                last=polars.col("time").list.last(),
                part=polars.lit(number, polars.Int32),
            )
        )
        here = np.bincount(rows[:, 1].astype(np.int64), minlength=len(of_film))
        here[: len(of_film)] += of_film
        of_film = here
    movie_id = np.flatnonzero(of_film)
    films = polars.DataFrame({"item": movie_id.astype(np.int32), "n_ratings": of_film[movie_id]})
    films.write_parquet(folder / _FILMS)
    # Written last: a folder without it was not finished.
    polars.concat(users).write_parquet(folder / _USERS)
    return open_parts(folder)


def _path(folder: Path, number: int) -> Path:
    return folder / f"part-{number:05}.parquet"


def _by_user(rows: NDArray[np.float64]) -> polars.DataFrame:
    """One row per user, lists ordered by time and, where it is equal, by row of the file."""
    rows = rows[np.lexsort((rows[:, 3], rows[:, 0]))]  # stable
    flat = polars.DataFrame(
        {
            "user": rows[:, 0].astype(np.int32),
            "item": rows[:, 1].astype(np.int32),
            "rating": rows[:, 2].astype(np.float32),
            "time": rows[:, 3].astype(np.int64),
        }
    )
    return flat.group_by("user", maintain_order=True).agg(polars.all())


def _whole_users(
    blocks: Iterable[NDArray[np.float64]], archive: Path
) -> Iterator[NDArray[np.float64]]:
    """The same rows, no user cut in two between blocks."""
    rest = np.zeros((0, 4))
    for block in blocks:
        rows = np.concatenate([rest, block])
        if np.any(np.diff(rows[:, 0]) < 0):
            raise DataError(f"{archive}: ratings.csv should be sorted by userId")
        cut = int(np.searchsorted(rows[:, 0], rows[-1, 0]))
        rest = rows[cut:]
        if cut > 0:
            yield rows[:cut]
    yield rest


def _gathered(blocks: Iterable[NDArray[np.float64]], n_rows: int) -> Iterator[NDArray[np.float64]]:
    """The same rows, cut between users into stretches of at most `n_rows`.

    A user with more is a stretch alone.
    """
    held = np.zeros((0, 4))
    for block in blocks:
        held = np.concatenate([held, block])
        while len(held) > n_rows:
            begins = int(np.searchsorted(held[:, 0], held[n_rows, 0]))
            if begins == 0:
                begins = int(np.searchsorted(held[:, 0], held[0, 0], side="right"))
            yield held[:begins]
            held = held[begins:]
    if len(held) > 0:
        yield held
