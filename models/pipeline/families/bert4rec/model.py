"""BERT4Rec: a transformer that looks both ways and fills in films taken out of a history.

It learns by masking a share of the picks and naming them from what lies before and after. To
recommend, one more place, masked, is put after the last pick, unless a pick is masked already:
then that one is named.

Sun et al., "BERT4Rec: Sequential Recommendation with Bidirectional Encoder Representations from
Transformer", CIKM 2019, section 3. Unlike the paper's network it normalises before each half of a
layer, gates what attention gathers by the asking place, and knows places by a learned bias on the
signed lag between two of them, not by numbers for each place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.data.split import Rows
from pipeline.training.next_item import Network, Questions, Shape, TrainConfig, padded

NAME = "bert4rec"
MASK_ID = -1
"""Stands for a masked place where a network reads rows + 1."""
MASKED = -1e4  # not -inf: half precision and WebGPU keep it finite


@dataclass(frozen=True)
class Bert4recShape(Shape):
    """The network's sizes, and what it starts from."""

    dim: int = 64
    layers: int = 2
    heads: int = 2
    hidden: int = 256
    dropout: float = 0.2
    decay: float = 0.1
    """Starting slope of the lag bias: a pick `lag` away weighs exp(-decay * lag)."""


@dataclass(frozen=True)
class Bert4recConfig(TrainConfig):
    """One training run of the network."""

    family: ClassVar[str] = NAME

    layers: int = 2
    heads: int = 2
    hidden: int = 256
    decay: float = 0.1
    mask_share: float = 0.2
    """Share of the picks that are taken out."""
    last_share: float = 0.1
    """Share of the windows that lose their last pick alone, as when recommending."""
    ahead_share: float = 0.0
    """Share of the batches that ask what comes next: windows are cut into stretches that start
    anywhere, and the end of each is masked."""
    most_ahead: int = 8
    """Most picks that are masked at such an end; how many is drawn."""
    ahead_history: int = 40
    """Longest such stretch."""

    def network(self, n_items: int) -> Bert4rec:
        return Bert4rec(
            Bert4recShape(
                n_items=n_items,
                max_history=self.max_history,
                dim=self.dim,
                layers=self.layers,
                heads=self.heads,
                hidden=self.hidden,
                dropout=self.dropout,
                decay=self.decay,
            )
        )

    def questions(self, windows: Sequence[Rows], draw: np.random.Generator) -> Questions:
        """Masks picks and asks for each of them."""
        if self.ahead_share > 0 and draw.random() < self.ahead_share:
            return self.questions_ahead(windows, draw)
        history = padded(windows)
        is_pick = history > 0
        is_asked = is_pick & (draw.random(history.shape) < self.mask_share)
        is_last = np.zeros_like(is_pick)
        is_last[np.arange(len(windows)), is_pick.sum(axis=1) - 1] = True
        is_last_only = draw.random(len(windows)) < self.last_share
        is_last_only |= ~is_asked.any(axis=1)
        is_asked = np.where(is_last_only[:, None], is_last, is_asked)
        answer = history[is_asked] - 1
        return Questions(np.where(is_asked, MASK_ID, history), is_asked, answer)

    def questions_ahead(self, windows: Sequence[Rows], draw: np.random.Generator) -> Questions:
        """Asks for the last few picks of stretches cut anywhere, from those before.

        Masking picks anywhere asks one question in hundreds as recommending does; what lies ahead
        answers the others. Stretches are short, so that a batch asks often.
        """
        most = self.ahead_history
        cut: list[Rows] = []
        for window in windows:
            ends = draw.integers(2, len(window) + 1, -(-len(window) // most))
            cut += [window[max(end - most, 0) : end] for end in ends]
        length = np.array([len(stretch) for stretch in cut])
        n_masked = draw.integers(1, np.minimum(self.most_ahead, length - 1) + 1)
        history = padded(cut)
        place = np.arange(history.shape[1])
        is_asked = (place < length[:, None]) & (place >= (length - n_masked)[:, None])
        answer = history[is_asked] - 1
        return Questions(np.where(is_asked, MASK_ID, history), is_asked, answer)


def network(shape: Mapping[str, Any]) -> Bert4rec:
    """The network of a kept shape."""
    return Bert4rec(Bert4recShape(**shape))


class Block(nn.Module):
    """One layer: gated attention in both directions, then a small feed-forward net."""

    def __init__(self, shape: Bert4recShape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.head_dim = shape.dim // shape.heads
        self.attention_norm = nn.LayerNorm(shape.dim)
        self.query = nn.Linear(shape.dim, shape.dim, bias=False)
        self.key = nn.Linear(shape.dim, shape.dim, bias=False)
        self.value = nn.Linear(shape.dim, shape.dim, bias=False)
        self.gate = nn.Linear(shape.dim, shape.dim)
        self.out = nn.Linear(shape.dim, shape.dim, bias=False)
        self.feed_norm = nn.LayerNorm(shape.dim)
        self.rise = nn.Linear(shape.dim, shape.hidden)
        self.fall = nn.Linear(shape.hidden, shape.dim)
        self.dropout = nn.Dropout(shape.dropout)
        # By lag + max_history: what lies ahead first, then what lies behind.
        lags = torch.arange(-shape.max_history, shape.max_history + 1).abs()
        slopes = shape.decay * 2.0 ** -torch.arange(shape.heads, dtype=torch.float32)
        self.lag_bias = nn.Parameter(-slopes[:, None] * lags)  # (heads, 2 * max_history + 1)

    def split(self, x: Tensor) -> Tensor:
        """(batch, length, dim) to (batch, heads, length, head_dim)."""
        return x.unflatten(-1, (self.heads, self.head_dim)).transpose(1, 2)

    def forward(self, x: Tensor, lag: Tensor, is_padding: Tensor) -> tuple[Tensor, Tensor]:
        """The next layer's input, and how much each place looked at each other.

        `lag` (length, length) counts from -max_history as 0; `is_padding` is (batch, length).
        """
        seen = self.attention_norm(x)
        scores = self.split(self.query(seen)) @ self.split(self.key(seen)).transpose(-1, -2)
        mask = torch.where(is_padding[:, None, None, :], MASKED, self.lag_bias[:, lag])
        weights = torch.softmax(scores * self.head_dim**-0.5 + mask, dim=-1)
        value = self.split(self.value(seen))
        gathered = (weights.to(value.dtype) @ value).transpose(1, 2).flatten(-2)
        x = x + self.dropout(self.out(gathered * functional.silu(self.gate(seen))))
        hidden = functional.silu(self.rise(self.feed_norm(x)))
        return x + self.dropout(self.fall(self.dropout(hidden))), weights


class Bert4rec(Network):
    """The network. Beside rows + 1 and padding it reads `MASK_ID` places."""

    family = NAME
    shape: Bert4recShape
    lags: Tensor

    def __init__(self, shape: Bert4recShape) -> None:
        super().__init__()
        self.shape = shape
        self.items = nn.Parameter(torch.randn(shape.n_items, shape.dim) * 0.02)
        self.item_scale = nn.Parameter(torch.tensor(float(shape.dim) ** 0.5))
        self.mask_vector = nn.Parameter(torch.zeros(shape.dim))
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.last_norm = nn.LayerNorm(shape.dim)
        self.dropout = nn.Dropout(shape.dropout)
        place = torch.arange(shape.max_history + 1)
        lags = place[:, None] - place[None, :] + shape.max_history
        self.register_buffer("lags", lags, persistent=False)
        for name, weight in self.named_parameters():
            if weight.ndim == 2 and name.startswith("blocks") and "lag_bias" not in name:
                nn.init.xavier_uniform_(weight)

    def states(self, history: Tensor, table: Tensor) -> Tensor:
        """What the network thinks at each place, (batch, length, dim)."""
        return self.layers(history, table)[0]

    def layers(self, history: Tensor, table: Tensor) -> tuple[Tensor, list[Tensor]]:
        """States, and each layer's attention weights, (batch, heads, length, length)."""
        length = history.shape[1]
        known = table[(history - 1).clamp(min=0)] * self.item_scale
        x = self.dropout(torch.where((history == MASK_ID).unsqueeze(-1), self.mask_vector, known))
        looked: list[Tensor] = []
        for block in self.blocks:
            x, weights = block(x, self.lags[:length, :length], history == 0)
            looked.append(weights)
        return self.last_norm(x), looked

    def forward(self, history: Tensor) -> tuple[Tensor, Tensor]:
        """Scores for the masked place, (batch, n_items), and where it looked.

        That is the one that is `MASK_ID` in the history, or else one after the last pick. The
        second is (batch, layers, length), heads averaged; what is missing to 1 is how much the
        masked place looked at itself.
        """
        n_picks = (history > 0).sum(dim=1)  # (batch,)
        row = torch.arange(len(history))
        longer = functional.pad(history, (0, 1))
        is_asked = history == MASK_ID
        place = torch.where(is_asked.any(dim=1), is_asked.int().argmax(dim=1), n_picks)
        longer[row, place] = MASK_ID
        table = self.table()
        states, looked = self.layers(longer, table)
        here = (history > 0).unsqueeze(1)
        seen = [weights.mean(dim=1)[row, place, :-1] for weights in looked]
        return states[row, place] @ table.T, torch.stack(seen, dim=1) * here
