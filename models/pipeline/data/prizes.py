"""Academy Awards of films: what they were nominated for and what they won, by IMDb number.

The list is under the MIT licence, its ids are TMDB's (NOTICE.md).
"""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from pipeline import paths

# Categories changed their names: those of today, and one for what was two by colour.
_ASIDE = re.compile(r" \((Color|Black and White)\)$")
_TODAY = {
    "Best Live Action Short (Comedy or One Reel or Regular)": "Best Live Action Short",
    "Best Live Action Short (Two-Reel or Novelty)": "Best Live Action Short",
    "Best Original Musical/Secondary Score Category": "Best Score",
    "Best Visual/Special Effects": "Best Visual Effects",
    "Unique and Artistic Production": "Best Picture",
    "Best Sound Mixing": "Best Sound",
    "Best Sound Editing": "Best Sound",
}


@dataclass(frozen=True)
class Oscars:
    """Categories, each once, in the order of the list."""

    won: tuple[str, ...] = ()
    nominated: tuple[str, ...] = ()
    """Those that it did not win."""


def read(folder: Path | None = None) -> dict[int, Oscars]:
    """`oscar-nominations/`: IMDb number to what a film was nominated for."""
    path = (folder or paths.data_dir()) / "oscar-nominations" / "oscar-nominations.json.gz"
    won: dict[int, list[str]] = defaultdict(list)
    nominated: dict[int, list[str]] = defaultdict(list)
    for entry in json.loads(gzip.decompress(path.read_bytes())):
        category = category_today(entry["category"])
        for film in entry["movies"]:
            if found := re.fullmatch(r"tt(\d+)", film.get("imdb_id") or ""):
                (won if entry["won"] else nominated)[int(found[1])].append(category)
    return {
        imdb: Oscars(
            tuple(dict.fromkeys(won[imdb])),
            tuple(it for it in dict.fromkeys(nominated[imdb]) if it not in won[imdb]),
        )
        for imdb in sorted(won.keys() | nominated.keys())
    }


def category_today(category: str) -> str:
    """A category by today's name."""
    plain = _ASIDE.sub("", category)
    return _TODAY.get(plain, plain)
