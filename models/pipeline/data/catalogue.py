"""The product catalogue: one row per film, in ascending movieId.

Writes and reads `catalogue.json`, what a first list needs, and `catalogue.details.json`, what may
come later; knows nothing of models.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline import paths
from pipeline.data import merged_films, other_names
from pipeline.data.facts import SERIES, SHORT, FactBook, FilmFacts
from pipeline.data.split import MIN_RATINGS, RatingFiles, catalogue_movie_ids, read_files

VERSION = 3
FILE_NAME = "catalogue.json"
DETAILS_NAME = "catalogue.details.json"
DETAILS = (
    *("people", "directors", "cast", "tag_names", "tags", "country_names", "country"),
    *("imdb_id", "tmdb_id", "other_titles", "series_names", "series", "part"),
    *("minutes", "language_names", "languages", "countries", "mood_names", "moods"),
    *("prize_names", "won", "nominated", "shorts", "serials"),
)
NO_COLUMNS = ("people", "merged", "shorts", "serials")
MAX_PACKED_BYTES = 400_000


class CatalogueError(ValueError):
    """A catalogue that cannot be used, or a film it does not hold."""


@dataclass(frozen=True)
class Catalogue:
    """Columns of equal length; a row is an item's index everywhere in the project."""

    movie_id: list[int]
    title: list[str]
    year: list[int]
    n_ratings: list[int]
    merged: list[list[int]]
    """Pairs of a MovieLens id that is no row's, and the id of the same film's row."""
    genre_names: list[str]
    genres: list[list[int]]
    people: list[str]
    directors: list[list[int]]
    cast: list[list[int]]
    tag_names: list[str]
    tags: list[list[int]]
    country_names: list[str]
    country: list[int]
    imdb_id: list[int]
    tmdb_id: list[int]
    other_titles: list[list[str]]
    series_names: list[str]
    series: list[int]
    part: list[int]
    """The film's number in its series, 0 where it has none."""
    minutes: list[int]
    """0 where unknown."""
    language_names: list[str]
    languages: list[list[int]]
    countries: list[list[int]]
    """All that a film was made in, the main one first where it is known."""
    mood_names: list[str]
    moods: list[list[int]]
    prize_names: list[str]
    """Categories of the Academy Awards."""
    won: list[list[int]]
    nominated: list[list[int]]
    """What a film did not win."""
    shorts: list[int]
    """Rows, ascending."""
    serials: list[int]
    """Rows of what was made as a series for television, ascending."""

    @property
    def n_items(self) -> int:
        return len(self.movie_id)

    def rows_of(self, movie_ids: Sequence[int] | NDArray[np.int32]) -> NDArray[np.int32]:
        """Rows of MovieLens ids, -1 where the catalogue does not hold a film."""
        row_of = self.row_of_id
        return np.array([row_of.get(int(movie), -1) for movie in movie_ids], np.int32)

    @property
    def row_of_id(self) -> dict[int, int]:
        """Rows by MovieLens id; a merged film has the row of the film that is kept."""
        row_of = {movie: row for row, movie in enumerate(self.movie_id)}
        return {**row_of, **{merged: row_of[kept] for merged, kept in self.merged}}

    def tags_of(self, row: int) -> list[str]:
        """A film's tags, the best first."""
        return [self.tag_names[tag] for tag in self.tags[row]]

    def to_json(self) -> tuple[str, str]:
        """Both files: what a first list needs, and the details."""
        # In the order, of all, in which brotli takes them smallest.
        first = {
            "titles": "\n".join(self.title),
            "movie_id_steps": _steps(self.movie_id),
            "genre_letters": " ".join("".join(map(_letter_of, film)) for film in self.genres),
            "n_ratings": self.n_ratings,
            "year": self.year,
            "genre_names": self.genre_names,
            "merged": self.merged,
        }
        return self._packed(first), self._packed({name: vars(self)[name] for name in DETAILS})

    def _packed(self, columns: dict[str, Any]) -> str:
        marked = {"version": VERSION, "n_items": self.n_items, **columns}
        return json.dumps(marked, ensure_ascii=False, separators=(",", ":")) + "\n"


