"""Conversations between people, heard as the page hears its reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.dialogue.conversations import Turn
from pipeline.dialogue.manager import Manager, Wish


@dataclass(frozen=True)
class Asked:
    """A turn that names films, and the seeker's wish by then."""

    turn: Turn
    wish: Wish


def replayed(turns: Iterable[Turn], manager: Manager) -> Iterator[Asked]:
    """Every turn that has targets, with what its context says.

    The seeker spoke last, and the two take turns. What the other one said is read for the films
    it names, which stand for the films the page shows, and for nothing else.
    """
    wishes: dict[tuple[str, ...], Wish] = {}
    for turn in turns:
        if turn.targets:
            yield Asked(turn, _wish(tuple(turn.context), manager, wishes))


def _wish(context: tuple[str, ...], manager: Manager, known: dict[tuple[str, ...], Wish]) -> Wish:
    if context not in known:
        wish, shown = Wish(), list[int]()
        if len(context) > 1:
            shown = manager.films_named(context[-2])
            wish = _wish(context[:-2], manager, known)
        known[context] = manager.hear(wish, context[-1], shown).wish if context else wish
    return known[context]
