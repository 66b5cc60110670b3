"""SASRec with EASE's links: a trained SASRec, and links of EASE that are added to its scores.

`scores = SASRec's + scale * Σ forget^age · links of the pick` over the picks; each film keeps its
strongest links. EASE is Steck's, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019,
fitted on sets alone. The network knows nothing of the links: they are counted beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from pipeline.families.sasrec.model import Sasrec, SasrecShape

NAME = "sasrec_ease"


@dataclass(frozen=True)
class SasrecEaseShape(SasrecShape):
    """The network's sizes, and how many links there are."""

    neighbours: int = 6  # links per film that are added to the scores
    forget: float = 0.8  # a pick `age` picks ago adds its neighbours at forget**age


def network(shape: Mapping[str, Any]) -> SasrecEase:
    """The network of a kept shape."""
    return SasrecEase(SasrecEaseShape(**shape))


class NeighbourPrior(nn.Module):
    """Adds to the scores the known neighbours of the picks, recent picks counting more.

    Nothing here is learned with the network: the links are counted, and their scale is chosen on
    validation.
    """

    item: Tensor
    weight: Tensor
    age_weight: Tensor
    scale: Tensor

    def __init__(self, shape: SasrecEaseShape) -> None:
        super().__init__()
        links = (shape.n_items, shape.neighbours)
        self.register_buffer("item", torch.zeros(links, dtype=torch.int32))
        self.register_buffer("weight", torch.zeros(links))
        age = torch.arange(shape.max_history, dtype=torch.float32)
        self.register_buffer("age_weight", shape.forget**age, persistent=False)
        self.register_buffer("scale", torch.tensor(1.0))

    def forward(self, history: Tensor) -> Tensor:
        """Scores to add after the last pick, (batch, n_items)."""
        n_picks = (history > 0).sum(dim=1, keepdim=True)
        age = (n_picks - 1 - torch.arange(history.shape[1], device=history.device)).clamp(min=0)
        by_age = self.age_weight[age] * (history > 0) * self.scale  # (batch, length)
        row = (history - 1).clamp(min=0)
        added = (self.weight[row] * by_age.unsqueeze(-1)).flatten(1)  # (batch, length * k)
        scores = torch.zeros(len(history), len(self.item), device=history.device)
        return scores.scatter_add_(1, self.item[row].flatten(1).long(), added)


class SasrecEase(Sasrec):
    """The network with its links."""

    family = NAME
    shape: SasrecEaseShape

    def __init__(self, shape: SasrecEaseShape) -> None:
        super().__init__(shape)
        self.prior = NeighbourPrior(shape)

    def forward(self, history: Tensor) -> tuple[Tensor, Tensor]:
        """Scores after the last pick, (batch, n_items), and what it looked at per layer."""
        scores, looked = super().forward(history)
        return scores + self.prior(history), looked
