"""A small made-up data folder in the same formats as the real one: for tests and `tiny.toml`.

Made-up people walk through made-up genres, mostly from one film to the next: there is an order to
learn, and taste. Every number comes from the seed.
"""

from __future__ import annotations

import gzip
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.data import modalities
from pipeline.data.readers import LIKED_FROM, Events

GENRES = ("Comedy", "Drama", "Horror", "Sci-Fi", "Western")
TAGS = ("slow", "space", "heist", "road trip", "robots", "friendship", "revenge", "based on a book")


@dataclass(frozen=True)
class MadeUp:
    """How much to make up."""

    seed: int = 0
    n_films: int = 120
    n_latest_users: int = 220
    n_slice_users: int = 200
    n_ml1m_users: int = 80


def write_data(made_up: MadeUp, folder: Path) -> None:
    """Writes every file of the data folder."""
    draw = np.random.default_rng(made_up.seed)
    ratings = ("movielens-latest", "movielens-32m-slice", "movielens-1m")
    made = ("catalogue", "facts", "omdb-films", "missing-ids", "oscar-nominations")
    for name in (*ratings, *made):
        (folder / name).mkdir(parents=True, exist_ok=True)
    n_films = made_up.n_films
    _write_films(folder, n_films, draw)
    _write_facts(folder, n_films)
    _write_modalities(folder, n_films, made_up.seed)

    lines = ["userId,movieId,rating,timestamp"]
    for user in range(1, made_up.n_latest_users + 1):
        clock = 1_000_000_000 + user * 1_000_000
        for movie in _walk(n_films, draw):
            clock += int(draw.integers(0, 3)) * 60
            lines.append(f"{user},{movie},{_stars(draw)},{clock}")
    _write_gz(folder / "movielens-latest" / "ratings.csv.gz", lines)

    lines = ["userId,movieId,rating"]
    for user in range(1, made_up.n_slice_users + 1):
        lines += [f"{user},{movie},{_stars(draw)}" for movie in sorted(_walk(n_films, draw))]
    _write_gz(folder / "movielens-32m-slice" / "ratings_unordered.csv.gz", lines)

    marks = np.array(["1", "2", "3", "4", "5", "L", "d", "?"])
    lines = []
    for user in range(1, made_up.n_ml1m_users + 1):
        picks = (f"{movie}:{draw.choice(marks)}" for movie in _walk(n_films, draw))
        lines.append(f"{user}\t{' '.join(picks)}")
    _write_gz(folder / "movielens-1m" / "sequences.tsv.gz", lines)


def _walk(n_films: int, draw: np.random.Generator) -> list[int]:
    """A person's films: usually a nearby one of the same genre, sometimes anything."""
    n_genres = len(GENRES)
    n_picks = int(draw.integers(8, 30))
    at = int(draw.integers(n_films))
    seen: list[int] = []
    while len(seen) < n_picks:
        if at not in seen:
            seen.append(at)
        step = n_genres * int(draw.integers(1, 3))
        at = (at + step) % n_films if draw.random() < 0.8 else int(draw.integers(n_films))
    return [film + 1 for film in seen]


def _stars(draw: np.random.Generator) -> float:
    return float(draw.integers(2, 11)) / 2


def _write_films(folder: Path, n_films: int, draw: np.random.Generator) -> None:
    movies, dat, links, tags = ["movieId,title,genres"], [], ["movieId,imdbId,tmdbId"], []
    for film in range(n_films):
        movie, genre, year = film + 1, GENRES[film % len(GENRES)], 1950 + film % 70
        title = f'"Made-up Film {movie}, The ({year})"' if film % 2 else f"Café {movie} ({year})"
        movies.append(f"{movie},{title},{genre}")
        dat.append(f"{movie}::{title.strip(chr(34))}::{genre}")
        links.append(f"{movie},{1000 + movie:07d},{'' if film % 9 == 0 else 500 + movie}")
        chosen = draw.choice(len(TAGS), 3, replace=False)
        tags += [f"{movie},{TAGS[tag]},{1 + film % 5}" for tag in chosen]
    _write_lines(folder / "catalogue" / "movies.csv", movies)
    _write_lines(folder / "catalogue" / "links.csv", links)
    _write_lines(folder / "movielens-1m" / "movies.dat", dat, encoding="latin-1")
    header = ["movieId,tag,applications"]
    _write_gz(folder / "movielens-latest" / "tags.csv.gz", header + tags)


