"""What several families reach together: rank fusion, tried on validation.

`score(j) = Σ weight · (constant + 1) / (constant + place of j)` over the members. Cormack, Clarke
and Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods",
SIGIR 2009; points are scaled so that a first place gives 1. No member has learned from those asked.

Counting families are fitted anew on what is learned from for choice and cut to the size they ship
in; a network takes part if its run for choice is in the work folder (`python -m pipeline train
--family NAME`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline import paths
from pipeline.data.split import Cases, load_product
from pipeline.evaluate import metrics
from pipeline.evaluate.metrics import ScoreBatch
from pipeline.families.blend import places, points

CHECKPOINTS = {
    "sasrec_ease": "sasrec_ease-choice/linked.pt",
    "sasrec": "sasrec-choice/best.pt",
    "gru4rec": "gru4rec-choice/best.pt",
    "bert4rec": "bert4rec-choice/best.pt",
    "sasrec_text": "sasrec_text-choice/linked.pt",
    "blend_student": "blend_student-choice/linked.pt",
}
COUNTED = ("markov_multilag", "ease", "ease_recency")
CONSTANTS = (10.0, 20.0, 60.0)
WEIGHTS = (0.3, 0.5, 1.0, 2.0)
BATCH = 256

Places = NDArray[np.uint16]


@dataclass(frozen=True)
class Tried:
    """One blend and what it reached on validation."""

    setting: str
    ndcg: float
    hit_rate: float
    ahead: tuple[float, float, float]
    """Of its best member: mean NDCG@10, low, high, paired over users."""

    def __str__(self) -> str:
        mean, low, high = self.ahead
        return (
            f"{self.ndcg:.4f} {self.hit_rate:.4f}  ahead by {mean:+.4f} ({low:+.4f} to {high:+.4f})"
            f"  {self.setting}"
        )


def tried(path: Path) -> Iterator[Tried]:
    """Every member alone, then pairs in several weights, then threes."""
    from pipeline.families import counting

    product = load_product()
    cases = product.valid_last_ten
    settings = counting.read_config(path)
    evidence = counting.product_evidence(product.for_choice)
    placed: dict[str, Places] = {}
    for fitted in counting.fit_all(evidence, settings, only=COUNTED):
        placed[fitted.name] = places_of(fitted.shipped.score, cases)
    for name, file in CHECKPOINTS.items():
        if (checkpoint := paths.work_dir() / file).exists():
            from pipeline.training import runs
            from pipeline.training.next_item import load

            placed[name] = places_of(runs.score_with(load(checkpoint)), cases)
    yield from blends(placed, cases)


def blends(placed: Mapping[str, Places], cases: Cases) -> Iterator[Tried]:
    """The same over known places."""
    alone = {name: _gains(place, cases) for name, place in placed.items()}
    for name, gain in alone.items():
        yield Tried(f"{name} alone", float(gain.mean()), _hits(placed[name], cases), (0, 0, 0))
    for n_members in (2, 3):
        for members in combinations(placed, n_members):
            best = max((alone[name] for name in members), key=lambda gain: float(gain.mean()))
            for constant in CONSTANTS:
                for last in WEIGHTS if n_members == 2 else (1.0,):
                    weights = (*[1.0] * (n_members - 1), last)
                    place = _blended(placed, members, weights, constant, cases)
                    gain = _gains(place, cases)
                    setting = f"{' + '.join(members)}, weights {weights}, constant {constant:g}"
                    ahead = metrics.paired_difference(gain, best, user=cases.user)
                    yield Tried(setting, float(gain.mean()), _hits(place, cases), ahead)


def places_of(score: ScoreBatch, cases: Cases) -> Places:
    """A member's place of every item for every question, (n_questions, n_items)."""
    parts = [
        places(score(cases.histories[at : at + BATCH]), cases.histories[at : at + BATCH])
        for at in range(0, len(cases), BATCH)
    ]
    return np.concatenate(parts).astype(np.uint16)


def _blended(
    placed: Mapping[str, Places],
    members: tuple[str, ...],
    weights: tuple[float, ...],
    constant: float,
    cases: Cases,
) -> Places:
    parts: list[NDArray[np.int64]] = []
    for at in range(0, len(cases), BATCH):
        scores = np.sum(
            [
                weight * points(placed[name][at : at + BATCH].astype(np.int64), constant)
                for name, weight in zip(members, weights, strict=True)
            ],
            axis=0,
        )
        parts.append(places(scores, cases.histories[at : at + BATCH]))
    return np.concatenate(parts).astype(np.uint16)


def _gains(place: Places, cases: Cases) -> NDArray[np.float64]:
    return metrics.gains(_ranks(place, cases), k=10)


def _hits(place: Places, cases: Cases) -> float:
    return float((_ranks(place, cases) <= 10).mean())


def _ranks(place: Places, cases: Cases) -> NDArray[np.int64]:
    return place[np.arange(len(cases)), cases.targets].astype(np.int64)
