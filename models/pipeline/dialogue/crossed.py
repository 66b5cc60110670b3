"""Cross-validation over conversations: each is ranked by what the others taught."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pipeline.dialogue import fit
from pipeline.dialogue.fit import Mentions, Question
from pipeline.dialogue.judge import with_interval
from pipeline.dialogue.models import Models
from pipeline.program import Weights

N_FOLDS = 5
TOPS = (1, 10, 50)


def fold_of(dialogue: str) -> int:
    """By a hash of its number; another byte than that which halves the file."""
    return hashlib.sha256(dialogue.encode()).digest()[1] % N_FOLDS


def validated(
    asked: Sequence[Question],
    mentions: Mentions,
    models: Models,
    *,
    start: Mapping[str, Weights],
    groups: Mapping[str, str],
) -> dict[str, Any]:
    """Recall of every step of the fit, over all conversations and over each group of them.

    `groups` names a conversation's group; `start` is where a fit starts, to save time.
    """
    ranks = {name: list[int]() for name in fit.STEPS}
    whose: list[str] = []
    for fold in range(N_FOLDS):
        held_out = {one.dialogue for one in asked if fold_of(one.dialogue) == fold}
        fit.name_pieces(asked, mentions, models, held_out=held_out)
        learned = [one for one in asked if one.dialogue not in held_out]
        weights = fit.fit(learned, start=start)
        for one in asked:
            if one.dialogue in held_out:
                for name in fit.STEPS:
                    ranks[name].extend(fit.ranks(one, weights[name]))
                whose.extend([one.dialogue] * (len(one.targets) + one.n_missed))
    dialogues = np.array(whose)
    group = np.array([groups[it] for it in whose])
    found = {name: np.array(of) for name, of in ranks.items()}
    return {
        "folds": N_FOLDS,
        **_measured(found, dialogues),
        "by_group": {
            name: _measured(
                {step: of[group == name] for step, of in found.items()}, dialogues[group == name]
            )
            for name in sorted(set(groups.values()))
        },
    }


def _measured(ranks: Mapping[str, Any], dialogues: Any) -> dict[str, Any]:
    user = np.unique(dialogues, return_inverse=True)[1]
    hits = {
        name: {top: (of <= top).astype(np.float64) for top in TOPS} for name, of in ranks.items()
    }
    rows: list[dict[str, Any]] = []
    before: dict[int, Any] | None = None
    for name, of in hits.items():
        row: dict[str, Any] = {"step": name if name == "state" else f"state_{name}"}
        row |= {f"recall@{top}": with_interval(of[top], user) for top in TOPS}
        if before is not None:
            row["more_than_the_step_before"] = {
                f"recall@{top}": with_interval(of[top] - before[top], user) for top in TOPS
            }
        rows.append(row)
        before = of
    return {
        "conversations": len(set(dialogues.tolist())),
        "targets_asked": len(dialogues),
        "steps": rows,
    }