def _write_facts(folder: Path, n_films: int) -> None:
    facts = folder / "facts"
    films = range(1, n_films + 1)
    directors = [f"{m}\td{m % 11}\tAda Direct{m % 11}" for m in films if m % 4]
    countries = [f"{m}\t{('USA', 'France')[m % 2]}" for m in films if m % 3]
    tags = [f"{tag}\t{name}" for tag, name in enumerate(TAGS, 1)]
    weights = [f"{m}\t{1 + m % len(TAGS)}\t{m % 7}" for m in films]
    header = {
        "directors": "movieID directorID\tdirectorName",
        "countries": "movieID\tcountry",
        "tags": "movieID\ttagID\ttagWeight",
    }
    _write_lines(facts / "hetrec2011_movie_directors.dat", [header["directors"], *directors])
    _write_lines(facts / "hetrec2011_movie_countries.dat", [header["countries"], *countries])
    _write_lines(facts / "hetrec2011_movie_tags.dat", [header["tags"], *weights])
    _write_lines(facts / "hetrec2011_tags.dat", ["id\tvalue", *tags])
    redial = {
        str(m): {
            "name": f"The Made-up Film {m} ({1950 + (m - 1) % 70})",
            "genre": [],
            "director": [f"Ada Direct{m % 11}"],
            "writer": [],
            "star": [f"Bo Star{m % 13}", f"Cy Star{m % 17}"],
            "imdb_id": f"tt{1000 + m:07d}",
        }
        for m in films
        if m % 5 == 0
    }
    (facts / "redial_movie_facts_noplot.json").write_text(json.dumps(redial), "utf-8")
    wikipedia = [
        json.dumps(
            {
                "title": f"Café {m}",
                "year": 1950 + (m - 1) % 70,
                "cast": ["Di Player", f"Ed Player{'abc'[m % 3]}"],
                "genres": [],
                "href": None,
            }
        )
        for m in films
        if m % 2
    ]
    _write_lines(facts / "wikipedia_us_films_1900-2023_facts_noextract.jsonl", wikipedia)
    _write_omdb(folder / "omdb-films", films)
    ids = [f'{m},tt{9000 + m:07d},,"made up"' for m in films if m == 9]
    _write_lines(folder / "missing-ids" / "ids.csv", ["movieId,imdbId,tmdbId,source", *ids])
    oscars = [
        {
            "category": ("Best Picture", "Best Cinematography (Color)")[m % 2],
            "year": "1960",
            "nominees": [],
            "movies": [{"title": "", "tmdb_id": 0, "imdb_id": f"tt{1000 + m:07d}"}],
            "won": m % 4 == 0,
        }
        for m in films
        if m % 6 < 2
    ]
    _write_gz(folder / "oscar-nominations" / "oscar-nominations.json.gz", [json.dumps(oscars)])


def _write_omdb(folder: Path, films: range) -> None:
    """Every second film, in its own language where it is Italian, the shortest ones shorts."""
    series = {m: "Cafés" for m in films if m % 20 == 1}
    made_in = ("IT", "DE FR", "DE")
    spoken = ("it", "de fr", "en")
    head = "movieId omdb_id original_title series runtime_min languages countries"
    rows = [
        f"{m}\t{m}\tKaffee {m}\t{series.get(m, '')}\t{30 + m}\t{spoken[m % 3]}\t{made_in[m % 3]}"
        for m in films
        if m % 2
    ]
    _write_gz(folder / "catalogue_films.tsv.gz", [head.replace(" ", "\t"), *rows])
    names = ['"category_id","name","language_iso_639_1"', '"1","Gefühle","en"', '"2","Funny","en"']
    _write_gz(folder / "category_names.csv.gz", names)
    tree = ['"id","parent_id","root_id"', '"1",\\N,"1"', '"2","1","1"']
    _write_gz(folder / "all_categories.csv.gz", tree)
    funny = ['"movie_id","category_id"', *(f'"{m}","2"' for m in films if m % 6 == 1)]
    _write_gz(folder / "movie_categories.csv.gz", funny)


def _write_modalities(folder: Path, n_films: int, seed: int) -> None:
    """Trailers that sound and look as their genre does, each of some films alone."""
    draw = np.random.default_rng([seed, 1])
    of_genre = draw.standard_normal((len(GENRES), 6))

    def told(film: int, width: int) -> list[str]:
        numbers = of_genre[film % len(GENRES), :width] + 0.5 * draw.standard_normal(width)
        return [f"{number:.4f}" for number in numbers]

    header = ["itemId,title,genres,embedding"]
    for path, every in ((modalities.SOUND, 2), (modalities.LOOK, 3)):
        films = range(0, n_films, every)
        lines = [f'{film + 1},,,"{",".join(told(film, 6))}"' for film in films]
        target = folder / modalities.FOLDER / path
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_gz(target, header + lines)
    target = folder / modalities.FOLDER / modalities.STYLE
    target.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{film + 1},{','.join(told(film, 3))}" for film in range(0, n_films, 2)]
    _write_gz(target, ["ML_Id,f1,f2,f3", *lines])


