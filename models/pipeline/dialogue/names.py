"""Where the catalogue's names stand in running words: films, people, genres, tags."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.dialogue.films import Films, Trait
from pipeline.dialogue.lexicon import lexicon
from pipeline.dialogue.words import Word, key, span

LONGEST = 9
"""Longer titles are found by their first words."""
Named = int | Trait
"""A name in a message: the row of a film, or a trait."""


class Names:
    """Every name of the catalogue, by its folded words with single spaces between."""

    def __init__(self, films: Films) -> None:
        self._of = films.catalogue
        self._films: dict[str, list[int]] = {}
        self._traits: dict[str, Trait] = {}
        people: dict[str, None] = {}
        for row, title in enumerate(map(key, self._of.title)):
            for article in ("the ", "a ", "an "):
                if title.startswith(article):
                    self._films.setdefault(title.removeprefix(article), []).append(row)
            self._films.setdefault(title, []).append(row)
            for trait in films.traits(row):
                if trait.kind == "tag":
                    name = key(trait.name)
                    other = name[:-1] if name.endswith("s") else f"{name}s"
                    for written in (other, name):
                        self._traits.setdefault(written, trait)
                elif trait.kind == "person":
                    people[trait.name] = None
        self._films.pop("", None)
        self._traits |= {words: Trait("tag", tag) for words, tag in lexicon().tags.items()}
        # In the order of Rust, where a later one of the same folded name stands.
        for person in sorted(people, key=str.encode):
            if " " in person:
                self._traits[key(person)] = Trait("person", person)
        self._traits |= {key(genre): Trait("genre", genre) for genre in self._of.genre_names}
        self._traits |= {words: Trait("genre", name) for words, name in lexicon().genres.items()}

    def find(self, words: Sequence[Word], at: int) -> tuple[Named, int] | None:
        """The longest name that begins at `at`, and how many words it takes."""
        for n in range(min(LONGEST, len(words) - at), 0, -1):
            name = " ".join(word.text for word in words[at : at + n])
            if rows := self._films.get(name):
                year, is_sure = _year(words, at + n)
                for near in (year, year - 1, year + 1) if is_sure else (year,):
                    for row in rows:
                        if near > 0 and self._of.year[row] == near:
                            return row, n + 1
                # With another year in brackets it is another film, which the catalogue lacks.
                if not is_sure and self._is_title(name, words, at, n):
                    # Of films known equally well the last, as Rust's `max_by_key`.
                    return max(rows, key=lambda row: (self._of.n_ratings[row], row)), n
            trait = self._traits.get(name)
            # Tags may be any words: "my favorites", "will".
            is_plain = all(word.text in lexicon().common for word in words[at : at + n])
            if trait and not (is_plain and trait.kind == "tag"):
                return trait, n
        return None

    def _is_title(self, name: str, words: Sequence[Word], at: int, n: int) -> bool:
        """Whether words that are a title are meant as one."""
        common, likings = lexicon().common, lexicon().likings
        is_trait = name in self._traits
        if n == len(words) and name not in common and not is_trait:
            return True
        run = words[at : at + n]
        if n >= 2:
            # "The Matrix", "toy story", "liked the matrix", but not "for the kids".
            n_telling = sum(word.text not in common for word in run)
            is_marked = any(word.is_marked for word in run) and all(
                word.is_marked or word.text in common for word in run
            )
            is_liked = n_telling >= 1 and _is_after_liking(words, at)
            return is_marked or is_liked or (n_telling >= 2 and not is_trait)
        word = run[0]
        is_plain = word.text in common
        after_liking = at > 0 and words[at - 1].text in likings
        # "I", and messages in title case: there a capital tells nothing.
        is_always_capital = (
            len(name.encode()) == 1 or name == "im" or all(word.is_marked for word in words)
        )
        is_named = word.is_marked and not is_always_capital and (not is_trait or after_liking)
        return (is_named and (not word.starts_clause or not is_plain)) or (
            after_liking and not is_plain and not is_trait
        )


def _year(words: Sequence[Word], at: int) -> tuple[int, bool]:
    """The number at `at`, 0 if there is none, and whether it can only be a film's year."""
    word = words[at] if at < len(words) else None
    if not word or not (word.text.isascii() and word.text.isdigit() and len(word.text) < 6):
        return 0, False
    return int(word.text), word.is_bracketed and span(word.text) is not None


def _is_after_liking(words: Sequence[Word], at: int) -> bool:
    """Whether the clause says before `at` that something is liked or seen."""
    start = next((it for it in range(at, -1, -1) if words[it].starts_clause), 0)
    return any(word.text in lexicon().likings for word in words[start:at])
