"""Conversations between people, heard as the page hears its reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.dialogue.conversations import Turn
from pipeline.program import Program, Wish


@dataclass(frozen=True)
class Asked:
    """A turn that names films, and the seeker's wish by then."""

    turn: Turn
    wish: Wish


def replayed(turns: Iterable[Turn], program: Program) -> Iterator[Asked]:
    """Every turn that has targets, with what its context says."""
    for turn in turns:
        if turn.targets:
            yield Asked(turn, program.replay(turn.context))
