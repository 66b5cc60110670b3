"""Text to ids and back, in the steps that docs/formats.md gives for `llm.tokenizer.json`."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

VERSION = 1
END, BEGIN, FIRST_BYTE, FIRST_PIECE = 1, 2, 3, 259
"""Id 0 pads."""
SPACE = "▁"


class Tokenizer:
    """Joins neighbours as long as what they make is a piece, the piece of the least id first."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self.pieces, self.first_byte = tuple(pieces), FIRST_BYTE
        self.id_of = {piece: FIRST_PIECE + k for k, piece in enumerate(self.pieces)}
        if len(self.id_of) != len(self.pieces):
            raise ValueError("a piece is listed twice")

    def __len__(self) -> int:
        return FIRST_PIECE + len(self.pieces)

    @property
    def newline(self) -> int:
        """The id of a line feed."""
        return self.id_of["\n"]

    def encode(self, text: str) -> list[int]:
        """The ids of a text; nothing is added."""
        found: list[int] = []
        for symbol in joined(symbols_of(text), self.id_of):
            if symbol in self.id_of:
                found.append(self.id_of[symbol])
            else:
                found.extend(self.first_byte + byte for byte in written(symbol).encode())
        return found

    def decode(self, ids: Iterable[int]) -> str:
        """The text of ids; what begins, ends or pads is passed over, bad UTF-8 is replaced."""
        whole = b""
        for token in ids:
            if token >= FIRST_PIECE:
                whole += written(self.pieces[token - FIRST_PIECE]).encode()
            elif token >= FIRST_BYTE:
                whole += bytes([token - FIRST_BYTE])
        return whole.decode("utf-8", "replace")

    def save(self, path: Path) -> None:
        """Writes `llm.tokenizer.json`."""
        found = {
            "version": VERSION,
            "begin": BEGIN,
            "end": END,
            "bytes": FIRST_BYTE,
            "first_piece": FIRST_PIECE,
            "pieces": self.pieces,
        }
        packed = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        path.write_text(packed + "\n", "utf-8")

    @classmethod
    def load(cls, path: Path) -> Tokenizer:
        """Reads `llm.tokenizer.json`."""
        return cls(json.loads(path.read_text("utf-8"))["pieces"])


_LITERAL = "\0▁"
"""A `▁` in a text, which is not a space and no piece."""


def symbols_of(text: str) -> list[str]:
    """A text's characters, spaces marked."""
    marks = {" ": SPACE, SPACE: _LITERAL}
    return [marks.get(character, character) for character in text]


def written(symbol: str) -> str:
    """The text of a symbol or a piece."""
    return SPACE if symbol == _LITERAL else symbol.replace(SPACE, " ")


def joined(
    symbols: Sequence[str], id_of: Mapping[str, int], *, made: set[str] | None = None
) -> list[str]:
    """Neighbours joined, the least id first, the leftmost of equals, until none make a piece.

    Every piece made on the way is added to `made`.
    """
    parts: list[str | None] = list(symbols)
    after = list(range(1, len(parts) + 1))
    before = list(range(-1, len(parts) - 1))
    waiting: list[tuple[int, int, str]] = []

    def offer(left: int) -> None:
        right = after[left]
        if right < len(parts):
            piece = f"{parts[left]}{parts[right]}"
            if piece in id_of:
                heapq.heappush(waiting, (id_of[piece], left, piece))

    for left in range(len(parts) - 1):
        offer(left)
    while waiting:
        _, left, piece = heapq.heappop(waiting)
        right = after[left]
        if parts[left] is None or right >= len(parts) or f"{parts[left]}{parts[right]}" != piece:
            continue  # one of the two has been joined with another since
        parts[left], parts[right] = piece, None
        if made is not None:
            made.add(piece)
        after[left] = after[right]
        if after[left] < len(parts):
            before[after[left]] = left
        offer(left)
        if before[left] >= 0:
            offer(before[left])
    return [part for part in parts if part is not None]
