"""Facts about films, each from the first source that knows: titles, people, countries, tags, ids.

Reads the data folder's fact files and answers by MovieLens id. Knows nothing of catalogue rows.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline import paths
from pipeline.data import merged_films, omdb, prizes, readers
from pipeline.data.people import WholeNames, person
from pipeline.data.prizes import Oscars
from pipeline.data.tags import says_something

MAX_CAST = 4
MAX_DIRECTORS = 3
MAX_TAGS = 8
FILM, SHORT, SERIES = "film", "short", "series"
MAX_SHORT_MINUTES = 40
MIN_TAG_FILMS = 4

_ARTICLES = (
    "The|A|An|La|Le|Les|L'|El|Los|Las|Il|Lo|Gli|I|Der|Die|Das|Det|Den|De|Het|En|Ett|Un|Une|Una|Uno"
    "|Ein|Eine|O|Os|As|Na"
)
_TRAILING_ARTICLE = re.compile(rf"^(?P<name>.+), (?P<article>{_ARTICLES})$")
_YEAR = re.compile(r"\s*\((?P<year>\d{4})(?:\s*[-–]\s*(?:\d{4})?)?\s*\)\s*$")
_ASIDE = re.compile(r"\s*\((?P<aside>[^()]*(?:\([^()]*\)[^()]*)*)\)\s*$")
_ALSO_KNOWN = re.compile(r"^\s*a\.?k\.?a\.?:?\s+", re.IGNORECASE)

# Series that ML-32M's film list dropped but movielens-latest still rates: titles set by hand.
_DROPPED_TITLES: dict[int, tuple[str, list[str]]] = {
    26614: ("Bourne Identity, The (1988)", ["Action", "Adventure", "Drama", "Mystery", "Thriller"]),
    27611: ("Battlestar Galactica (2003)", ["Drama", "Sci-Fi", "War"]),
}


@dataclass(frozen=True)
class Title:
    """A film's name as people say it, and the other names that brackets gave."""

    name: str
    year: int
    """0 where unknown."""
    also: tuple[str, ...]


def parse_title(raw: str) -> Title:
    """Splits `Matrix, The (a.k.a. Other) (1999)` into name, year and other names."""
    year = 0
    if found := _YEAR.search(raw):
        year = int(found["year"])
        raw = raw[: found.start()]
    also: list[str] = []
    while (found := _ASIDE.search(raw)) and found.start() > 0:
        also.append(_article_first(_ALSO_KNOWN.sub("", found["aside"]).strip()))
        raw = raw[: found.start()]
    return Title(_article_first(raw.strip()), year, tuple(name for name in also if name))


def _article_first(name: str) -> str:
    found = _TRAILING_ARTICLE.match(name)
    if not found:
        return name
    article = found["article"]
    return f"{article}{'' if article.endswith(chr(39)) else ' '}{found['name']}"


