"""The one sum that every counting family is, and how it is scored.

`score(j) = popularity_weight · popularity(j) + Σ_age w(age) · weight[i → j]` over the picks i.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.data.split import Cases
from pipeline.ship.table import ItemTable, popularity_scores

Rows = NDArray[np.int32]
MAX_HISTORY = 500


@dataclass(frozen=True)
class Evidence:
    """What a counting family learns from."""

    n_items: int
    sequences: list[Rows]
    """Ordered histories."""
    sets: list[Rows]
    """Histories without an order."""
    n_current: int | None = None
    """The first so many sequences are of later years; the others ended long before. None: all."""

    @property
    def histories(self) -> list[Rows]:
        return [*self.sequences, *self.sets]

    @property
    def current_histories(self) -> list[Rows]:
        """Those of later years, ordered or not."""
        return [*self.sequences[: self.n_current], *self.sets]

    def n_picked(self, *, ordered_only: bool = False) -> NDArray[np.int64]:
        """Events per item."""  # (n_items,)
        histories = self.sequences if ordered_only else self.histories
        picked = np.concatenate(histories) if histories else np.zeros(0, np.int32)
        return np.bincount(picked, minlength=self.n_items)

    def popularity_scores(self) -> NDArray[np.float32]:
        """How often each item was picked, as the shipped file tells it."""
        return popularity_scores(self.n_picked())


@dataclass(frozen=True)
class Query:
    """How much each pick counts by its age, 0 the newest, and popularity beside them."""

    age_weights: tuple[float, ...] = (1.0,)
    rest_weight: float = 1.0
    popularity_weight: float = 0.0
    max_history: int = MAX_HISTORY

    def weights(self, n_picks: int) -> NDArray[np.float64]:
        """Weight of each of the last `n_picks` picks, oldest first."""
        head = np.array(self.age_weights[:n_picks])
        return np.concatenate([head, np.full(n_picks - len(head), self.rest_weight)])[::-1]

    def entry(self) -> dict[str, Any]:
        """The fields of a manifest entry."""
        return {
            "age_weights": list(self.age_weights),
            "rest_weight": self.rest_weight,
            "popularity_weight": self.popularity_weight,
            "max_history": self.max_history,
        }


@dataclass(frozen=True)
class Rated:
    """A sum asked with ratings: what the reader rated higher than usual counts more."""

    n_last: int = 20
    decay: float = 0.8
    rest: float = 0.05
    slope: float = 1.0
    """What a star above the reader's own mean adds to a pick's weight, as a share of it."""
    floor: float = 0.0
    """The least share; below 0 a disliked film speaks against those that go with it."""

    def weights(self, ratings: NDArray[np.float32]) -> NDArray[np.float64]:
        """Weight of each pick of a history, oldest first."""
        by_age = fading(self.decay, self.n_last, rest=self.rest).weights(len(ratings))
        share = np.maximum(1 + self.slope * (ratings - ratings.mean()), self.floor)
        weights: NDArray[np.float64] = by_age * share
        return weights

    def ranks(self, model: LinearModel | ShippedModel, cases: Cases) -> NDArray[np.int64]:
        """Each target's rank where `model` is asked so; `cases` has ratings."""
        from pipeline.evaluate import metrics

        assert cases.ratings is not None
        found = np.zeros(len(cases), np.int64)
        for k, (history, ratings) in enumerate(zip(cases.histories, cases.ratings, strict=True)):
            recent = history[-model.query.max_history :]
            weight = self.weights(ratings)[-len(recent) :]
            scores = model.weighted(recent, weight)
            found[k] = metrics.rank_of(scores, int(cases.targets[k]), history)
        return found


def fading(
    decay: float, n_last: int, *, rest: float = 0.0, popularity_weight: float = 0.0
) -> Query:
    """decay^age + rest over the last `n_last` picks, and `rest` for each older one."""
    ages = tuple(round(decay**age + rest, 6) for age in range(n_last))
    return Query(ages, rest, popularity_weight)


@dataclass(frozen=True)
class LinearModel:
    """A fitted family before it is packed: exact weights."""

    weights: NDArray[np.float32] | None  # (n_items, n_items)
    query: Query
    popularity: NDArray[np.float32]  # (n_items,), in [0, 1]

    def score(self, histories: Sequence[Rows]) -> NDArray[np.float64]:
        """Scores of every item, (batch, n_items)."""
        recent = [history[-self.query.max_history :] for history in histories]
        return np.stack([self.weighted(rows, self.query.weights(len(rows))) for rows in recent])

    def weighted(self, picks: Rows, weight: NDArray[np.float64]) -> NDArray[np.float64]:
        """Scores of every item where each of `picks` counts its `weight`."""  # (n_items,)
        scores: NDArray[np.float64] = self.query.popularity_weight * self.popularity.astype(
            np.float64
        )
        if self.weights is not None:
            used = np.flatnonzero(weight)
            scores += weight[used] @ self.weights[picks[used]]
        return scores


@dataclass(frozen=True)
class ShippedModel:
    """A family as the site runs it: a packed table, numpy alone."""

    table: ItemTable | None
    query: Query
    popularity: NDArray[np.float32]

    def score(self, histories: Sequence[Rows]) -> NDArray[np.float64]:
        """Scores of every item, (batch, n_items)."""
        return np.stack([self._score_one(history) for history in histories])

    def _score_one(self, history: Rows) -> NDArray[np.float64]:
        recent = history[-self.query.max_history :]
        return self.weighted(recent, self.query.weights(len(recent)))

    def weighted(self, picks: Rows, weight: NDArray[np.float64]) -> NDArray[np.float64]:
        """Scores of every item where each of `picks` counts its `weight`."""  # (n_items,)
        scores: NDArray[np.float64] = self.query.popularity_weight * self.popularity.astype(
            np.float64
        )
        if self.table is None:
            return scores
        for item, share in zip(picks, weight, strict=True):
            if share:
                column, values = self.table.row(int(item))
                scores[column] += share * values
        return scores

    def attention(self, history: Rows) -> NDArray[np.floating] | None:
        """A sum looks nowhere."""
        del history
        return None

    def contributions(self, history: Rows, item: int) -> NDArray[np.floating] | None:
        """What each pick read adds to an item's score, oldest first."""
        recent = history[-self.query.max_history :]
        summands = np.zeros(len(recent))
        if self.table is None:
            return summands
        for k, (pick, weight) in enumerate(
            zip(recent, self.query.weights(len(recent)), strict=True)
        ):
            column, values = self.table.row(int(pick))
            summands[k] = weight * values[column == item].sum()
        return summands
