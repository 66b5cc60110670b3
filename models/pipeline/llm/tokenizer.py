"""The vocabulary of a language model; the core's program cuts texts by it and joins tokens again.

Its file is `llm.tokenizer.json`, whose steps docs/formats.md gives.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from pipeline.program import Program

VERSION = 1
END, BEGIN, FIRST_BYTE, FIRST_PIECE = 1, 2, 3, 259
"""Id 0 pads."""
SPACE = "▁"
"""What pieces write for a space."""


class Tokenizer:
    """Pieces in the order in which neighbours are joined to them: `FIRST_PIECE` + k is piece k."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self.pieces = tuple(pieces)
        if len(set(self.pieces)) != len(self.pieces):
            raise ValueError("a piece is listed twice")

    def __len__(self) -> int:
        return FIRST_PIECE + len(self.pieces)

    @property
    def newline(self) -> int:
        """The id of a line feed."""
        return FIRST_PIECE + self.pieces.index("\n")

    def encode(self, text: str) -> list[int]:
        """The ids of a text; nothing is added."""
        return self.program.encode("", [text])[0]

    def decode(self, ids: Iterable[int]) -> str:
        """The text of ids; what begins, ends or pads is passed over, bad UTF-8 is replaced."""
        return self.program.decode("", [list(ids)])[0]

    def pieces_met(self, texts: Sequence[str]) -> list[set[str]]:
        """The pieces of each text, and all that are joined on the way to them."""
        rows = self.program.pieces_met("", texts)
        return [{self.pieces[token - FIRST_PIECE] for token in row} for row in rows]

    @cached_property
    def program(self) -> Program:
        """A program that has read this vocabulary, started when it is first asked."""
        found = Program()
        found.read_vocabulary("", self.to_json())
        return found

    def to_json(self) -> str:
        """`llm.tokenizer.json`."""
        found = {
            "version": VERSION,
            "begin": BEGIN,
            "end": END,
            "bytes": FIRST_BYTE,
            "first_piece": FIRST_PIECE,
            "pieces": self.pieces,
        }
        return json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n"

    def save(self, path: Path) -> None:
        """Writes `llm.tokenizer.json`."""
        path.write_text(self.to_json(), "utf-8")

    @classmethod
    def load(cls, path: Path) -> Tokenizer:
        """Reads `llm.tokenizer.json`."""
        return cls(json.loads(path.read_text("utf-8"))["pieces"])
