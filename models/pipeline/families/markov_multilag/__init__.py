"""Multi-lag Markov: what came one to `n_lags` picks later, asked of the last `n_last` picks.

Learns from ordered histories alone. One table holds all lags, nearer ones counting more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.families import counts
from pipeline.families.linear import Evidence, LinearModel, fading


@dataclass(frozen=True)
class Settings:
    n_lags: int = 20
    lag_decay: float = 0.8
    row_power: float = 0.5
    """How far a pick's row is divided by what it adds up to: 0 not at all, 1 wholly."""
    popularity_power: float = 0.25
    """How far a film's column is divided by how often the film is picked."""
    n_last: int = 20
    decay: float = 0.7
    popularity_weight: float = 0.0


def fit(evidence: Evidence, settings: Settings) -> LinearModel:
    """Decayed counts over lags, damped for popular picks and popular answers."""
    n_items = evidence.n_items
    total = np.zeros((n_items, n_items), np.float32)
    for lag in range(1, settings.n_lags + 1):
        found = counts.followed(evidence.sequences, n_items, lag=lag)
        total += settings.lag_decay ** (lag - 1) * found.toarray()
    picked = evidence.n_picked(ordered_only=True)
    total /= (total.sum(axis=1, keepdims=True) + 1.0) ** settings.row_power
    total /= np.maximum(picked, 1).astype(np.float32) ** settings.popularity_power
    total /= max(float(total.max()), 1e-9)
    query = fading(settings.decay, settings.n_last, popularity_weight=settings.popularity_weight)
    return LinearModel(total, query, evidence.popularity_scores())
