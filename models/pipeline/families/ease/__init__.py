"""EASE: the linear item-to-item model with a closed form, in two ways of asking.

`ease` asks all picks alike; `ease_recency` asks the same table with newer picks counting more.
Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019, section 3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.linalg
from numpy.typing import NDArray

from pipeline.families import counts
from pipeline.families.linear import Evidence, LinearModel, Query, fading

SET_PENALTY = 600.0
"""What table C's validation likes best."""


@dataclass(frozen=True)
class Settings:
    penalty: float = 300.0
    n_last: int = 20
    decay: float = 0.8
    rest: float = 0.0
    """What each pick counts beside its fading weight, however old it is."""
    popularity_weight: float = 0.0
    current_only: bool = False
    """Whether histories that ended long before the others are left out."""


def fit(evidence: Evidence, settings: Settings) -> LinearModel:
    """Asked in the plain way; see `with_recency` for the other."""
    histories = evidence.current_histories if settings.current_only else evidence.histories
    table = ease_weights(counts.together(histories, evidence.n_items), settings.penalty)
    return LinearModel(table, Query(), evidence.popularity_scores())


def with_recency(model: LinearModel, settings: Settings) -> LinearModel:
    """The same table, asked with newer picks counting more."""
    query = fading(
        settings.decay,
        settings.n_last,
        rest=settings.rest,
        popularity_weight=settings.popularity_weight,
    )
    return LinearModel(model.weights, query, model.popularity)


def ease_weights(n_together: NDArray[np.float32], penalty: float) -> NDArray[np.float32]:
    """B = I - P / diag(P) with P = (G + penalty·I)^-1, from co-occurrences G."""
    gram = n_together.astype(np.float64)
    gram[np.diag_indices_from(gram)] += penalty
    # Column-major, lower triangle, in place: half the work of a general inverse.
    factor, info = scipy.linalg.lapack.dpotrf(gram.T, lower=1, overwrite_a=1)
    if info == 0:
        inverse, info = scipy.linalg.lapack.dpotri(factor, lower=1, overwrite_c=1)
    if info != 0:
        raise ArithmeticError("the co-occurrences could not be inverted; is the penalty positive?")
    inverse = np.tril(inverse) + np.tril(inverse, -1).T
    weights = -inverse / np.diag(inverse)[None, :]
    np.fill_diagonal(weights, 0.0)
    return np.asarray(weights, np.float32)
