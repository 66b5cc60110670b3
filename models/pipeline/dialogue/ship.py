"""From conversations to `dialogue.json`: fit, cross-validate, and where it is asked for, test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline import paths
from pipeline.dialogue import conversations, crossed, fit, golden, judge, redial, seeking, shipped
from pipeline.dialogue.conversations import Turn
from pipeline.dialogue.fit import Fitted, Mentions
from pipeline.dialogue.models import Models
from pipeline.dialogue.replay import replayed
from pipeline.evaluate import results

FILE = "conversations/redial_valid.jsonl"
TIMES_ASKED = 4
"""How often the testing half had been asked before this was counted."""


def ship(artifacts: Path, *, asks_test: bool = False) -> dict[str, Any]:
    """Fits, writes, measures.

    The testing half is looked at here, with `asks_test`, and nowhere else; without it, the file
    tells what cross-validation found.
    """
    file = paths.data_dir() / FILE
    models = Models(artifacts)
    fitted, found = learned(file, models)
    shipped.write(fitted, found, artifacts)
    known = results.read(artifacts).get("conversations", {})
    # Where the weights were fitted is no measure of them.
    known.pop("choosing", None)
    recorded = {**known, "cross_validated": found}
    if asks_test:
        before = known.get("testing", {})
        testing = judge.judge(file, part="testing", artifacts=artifacts)
        testing["seekers"] = seeking.judge(models, fitted, held_out(models))
        testing["times_asked"] = before.get("times_asked", TIMES_ASKED) + 1
        # Half an hour of the language model is not asked again for a fit.
        if asked := before.get("language_model"):
            testing["language_model"] = asked
        shipped.write(fitted, testing, artifacts)
        recorded["testing"] = testing
    results.record_conversations(recorded, artifacts=artifacts)
    golden.write(models, fitted)
    return recorded


def learned(file: Path, models: Models) -> tuple[Fitted, dict[str, Any]]:
    """What all conversations outside the testing half teach, and its cross-validation."""
    turns, groups = to_learn_from(file, models)
    asked = list(replayed(turns, models.program))
    models.prepare(one.wish["liked"] for one in asked if one.wish["liked"])
    questions = fit.questions(asked, models)
    mentions = Mentions(turns, models.catalogue.n_items)
    named = fit.name_pieces(questions, mentions, models)
    weights = fit.fit(questions)
    found = crossed.validated(questions, mentions, models, start=weights, groups=groups)
    return Fitted(weights, named), found


def to_learn_from(file: Path, models: Models) -> tuple[Sequence[Turn], dict[str, str]]:
    """Turns of the choosing half and of further conversations, with each conversation's group.

    No further conversation has the number or the words of one in the file, of either half.
    """
    choosing = conversations.read(file, models.program, part="choosing").turns
    whole = list(conversations.read_lines(file))
    lines = redial.read(paths.data_dir(), apart_from=whole)
    further = conversations.turned(lines, models.program).turns
    groups = {turn.dialogue: "choosing" for turn in choosing}
    groups |= {turn.dialogue: "further" for turn in further}
    return [*choosing, *further], groups


def held_out(models: Models) -> list[seeking.Quest]:
    """The test users of table B, whom no shipped model has seen."""
    from pipeline.data import split

    cases = split.load_product().test
    return [
        seeking.Quest(int(target), history.tolist())
        for history, target in zip(cases.histories, cases.targets, strict=True)
    ]
