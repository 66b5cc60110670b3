"""Readers for every rating file: columns of events, oldest first within each user.

Nothing here knows about splits or catalogue rows: items are MovieLens ids throughout.
"""

from __future__ import annotations

import csv
import gzip
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, cast

import numpy as np
from numpy.typing import NDArray

from pipeline import paths

UNKNOWN, DISLIKED, LIKED = -1, 0, 1
LIKED_FROM = 4.0
_CHUNK_BYTES = 4 << 20


class DataError(ValueError):
    """A rating file that cannot be used; the message says which file and why."""


@dataclass(frozen=True)
class Events:
    """Columns of equal length, one entry per event.

    `rating` is NaN where the file gives no exact value; `liked` then still says whether it was
    at least 4, if the file knows. `time` is in seconds, or the position within the user where
    the file has an order but no clock. Where `is_ordered` is false, neither order nor time means
    anything: the events of a user are a set.
    """

    user: NDArray[np.int32]
    item: NDArray[np.int32]
    rating: NDArray[np.float32]
    liked: NDArray[np.int8]
    time: NDArray[np.int64]
    file_row: NDArray[np.int64]
    is_ordered: bool

    def __len__(self) -> int:
        return len(self.user)

    def where(self, kept: NDArray[np.bool_] | NDArray[np.intp]) -> Events:
        """The events that `kept` selects, in the same order."""
        return replace(
            self,
            user=self.user[kept],
            item=self.item[kept],
            rating=self.rating[kept],
            liked=self.liked[kept],
            time=self.time[kept],
            file_row=self.file_row[kept],
        )

    def with_items(self, item: NDArray[np.int32]) -> Events:
        """The same events of other films."""
        return replace(self, item=item)

    def in_order(self) -> Events:
        """Sorted by (user, time, file row): the one order every split is made from."""
        return self.where(np.lexsort((self.file_row, self.time, self.user)))

    def users(self) -> Iterator[tuple[int, slice]]:
        """Each user with the slice of their events. Needs events sorted by user."""
        if len(self) == 0:
            return
        starts = np.flatnonzero(np.diff(self.user, prepend=self.user[0] - 1))
        ends = np.append(starts[1:], len(self))
        for start, end in zip(starts, ends, strict=True):
            yield int(self.user[start]), slice(int(start), int(end))


def read_latest(folder: Path | None = None) -> Events:
    """`movielens-latest/ratings.csv.gz`: real timestamps."""
    path = (folder or paths.data_dir()) / "movielens-latest" / "ratings.csv.gz"
    return read_ratings_csv(path)


def read_slice(folder: Path | None = None) -> Events:
    """`movielens-32m-slice/ratings_unordered.csv.gz`: sets, not sequences.

    Where that file is missing, the official `ml-32m.zip`: the earliest 80 % of each user there.
    """
    folder = folder or paths.data_dir()
    path = folder / "movielens-32m-slice" / "ratings_unordered.csv.gz"
    if not path.exists() and (folder / "ml-32m.zip").exists():
        return earliest(read_official_zip(folder / "ml-32m.zip"), share=0.8)
    with _open(path) as file:
        columns = _columns(file, path, "userId,movieId,rating")
    return _events(columns[0], columns[1], columns[2], None, is_ordered=False)


def read_ml1m(folder: Path | None = None) -> Events:
    """`movielens-1m/sequences.tsv.gz`: an order without a clock; some ratings only as a half.

    Where that file is missing, the official `ml-1m.zip` in the data folder.
    """
    folder = folder or paths.data_dir()
    path = folder / "movielens-1m" / "sequences.tsv.gz"
    if not path.exists() and (folder / "ml-1m.zip").exists():
        return read_official_zip(folder / "ml-1m.zip")
    user: list[int] = []
    item: list[int] = []
    rating: list[float] = []
    liked: list[int] = []
    time: list[int] = []
    with gzip.open(path, "rt", encoding="ascii") as file:
        for number, line in enumerate(file, 1):
            name, _, picks = line.rstrip("\n").partition("\t")
            try:
                for position, pick in enumerate(picks.split()):
                    movie, _, mark = pick.partition(":")
                    value, like = _MARKS[mark]
                    user.append(int(name))
                    item.append(int(movie))
                    rating.append(value)
                    liked.append(like)
                    time.append(position)
            except (KeyError, ValueError) as error:
                raise DataError(f"cannot read {path.name}, line {number}: {error}") from error
    if not user:
        raise DataError(f"no events in {path}")
    return Events(
        user=np.array(user, np.int32),
        item=np.array(item, np.int32),
        rating=np.array(rating, np.float32),
        liked=np.array(liked, np.int8),
        time=np.array(time, np.int64),
        file_row=np.arange(len(user), dtype=np.int64),
        is_ordered=True,
    ).in_order()


