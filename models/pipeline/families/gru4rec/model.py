"""GRU4Rec: a recurrent network that reads picks one by one and keeps one state of the reader.

What it has seen lives in that state alone, so a pick costs the same however long the history is.
The item table serves twice, as input and as output. Hidasi et al., "Session-based Recommendations
with Recurrent Neural Networks", ICLR 2016, section 3; it learns by cross-entropy over all items,
not by the pairwise losses of that paper: that is what lifts it to today's figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from pipeline.training.next_item import Network, Shape, TrainConfig

NAME = "gru4rec"


@dataclass(frozen=True)
class Gru4recShape(Shape):
    """The network's sizes."""

    dim: int = 128
    dropout: float = 0.3


@dataclass(frozen=True)
class Gru4recConfig(TrainConfig):
    """One training run of the network."""

    family: ClassVar[str] = NAME

    def network(self, n_items: int) -> Gru4rec:
        return Gru4rec(Gru4recShape(n_items, self.max_history, self.dim, self.dropout))


def network(shape: Mapping[str, Any]) -> Gru4rec:
    """The network of a kept shape."""
    return Gru4rec(Gru4recShape(**shape))


class Gru4rec(Network):
    """One gated recurrent layer, as wide as an item's vector."""

    family = NAME
    shape: Gru4recShape

    def __init__(self, shape: Gru4recShape) -> None:
        super().__init__()
        self.shape = shape
        self.items = nn.Parameter(torch.randn(shape.n_items, shape.dim) * 0.02)
        self.item_scale = nn.Parameter(torch.tensor(float(shape.dim) ** 0.5))
        self.gru = nn.GRU(shape.dim, shape.dim, batch_first=True)
        self.last_norm = nn.LayerNorm(shape.dim)
        self.dropout = nn.Dropout(shape.dropout)

    def hidden(self, history: Tensor, table: Tensor) -> Tensor:
        """The recurrent state after each pick, every number between -1 and 1."""
        x = self.dropout(table[(history - 1).clamp(min=0)] * self.item_scale)
        # A state is rounded once per pick: at half precision that would add up.
        with torch.autocast(history.device.type, enabled=False):
            states: Tensor = self.gru(x.float())[0]  # (batch, length, dim)
        return states

    def states(self, history: Tensor, table: Tensor) -> Tensor:
        """What the next pick is scored with, after each pick, (batch, length, dim)."""
        return self.last_norm(self.dropout(self.hidden(history, table)))

    def forward(self, history: Tensor) -> tuple[Tensor, Tensor]:
        """Scores after the last pick, (batch, n_items), and the state after each pick."""
        table = self.table()
        hidden = self.hidden(history, table)
        last = (history > 0).sum(dim=1).clamp(min=1) - 1  # (batch,)
        state = self.last_norm(hidden[torch.arange(len(history)), last])
        return state @ table.T, hidden * (history > 0).unsqueeze(-1)
