"""What a network can be taught by beside the data: the scores of other recommenders.

Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network", 2015, section 2: the right
answer is mixed with the teacher's shares. Here a teacher is a sum of scores: networks, whose scores
are log-probabilities up to a constant, and an item-item table asked with recency, times a weight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from pipeline.training.next_item import Network
from pipeline.training.next_pick_loss import Candidates

SEEN = -1e4


@dataclass(frozen=True)
class FadingTable:
    """An item-item table asked as EASE with recency is: `Σ (decay^age + rest) · weight[pick]`.

    What a pick counts fades without end, where the shipped query stops fading after some picks.
    """

    weights: NDArray[np.float32]
    """(n_items, n_items), from a pick to what it speaks for."""
    decay: float
    rest: float
    scale: float
    """What its scores are multiplied with to stand beside log-probabilities."""


class Teacher:
    """Scores of every candidate after every pick; films picked already have none.

    Tables and scores are kept in bfloat16: a teacher need not be exact, and is half as large.
    """

    def __init__(
        self, networks: Sequence[tuple[float, Network]] = (), table: FadingTable | None = None
    ) -> None:
        self.networks = [(weight, network.eval()) for weight, network in networks]
        self.table = table
        self._weights = None if table is None else torch.from_numpy(table.weights).bfloat16()

    @torch.no_grad()
    def logits(self, history: Tensor, is_asked: Tensor, candidates: Candidates) -> Tensor:
        """(asked, candidates), for the picks of `history` (batch, length) where `is_asked`."""
        found = self._after_each(history, candidates)[is_asked]
        for weight, network in self.networks:
            table = network.table()
            state = network.states(history, table)[is_asked].bfloat16()
            found += weight * (state @ table[candidates.item].bfloat16().T)
        return found

    def _after_each(self, history: Tensor, candidates: Candidates) -> Tensor:
        """What the table says after each pick, `SEEN` for picks, (batch, length, candidates)."""
        n_histories, length = history.shape
        n_candidates = len(candidates.item)
        found = torch.zeros(n_histories, length, n_candidates, dtype=torch.bfloat16)
        is_seen = torch.zeros(n_histories, n_candidates, dtype=torch.bool)
        faded, whole = (
            torch.zeros(n_histories, n_candidates),
            torch.zeros(n_histories, n_candidates),
        )
        weights = None if self._weights is None else self._weights[:, candidates.item]
        every = torch.arange(n_histories)
        for at in range(length):
            row = (history[:, at] - 1).clamp(min=0)
            if self.table is not None and weights is not None:
                said = weights[row].float() * self.table.scale
                faded.mul_(self.table.decay).add_(said)
                whole.add_(said)
                found[:, at] = torch.add(faded, whole, alpha=self.table.rest)
            place = candidates.place[row]
            is_here = (place >= 0) & (history[:, at] > 0)
            is_seen[every[is_here], place[is_here]] = True
            found[:, at].masked_fill_(is_seen, SEEN)
        return found