def match_key(name: str) -> str:
    """What two spellings of one title share: no case, accents, punctuation or leading article."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9 ]", "", plain.replace("&", " and ").replace("-", " "))
    words = plain.split()
    if len(words) > 1 and words[0] in {"the", "a", "an"}:
        words = words[1:]
    return " ".join(words)


@dataclass(frozen=True)
class FilmFacts:
    """All that is known of one film; empty or 0 where unknown. `sources` says who knew."""

    title: Title
    genres: tuple[str, ...]
    directors: tuple[str, ...]
    cast: tuple[str, ...]
    tags: tuple[str, ...]
    country: str
    imdb_id: int
    tmdb_id: int
    known: omdb.Known
    """Running time, languages, all countries, moods and series, as omdb.org has them."""
    oscars: Oscars
    form: str
    sources: dict[str, str]


class FactBook:
    """Every fact file, read once."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or paths.data_dir()
        self._movies = {
            **_DROPPED_TITLES,
            **readers.read_ml1m_movies(folder),
            **readers.read_movies(folder),
        }
        kept = merged_films.kept_ids()
        for merged in kept:
            self._movies.pop(merged, None)
        self._corrected = {
            (movie, field): names
            for (movie, title, field), names in readers.read_corrections().items()
            if self._movies.get(movie, ("", []))[0] == title
        }
        self._titles = {movie: self._title(movie, raw) for movie, (raw, _) in self._movies.items()}
        self._by_title = self._movies_by_title()
        self._links = readers.read_links(folder)
        self._hetrec_directors: dict[int, list[str]] = defaultdict(list)
        for row in readers.read_hetrec("movie_directors", folder):
            name = re.sub(r"^Director | \([IVX]+\)$", "", row[2].strip()) if len(row) > 2 else ""
            if name:
                self._hetrec_directors[int(row[0])].append(name)
        self._countries = {
            int(row[0]): row[1].strip()
            for row in readers.read_hetrec("movie_countries", folder)
            if len(row) > 1
        }
        self._missing_ids = readers.read_missing_ids(folder)
        self._omdb = omdb.read(folder)
        self._oscars = prizes.read(folder)
        self._redial = self._read_redial()
        self._wikipedia = self._read_wikipedia()
        people = {
            name
            for entry in self._redial.values()
            for field in ("director", "star", "writer")
            for name in entry.get(field) or []
        }
        people.update(name for names in self._hetrec_directors.values() for name in names)
        self._whole_names = WholeNames(people)
        people.update(name for cast in self._wikipedia.values() for name in cast)
        self._people_keys = {match_key(name) for name in people if " " in name}
        self._tags = self._read_tags()

    def film(self, movie: int) -> FilmFacts:
        """What the files together say of one film."""
        title = self._titles[movie]
        genres = tuple(
            {"Children's": "Children"}.get(genre, genre)
            for genre in self._movies[movie][1]
            if genre != "IMAX"
        )
        imdb_id, tmdb_id = self._links.get(movie, (0, 0))
        redial = self._redial.get(movie, {})
        if not title.year and redial:
            title = replace(title, year=parse_title(redial["name"]).year)
        sources: dict[str, str] = {}

        def first(field: str, *found: tuple[str, Iterable[str]]) -> tuple[str, ...]:
            for source, names in found:
                if kept := tuple(dict.fromkeys(name.strip() for name in names if name.strip())):
                    sources[field] = source
                    return kept
            return ()

        directors = first("directors", *self._directors(movie))
        cast = first("cast", *self._casts(movie, title))
        if imdb_id:
            sources["imdb_id"] = "links"
        elif found := re.fullmatch(r"tt(\d+)", redial.get("imdb_id") or ""):
            imdb_id = int(found[1])
            sources["imdb_id"] = "redial"
        if tmdb_id:
            sources["tmdb_id"] = "links"
        further = self._missing_ids.get(movie, (0, 0))
        if not imdb_id and further[0]:
            imdb_id, sources["imdb_id"] = further[0], "missing-ids"
        if not tmdb_id and further[1]:
            tmdb_id, sources["tmdb_id"] = further[1], "missing-ids"
        if (movie, "imdb_id") in self._corrected:
            (imdb_id,) = map(int, self._corrected[movie, "imdb_id"])
            sources["imdb_id"] = "by hand"
        known = self._known(movie)
        oscars = self._oscars.get(imdb_id, Oscars())
        of_omdb = {"minutes": known.minutes, "languages": known.languages, "moods": known.moods}
        sources.update({field: "omdb" for field, value in of_omdb.items() if value})
        if oscars != Oscars():
            sources["oscars"] = "oscar-nominations"
        (country,) = first("country", *self._country(movie)) or ("",)
        if genres:
            sources["genres"] = "movielens"
        source, tags = self._film_tags(movie, title, genres)
        if tags:
            sources["tags"] = source
        return FilmFacts(
            title=title,
            genres=genres,
            directors=directors[:MAX_DIRECTORS],
            cast=cast[:MAX_CAST],
            tags=tags,
            country=country,
            imdb_id=imdb_id,
            tmdb_id=tmdb_id,
            known=known,
            oscars=oscars,
            form=self._form(movie, known.minutes),
            sources=sources,
        )

    def _known(self, movie: int) -> omdb.Known:
        """Countries also where another source alone has one; wrong running times put right."""
        found = self._omdb.get(movie, omdb.Known())
        (minutes,) = map(int, self._corrected.get((movie, "minutes"), (found.minutes,)))
        return replace(found, minutes=minutes)

    def _form(self, movie: int, minutes: int) -> str:
        """A film that takes no longer than the Academy's shorts is one."""
        (form,) = self._corrected.get((movie, "form"), ("",))
        return form or (SHORT if 0 < minutes <= MAX_SHORT_MINUTES else FILM)

    def _title(self, movie: int, raw: str) -> Title:
        """MovieLens keeps the working titles of some films, and no year of a few."""
        title = parse_title(raw)
        (name,) = self._corrected.get((movie, "title"), (title.name,))
        (year,) = self._corrected.get((movie, "year"), (title.year,))
        also = (*title.also, *self._corrected.get((movie, "also"), ()))
        return replace(title, name=name, year=int(year), also=also)

    # People

    def _directors(self, movie: int) -> Iterator[tuple[str, Iterable[str]]]:
        """HetRec found films by title: what it mixed up with a namesake is corrected by hand."""
        if (corrected := self._corrected.get((movie, "directors"))) is not None:
            yield "by hand", corrected
            return
        yield "redial", self._redial.get(movie, {}).get("director") or []
        yield "hetrec", map(self._whole_names.of, self._hetrec_directors.get(movie, []))

    def _casts(self, movie: int, title: Title) -> Iterator[tuple[str, Iterable[str]]]:
        yield "by hand", self._corrected.get((movie, "cast"), ())
        redial = self._redial.get(movie, {})
        stars, writers = redial.get("star") or [], redial.get("writer") or []
        # Where it names three writers or more, ReDial's stars begin with the last of them.
        if len(stars) != 2 or not set(stars) <= set(writers):
            yield "redial", stars
        yield "wikipedia", self._cast_from_wikipedia(movie, title)

    def _country(self, movie: int) -> Iterator[tuple[str, Iterable[str]]]:
        """omdb.org lists countries by the alphabet: the main one is known where it is alone."""
        yield "by hand", self._corrected.get((movie, "country"), ())
        if not self._is_other_film(movie):
            yield "hetrec", [self._countries.get(movie, "")]
        made_in = self._omdb.get(movie, omdb.Known()).countries
        yield "omdb", made_in if len(made_in) == 1 else ()

    def _is_other_film(self, movie: int) -> bool:
        """Whether HetRec mixed a film up with a namesake: not one of its directors is right."""
        theirs = self._surnames(self._hetrec_directors.get(movie, []))
        _, ours = next(iter(self._directors(movie)))
        is_corrected = (movie, "directors") in self._corrected
        return bool(theirs and (ours or is_corrected)) and theirs.isdisjoint(self._surnames(ours))

    def _surnames(self, names: Iterable[str]) -> set[str]:
        return {match_key(self._whole_names.of(name)).rsplit(" ", 1)[-1] for name in names}

    def _read_redial(self) -> dict[int, dict[str, Any]]:
        """ReDial's facts by movieId: through the imdb id, else through title and year."""
        text = (self._folder / "facts" / "redial_movie_facts_noplot.json").read_text("utf-8")
        by_imdb = {imdb: movie for movie, (imdb, _) in self._links.items() if imdb}
        found: dict[int, dict[str, Any]] = {}
        by_name: dict[int, dict[str, Any]] = {}
        for entry in json.loads(text).values():
            imdb = re.fullmatch(r"tt(\d+)", entry.get("imdb_id") or "")
            movie = by_imdb.get(int(imdb[1])) if imdb else None
            if movie is not None:
                found.setdefault(movie, entry)
                continue
            title = parse_title(entry["name"])
            if title.year:
                near = _near_year(self._by_title.get(match_key(title.name), {}), title.year)
                # An id that links.csv knows for another film would say that this is not the one.
                if near is not None and not (imdb and self._links.get(near, (0, 0))[0]):
                    by_name.setdefault(near, entry)
        return {**by_name, **found}

    def _movies_by_title(self) -> dict[str, dict[int, int]]:
        by_title: dict[str, dict[int, int]] = defaultdict(dict)
        for movie, title in self._titles.items():
            for name in (title.name, *title.also):
                if title.year and (key := match_key(name)):
                    by_title[key].setdefault(title.year, movie)
        return by_title

    def _read_wikipedia(self) -> dict[tuple[str, int], list[str]]:
        name = "wikipedia_us_films_1900-2023_facts_noextract.jsonl"
        casts: dict[tuple[str, int], list[str]] = {}
        for line in (self._folder / "facts" / name).read_text("utf-8").splitlines():
            entry = json.loads(line)
            if cast := [name for raw in entry["cast"] if (name := person(raw))]:
                casts.setdefault((match_key(entry["title"]), int(entry["year"])), cast)
        return casts

    def _cast_from_wikipedia(self, movie: int, title: Title) -> list[str]:
        """By title and year, or by a year beside it that no namesake has."""
        for year in (title.year, title.year - 1, title.year + 1):
            for key in map(match_key, (title.name, *title.also)):
                is_its_own = self._by_title.get(key, {}).get(year, movie) == movie
                if title.year and is_its_own and (cast := self._wikipedia.get((key, year))):
                    return cast
        return []

    # Tags

    def _read_tags(self) -> dict[int, list[tuple[str, str]]]:
        """movieId to its tags, best first, each with its source."""
        latest = Counter[tuple[int, str]]()
        spelled: dict[str, Counter[str]] = defaultdict(Counter)
        kept_ids = merged_films.kept_ids()
        for given, tag, n_applied in readers.read_tags(self._folder):
            movie = kept_ids.get(given, given)
            latest[movie, tag.lower()] += n_applied
            spelled[tag.lower()][tag] += n_applied
        names = {row[0]: row[1].strip() for row in readers.read_hetrec("tags", self._folder)}
        hetrec = Counter[tuple[int, str]]()
        for film, tag_id, weight in readers.read_hetrec("movie_tags", self._folder):
            tag = names.get(tag_id, "")
            hetrec[int(film), tag.lower()] += int(weight)
            spelled[tag.lower()][tag] += int(weight)
        # Only words that movielens-latest uses too: HetRec has many private shelf marks.
        films: dict[str, set[int]] = defaultdict(set)
        for movie, tag in latest:
            films[tag].add(movie)
        kept = {tag for tag in films if len(films[tag]) >= MIN_TAG_FILMS and self._says_much(tag)}
        spelling = {
            tag: _calm(min(forms, key=lambda form: (-forms[form], form)))
            for tag, forms in spelled.items()
            if tag in kept
        }
        found: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for source, counted in (("movielens-latest", latest), ("hetrec", hetrec)):
            ranked = sorted(
                (it for it in counted if it[1] in kept),
                key=lambda it: (-counted[it], -len(films[it[1]]), it[1]),
            )
            for movie, tag in ranked:
                if all(spelling[tag] != name for _, name in found[movie]):
                    found[movie].append((source, spelling[tag]))
        return found

    def _says_much(self, tag: str) -> bool:
        """Whether a tag describes films: not a shelf, a verdict, or someone's name."""
        key = match_key(tag)
        return bool(key) and key not in self._people_keys and says_something(tag)

    def _film_tags(
        self, movie: int, title: Title, genres: tuple[str, ...]
    ) -> tuple[str, tuple[str, ...]]:
        said = {match_key(name) for name in (title.name, *title.also, *genres)}
        said |= {"scifi", "sci fi", "science fiction"} if "Sci-Fi" in genres else set()
        kept: dict[str, tuple[str, str]] = {}
        for source, tag in self._tags.get(movie, []):
            key = match_key(tag)
            same = next((other for other in kept if _nearly_same(key, other)), None)
            if key not in said and same is None:
                kept[key] = (source, tag)
            if len(kept) == MAX_TAGS:
                break
        sources = sorted({source for source, _ in kept.values()}, reverse=True)
        return " + ".join(sources), tuple(tag for _, tag in kept.values())


def _nearly_same(one: str, other: str) -> bool:
    """Plurals and spellings of one tag: "time travel" and "time-travel", "robot" and "robots"."""
    one, other = one.replace(" ", ""), other.replace(" ", "")
    return one == other or one == other + "s" or other == one + "s"


def _calm(tag: str) -> str:
    return tag.lower() if tag.isupper() and len(tag) > 4 else tag


def _near_year(by_year: dict[int, int], year: int) -> int | None:
    return next((by_year[y] for y in (year, year - 1, year + 1) if y in by_year), None)
