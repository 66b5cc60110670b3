"""ItemKNN: cosine of who picked what, the nearest neighbours of each film only.

Deshpande and Karypis, "Item-Based Top-N Recommendation Algorithms", TOIS 2004, section 4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.families import counts
from pipeline.families.linear import Evidence, LinearModel, Query


@dataclass(frozen=True)
class Settings:
    n_neighbours: int = 20
    shrink: float = 20.0


def fit(evidence: Evidence, settings: Settings) -> LinearModel:
    """Shrunk cosines; all picks are asked alike."""
    n_together = counts.together(evidence.histories, evidence.n_items)
    norm = np.sqrt(np.diag(n_together))
    cosine = n_together / (np.outer(norm, norm) + settings.shrink + 1e-9)
    np.fill_diagonal(cosine, 0.0)
    n_kept = min(settings.n_neighbours, evidence.n_items - 1)
    least = -np.partition(-cosine, n_kept - 1, axis=1)[:, n_kept - 1 : n_kept]
    cosine[cosine < least] = 0.0
    return LinearModel(cosine.astype(np.float32), Query(), evidence.popularity_scores())
