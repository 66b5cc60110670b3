"""Which modality helps whom: the network with modalities switched off, and films it has not met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.data.split import Cases
from pipeline.evaluate import by_modality, metrics, results
from pipeline.evaluate.by_modality import Ranks, Row
from pipeline.evaluate.by_popularity import PARTS, thirds_of_events, thirds_of_films
from pipeline.evaluate.metrics import ScoreBatch
from pipeline.families.multimodal.model import SHIPPED, Multimodal, switched
from pipeline.families.multimodal.train import Content, Runs, chosen, fold_of
from pipeline.training import runs

ALL = "all four"
SWITCHES: Mapping[str, tuple[str, ...]] = {
    ALL: SHIPPED,
    **{f"without {off}": tuple(n for n in SHIPPED if n != off) for off in SHIPPED},
    "with style": (*SHIPPED, "style"),
}
TEXT_ONLY = "text"
KNOWN_BY: Mapping[str, tuple[str, ...]] = {
    TEXT_ONLY: ("text",),
    "sound": ("sound",),
    "look": ("look",),
    "style": ("style",),
    "sound, look": ("sound", "look"),
    "text, sound": ("text", "sound"),
    "text, look": ("text", "look"),
    "text, style": ("text", "style"),
    "text, sound, look": ("text", "sound", "look"),
    "text, sound, look, style": ("text", "sound", "look", "style"),
}
"""What cold films are known by."""


def study(path: Path, *, folds: Sequence[int]) -> dict[str, list[Row]]:
    """Asks validation and test of both questions, trains what is missing, and records it."""
    every = Runs.read(path)
    split = every.split
    rows: dict[str, list[Row]] = {"switches": [], "cold": []}
    sets = {"validation, last ten": split.valid_last_ten, "test, last ten": split.test_last_ten}
    for (questions, cases), kind in zip(sets.items(), ("choice", "shipping"), strict=True):
        model, _ = every.trained(kind)
        training = split.for_choice if kind == "choice" else split.for_shipping
        rows["switches"] += of_switches(
            model, cases, training.popularity, every.content, questions=questions
        )
    nets = {fold: every.trained("choice", without=fold)[0] for fold in folds}
    fold_of_film = fold_of(split.movie_ids)
    for questions, cases in sets.items():
        rows["cold"] += of_cold(nets, cases, fold_of_film, every.content, questions=questions)
    results.record_modalities(rows)
    return rows


def all_known(content: Content) -> NDArray[np.bool_]:
    """Films that have every modality that ships."""  # (n_items,)
    found: NDArray[np.bool_] = np.all([content.is_known[n] for n in ("text", "sound", "look")], 0)
    return found


def of_switches(
    model: Multimodal,
    cases: Cases,
    counts: NDArray[np.int64],
    content: Content,
    *,
    questions: str,
) -> list[Row]:
    """By popularity of the answer, and of answers with all modalities."""
    ranks: dict[str, Ranks] = {}
    for variant, on in SWITCHES.items():
        switched(model, on)
        ranks[variant] = metrics.target_ranks(runs.score_with(model), cases)
    switched(model, SHIPPED)
    has_all = all_known(content)
    films = {"all": np.ones(len(counts), bool), "with all modalities": has_all}
    films["without a trailer"] = ~has_all
    for cut, thirds in (("films", thirds_of_films), ("events", thirds_of_events)):
        third = thirds(counts)
        films |= {f"{name} third of the {cut}": third == k for k, name in enumerate(PARTS)}
    rows: list[Row] = []
    for name, is_asked in films.items():
        about = {"questions": questions, "films": name, "n_films": int(is_asked.sum())}
        inside = is_asked[cases.targets]
        rows += by_modality.asked(ranks, cases.user, inside, reference=ALL, about=about)
    return rows


def of_cold(
    nets: Mapping[int, Multimodal],
    cases: Cases,
    fold_of_film: NDArray[np.int64],
    content: Content,
    *,
    questions: str,
) -> list[Row]:
    """Each network asked for the films it has not met, its questions put together."""
    parts: dict[str, dict[str, list[Ranks]]] = {
        among: {variant: [] for variant in KNOWN_BY} for among in ("all films", "cold films")
    }
    targets: list[NDArray[np.int32]] = []
    users: list[NDArray[np.int64]] = []
    for fold, model in nets.items():
        is_cold = fold_of_film == fold
        asked = chosen(cases, is_cold[cases.targets])
        targets.append(asked.targets)
        users.append(asked.user)
        for variant, known_by in KNOWN_BY.items():
            switched(model, (*known_by, "behaviour"))
            score = runs.score_with(model)
            found = metrics.target_ranks(score, asked)
            parts["all films"][variant].append(found)
            found = metrics.target_ranks(_among(score, is_cold), asked)
            parts["cold films"][variant].append(found)
        switched(model, SHIPPED)
    if not targets:
        return []
    of_all = all_known(content)[np.concatenate(targets)]
    user = np.concatenate(users)
    rows: list[Row] = []
    for among, of_variants in parts.items():
        ranks = {variant: np.concatenate(found) for variant, found in of_variants.items()}
        for name, inside in (("cold", np.ones(len(user), bool)), ("cold, with a trailer", of_all)):
            about = {
                "questions": questions,
                "films": f"{name}, among {among}",
                "folds": list(nets),
            }
            rows += by_modality.asked(ranks, user, inside, reference=TEXT_ONLY, about=about)
    return rows


def _among(score: ScoreBatch, is_in: NDArray[np.bool_]) -> ScoreBatch:
    """The same scores, where only the films of `is_in` are ranked."""

    def scored(histories: list[NDArray[np.int32]]) -> NDArray[np.floating]:
        return np.where(is_in, score(histories), -np.inf)

    return scored
