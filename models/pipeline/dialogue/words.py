"""A message as words, with what tells a name from a word."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pipeline.dialogue.lexicon import lexicon

MAX_WORDS = 400
"""More than anybody types; what is past it is not read, and the reader is told."""
FIRST_YEAR, LAST_YEAR = 1890, 2035
"""No film is older than film."""
# What Unicode calls white space; `str.split` takes four more characters for it.
_SPACE = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_PLAIN: dict[str, str] = {}
for _letters, _to in (
    ("àáâãäåāăą", "a"),
    ("æ", "ae"),
    ("çćĉċč", "c"),
    ("ďđð", "d"),
    ("èéêëēĕėęě", "e"),
    ("ĝğġģ", "g"),
    ("ĥħ", "h"),
    ("ìíîïĩīĭįı", "i"),
    ("ĵ", "j"),
    ("ķ", "k"),
    ("ĺļľŀł", "l"),
    ("ñńņň", "n"),
    ("òóôõöøōŏő", "o"),
    ("œ", "oe"),
    ("ŕŗř", "r"),
    ("śŝşšș", "s"),
    ("ß", "ss"),
    ("ţťŧț", "t"),
    ("þ", "th"),
    ("ùúûüũūŭůűų", "u"),
    ("ŵ", "w"),
    ("ýÿŷ", "y"),
    ("źżž", "z"),
    ("²", "2"),
    ("³", "3"),
    ("'’‘`", ""),
    # A combining accent after its letter, as some keyboards write it.
    ("".join(map(chr, range(0x300, 0x370))), ""),
):
    _PLAIN.update(dict.fromkeys(_letters, _to))
_PLAIN |= {"&": " and ", "½": " 1 2"}


@dataclass(frozen=True)
class Word:
    text: str
    """Lower case, without accents and marks."""
    is_marked: bool
    """Written with a capital, or between quotes."""
    starts_clause: bool
    is_bracketed: bool
    """Within round brackets, where the year of a film stands."""


def words_of(message: str) -> tuple[list[Word], bool]:
    """The first `MAX_WORDS` words, and whether there were more."""
    words: list[Word] = []
    starts_clause, is_quoted, is_bracketed = True, False, False
    for piece in pieces(message):
        is_quoted |= piece.startswith(('"', "“", "«"))
        is_bracketed |= piece.startswith("(")
        first = next((letter for letter in piece if is_alphanumeric(letter)), "")
        is_marked = is_quoted or first.isupper()
        for part in folded(piece).split():
            words.append(Word(part, is_marked, starts_clause, is_bracketed))
            starts_clause = False
        is_quoted &= not piece.rstrip(".,!?").endswith(('"', "”", "»"))
        is_bracketed &= ")" not in piece
        starts_clause |= piece.endswith((".", ",", ";", ":", "!", "?", ")"))
        if len(words) > MAX_WORDS:
            return words[:MAX_WORDS], True
    return words, False


def pieces(text: str) -> list[str]:
    """What stands between white space."""
    return [piece for piece in _SPACE.split(text) if piece]


def folded(text: str) -> str:
    """Lower case, accents taken off, apostrophes left out, other marks turned into spaces."""
    # A letter at a time: a whole word would give its last sigma another form.
    lower = "".join(letter.lower() for letter in text)
    return "".join(
        _PLAIN.get(letter, letter if is_alphanumeric(letter) else " ") for letter in lower
    )


def key(name: str) -> str:
    """Folded words with single spaces between."""
    return " ".join(" ".join(map(folded, pieces(name))).split())


def span(word: str) -> tuple[int, int] | None:
    """ "1999", "1980s", "80s", "eighties": first and last year."""
    if (first := lexicon().decades.get(word)) is not None:
        return first, first + 9
    is_decade = word.endswith("s")
    digits = word.rstrip("s")
    if not (digits.isascii() and digits.isdigit()):
        return None
    if len(digits) == 4 and FIRST_YEAR <= (number := int(digits)) <= LAST_YEAR:
        return (number, number + 9) if is_decade else (number, number)
    if len(digits) == 2 and is_decade and (number := int(digits)) % 10 == 0:
        first = (2000 if number < 30 else 1900) + number
        return first, first + 9
    return None


def is_alphanumeric(letter: str) -> bool:
    """As Unicode has it: vowel signs count as letters, which `str.isalnum` takes for marks."""
    if letter.isalnum():
        return True
    kind = unicodedata.category(letter)
    is_vowel_sign = kind in ("Mc", "Mn") and unicodedata.combining(letter) == 0
    return is_vowel_sign and not 0xFE00 <= ord(letter) <= 0xFE0F
