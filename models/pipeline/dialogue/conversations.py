"""Conversations between people, in the format of ReDial: what was said, and what was named next."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.data.catalogue import Catalogue
from pipeline.errors import InputError

PARTS = ("all", "choosing", "testing")
_TITLED = re.compile(r"(.*?) *\((\d{4})\)")
_FIELDS = {"dialog_id": str, "context": list, "entity": list, "rec": list}


@dataclass(frozen=True)
class Turn:
    """One turn of who recommends. Films are rows."""

    dialogue: str
    context: list[str]
    """What was said before, oldest first; the seeker spoke last, and they take turns."""
    targets: list[int]
    """Films of the catalogue that were recommended then and not named before."""
    named: list[int]
    """Films named before."""


@dataclass(frozen=True)
class Conversations:
    """Turns of a file, and what of it cannot be asked."""

    turns: list[Turn]
    n_dialogues: int
    n_targets: int
    """Films recommended; of these so many are asked for, and the others fall out as told below."""
    n_not_in_catalogue: int
    n_named_before: int

    @property
    def n_asked(self) -> int:
        """Targets that are left."""
        return sum(len(turn.targets) for turn in self.turns)


def read(path: Path, catalogue: Catalogue, *, part: str = "all") -> Conversations:
    """The turns of a file, or of one half of its conversations.

    Raises `InputError` if a line is not JSON of the agreed shape.
    """
    row_of = TitleRows(catalogue)
    turns: list[Turn] = []
    dialogues: set[str] = set()
    n_targets = n_unknown = n_named = 0
    for line in _lines(path):
        dialogue = line["dialog_id"]
        if part != "all" and (part == "choosing") != is_for_choosing(dialogue):
            continue
        dialogues.add(dialogue)
        named = row_of.known(line["entity"])
        wanted = list(dict.fromkeys(map(row_of.find, dict.fromkeys(line["rec"]))))
        known = [row for row in wanted if row is not None]
        targets = [row for row in known if row not in named]
        n_targets += len(set(line["rec"]))
        n_unknown += len(set(line["rec"])) - len(known)
        n_named += len(known) - len(targets)
        turns.append(Turn(dialogue, line["context"], targets, named))
    return Conversations(turns, len(dialogues), n_targets, n_unknown, n_named)


def is_for_choosing(dialogue: str) -> bool:
    """Whether a conversation is in the half that choices are made on: by a hash of its number."""
    return hashlib.sha256(dialogue.encode()).digest()[0] % 2 == 0


class TitleRows:
    """Titles to catalogue rows: with a year that may be off by one, or the best known without."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._rows: dict[str, list[int]] = {}
        self._starts: dict[str, list[int]] = {}
        """By what stands before a colon: "Borat" for "Borat: Cultural Learnings"."""
        self._year = catalogue.year
        by_fame = sorted(range(catalogue.n_items), key=lambda row: -catalogue.n_ratings[row])
        for row in by_fame:
            title = catalogue.title[row]
            self._rows.setdefault(_plain(title), []).append(row)
            start, colon, _ = title.partition(":")
            if colon:
                self._starts.setdefault(_plain(start), []).append(row)

    def find(self, name: str) -> int | None:
        """The row of "Title (Year)" or "Title"; None if the catalogue lacks it."""
        titled = _TITLED.fullmatch(name.strip())
        title = _plain(titled[1] if titled else name)
        rows = self._rows.get(title, [])
        if not titled:
            return rows[0] if rows else None
        near = [int(titled[2]) + off for off in (0, -1, 1)]
        found = (
            row
            for among in (rows, self._starts.get(title, []))
            for year in near
            for row in among
            if self._year[row] == year
        )
        return next(found, None)

    def known(self, names: Sequence[str]) -> list[int]:
        """The rows of those the catalogue holds, each once."""
        found = (self.find(name) for name in names)
        return list(dict.fromkeys(row for row in found if row is not None))


def _plain(title: str) -> str:
    """A title without articles, accents and marks, since both sides write those as they like."""
    letters = unicodedata.normalize("NFKD", title.lower().translate(_LETTERS))
    plain = "".join(
        letter if letter.isalnum() else " "
        for letter in letters
        if not unicodedata.combining(letter)
    )
    words = plain.split()
    return "".join(word for word in words if word not in ("the", "a", "an")) or " ".join(words)


_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "&": " and "} | dict.fromkeys("'’‘`", "")
)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    if not path.exists():
        raise InputError(f"there is no file {path}")
    n_lines = 0
    for number, text in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not text.strip():
            continue
        n_lines += 1
        try:
            line = json.loads(text)
            line = {name: line[name] for name in _FIELDS}
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"{path}, line {number} is no turn of a conversation: {error}"
            ) from error
        line["dialog_id"] = str(line["dialog_id"])
        for name, kind in _FIELDS.items():
            if not isinstance(line[name], kind) or (
                kind is list and not all(isinstance(it, str) for it in line[name])
            ):
                raise InputError(f"{path}, line {number}: {name} should be a list of texts")
        yield line
    if not n_lines:
        raise InputError(f"{path} holds no conversations")
