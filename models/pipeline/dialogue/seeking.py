"""Simulated seekers: how many messages until the film in mind is among the ten shown."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from pipeline.dialogue.fit import Fitted
from pipeline.dialogue.models import Models
from pipeline.dialogue.replay import Asked
from pipeline.evaluate import score

MANNERS = ("rejects", "criticises", "names_people")
"""How much a seeker gives away: after the first message no fact more, no names, or all."""
N_SHOWN = 10
MAX_TURNS = 5
"""A seeker gives up after so many messages."""
MAX_QUESTS = 400
MAX_BARE_QUESTS = 100
"""Without a file of users: such seekers have no history and tell less."""


class Quest(NamedTuple):
    """A film in mind, and what its seeker picked before; rows, oldest first."""

    target: int
    history: list[int]


def quests(models: Models, users: Path | None, asked: Sequence[Asked]) -> list[Quest]:
    """Whom to simulate, each film or user once."""
    if users is None:
        targets = dict.fromkeys(row for one in asked for row in one.turn.targets)
        return [Quest(row, []) for row in targets][:MAX_BARE_QUESTS]
    found = []
    for _, events in sorted(score.read_users(users, now=time.time()).items()):
        rows = models.catalogue.rows_of([event.movie for event in events]).tolist()
        *before, target = rows
        history = [row for row in before if row >= 0]
        if target >= 0 and history:
            found.append(Quest(target, history))
    return found[:MAX_QUESTS]


def judge(models: Models, fitted: Fitted, found: Sequence[Quest]) -> dict[str, Any]:
    """For every manner of speaking, the share that succeeds and the messages it took.

    With histories also without the sequential model, which is what reads them.
    """
    has_histories = any(quest.history for quest in found)
    models.prepare(quest.history for quest in found if quest.history)
    given = {"state_named": False} | ({"state_sequential": True} if has_histories else {})
    return {
        "n_seekers": len(found),
        "have_histories": has_histories,
        "within_messages": MAX_TURNS,
        "among_films": N_SHOWN,
        **{
            manner: {
                name: _outcome([turns(models, fitted, it, manner, reads) for it in found])
                for name, reads in given.items()
            }
            for manner in MANNERS
        },
    }


def turns(
    models: Models, fitted: Fitted, quest: Quest, manner: str, reads_history: bool
) -> int | None:
    """The messages until the film is shown; None if it was not within `MAX_TURNS`."""
    program = models.program
    wish = program.replay([])
    lists: list[list[int]] = [[]]
    history = quest.history if reads_history else None
    for n_turns in range(1, MAX_TURNS + 1):
        message = said(models, quest.target, lists, manner)
        if message is None:
            return None
        wish = program.hear(message, wish=wish, shown=lists[-1])["wish"]
        evidence = models.evidence(wish, history=history, named=fitted.named)
        chosen = fitted.weights_for(evidence)
        lists.append([row for row, _ in program.rank(wish, evidence, chosen, N_SHOWN)])
        if quest.target in lists[-1]:
            return n_turns
    return None


def said(models: Models, target: int, lists: Sequence[Sequence[int]], manner: str) -> str | None:
    """What a seeker says after the lists shown, the first of them empty."""
    if manner == "rejects" and len(lists) > 1:
        return "Not those."
    names_people = manner == "names_people"
    message = models.program.seek(target, lists, names_people=names_people)
    return "Not those." if message is None and manner == "criticises" else message


def _outcome(found: Sequence[int | None]) -> dict[str, Any]:
    taken = [n for n in found if n is not None]
    share = len(taken) / max(len(found), 1)
    margin = 1.96 * np.sqrt(share * (1 - share) / max(len(found), 1))
    interval = [max(share - margin, 0.0), min(share + margin, 1.0)]
    return {
        "found": [round(float(it), 3) for it in (share, *interval)],
        "mean_messages_of_those": round(float(np.mean(taken)), 2) if taken else None,
        "found_after": [sum(n <= turn for n in taken) for turn in range(1, MAX_TURNS + 1)],
    }
