"""What a family's lists do beside being right, over all users and by how active they are.

- *Popularity lift* (Abdollahpouri et al. 2019, "The Unfairness of Popularity Bias in
  Recommendation", the relative change of GAP): by how much the films of the lists are more popular
  than those of the histories, both as means over users of means over films. 0 is no change, 1 is
  twice as popular.
- *Novelty* (Vargas and Castells 2011, "Rank and Relevance in Novelty and Diversity Metrics"): mean
  of -log2 of a film's popularity, in bits.
- *Coverage* (Ge et al. 2010, "Beyond Accuracy"): the share of the catalogue that is in any list.
- *Gini* (Fleder and Hosanagar 2009, "Blockbuster Culture's Next Rise or Fall"): how unequally
  the places of all lists are shared among all films, 0 for equally, 1 for one film in every place.
  Coverage and Gini depend on how many lists there are: compare families, not groups of users.
- *Miscalibration* (Steck 2018, "Calibrated Recommendations"): Kullback-Leibler divergence, in
  nats, from the genres of a history to those of its list, smoothed by 0.01 of the former.
- *Diversity* (Ziegler et al. 2005, as one minus intra-list similarity): mean distance of two films
  of a list, one minus the share of their genres that both have.

A film's popularity is the share of training histories that hold it; one that none holds counts as
half a history. A film's weight is split evenly among its genres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.data.split import Cases, Rows
from pipeline.evaluate import metrics
from pipeline.evaluate.metrics import ScoreBatch

Floats = NDArray[np.float64]
Row = dict[str, Any]
TOP = 10
GROUPS = ("least active", "middle", "most active")
MEASURES = ("popularity_lift", "novelty", "coverage", "gini", "miscalibration", "diversity")
SMOOTHING = 0.01


@dataclass(frozen=True)
class Films:
    """What is known of the films that lists are made of."""

    popularity: Floats
    """Share of training histories that hold each film, more than 0."""  # (n_items,)
    genres: NDArray[np.bool_]
    """Which genres each film has."""  # (n_items, n_genres)


def films(histories: Sequence[Rows], genres: Sequence[Sequence[int]], n_genres: int) -> Films:
    """Popularity counted over `histories`, each with a film at most once, and genres by film."""
    return films_counted(holding(histories, len(genres)), len(histories), genres, n_genres)


def holding(histories: Sequence[Rows], n_items: int) -> NDArray[np.int64]:
    """How many of `histories` hold each film."""  # (n_items,)
    flat = np.concatenate(histories) if histories else np.zeros(0, np.int32)
    return np.bincount(flat, minlength=n_items)


def films_counted(
    n_holding: NDArray[np.int64], n_histories: int, genres: Sequence[Sequence[int]], n_genres: int
) -> Films:
    """As `films`, of histories that were counted before."""
    has = np.zeros((len(genres), n_genres), bool)
    for row, of_film in enumerate(genres):
        has[row, list(of_film)] = True
    return Films(np.maximum(n_holding.astype(np.float64), 0.5) / max(n_histories, 1), has)


@dataclass(frozen=True)
class Answers:
    """What a family answered to the questions of `Cases`."""

    ranks: NDArray[np.int64]
    """Of each question's target."""
    lists: list[Rows]
    """The best unseen films after the history of each user's last question, best first."""


def answers(score: ScoreBatch, cases: Cases, *, top: int = TOP, batch: int = 256) -> Answers:
    """Asks every question once."""
    ranks = np.zeros(len(cases), np.int64)
    lists: list[Rows] = []
    for start in range(0, len(cases), batch):
        histories = cases.histories[start : start + batch]
        for k, row in enumerate(np.array(score(histories), np.float64), start):
            history = cases.histories[k]
            ranks[k] = metrics.rank_of(row, int(cases.targets[k]), history)
            if cases.is_last[k]:
                row[history] = -np.inf
                lists.append(np.argsort(-row, kind="stable")[:top].astype(np.int32))
    return Answers(ranks, lists)


def measured(answered: Answers, cases: Cases, of: Films) -> Row:
    """All measures, over everybody and by thirds of activity."""
    third = _thirds([len(history) for history in _last(cases)])
    number = {int(user): k for k, user in enumerate(cases.user[cases.is_last])}
    # A user whose last event cannot be asked for has no list, and is in no group.
    of_question = np.array([number.get(int(user), -1) for user in cases.user])
    group_of = np.where(of_question < 0, -1, third[of_question])
    row: Row = {"all": _measures(answered.lists, _last(cases), of)}
    row["groups"] = []
    for group, name in enumerate(GROUPS):
        inside, asked = np.flatnonzero(third == group), group_of == group
        histories = [_last(cases)[k] for k in inside]
        found = _measures([answered.lists[k] for k in inside], histories, of)
        gain, user = metrics.gains(answered.ranks[asked], k=10), cases.user[asked]
        low, high = metrics.bootstrap_interval(gain, user=user)
        lengths = [len(history) for history in histories]
        row["groups"].append(
            {
                "group": name,
                "n_users": len(inside),
                "shortest": min(lengths),
                "longest": max(lengths),
                "ndcg@10": round(float(gain.mean()), 5),
                "ndcg@10_low": round(low, 5),
                "ndcg@10_high": round(high, 5),
                **found,
            }
        )
    return row


