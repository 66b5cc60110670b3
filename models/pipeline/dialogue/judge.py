"""How often a conversation finds the film that a person recommended, step by step.

Every film is ranked; those named before are left out, a film that the filters send away is a miss,
and ties count against the step. Intervals are over conversations.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline import paths
from pipeline.dialogue import conversations, seeking, shipped
from pipeline.dialogue.fit import Fitted
from pipeline.dialogue.models import Models
from pipeline.dialogue.replay import Asked, replayed
from pipeline.dialogue.reranked import Reranker
from pipeline.errors import InputError
from pipeline.evaluate import metrics
from pipeline.program import PIECES, Evidence, Floats

TOPS = (1, 10, 50)
LAST, STATE = "encoder_last_utterance", "state"
"""The steps whose ratio is asked for."""
RERANKED = {"language_model": 0.25, "language_model_alone": float("inf")}
"""What its evidence counts beside the score before; the first was chosen on the choosing half."""
Score = Callable[[Asked, Floats], Floats]
"""Scores of all films for a turn, given those of the step before; −inf for a film sent away."""


@dataclass(frozen=True)
class Step:
    """One way to answer, built on the one before."""

    name: str
    about: str
    score: Score


def steps(models: Models, fitted: Fitted) -> list[Step]:
    """From the plainest to all that is shipped. A further one may re-rank what it is given."""
    reader = models.reader
    popularity = models.program.pieces({}, Evidence())[:, PIECES.index("popularity")]

    def said(asked: Asked, before: Floats) -> Floats:
        return reader.meaning(asked.turn.context[-1] if asked.turn.context else "")

    def context(asked: Asked, before: Floats) -> Floats:
        # The newest first: the encoder reads 128 pieces.
        return reader.meaning(" ".join(reversed(asked.turn.context)))

    def ranker(name: str) -> Score:
        def score(asked: Asked, before: Floats) -> Floats:
            history = () if name == "sequential" else None
            evidence = models.evidence(asked.wish, history=history, named=fitted.named)
            return models.program.scores(asked.wish, evidence, fitted.weights[name])

        return score

    return [
        Step("popularity", "the films rated most", lambda asked, before: popularity),
        Step(LAST, "the encoder reads the last utterance", said),
        Step("encoder_context", "the encoder reads all that was said", context),
        Step(STATE, "and the state: filters, traits, likeness to films liked", ranker("state")),
        Step("state_popularity", "and how known a film is", ranker("popularity")),
        Step("state_named", "and how often people name it", ranker("named")),
        Step(
            "state_sequential",
            "and SASRec with EASE's links after the films liked",
            ranker("sequential"),
        ),
    ]


def judge(
    file: Path,
    *,
    part: str = "all",
    users: Path | None = None,
    encoder: str = "small_encoder",
    n_reranked: int = 0,
    artifacts: Path | None = None,
) -> dict[str, Any]:
    """What the shipped files reach on a file of conversations, and with simulated seekers.

    Seekers look for the last film of each of `users`, after the films before it; without such a
    file for the films that the conversations recommend, with no history. The language model that
    `make llm` built re-ranks the first films of `n_reranked` turns, spread over the file.
    """
    artifacts = artifacts or paths.artifacts_dir()
    models = Models(artifacts, encoder=encoder)
    fitted = shipped.read(artifacts)
    found = conversations.read(file, models.program, part=part)
    if not found.n_asked:
        raise InputError(f"no turn of {file} recommends a film of the catalogue")
    asked = list(replayed(found.turns, models.program))
    models.prepare(one.wish["liked"] for one in asked if one.wish["liked"])
    found_by_model = _reranked(asked, models, fitted, n_reranked) if n_reranked else {}
    return {
        "part": part,
        "encoder": encoder,
        "conversations": found.n_dialogues,
        "turns": len(found.turns),
        "turns_asked": len(asked),
        "targets": found.n_targets,
        "targets_left_out": {
            "not_in_catalogue": found.n_not_in_catalogue,
            "named_before": found.n_named_before,
        },
        "targets_asked": found.n_asked,
        **measured(asked, steps(models, fitted)),
        **found_by_model,
        "seekers": seeking.judge(models, fitted, seeking.quests(models, users, asked)),
    }


def _reranked(
    asked: Sequence[Asked], models: Models, fitted: Fitted, n_turns: int
) -> dict[str, Any]:
    """What re-ranking by the language model adds to the last step, on some of the turns."""
    reranker = Reranker(models.catalogue)
    some = asked[:: max(1, len(asked) // n_turns)][:n_turns]
    chain = steps(models, fitted)
    for name, weight in RERANKED.items():
        about = "and the language model puts the first 20 in order"
        chain.append(Step(name, about, _of(reranker, weight)))
    # Each of them is built on the last step without it.
    rows = [measured(some, [*chain[: -len(RERANKED)], step])["steps"] for step in chain[-2:]]
    targets = sum(len(one.turn.targets) for one in some)
    return {
        "language_model": {
            "turns": len(some),
            "targets": targets,
            "steps": [rows[0][-2], *(row[-1] for row in rows)],
        }
    }


def _of(reranker: Reranker, weight: float) -> Score:
    return lambda asked, before: reranker.rescored(asked, before, weight=weight)


def measured(asked: Sequence[Asked], chain: Sequence[Step]) -> dict[str, Any]:
    """Each step's Recall, the difference to the one before, and the ratio that was asked for."""
    ranks = {step.name: list[int]() for step in chain}
    whose: list[str] = []
    for one in asked:
        scores = np.zeros(0, np.float32)
        for step in chain:
            scores = step.score(one, scores)
            ranks[step.name].extend(target_ranks(scores, one))
        whose.extend([one.turn.dialogue] * len(one.turn.targets))
    user = np.unique(whose, return_inverse=True)[1]
    hits = {
        name: {top: (np.array(of) <= top).astype(np.float64) for top in TOPS}
        for name, of in ranks.items()
    }
    rows: list[dict[str, Any]] = []
    for at, step in enumerate(chain):
        row: dict[str, Any] = {"step": step.name, "about": step.about}
        for top in TOPS:
            row[f"recall@{top}"] = with_interval(hits[step.name][top], user)
        if at > 0:
            before = hits[chain[at - 1].name]
            row["more_than_the_step_before"] = {
                f"recall@{top}": with_interval(hits[step.name][top] - before[top], user)
                for top in TOPS
            }
        rows.append(row)
    return {
        "steps": rows,
        "state_to_last_utterance": {"recall@10": _ratio(hits[STATE][10], hits[LAST][10], user)},
    }


def target_ranks(scores: Floats, asked: Asked) -> list[int]:
    """Each target's rank; a film sent away is behind all others."""
    seen = np.array(asked.turn.named, np.int32)
    exact = scores.astype(np.float64)
    return [
        metrics.rank_of(exact, target, seen) if np.isfinite(exact[target]) else len(exact)
        for target in asked.turn.targets
    ]


def with_interval(values: NDArray[np.float64], user: NDArray[np.int64]) -> list[float]:
    """Mean, and its 95 % interval over conversations."""
    low, high = metrics.bootstrap_interval(values, user=user)
    return [round(float(it), 4) for it in (values.mean(), low, high)]


def _ratio(
    ours: NDArray[np.float64], theirs: NDArray[np.float64], user: NDArray[np.int64]
) -> list[float]:
    """Ratio of the means, and its interval; the same conversations are drawn for both."""
    drawn = [metrics.resampled_means(values, user=user) for values in (ours, theirs)]
    low, high = np.quantile(drawn[0] / np.maximum(drawn[1], 1e-9), [0.025, 0.975])
    whole = ours.mean() / max(float(theirs.mean()), 1e-9)
    return [round(float(it), 2) for it in (whole, low, high)]
