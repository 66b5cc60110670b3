"""SASRec: a causal transformer that reads picks in order and scores every item as the next one.

The item table serves twice, as input and as output. Positions enter only as a learned bias on the
lag between two picks, so a recency-weighted bag of items is where the model starts, not what it
must find. Kang and McAuley, "Self-Attentive Sequential Recommendation", ICDM 2018, section III,
whose network numbers positions and has no gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.training.next_item import Network, Shape, TrainConfig

MASKED = -1e4  # not -inf: half precision and WebGPU keep it finite


@dataclass(frozen=True)
class SasrecShape(Shape):
    """The network's sizes, and what it starts from."""

    dim: int = 64
    layers: int = 2
    heads: int = 1
    hidden: int = 128
    dropout: float = 0.2
    decay: float = 0.1  # starting slope of the lag bias: a pick `lag` ago weighs exp(-decay * lag)
    table_bits: int = 0  # the item table is rounded as it will be shipped; 0: not at all
    learns_sets: bool = False  # sets have a lag bias of their own, which is not shipped


@dataclass(frozen=True)
class SasrecConfig(TrainConfig):
    """One training run of the network."""

    family: ClassVar[str] = "sasrec"

    layers: int = 2
    heads: int = 1
    hidden: int = 128
    decay: float = 0.1
    table_bits: int = 0
    """Bits per number of the item table to train for; 0: as many as there are."""
    learns_sets: bool = False
    """Whether some of the training data has no order."""

    def network(self, n_items: int) -> Sasrec:
        return Sasrec(
            SasrecShape(
                n_items=n_items,
                dim=self.dim,
                layers=self.layers,
                heads=self.heads,
                hidden=self.hidden,
                dropout=self.dropout,
                max_history=self.max_history,
                decay=self.decay,
                table_bits=self.table_bits,
                learns_sets=self.learns_sets,
            )
        )


def network(shape: Mapping[str, Any]) -> Sasrec:
    """The network of a kept shape."""
    return Sasrec(SasrecShape(**shape))


def rounded_rows(table: Tensor, bits: int) -> Tensor:
    """`table` as `bits`-bit whole numbers and a scale per row will hold it.

    Gradients pass as if nothing were rounded, so training learns to live with the rounding.
    """
    most = 2 ** (bits - 1) - 1
    with torch.no_grad():
        scale = table.abs().amax(dim=1, keepdim=True).clamp(min=1e-12) / most
        # Scales keep 8 bits of their fraction, as in `quantize.short`.
        scale = ((scale.view(torch.int32) + 0x4000) & -0x8000).view(torch.float32)
        lost = torch.round(table / scale).clamp(-most, most) * scale - table
    return table + lost


