"""Metrics under one set of rules: every item ranked, seen ones filtered, ties against the model.

`ranx` and `torchmetrics` leave ties to the order of sorting.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from pipeline.data.split import Cases, Rows, SetCases

Scores = NDArray[np.floating]
ScoreBatch = Callable[[list[Rows]], Scores]
"""Histories to scores of every item, (batch, n_items)."""

BATCH = 256
N_RESAMPLES = 1000


def target_ranks(score: ScoreBatch, cases: Cases, *, batch: int = BATCH) -> NDArray[np.int64]:
    """Each target's rank: how many unseen items score at least as high, itself among them."""
    ranks = np.zeros(len(cases), np.int64)
    for start in range(0, len(cases), batch):
        histories = cases.histories[start : start + batch]
        scores = np.array(score(histories), np.float64)  # (batch, n_items)
        for k, (history, row) in enumerate(zip(histories, scores, strict=True)):
            ranks[start + k] = rank_of(row, int(cases.targets[start + k]), history)
    return ranks


def rank_of(scores: NDArray[np.float64], target: int, seen: Rows) -> int:
    """1 is best. A score that is not a number helps nobody: it ranks above the target."""
    wanted = scores[target]
    if np.isnan(wanted):
        return len(scores)
    above = ~(scores < wanted)
    above[seen] = False
    above[target] = True
    return int(np.count_nonzero(above))


def gains(ranks: NDArray[np.int64], *, k: int) -> NDArray[np.float64]:
    """Each user's NDCG@k with one target."""
    return np.where(ranks <= k, 1.0 / np.log2(ranks + 1.0), 0.0)


def reached(score: ScoreBatch, cases: Cases) -> dict[str, Any]:
    """What a model reaches on questions of which one user may have several.

    Where they have, `last` beside it is what it reaches on each user's last event alone.
    """
    return reached_by(target_ranks(score, cases), cases)


def reached_by(ranks: NDArray[np.int64], cases: Cases) -> dict[str, Any]:
    """As `reached`, of targets whose ranks are known."""
    found: dict[str, Any] = sequence_metrics(ranks, user=cases.user)
    if cases.is_last.any() and not cases.is_last.all():
        found["last"] = sequence_metrics(ranks[cases.is_last])
    return found


def sequence_metrics(
    ranks: NDArray[np.int64], *, user: NDArray[np.int64] | None = None, seed: int = 0
) -> dict[str, float]:
    """The metrics of tables A and B, with a bootstrap interval over users for the headline.

    `user` says whose each question is, where one has several; each question counts alike.
    """
    gain = gains(ranks, k=10)
    low, high = bootstrap_interval(gain, user=user, seed=seed)
    return {
        "ndcg@10": float(gain.mean()),
        "ndcg@10_low": low,
        "ndcg@10_high": high,
        "hr@10": float((ranks <= 10).mean()),
        "ndcg@20": float(gains(ranks, k=20).mean()),
        "hr@20": float((ranks <= 20).mean()),
        "mrr": float((1.0 / ranks).mean()),
        "n_users": len(ranks) if user is None else len(np.unique(user)),
        "n_questions": len(ranks),
    }


def bootstrap_interval(
    values: NDArray[np.float64], *, user: NDArray[np.int64] | None = None, seed: int = 0
) -> tuple[float, float]:
    """95 % interval of the mean over resampled users.

    The same seed draws the same users for every model, so differences of two models' means
    over these draws are paired. `user` says whose each value is, where one has several.
    """
    means = resampled_means(values, user=user, seed=seed)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def resampled_means(
    values: NDArray[np.float64], *, user: NDArray[np.int64] | None = None, seed: int = 0
) -> NDArray[np.float64]:
    """Means over users drawn with replacement, each with all their values."""  # (N_RESAMPLES,)
    number = np.arange(len(values)) if user is None else np.unique(user, return_inverse=True)[1]
    total, n_values = np.bincount(number, weights=values), np.bincount(number)
    draw = np.random.default_rng(seed)
    drawn = (draw.integers(0, len(total), len(total)) for _ in range(N_RESAMPLES))
    return np.array([total[users].sum() / n_values[users].sum() for users in drawn])


def paired_difference(
    ours: NDArray[np.float64],
    theirs: NDArray[np.float64],
    *,
    user: NDArray[np.int64] | None = None,
    seed: int = 0,
) -> tuple[float, float, float]:
    """Mean difference per question and its 95 % interval, over the same drawn users."""
    low, high = bootstrap_interval(ours - theirs, user=user, seed=seed)
    return float((ours - theirs).mean()), low, high


def set_metrics(
    score: ScoreBatch, cases: SetCases, *, batch: int = BATCH, seed: int = 0
) -> dict[str, float]:
    """The metrics of table C. Ties count against the model here too."""
    ranks = _set_ranks(score, cases, batch=batch)
    ndcg100 = _set_gains(ranks)
    low, high = bootstrap_interval(ndcg100, seed=seed)
    recall = {k: [float((it <= k).sum()) / min(k, len(it)) for it in ranks] for k in (20, 50)}
    return {
        "recall@20": float(np.mean(recall[20])),
        "recall@50": float(np.mean(recall[50])),
        "ndcg@100": float(ndcg100.mean()),
        "ndcg@100_low": low,
        "ndcg@100_high": high,
        "n_users": len(cases),
    }


def set_gains(score: ScoreBatch, cases: SetCases) -> NDArray[np.float64]:
    """Each user's NDCG@100."""  # (n_users,)
    return _set_gains(_set_ranks(score, cases, batch=BATCH))


def _set_ranks(score: ScoreBatch, cases: SetCases, *, batch: int) -> list[NDArray[np.int64]]:
    """Ranks of each user's answers."""
    ranks: list[NDArray[np.int64]] = []
    for start in range(0, len(cases), batch):
        shown = cases.shown[start : start + batch]
        scores = np.array(score(shown), np.float64)
        asked = cases.asked[start : start + batch]
        ranks += [answer_ranks(*case) for case in zip(scores, asked, shown, strict=True)]
    return ranks


def _set_gains(ranks: list[NDArray[np.int64]]) -> NDArray[np.float64]:
    discount = 1.0 / np.log2(np.arange(2, 102))
    best = np.cumsum(discount)
    found = [discount[it[it <= 100] - 1].sum() / best[min(100, len(it)) - 1] for it in ranks]
    return np.array(found, np.float64)


def answer_ranks(scores: NDArray[np.float64], asked: Rows, seen: Rows) -> NDArray[np.int64]:
    """Ranks of several answers in one list; items that tie with an answer rank above it."""
    scores = np.nan_to_num(scores, nan=np.inf)
    is_answer = np.zeros(len(scores), bool)
    is_answer[asked] = True
    open_items = np.ones(len(scores), bool)
    open_items[seen] = False
    others = np.sort(scores[open_items & ~is_answer])
    answers = np.sort(scores[asked])[::-1]
    n_above = len(others) - np.searchsorted(others, answers, side="left")
    return cast("NDArray[np.int64]", n_above + np.arange(1, len(answers) + 1))


def last_picks(histories: Sequence[Rows], longest: int) -> list[Rows]:
    return [history[-longest:] for history in histories]