def read_catalogue(artifacts: Path | None = None) -> Catalogue:
    """Reads and checks both files of the catalogue."""
    folder = artifacts or paths.artifacts_dir()
    path = folder / FILE_NAME
    names = (FILE_NAME, DETAILS_NAME)
    first, later = (json.loads((folder / name).read_text("utf-8")) for name in names)
    n_items = first["n_items"]
    for columns in (first, later):
        if (version := columns.pop("version")) != VERSION:
            raise CatalogueError(f"{path} is of version {version}, this program reads {VERSION}")
        if columns.pop("n_items") != n_items:
            raise CatalogueError(f"{path} and {DETAILS_NAME} hold different numbers of films")
    first["movie_id"] = np.cumsum(first.pop("movie_id_steps")).tolist()
    first["title"] = first.pop("titles").split("\n")
    letters = first.pop("genre_letters").split(" ")
    first["genres"] = [[ord(letter) - ord("a") for letter in film] for film in letters]
    columns = {**first, **later}
    catalogue = Catalogue(**columns)
    for name, column in columns.items():
        if name not in NO_COLUMNS and not name.endswith("_names") and len(column) != n_items:
            raise CatalogueError(f"{path} says {n_items} items, but {name} holds {len(column)}")
    if catalogue.movie_id != sorted(set(catalogue.movie_id)):
        raise CatalogueError(f"{path} is not in ascending movieId")
    return catalogue


def build_catalogue(
    files: RatingFiles,
    book: FactBook,
    *,
    min_ratings: int = MIN_RATINGS,
) -> tuple[Catalogue, list[FilmFacts]]:
    """The catalogue of every film with enough ratings, and what it was made from."""
    movie_ids = catalogue_movie_ids(files, min_ratings=min_ratings)
    n_ratings = np.zeros(int(movie_ids.max()) + 1, np.int64)
    for events in files.everything():
        known = events.item[events.item <= movie_ids.max()]
        n_ratings += np.bincount(known, minlength=len(n_ratings))
    films = [book.film(int(movie)) for movie in movie_ids]
    genres = _by_use(name for film in films for name in film.genres)
    people = _by_use(name for film in films for name in (*film.directors, *film.cast))
    tags = _by_use(name for film in films for name in film.tags)
    made_in = [_made_in(film) for film in films]
    countries = _by_use(name for names in made_in for name in names)
    languages = _by_use(name for film in films for name in film.known.languages)
    moods = _by_use(name for film in films for name in film.known.moods)
    prizes = _by_use(name for film in films for name in (*film.oscars.won, *film.oscars.nominated))
    series = other_names.series_of(
        (film.known.series, other_names.Entry(row, film.title.name, film.title.year, count))
        for row, (film, count) in enumerate(zip(films, n_ratings[movie_ids].tolist(), strict=True))
    )
    in_series = {row: (at, n) for at, rows in enumerate(series.values()) for row, n in rows}
    catalogue = Catalogue(
        movie_id=movie_ids.tolist(),
        title=[film.title.name for film in films],
        year=[film.title.year for film in films],
        n_ratings=n_ratings[movie_ids].tolist(),
        merged=[[it, kept] for it, kept in merged_films.kept_ids().items() if kept in movie_ids],
        genre_names=list(genres),
        genres=[[genres[name] for name in film.genres] for film in films],
        people=list(people),
        directors=[[people[name] for name in film.directors] for film in films],
        cast=[[people[name] for name in film.cast] for film in films],
        tag_names=list(tags),
        tags=[[tags[name] for name in film.tags] for film in films],
        country_names=list(countries),
        country=[countries.get(film.country, -1) for film in films],
        imdb_id=[film.imdb_id for film in films],
        tmdb_id=[film.tmdb_id for film in films],
        other_titles=[
            other_names.other_titles(film.title, film.known.original_title) for film in films
        ],
        series_names=list(series),
        series=[in_series.get(row, (-1, 0))[0] for row in range(len(films))],
        part=[in_series.get(row, (-1, 0))[1] for row in range(len(films))],
        minutes=[film.known.minutes for film in films],
        language_names=list(languages),
        languages=[[languages[name] for name in film.known.languages] for film in films],
        countries=[[countries[name] for name in names] for names in made_in],
        mood_names=list(moods),
        moods=[[moods[name] for name in film.known.moods] for film in films],
        prize_names=list(prizes),
        won=[[prizes[name] for name in film.oscars.won] for film in films],
        nominated=[[prizes[name] for name in film.oscars.nominated] for film in films],
        shorts=[row for row, film in enumerate(films) if film.form == SHORT],
        serials=[row for row, film in enumerate(films) if film.form == SERIES],
    )
    return catalogue, films


