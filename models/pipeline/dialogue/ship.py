"""From conversations to `dialogue.json`: fit on one half, measure on the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline import paths
from pipeline.dialogue import conversations, fit, golden, judge, seeking, shipped
from pipeline.dialogue.models import Models
from pipeline.dialogue.replay import replayed
from pipeline.evaluate import results
from pipeline.program import Weights

FILE = "conversations/redial_valid.jsonl"


def ship(artifacts: Path) -> dict[str, Any]:
    """Fits, writes, measures. The testing half is looked at here and nowhere else."""
    file = paths.data_dir() / FILE
    models = Models(artifacts)
    weights, choosing = fitted(file, models)
    shipped.write(weights, {}, artifacts)
    testing = judge.judge(file, part="testing", artifacts=artifacts)
    testing["seekers"] = seeking.judge(models, weights, held_out(models))
    shipped.write(weights, testing, artifacts)
    # Half an hour of the language model is not asked again for a fit.
    before = results.read(artifacts).get("conversations", {}).get("testing", {})
    if asked := before.get("language_model"):
        testing["language_model"] = asked
    found = {"choosing": choosing, "testing": testing}
    results.record_conversations(found, artifacts=artifacts)
    golden.write(models, weights)
    return found


def fitted(file: Path, models: Models) -> tuple[dict[str, Weights], dict[str, Any]]:
    """The weights of every step, and what they reach where they were fitted."""
    found = conversations.read(file, models.program, part="choosing")
    asked = list(replayed(found.turns, models.program))
    weights = fit.fit(asked, models)
    return weights, judge.measured(asked, judge.steps(models, weights))


def held_out(models: Models) -> list[seeking.Quest]:
    """The test users of table B, whom no shipped model has seen."""
    from pipeline.data import split

    cases = split.load_product().test
    return [
        seeking.Quest(int(target), history.tolist())
        for history, target in zip(cases.histories, cases.targets, strict=True)
    ]
