"""Which films fit a wish: filters by what the catalogue knows, then a sum of pieces of evidence."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.dialogue.films import Films, Mask
from pipeline.dialogue.manager import Wish

Floats = NDArray[np.float32]
KINDS = ("genre", "tag", "person")


@dataclass(frozen=True)
class Weights:
    """What each piece of evidence counts."""

    meaning: float = 0.0
    """Of the cosine of a film's text with the words searched."""
    likeness: float = 0.0
    """Of the mean cosine of a film's text with those of the films liked."""
    genre: float = 0.0
    """Of each wanted trait, by kind."""
    tag: float = 0.0
    person: float = 0.0
    popularity: float = 0.0
    """Of the logarithm of its ratings, from 0 to 1."""
    next: float = 0.0
    """Of one standard deviation of the sequential model's logits."""


PIECES = tuple(field.name for field in fields(Weights))


@dataclass(frozen=True)
class Evidence:
    """What else is known about every film for a wish, each (n_items,), or None if not asked for."""

    meaning: Floats | None = None
    likeness: Floats | None = None
    next: Floats | None = None
    """Logits after the films liked."""


def fitting(wish: Wish, films: Films) -> Mask:
    """Which films pass: years, unwanted traits, wanted genres and people."""  # (n_items,)
    mask = np.ones(films.n_items, np.bool_)
    mask[[*wish.liked, *wish.disliked, *wish.rejected]] = False
    first, last = wish.years.first, wish.years.last
    # A film of unknown year fits only where any year does.
    if first is not None or last is not None:
        mask &= films.year > 0
    if first is not None:
        mask &= films.year >= first
    if last is not None:
        mask &= films.year <= last
    for trait in wish.unwanted:
        mask &= ~films.has(trait)
    # A film with none of the genres, or none of the people, that were asked for is no answer.
    for kind in ("genre", "person"):
        if asked := [trait for trait in wish.wanted if trait.kind == kind]:
            mask &= np.any([films.has(trait) for trait in asked], axis=0)
    return mask


def pieces(wish: Wish, films: Films, evidence: Evidence) -> Floats:
    """What the weights are multiplied with."""  # (n_items, n_pieces)
    nothing = np.zeros(films.n_items, np.float32)

    def known(numbers: Floats | None) -> Floats:
        return nothing if numbers is None else numbers

    def n_of(kind: str) -> Floats:
        masks = [films.has(trait) for trait in wish.wanted if trait.kind == kind]
        return np.sum(masks, axis=0, dtype=np.float32) if masks else nothing

    columns = [
        known(evidence.meaning),
        known(evidence.likeness),
        *(n_of(kind) for kind in KINDS),
        films.popularity,
        nothing if evidence.next is None else standardised(evidence.next),
    ]
    return np.stack(columns, axis=1)


def rank(
    wish: Wish, films: Films, evidence: Evidence, weights: Weights, top: int
) -> list[tuple[int, float]]:
    """The best films that fit, with their scores; equal ones in catalogue order."""
    scores = pieces(wish, films, evidence) @ vector(weights)
    rows = np.flatnonzero(fitting(wish, films))
    best = rows[np.argsort(-scores[rows], kind="stable")[:top]]
    return [(int(row), float(scores[row])) for row in best]


def vector(weights: Weights) -> Floats:
    """In the order of `pieces`."""  # (n_pieces,)
    return np.array(list(asdict(weights).values()), np.float32)


def standardised(logits: Floats) -> Floats:
    """Mean 0, standard deviation 1 over the films that have one; the others stay at 0."""
    known = np.isfinite(logits)
    if not known.any():
        return np.zeros_like(logits)
    mean, deviation = logits[known].mean(), max(float(logits[known].std()), 1e-6)
    found: Floats = np.where(known, (logits - mean) / np.float32(deviation), 0).astype(np.float32)
    return found


def read_weights(given: dict[str, Any]) -> Weights:
    """Weights as a file has them; refuses names that nothing reads."""
    if set(given) != set(PIECES):
        raise ValueError(f"weights should be {', '.join(PIECES)}; found {', '.join(given)}")
    return Weights(**given)
