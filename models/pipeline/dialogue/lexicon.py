"""The words of English that carry a wish, from the one file that Rust reads as well."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from pipeline import paths

FILE_NAME = "dialogue.lexicon.json"


@dataclass(frozen=True)
class Lexicon:
    """Phrases are folded: lower case, no apostrophes. Pairs are a phrase and what it stands for."""

    genres: dict[str, str]
    """Words for a genre beside its own name."""
    tags: dict[str, str]
    negations: frozenset[str]
    """What follows is not wanted, up to the end of the clause."""
    turns: frozenset[str]
    """What follows is wanted again."""
    seen: tuple[str, ...]
    rejections: tuple[str, ...]
    fresh_starts: tuple[str, ...]
    whys: tuple[str, ...]
    asks: tuple[str, ...]
    chats: tuple[str, ...]
    likings: frozenset[str]
    older: frozenset[str]
    newer: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    decades: dict[str, int]
    """A decade's name, and the year it begins with."""
    questions: tuple[tuple[str, str], ...]
    """Questions about one film, and what they ask for."""
    film_words: frozenset[str]
    """What "old" and "new" stand before when they are a wish."""
    pronouns: frozenset[str]
    """What stands for the film last spoken of."""
    plurals: frozenset[str]
    """What stands for all films of a message."""
    likes: frozenset[str]
    """Before a pronoun they say that its film was liked."""
    not_yet: frozenset[str]
    """Before those they do not: "would like that"."""
    praises: frozenset[str]
    being: frozenset[str]
    """What stands between a film and what is said of it."""
    subjects: frozenset[str]
    """After "no" they begin an answer."""
    common: frozenset[str]
    """Titles of one such word are only meant where they are marked as a title."""

    def is_empty_word(self, word: str) -> bool:
        """Whether a word tells a search by meaning nothing."""
        return any(
            word in words
            for words in (
                self.common,
                self.likings,
                self.turns,
                self.asks,
                self.before,
                self.after,
            )
        )


@cache
def lexicon() -> Lexicon:
    """The shipped word lists."""
    found = json.loads((paths.MODELS_DIR / "artifacts" / FILE_NAME).read_text("utf-8"))
    known = {field.name: _KINDS[str(field.type)] for field in fields(Lexicon)}
    if found.keys() != known.keys():
        raise ValueError(f"{FILE_NAME} should have {', '.join(known)}; it has {', '.join(found)}")
    read: dict[str, Any] = {name: kind(found[name]) for name, kind in known.items()}
    return Lexicon(**read)


_KINDS: dict[str, Callable[[list[Any]], Any]] = {
    "dict[str, str]": dict,
    "dict[str, int]": dict,
    "frozenset[str]": frozenset,
    "tuple[str, ...]": tuple,
    "tuple[tuple[str, str], ...]": lambda pairs: tuple(map(tuple, pairs)),
}