class CausalAttention(nn.Module):
    """Gated attention over earlier picks, with a learned bias per head and lag."""

    def __init__(self, shape: SasrecShape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.head_dim = shape.dim // shape.heads
        self.query = nn.Linear(shape.dim, shape.dim, bias=False)
        self.key = nn.Linear(shape.dim, shape.dim, bias=False)
        self.value = nn.Linear(shape.dim, shape.dim, bias=False)
        self.gate = nn.Linear(shape.dim, shape.dim)
        self.out = nn.Linear(shape.dim, shape.dim, bias=False)
        lags = torch.arange(shape.max_history, dtype=torch.float32)
        slopes = shape.decay * 2.0 ** -torch.arange(shape.heads, dtype=torch.float32)
        self.lag_bias = nn.Parameter(-slopes[:, None] * lags)  # (heads, max_history)
        # How many picks ago says nothing in a set, and that must not wear off on ordered histories.
        self.set_lag_bias = (
            nn.Parameter(torch.zeros(shape.heads, shape.max_history)) if shape.learns_sets else None
        )

    def split(self, x: Tensor) -> Tensor:
        """(batch, length, dim) to (batch, heads, length, head_dim)."""
        return x.unflatten(-1, (self.heads, self.head_dim)).transpose(1, 2)

    def weights(self, query: Tensor, key: Tensor, mask: Tensor) -> Tensor:
        """Attention weights; `mask` holds lag bias and causality, (heads, queries, length)."""
        scores = self.split(query) @ self.split(key).transpose(-1, -2)
        return torch.softmax(scores * self.head_dim**-0.5 + mask, dim=-1)

    def mix(self, weights: Tensor, value: Tensor, gate: Tensor) -> Tensor:
        """What the weights gather, gated by the asking position, (batch, queries, dim)."""
        gathered = (weights.to(value.dtype) @ self.split(value)).transpose(1, 2).flatten(-2)
        return self.out(gathered * functional.silu(gate))


class Block(nn.Module):
    """One layer: attention, then a small feed-forward net, both on normalised input."""

    def __init__(self, shape: SasrecShape) -> None:
        super().__init__()
        self.attention_norm = nn.LayerNorm(shape.dim)
        self.attention = CausalAttention(shape)
        self.feed_norm = nn.LayerNorm(shape.dim)
        self.rise = nn.Linear(shape.dim, shape.hidden)
        self.fall = nn.Linear(shape.hidden, shape.dim)
        self.dropout = nn.Dropout(shape.dropout)

    def attend(self, x: Tensor, asking: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Lets `asking` (batch, queries, dim) look at `x` (batch, length, dim)."""
        attention = self.attention
        seen = self.attention_norm(x)
        ask = seen if asking is x else self.attention_norm(asking)
        weights = attention.weights(attention.query(ask), attention.key(seen), mask)
        mixed = attention.mix(weights, attention.value(seen), attention.gate(ask))
        return asking + self.dropout(mixed), weights

    def feed(self, x: Tensor) -> Tensor:
        """The feed-forward half, position by position."""
        hidden = functional.silu(self.rise(self.feed_norm(x)))
        return x + self.dropout(self.fall(self.dropout(hidden)))


class Sasrec(Network):
    """The network."""

    family = "sasrec"
    shape: SasrecShape
    lags: Tensor

    def __init__(self, shape: SasrecShape) -> None:
        super().__init__()
        self.shape = shape
        self.items = nn.Parameter(torch.randn(shape.n_items, shape.dim) * 0.02)
        self.item_scale = nn.Parameter(torch.tensor(float(shape.dim) ** 0.5))
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.last_norm = nn.LayerNorm(shape.dim)
        self.dropout = nn.Dropout(shape.dropout)
        steps = torch.arange(shape.max_history)
        self.register_buffer("lags", steps[:, None] - steps[None, :], persistent=False)
        for name, weight in self.named_parameters():
            if weight.ndim == 2 and name.startswith("blocks") and "lag_bias" not in name:
                nn.init.xavier_uniform_(weight)

    def mask(self, block: Block, length: int) -> Tensor:
        """Lag bias where a pick may be looked at, `MASKED` where it lies ahead."""
        lags = self.lags[:length, :length]
        by_lag = block.attention.lag_bias
        if self.reads_sets and block.attention.set_lag_bias is not None:
            by_lag = block.attention.set_lag_bias
        bias = by_lag[:, lags.clamp(min=0)]  # (heads, length, length)
        return torch.where(lags >= 0, bias, MASKED)

    def table(self) -> Tensor:
        """The item table as it is used, (n_items, dim)."""
        bits = self.shape.table_bits
        return rounded_rows(self.items, bits) if bits > 0 else self.items

    def states(self, history: Tensor, table: Tensor) -> Tensor:
        """What the model thinks after each pick, (batch, length, dim)."""
        x = self.dropout(table[(history - 1).clamp(min=0)] * self.item_scale)
        for block in self.blocks:
            assert isinstance(block, Block)
            x, _ = block.attend(x, x, self.mask(block, history.shape[1]))
            x = block.feed(x)
        return self.last_norm(x)

    def forward(self, history: Tensor) -> tuple[Tensor, Tensor]:
        """Scores after the last pick, (batch, n_items), and what it looked at per layer."""
        length = history.shape[1]
        last = (history > 0).sum(dim=1) - 1  # (batch,)
        at_last = functional.one_hot(last.clamp(min=0), length).to(self.items.dtype).unsqueeze(1)
        table = self.table()
        x = table[(history - 1).clamp(min=0)] * self.item_scale
        looked: list[Tensor] = []
        for block in self.blocks:
            assert isinstance(block, Block)
            x, weights = block.attend(x, x, self.mask(block, length))
            x = block.feed(x)
            looked.append(at_last @ weights.mean(dim=1))  # (batch, 1, length)
        state = self.last_norm(at_last @ x).squeeze(1)
        return state @ table.T, torch.cat(looked, dim=1)