def _write_lines(path: Path, lines: list[str], *, encoding: str = "utf-8") -> None:
    path.write_text("\n".join(lines) + "\n", encoding)


def _write_gz(path: Path, lines: list[str]) -> None:
    path.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), mtime=0))


def text_vectors(texts: list[str], dim: int = 16) -> NDArray[np.float32]:
    """Unit vectors that are near where texts share words, in place of a language model's."""
    found = np.zeros((len(texts), dim), np.float32)
    for row, text in enumerate(texts):
        for word in text.lower().split():
            found[row] += np.random.default_rng(zlib.crc32(word.encode())).standard_normal(dim)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found


def users_file(path: Path, *, seed: int, n_users: int, n_films: int) -> NDArray[np.int64]:
    """Writes people nobody was trained on, for `judge`; returns their numbers of events."""
    draw = np.random.default_rng(seed)
    lines = ["userId,movieId,rating,timestamp"]
    n_events: list[int] = []
    for user in range(1, n_users + 1):
        walk = _walk(n_films, draw)
        n_events.append(len(walk))
        lines += [f"{user},{m},{_stars(draw)},{100 + at}" for at, m in enumerate(walk)]
    _write_gz(path, lines)
    return np.array(n_events)


def many_users(
    n_ratings: int, *, seed: int, n_films: int = 4000, n_picks: int = 150, at_once: int = 2000
) -> Iterator[Events]:
    """People who walk as above, `at_once` at a time, about `n_ratings` ratings in all."""
    n_users = n_ratings // n_picks
    draw = np.random.default_rng(seed)
    for first in range(1, n_users + 1, at_once):
        shape = (min(at_once, n_users + 1 - first), n_picks + n_picks // 4)
        step = len(GENRES) * draw.integers(1, 3, shape)
        jump = draw.integers(n_films, size=shape)
        film = np.cumsum(np.where(draw.random(shape) < 0.8, step, jump), axis=1) % n_films
        user = np.broadcast_to(first + np.arange(shape[0])[:, None], shape)
        begins = 1_000_000_000 + draw.integers(500_000_000, size=(shape[0], 1))
        time = begins + 60 * np.arange(shape[1])
        # Nobody rates a film twice: later meetings are left out, and then the surplus.
        _, kept = np.unique((user * n_films + film).ravel(), return_index=True)
        kept = np.sort(kept)
        user, film, time = (column.ravel()[kept] for column in (user, film, time))
        place = np.arange(len(user)) - np.searchsorted(user, user)
        user, film, time = (column[place < n_picks] for column in (user, film, time))
        rating = draw.integers(1, 11, len(user)) / 2
        yield Events(
            user=user.astype(np.int32),
            item=(film + 1).astype(np.int32),
            rating=rating.astype(np.float32),
            liked=(rating >= LIKED_FROM).astype(np.int8),
            time=time.astype(np.int64),
            file_row=np.arange(len(user), dtype=np.int64),
            is_ordered=True,
        )


def write_official_zip(path: Path, users: Iterable[Events]) -> None:
    """Events laid out as `ml-32m.zip` is: by user, then by film. Films have no titles."""
    films: set[int] = set()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open(f"{path.stem}/ratings.csv", "w", force_zip64=True) as file:
            file.write(b"userId,movieId,rating,timestamp\n")
            for given in users:
                films.update(np.unique(given.item).tolist())
                events = given.where(np.lexsort((given.item, given.user)))
                columns = (events.user, events.item, events.rating, events.time)
                rows = zip(*(column.tolist() for column in columns), strict=True)
                file.write("".join(f"{u},{m},{r},{t}\n" for u, m, r, t in rows).encode())
        movies = (f"{m},Film {m},(no genres listed)\n" for m in sorted(films))
        links = (f"{m},,\n" for m in sorted(films))
        for name, text in (
            ("movies", "movieId,title,genres\n" + "".join(movies)),
            ("links", "movieId,imdbId,tmdbId\n" + "".join(links)),
            ("tags", "userId,movieId,tag,timestamp\n"),
        ):
            archive.writestr(f"{path.stem}/{name}.csv", text)
