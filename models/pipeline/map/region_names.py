"""What a group of films is called: the genres, tags, countries and eras it has more of."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.data.catalogue import Catalogue

# A word stands for a group if so much of it carries the word, so many times as often as usual.
MIN_SHARE, MIN_FILMS, MIN_LIFT = 0.07, 4, 1.4
# Where nothing stands out, what is a little more frequent has to do.
LOW_LIFT = 1.1
MAX_WORDS = 3
# Verdicts and kinds of film that say nothing of where one is on a map.
_SAYS_LITTLE = frozenset(
    ["USA", "funny", "atmospheric", "stylized", "franchise", "chick flick", "quirky", "family"]
)


def words_of(catalogue: Catalogue) -> list[frozenset[str]]:
    """Each film's genres, tags, country and era."""
    found = []
    for row in range(catalogue.n_items):
        words = {catalogue.genre_names[it].lower() for it in catalogue.genres[row]}
        words.update(catalogue.tag_names[it] for it in catalogue.tags[row])
        if catalogue.country[row] >= 0:
            words.add(catalogue.country_names[catalogue.country[row]])
        if year := catalogue.year[row]:
            words.add(f"{year // 10 * 10}s")
            if year < 1970:
                words.add("before 1970")
        found.append(frozenset(words - _SAYS_LITTLE))
    return found


def telling(
    words: Sequence[frozenset[str]],
    inside: Iterable[int],
    around: Iterable[int],
    *,
    min_lift: float = MIN_LIFT,
) -> list[str]:
    """The words that tell the films `inside` from those `around`, the most telling first.

    A word's worth is its part of the Kullback-Leibler divergence, share · log(share / usual).
    """
    members, surroundings = list(inside), list(around)
    here = Counter(word for row in members for word in words[row])
    there = Counter(word for row in surroundings for word in words[row])
    worth = {}
    for word, n in here.items():
        share, usual = n / len(members), there[word] / len(surroundings)
        if n >= max(MIN_FILMS, MIN_SHARE * len(members)) and share >= min_lift * usual:
            worth[word] = share * math.log(share / usual)
    return sorted(worth, key=lambda word: (-worth[word], word))


def name(best_words: Sequence[str], taken: set[str]) -> str | None:
    """Two of the best words, or three where two are `taken`; None without a word of its own.

    At most one says when the films were made, and it goes last.
    """
    chosen: list[str] = []
    for word in best_words:
        if any(_is_same(word, it) for it in chosen) or len(chosen) == MAX_WORDS:
            continue
        chosen.append(word)
        said = " · ".join(sorted(chosen, key=is_era))
        if len(chosen) > 1 and said not in taken:
            return said
    alone = [it for it in chosen if not is_era(it)]
    return alone[0] if alone and len(chosen) == 1 and alone[0] not in taken else None


def is_era(word: str) -> bool:
    """Whether a word says when a film was made."""
    return word == "before 1970" or (len(word) == 5 and word[:4].isdigit())


def _is_same(word: str, other: str) -> bool:
    """Whether one says what the other does: two eras, or words that begin or end alike."""
    if is_era(word) and is_era(other):
        return True
    return word in other or other in word or word[:5] == other[:5]
