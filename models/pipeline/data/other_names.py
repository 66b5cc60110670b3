"""What else a film is called: its other titles, and its number in a series.

Knows nothing of catalogue rows or of models.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.data.facts import Title, match_key

# In longer series people say names, not numbers.
MAX_NUMBERED = 14
# What has a smaller share of the ratings of its series' best-known film is a short or a special.
MIN_SHARE = 0.005

_NUMBER = re.compile(r"\b(?P<digits>\d{1,2})\b|\b(?P<roman>[IVX]+)(?=$|[:,]| -)")
_ROMAN = {"I": 1, "V": 5, "X": 10}

# omdb.org names some series in another language, or as nobody says them. Empty: no series at all.
_SERIES_NAMES = {
    "James Bond - 007": "James Bond",
    "The Bourne Movies": "Bourne",
    "The Twilight Saga": "Twilight",
    "Schweinchen Babe": "Babe",
    "Trilogia del dollaro": "Dollars Trilogy",
    "New Jersey Filme": "View Askewniverse",
    "Odyssey Movie Series": "Space Odyssey",
    "Blood and Ice Cream trilogy": "Three Flavours Cornetto",
    "28": "28 Days Later",
    "Trois Couleurs": "Three Colors",
    "Yip Man": "Ip Man",
    "Jui kuen": "Drunken Master",
    "Tropa de Elite": "Elite Squad",
    "Bad Neighbors": "Neighbors",
    "攻殻機動隊": "Ghost in the Shell",
    "リング": "Ringu",
    "дозор": "Night Watch",
    "黃飛鴻": "Once Upon a Time in China",
    "Cube Movie Series": "Cube",
    "Shaft Movie Series": "Shaft",
    "Firefly": "",
}
# A universe is no series; these are the series in it.
_UNIVERSE = "Marvel Cinematic Universe"
_IN_UNIVERSE = re.compile(
    r"Iron Man|Thor\b|Captain America|Avengers|Guardians of the Galaxy|Ant-Man|Doctor Strange"
    r"|Black Panther"
)
# Numbers that neither year nor title gives.
_SAID = {
    "Star Wars: The Last Jedi": 8,
    "Star Wars: The Rise of Skywalker": 9,
    "Harry Potter and the Deathly Hallows: Part 1": 7,
    "Harry Potter and the Deathly Hallows: Part 2": 8,
    "The Hunger Games: Mockingjay - Part 1": 3,
    "The Hunger Games: Mockingjay - Part 2": 4,
    "The Twilight Saga: Breaking Dawn - Part 1": 4,
    "The Twilight Saga: Breaking Dawn - Part 2": 5,
    "Rambo": 4,
}


@dataclass(frozen=True)
class Entry:
    """A film of a series."""

    row: int
    title: str
    year: int
    n_ratings: int


def series_name(series: str, title: str) -> str:
    """The series of a film as people call it."""
    if series == _UNIVERSE and (found := _IN_UNIVERSE.search(title)):
        return found[0]
    return _SERIES_NAMES.get(series, series)


def other_titles(title: Title, original: str) -> list[str]:
    """Titles that are not the title itself, each once: those in brackets, then the original one."""
    seen = {_key(title.name)}
    kept: list[str] = []
    for name in (*title.also, original):
        if name and (key := _key(name)) not in seen:
            seen.add(key)
            kept.append(name)
    return kept


def _key(name: str) -> str:
    """Titles in other scripts have no `match_key`."""
    return match_key(name) or name


def series_of(films: Iterable[tuple[str, Entry]]) -> dict[str, list[tuple[int, int]]]:
    """Series of two films and more, each with its rows and their numbers, 0 where it has none.

    `films` are pairs of a series and a film in it.
    """
    by_series: dict[str, list[Entry]] = defaultdict(list)
    for series, entry in films:
        if name := series_name(series, entry.title):
            by_series[name].append(entry)
    return {
        series: [
            (entry.row, number)
            for entry, number in zip(entries, _numbers(series, entries), strict=True)
        ]
        for series, entries in sorted(by_series.items())
        if len(entries) > 1
    }


def _numbers(series: str, entries: list[Entry]) -> list[int]:
    """Numbers by year, from the film that the series is named for to its first remake.

    A number in a title counts: past a gap it leads on, and where it leads back the count ends.
    """
    numbers = {it.row: _SAID.get(it.title, 0) for it in entries}
    in_order = sorted(entries, key=lambda it: (it.year, -it.n_ratings))
    namesakes = [it for it in in_order if match_key(it.title) == match_key(series)]
    best = max(namesakes, key=lambda it: it.n_ratings, default=in_order[0])
    before = in_order[: in_order.index(best)]
    if all(it.n_ratings < best.n_ratings and not _said_number(it.title) for it in before):
        in_order = in_order[len(before) :]
    least = MIN_SHARE * max(it.n_ratings for it in entries)
    number = 0
    for entry in in_order if len(in_order) <= MAX_NUMBERED else []:
        said = _said_number(entry.title)
        if entry.n_ratings < least and not said:
            continue
        if (number and entry in namesakes) or 0 < said <= number:
            break
        number = said or number + 1
        numbers[entry.row] = number
    return [numbers[it.row] for it in entries]


def _said_number(title: str) -> int:
    """The number that a title gives its film, 0 where it gives none: `Rocky II`, `Alien³`."""
    found = _NUMBER.search(title.replace("²", " 2").replace("³", " 3"), 1)
    if not found:
        return 0
    if found["digits"]:
        number = int(found["digits"])
        return number if number <= MAX_NUMBERED else 0
    values = [_ROMAN[letter] for letter in found["roman"]]
    following = [*values[1:], 0]
    return sum(-one if one < next_ else one for one, next_ in zip(values, following, strict=True))
