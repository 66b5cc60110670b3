"""Markov-1: what came right after the last pick. Learns from ordered histories alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.families import counts
from pipeline.families.linear import Evidence, LinearModel, Query


@dataclass(frozen=True)
class Settings:
    popularity_weight: float = 0.005
    """Breaks ties, and answers where a pick was followed by little."""


def fit(evidence: Evidence, settings: Settings) -> LinearModel:
    """Share of j among what followed i; only the newest pick is asked."""
    n_after = counts.followed(evidence.sequences, evidence.n_items, lag=1).toarray()
    weights = n_after / np.maximum(n_after.sum(axis=1, keepdims=True), 1.0)
    query = Query((1.0,), 0.0, settings.popularity_weight)
    return LinearModel(weights.astype(np.float32), query, evidence.popularity_scores())
