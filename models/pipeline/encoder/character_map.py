"""What the encoder's tokenizer makes of every character, as a table that the site reads.

Asked of the tokenizer itself, a character at a time: it has its own tables of Unicode.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

VERSION = 1
FILE_NAME = "tokenizer.folds.json"
#: Syllables, which the site takes apart by the rule of Unicode.
HANGUL = range(0xAC00, 0xAC00 + 11_172)


def characters() -> Iterator[int]:
    """Every code point that a text can hold, ascending: surrogates are none."""
    yield from range(0xD800)
    yield from range(0xE000, 0x110000)


def words(tokenizer: Tokenizer, text: str) -> list[str]:
    """The words of `text`, folded, before any of them is looked up."""
    folded = tokenizer.normalizer.normalize_str(text)
    return [word for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(folded)]


def read_off(tokenizer: Tokenizer) -> dict[str, Any]:
    """The table of `tokenizer.folds.json`; a character that it does not name stays as it is."""
    space, dropped, alone = [], [], []
    replaced: dict[int, str] = {}
    for code in characters():
        letter = chr(code)
        match words(tokenizer, f"a{letter}a"):
            case ["aa"]:
                dropped.append(code)
            case ["a", "a"]:
                space.append(code)
            case ["a", own, "a"] if own == letter:
                alone.append(code)
            case found:
                # Whether a replacement stands alone is told by its own characters.
                text = "".join(found)[1:-1]
                if text != letter and code not in HANGUL:
                    replaced[code] = text
    return {
        "version": VERSION,
        "space": ranges(space),
        "dropped": ranges(dropped),
        "alone": ranges(alone),
        "replaced": [
            [first, " ".join(replaced[code] for code in range(first, last + 1))]
            for first, last in ranges(replaced)
        ],
    }


def write(table: dict[str, Any], artifacts: Path) -> None:
    """Writes the table where the site looks for it."""
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    (artifacts / FILE_NAME).write_text(text + "\n", "utf-8")


def ranges(codes: Iterable[int]) -> list[list[int]]:
    """First and last of every stretch of neighbours; `codes` ascend."""
    found: list[list[int]] = []
    for code in codes:
        if found and found[-1][1] + 1 == code:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found
