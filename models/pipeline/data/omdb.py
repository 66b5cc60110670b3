"""What omdb.org says of films, by MovieLens id: titles, running times, languages, countries, moods.

Reads the tables of the data folder; omdb.org's texts are under CC BY 2.0 DE (NOTICE.md).
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from pipeline import paths
from pipeline.data import merged_films
from pipeline.data.countries import COUNTRY_NAMES, LANGUAGE_NAMES

# Films that the table does not have.
_MISSED_SERIES = {122914: "Avengers"}
_MOODS_OF = "Gefühle"
# The source names its moods in German or English, some in both.
_MOODS = {
    "Emotionen > Spannend": "gripping",
    "Exciting": "exciting",
    "Funny": "funny",
    "Goofy": "goofy",
    "Berührend": "touching",
    "Uplifting": "uplifting",
    "düster": "gloomy",
    "Ernst": "serious",
    "Romantic": "romantic",
    "Intellectually Stimulating": "thought-provoking",
    "unheimlich": "eerie",
    "Verstörend": "disturbing",
    "Misery": "sad",
    "Entspannt": "relaxing",
    "Erotic": "erotic",
}


@dataclass(frozen=True)
class Known:
    """What omdb.org says of one film; empty or 0 where it says nothing."""

    original_title: str = ""
    series: str = ""
    minutes: int = 0
    languages: tuple[str, ...] = ()
    """By their codes' alphabet: the first is not the main one."""
    countries: tuple[str, ...] = ()
    """As above."""
    moods: tuple[str, ...] = ()


def read(folder: Path | None = None) -> dict[int, Known]:
    """`omdb-films/`: movieId to what is known, merged films under the id that is kept."""
    folder = (folder or paths.data_dir()) / "omdb-films"
    moods = _read_moods(folder)
    kept = merged_films.kept_ids()
    found = {movie: Known(series=series) for movie, series in _MISSED_SERIES.items()}
    with gzip.open(folder / "catalogue_films.tsv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            movie = int(row["movieId"])
            found[kept.get(movie, movie)] = Known(
                row["original_title"],
                row["series"],
                int(row["runtime_min"] or 0),
                _named(LANGUAGE_NAMES, row["languages"]),
                _named(COUNTRY_NAMES, row["countries"]),
                tuple(moods[row["omdb_id"]]),
            )
    return found


def _named(names: dict[str, str], codes: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names[code] for code in codes.split() if code in names))


def _read_moods(folder: Path) -> dict[str, list[str]]:
    """omdb.org's film id to its moods, in the order of `_MOODS`."""
    names: dict[str, str] = {}
    for row in _rows(folder / "category_names.csv.gz"):
        if row["language_iso_639_1"] == "en":
            names[row["category_id"]] = row["name"]
    categories = list(_rows(folder / "all_categories.csv.gz"))
    is_mood = {row["id"] for row in categories if names.get(row["parent_id"]) == _MOODS_OF}
    found: dict[str, set[str]] = defaultdict(set)
    for row in _rows(folder / "movie_categories.csv.gz"):
        if row["category_id"] in is_mood and names[row["category_id"]] in _MOODS:
            found[row["movie_id"]].add(_MOODS[names[row["category_id"]]])
    in_order = {
        film: [it for it in _MOODS.values() if it in moods] for film, moods in found.items()
    }
    return defaultdict(list, in_order)


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, escapechar="\\", doublequote=False))