_MARKS: dict[str, tuple[float, int]] = {
    **{str(stars): (float(stars), int(stars >= LIKED_FROM)) for stars in range(1, 6)},
    "L": (float("nan"), LIKED),
    "d": (float("nan"), DISLIKED),
    "?": (float("nan"), UNKNOWN),
}


def read_ratings_csv(path: Path) -> Events:
    """A `userId,movieId,rating,timestamp` file, plain or gzipped."""
    with _open(path) as file:
        columns = _columns(file, path, "userId,movieId,rating,timestamp")
    return _events(columns[0], columns[1], columns[2], columns[3], is_ordered=True)


def earliest(events: Events, *, share: float) -> Events:
    """The first `share` of each user's events, as sets."""
    kept = np.zeros(len(events), bool)
    for _, of_user in events.users():
        kept[of_user.start : of_user.start + int(share * (of_user.stop - of_user.start))] = True
    return replace(events.where(kept), is_ordered=False)


def read_official_zip(path: Path) -> Events:
    """`ml-32m.zip`, `ml-1m.zip` and their siblings, as GroupLens publishes them."""
    with zipfile.ZipFile(path) as archive:
        names = {Path(name).name: name for name in archive.namelist()}
        if "ratings.csv" in names:
            with archive.open(names["ratings.csv"]) as file:
                columns = _columns(file, path, "userId,movieId,rating,timestamp")
        elif "ratings.dat" in names:
            text = archive.read(names["ratings.dat"]).replace(b"::", b",")
            columns = _columns(io.BytesIO(b"u,m,r,t\n" + text), path, "u,m,r,t")
        else:
            raise DataError(f"neither ratings.csv nor ratings.dat in {path}")
    return _events(columns[0], columns[1], columns[2], columns[3], is_ordered=True)


