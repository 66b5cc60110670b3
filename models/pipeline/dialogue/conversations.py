"""Conversations between people, in the format of ReDial: what was said, and what was named next."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.program import Program

PARTS = ("all", "choosing", "testing")
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


def read(path: Path, program: Program, *, part: str = "all") -> Conversations:
    """The turns of a file, or of one half of its conversations.

    Raises `InputError` if a line is not JSON of the agreed shape.
    """
    lines = read_lines(path)
    if part != "all":
        lines = (it for it in lines if is_for_choosing(it["dialog_id"]) == (part == "choosing"))
    return turned(lines, program)


def turned(lines: Iterable[dict[str, Any]], program: Program) -> Conversations:
    """The turns that such lines tell of."""
    turns: list[Turn] = []
    dialogues: set[str] = set()
    n_targets = n_unknown = n_named = 0
    for line in lines:
        dialogue = line["dialog_id"]
        dialogues.add(dialogue)
        named = program.known(line["entity"])
        labels = list(dict.fromkeys(line["rec"]))
        wanted = list(dict.fromkeys(program.labelled(labels)))
        known = [row for row in wanted if row is not None]
        targets = [row for row in known if row not in named]
        n_targets += len(labels)
        n_unknown += len(labels) - len(known)
        n_named += len(known) - len(targets)
        turns.append(Turn(dialogue, line["context"], targets, named))
    return Conversations(turns, len(dialogues), n_targets, n_unknown, n_named)


def is_for_choosing(dialogue: str) -> bool:
    """Whether a conversation is in the half that choices are made on: by a hash of its number."""
    return hashlib.sha256(dialogue.encode()).digest()[0] % 2 == 0


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """A file's turns, each of the agreed shape. Raises `InputError`."""
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