def write_catalogue(
    *, min_ratings: int = MIN_RATINGS, artifacts: Path | None = None
) -> tuple[Catalogue, str]:
    """Builds the catalogue from the data folder and writes it.

    Returns it with a table of what is known of how many films.
    """
    artifacts = artifacts or paths.artifacts_dir()
    catalogue, films = build_catalogue(read_files(), FactBook(), min_ratings=min_ratings)
    first, later = catalogue.to_json()
    n_packed = packed_bytes(first) + packed_bytes(later)
    if n_packed > MAX_PACKED_BYTES:
        raise CatalogueError(f"the catalogue takes {n_packed} bytes, gzipped")
    artifacts.mkdir(parents=True, exist_ok=True)
    (artifacts / FILE_NAME).write_text(first, "utf-8")
    (artifacts / DETAILS_NAME).write_text(later, "utf-8")
    return catalogue, coverage(catalogue, films)


def _made_in(film: FilmFacts) -> tuple[str, ...]:
    """All countries of a film, the main one first; another source may name West Germany."""
    others = (name for name in film.known.countries if not film.country.endswith(name))
    return tuple(dict.fromkeys(filter(None, (film.country, *others))))


def packed_bytes(text: str) -> int:
    """The size of `gzip -9`."""
    return len(gzip.compress(text.encode(), 9, mtime=0))


def coverage(catalogue: Catalogue, films: list[FilmFacts]) -> str:
    """A Markdown table: how much of each field is known, as a share of films and of ratings."""
    weight = np.array(catalogue.n_ratings) / sum(catalogue.n_ratings)
    lines = ["| field | films | ratings | sources (films) |", "| --- | --- | --- | --- |"]
    of_film = ("genres", "directors", "cast", "tags", "country", "imdb_id", "tmdb_id")
    for field in (*of_film, "minutes", "languages", "moods", "oscars"):
        known = np.array([field in film.sources for film in films])
        sources = Counter(film.sources[field] for film in films if field in film.sources)
        named = ", ".join(f"{source} {count}" for source, count in sources.most_common())
        share, of_ratings = 100 * known.mean(), 100 * float(known @ weight)
        lines.append(f"| {field} | {share:.1f} % | {of_ratings:.1f} % | {named} |")
    return "\n".join(lines)


def _by_use(names: Iterable[str]) -> dict[str, int]:
    """Names to their index, the most used first: small numbers pack well."""
    counted = Counter(names)
    ranked = sorted(counted, key=lambda name: (-counted[name], name))
    return {name: index for index, name in enumerate(ranked)}


def _steps(ascending: list[int]) -> list[int]:
    """From each to the next, the first from 0: small numbers pack well."""
    return np.diff(ascending, prepend=0).tolist()


def _letter_of(genre: int) -> str:
    """Genres are few enough to be letters; as letters they pack better than as lists of numbers."""
    if not 0 <= genre < 26:
        raise CatalogueError(f"there is no letter for genre {genre}")
    return chr(ord("a") + genre)


def varied_rows(catalogue: Catalogue, *, n_rows: int = 30) -> list[int]:
    """Rows that differ in what is known: one of each kind first, then evenly over the catalogue."""
    chosen: list[int] = []
    kinds: set[tuple[bool, ...]] = set()
    for row in range(catalogue.n_items):
        kind = (
            catalogue.year[row] > 0,
            bool(catalogue.genres[row]),
            bool(catalogue.directors[row]),
            bool(catalogue.cast[row]),
            catalogue.country[row] >= 0,
            bool(catalogue.tags[row]),
            catalogue.title[row].isascii(),
        )
        if kind not in kinds and len(chosen) < n_rows - 6:
            kinds.add(kind)
            chosen.append(row)
    step = max(catalogue.n_items // 7, 1)
    chosen.extend(row for row in range(0, catalogue.n_items, step) if row not in chosen)
    return sorted(chosen[:n_rows])