def stream_official_zip(path: Path) -> Iterator[NDArray[np.float64]]:
    """`ratings.csv` of such an archive: userId, movieId, rating, timestamp, a block at a time."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {Path(name).name: name for name in archive.namelist()}
            if "ratings.csv" not in names:
                raise DataError(f"no ratings.csv in {path}")
            with archive.open(names["ratings.csv"]) as file:
                yield from _blocks(file, path, "userId,movieId,rating,timestamp")
    except (zipfile.BadZipFile, zlib.error) as error:
        raise DataError(f"{path} is no zip archive, or a damaged one: {error}") from error


def read_movies(folder: Path | None = None) -> dict[int, tuple[str, list[str]]]:
    """`catalogue/movies.csv`: movieId to (title with year, genres)."""
    path = (folder or paths.data_dir()) / "catalogue" / "movies.csv"
    return {
        int(row["movieId"]): (row["title"].strip(), _genres(row["genres"]))
        for row in _csv_rows(path, "movieId,title,genres")
    }


def read_ml1m_movies(folder: Path | None = None) -> dict[int, tuple[str, list[str]]]:
    """`movielens-1m/movies.dat`: movieId to (title with year, genres)."""
    path = (folder or paths.data_dir()) / "movielens-1m" / "movies.dat"
    rows = (line.split("::") for line in path.read_text("latin-1").splitlines() if line)
    return {int(movie): (title.strip(), _genres(genres)) for movie, title, genres in rows}


def read_links(folder: Path | None = None) -> dict[int, tuple[int, int]]:
    """`catalogue/links.csv`: movieId to (imdbId, tmdbId), 0 where unknown."""
    path = (folder or paths.data_dir()) / "catalogue" / "links.csv"
    return {
        int(row["movieId"]): (int(row["imdbId"] or 0), int(row["tmdbId"] or 0))
        for row in _csv_rows(path, "movieId,imdbId,tmdbId")
    }


def read_tags(folder: Path | None = None) -> list[tuple[int, str, int]]:
    """`movielens-latest/tags.csv.gz`: (movieId, tag, applications)."""
    path = (folder or paths.data_dir()) / "movielens-latest" / "tags.csv.gz"
    return [
        (int(row["movieId"]), row["tag"].strip(), int(row["applications"]))
        for row in _csv_rows(path, "movieId,tag,applications")
    ]


def read_hetrec(name: str, folder: Path | None = None) -> list[list[str]]:
    """`facts/hetrec2011_NAME.dat`: its rows without the header; letters it lost are U+FFFD."""
    path = (folder or paths.data_dir()) / "facts" / f"hetrec2011_{name}.dat"
    text = path.read_text("utf-8", errors="replace")
    return [line.split("\t") for line in text.splitlines()[1:] if line]


def read_missing_ids(folder: Path | None = None) -> dict[int, tuple[int, int]]:
    """`missing-ids/ids.csv`: movieId to (imdbId, tmdbId) where `links.csv` has none, 0 for none."""
    path = (folder or paths.data_dir()) / "missing-ids" / "ids.csv"
    return {
        int(row["movieId"]): (int(row["imdbId"].removeprefix("tt") or 0), int(row["tmdbId"] or 0))
        for row in _csv_rows(path, "movieId,imdbId,tmdbId,source")
    }


def read_corrections() -> dict[tuple[int, str, str], list[str]]:
    """`corrections.tsv`: (movieId, title with year, field) to what is right, checked by hand."""
    path = paths.MODELS_DIR / "corrections.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (int(row["movieId"]), row["title"], row["field"]): row["is"].split("|")
            for row in csv.DictReader(file, delimiter="\t")
        }


def _open(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def _genres(joined: str) -> list[str]:
    return [] if joined.startswith("(no genres") else [g for g in joined.split("|") if g]


def _csv_rows(path: Path, header: str) -> Iterator[dict[str, str]]:
    with _open(path) as file:
        rows = csv.DictReader(io.TextIOWrapper(file, encoding="utf-8", newline=""))
        if rows.fieldnames is None or ",".join(rows.fieldnames) != header:
            raise DataError(f"{path} should start with the header {header}")
        yield from rows


def _columns(file: IO[bytes], path: Path, header: str) -> NDArray[np.float64]:
    """Reads a CSV of plain numbers under `header`, tens of millions of rows if need be."""
    return np.concatenate(list(_blocks(file, path, header))).T  # (n_columns, n_events)


def _blocks(file: IO[bytes], path: Path, header: str) -> Iterator[NDArray[np.float64]]:
    """The rows of such a CSV, some hundred thousand at a time, (n_rows, n_columns)."""
    first = file.readline().decode("utf-8-sig").strip()
    if first != header:
        raise DataError(f"{path} should start with the header {header}, found {first[:80]!r}")
    n_columns = header.count(",") + 1
    is_empty = True
    rest = b""
    while True:
        chunk = file.read(_CHUNK_BYTES)
        text, _, rest = (rest + chunk).rpartition(b"\n") if chunk else (rest, b"", b"")
        text = text.replace(b"\r", b"").strip(b"\n")
        if text:
            is_empty = False
            yield _numbers(text, n_columns, path)
        if not chunk:
            break
    if is_empty:
        raise DataError(f"no events in {path}")


def _numbers(text: bytes, n_columns: int, path: Path) -> NDArray[np.float64]:
    n_rows = text.count(b"\n") + 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            flat = np.fromstring(text.replace(b"\n", b",").decode("ascii"), sep=",")
        except (DeprecationWarning, ValueError) as error:
            raise DataError(f"{path} holds something that is not a number") from error
    if len(flat) != n_rows * n_columns:
        raise DataError(f"{path} has rows that are not {n_columns} numbers")
    return flat.reshape(n_rows, n_columns)


def _events(
    user: NDArray[np.float64],
    item: NDArray[np.float64],
    rating: NDArray[np.float64],
    time: NDArray[np.float64] | None,
    *,
    is_ordered: bool,
) -> Events:
    n = len(user)
    return Events(
        user=user.astype(np.int32),
        item=item.astype(np.int32),
        rating=rating.astype(np.float32),
        liked=(rating >= LIKED_FROM).astype(np.int8),
        time=np.zeros(n, np.int64) if time is None else time.astype(np.int64),
        file_row=np.arange(n, dtype=np.int64),
        is_ordered=is_ordered,
    ).in_order()