def _last(cases: Cases) -> list[Rows]:
    """The histories of each user's last question."""
    return [
        history for history, is_last in zip(cases.histories, cases.is_last, strict=True) if is_last
    ]


def _thirds(lengths: Sequence[int]) -> NDArray[np.int64]:
    """0 for the third of users with the shortest histories; ties go by their order."""
    found = np.empty(len(lengths), np.int64)
    found[np.argsort(lengths, kind="stable")] = np.arange(len(lengths)) * 3 // max(len(lengths), 1)
    return found


def _measures(lists: Sequence[Rows], histories: Sequence[Rows], of: Films) -> Row:
    liked = np.mean([of.popularity[history].mean() for history in histories])
    shown = np.mean([of.popularity[rows].mean() for rows in lists])
    found = {
        "popularity_lift": shown / liked - 1,
        "novelty": np.mean([-np.log2(of.popularity[rows]).mean() for rows in lists]),
        **spread(lists, len(of.popularity)),
        "miscalibration": np.mean(
            [miscalibration(h, rows, of.genres) for h, rows in zip(histories, lists, strict=True)]
        ),
        "diversity": np.mean([diversity(rows, of.genres) for rows in lists]),
    }
    return {name: round(float(found[name]), 5) for name in MEASURES}


def spread(lists: Sequence[Rows], n_items: int) -> dict[str, float]:
    """Coverage and Gini of the places of `lists` among `n_items` films."""
    places = np.sort(np.bincount(np.concatenate(lists), minlength=n_items).astype(np.float64))
    rank = np.arange(1, n_items + 1)
    gini = ((2 * rank - n_items - 1) * places).sum() / (n_items * places.sum())
    return {"coverage": float((places > 0).mean()), "gini": float(gini)}


def miscalibration(history: Rows, rows: Rows, genres: NDArray[np.bool_]) -> float:
    """0 where a list has the genres of its history, in their shares."""
    p, q = _shares(history, genres), _shares(rows, genres)
    mixed = (1 - SMOOTHING) * q + SMOOTHING * p
    has = p > 0
    return float((p[has] * np.log(p[has] / mixed[has])).sum())


def _shares(rows: Rows, genres: NDArray[np.bool_]) -> Floats:
    """Each genre's share of `rows`; films without a genre say nothing."""  # (n_genres,)
    of_rows = genres[rows].astype(np.float64)
    n_genres = of_rows.sum(1, keepdims=True)
    total = np.divide(of_rows, n_genres, out=np.zeros_like(of_rows), where=n_genres > 0).sum(0)
    shares: Floats = total / max(total.sum(), 1e-12)
    return shares


def diversity(rows: Rows, genres: NDArray[np.bool_]) -> float:
    """Mean distance of two films of a list, 0 for the same genres and 1 for none in common."""
    if len(rows) < 2:
        return 0.0
    of_rows = genres[rows].astype(np.float64)
    shared = of_rows @ of_rows.T
    n_genres = of_rows.sum(1)
    either = n_genres[:, None] + n_genres[None, :] - shared
    alike = np.divide(shared, either, out=np.ones_like(shared), where=either > 0)
    pairs = np.triu_indices(len(rows), 1)
    return float((1 - alike[pairs]).mean())


def markdown(found: dict[str, Row]) -> str:
    """Both tables: everybody, and by how active they are."""
    some = next(iter(found.values()))
    head = ["family", *(measure.replace("_", " ") for measure in MEASURES)]
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    for family, row in found.items():
        cells = [f"{row['all'][measure]:.3f}" for measure in MEASURES]
        lines.append(f"| `{family}` | " + " | ".join(cells) + " |")
    groups = [
        f"{group['group']}, {group['shortest']} to {group['longest']} films"
        for group in some["groups"]
    ]
    head = ["family", *(f"NDCG@10, {it}" for it in groups), *(f"lift, {it}" for it in GROUPS)]
    lines += ["", "| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    for family, row in found.items():
        cells = [
            f"{it['ndcg@10']:.3f} ({it['ndcg@10_low']:.3f}–{it['ndcg@10_high']:.3f})"
            for it in row["groups"]
        ]
        cells += [f"{it['popularity_lift']:+.2f}" for it in row["groups"]]
        lines.append(f"| `{family}` | " + " | ".join(cells) + " |")
    return "\n".join([_HEAD, "", *lines])


_HEAD = f"""### Beside being right: table B's lists, and whom they serve

Printed by `python -m pipeline beyond-accuracy`, over the first {TOP} films after the history of
each test user's last question; `pipeline/evaluate/beyond_accuracy.py` defines the measures and
names their sources. The thirds are of users, by the length of their history; NDCG@10 is over their
last ten events, with 95 % bootstrap intervals over users."""
