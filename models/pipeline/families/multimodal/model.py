"""Multimodal: a film is what its text says, how its trailer sounds and looks, and who picked it.

Each modality has a small head into one space. A film's vector points where the weighted sum of
those it has points, and is as long as any other's, so a film that lacks one still has a place, and
how many it has says nothing; training hides modalities at random (modality dropout), so that any of
them will do. Pairs of modalities of one film are drawn
together against those of other films (Radford et al., "Learning Transferable Visual Models From
Natural Language Supervision", ICML 2021, section 2.3), and a reader is read from the films' vectors
by SASRec's blocks. Deldjoo et al., "A Review of Modern Recommender Systems Using Generative
Models", KDD 2024, has the like of it among multimodal recommenders.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any, ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.families.sasrec.model import Block, Sasrec, SasrecConfig, SasrecShape
from pipeline.training.next_item import Network, Questions
from pipeline.training.teaching import Teacher

NAME = "multimodal"
MODALITIES = ("text", "sound", "look", "behaviour", "style")
SHIPPED = MODALITIES[:4]
"""Style trains: it draws the others together and stands in for them. No vector of it ships."""
HEADS = ("text", "sound", "look", "style")
"""Those read off features; behaviour has a vector of its own for each film."""
NOWHERE = -1e4
"""The score of a film of which nothing is known."""
TINY = 1e-6
"""Shorter sums are not made longer."""


@dataclass(frozen=True)
class MultimodalShape(SasrecShape):
    """The network's sizes."""

    widths: tuple[int, ...] = (1, 1, 1, 1)
    """How many features there are for each of `HEADS`."""
    inner: int = 64
    """Numbers between the two layers of a head's bent road."""
    feature_dropout: float = 0.2


@dataclass(frozen=True)
class MultimodalConfig(SasrecConfig):
    """One training run of the network."""

    family: ClassVar[str] = NAME

    parts: int = 128
    """How many leading parts of the text vectors are read."""
    whiten: float = 1.0
    """1: all parts are of one spread; 0: they keep theirs."""
    doubt: float = 70.0
    """A film with so many ratings is known half as well by them as one with very many."""
    ridge: float = 300.0
    """Of the maps from features to co-occurrence, where the heads start."""
    inner: int = 64
    feature_dropout: float = 0.2
    hidden_share: float = 0.3
    """Share of each modality's films that a training step hides."""
    alignment: float = 0.1
    """Weight of the contrastive loss beside that of the next pick."""
    aligned_films: int = 512
    """So many films are drawn against each other at once."""
    widths: tuple[int, ...] = (1, 1, 1, 1)
    """Read off the data, not off a configuration."""

    def network(self, n_items: int) -> Multimodal:
        own: dict[str, Any] = {
            **asdict(super().network(n_items).shape),
            "widths": tuple(self.widths),
            "inner": self.inner,
            "feature_dropout": self.feature_dropout,
        }
        return Multimodal(MultimodalShape(**own))

    def loss(
        self,
        model: Network,
        asked: Questions,
        popular_first: Tensor,
        teacher: Teacher | None = None,
    ) -> Tensor:
        """The next pick's cross-entropy with modalities hidden, and the contrastive loss."""
        assert isinstance(model, Multimodal)
        model.hide_some(self.hidden_share)
        found = super().loss(model, asked, popular_first, teacher)
        model.hidden = None
        if self.alignment > 0:
            found = found + self.alignment * model.apart(self.aligned_films)
        return found


def network(shape: Mapping[str, Any]) -> Multimodal:
    """The network of a kept shape."""
    return Multimodal(MultimodalShape(**{**shape, "widths": tuple(shape["widths"])}))


def _given(*size: int) -> nn.Parameter:
    """Known and not learned; among the parameters, so that training data can fill it in."""
    return nn.Parameter(torch.zeros(*size), requires_grad=False)


class Head(nn.Module):
    """From features into the shared space: a linear map and, beside it, two layers."""

    def __init__(self, width: int, shape: MultimodalShape) -> None:
        super().__init__()
        self.map = nn.Parameter(torch.zeros(width, shape.dim))
        self.dropout = nn.Dropout(shape.feature_dropout)
        self.rise = nn.Linear(width, shape.inner)
        self.fall = nn.Linear(shape.inner, shape.dim)
        nn.init.normal_(self.fall.weight, std=0.02 * shape.inner**-0.5)
        nn.init.zeros_(self.fall.bias)

    def forward(self, features: Tensor) -> Tensor:
        """(films, width) to (films, dim)."""
        # The same features are dropped of all films: a mask for each would cost as much as the map.
        x = features * self.dropout(features.new_ones(features.shape[1]))
        found: Tensor = x @ self.map + self.fall(functional.silu(self.rise(x)))
        return found


class Multimodal(Sasrec):
    """The network. `items` are the films' vectors by behaviour."""

    family = NAME
    shape: MultimodalShape

    def __init__(self, shape: MultimodalShape) -> None:
        super().__init__(shape)
        n_items = shape.n_items
        widths = dict(zip(HEADS, shape.widths, strict=True))
        self.features = nn.ParameterDict({name: _given(n_items, widths[name]) for name in HEADS})
        self.known = _given(n_items, len(MODALITIES))  # in [0, 1]
        self.popularity = _given(n_items)
        self.heads = nn.ModuleDict({name: Head(widths[name], shape) for name in HEADS})
        self.gain = nn.Parameter(torch.zeros(len(MODALITIES)))
        self.length = nn.Parameter(torch.tensor(0.5))  # of every film's vector
        self.popularity_weight = nn.Parameter(torch.zeros(1))
        self.sharpness = nn.Parameter(torch.tensor(2.0))  # log of one over the temperature
        self.on: tuple[bool, ...] = tuple(name in SHIPPED for name in MODALITIES)
        """Which modalities answer."""
        self.hidden: Tensor | None = None
        """While training, 1 where a film's modality is hidden, (n_items, modalities)."""

    def vector(self, name: str, rows: Tensor | None = None) -> Tensor:
        """What one modality says of the films at `rows`, or of all, (rows, dim).

        Zeros where it says nothing of a film.
        """
        if name == "behaviour":
            return self.items if rows is None else self.items[rows]
        features, known = self.features[name], self.known[:, MODALITIES.index(name)] > 0
        if rows is not None:
            features, known = features[rows], known[rows]
        where = known.nonzero()[:, 0]
        found: Tensor = self.heads[name](features[where])
        return found.new_zeros(len(features), found.shape[1]).index_copy(0, where, found)

    def weights(self) -> Tensor:
        """How much each modality counts in each film's sum, (n_items, modalities)."""
        weight = functional.softplus(self.gain) * self.known
        if self.training and self.hidden is not None:
            return weight * (1 - self.hidden)
        return weight * torch.tensor(self.on, dtype=weight.dtype, device=weight.device)

    def fused(self) -> tuple[Tensor, Tensor]:
        """Each film's vector, (n_items, dim), and whether anything is known of it, (n_items,)."""
        weight = self.weights()
        used = [name for k, name in enumerate(MODALITIES) if self.training or self.on[k]]
        summands = [weight[:, MODALITIES.index(name), None] * self.vector(name) for name in used]
        total = torch.stack(summands).sum(dim=0) if summands else torch.zeros_like(self.items)
        vector = functional.normalize(total, dim=1, eps=TINY) * self.length
        return vector, weight.sum(dim=1) > 0

    def table(self) -> Tensor:
        """The films' vectors, and beside them what their popularity adds, (n_items, dim + 1)."""
        vector, is_known = self.fused()
        added = self.popularity * self.popularity_weight
        if not self.training:
            behaves = self.on[MODALITIES.index("behaviour")]
            added = added * float(behaves) + NOWHERE * (~is_known).to(added.dtype)
        return torch.cat([vector, added[:, None]], dim=1)

    def states(self, history: Tensor, table: Tensor) -> Tensor:
        """What the network thinks after each pick, and a 1 for the popularity."""
        state = super().states(history, table[:, : self.shape.dim])
        return functional.pad(state, (0, 1), value=1.0)

    def forward(self, history: Tensor) -> tuple[Tensor, Tensor]:
        """Scores after the last pick, (batch, n_items), and what it looked at per layer."""
        table = self.table()
        vectors, added = table[:, : self.shape.dim], table[:, self.shape.dim]
        state, looked = self.read(history, vectors)
        return state @ vectors.T + added, looked

    def read(self, history: Tensor, vectors: Tensor) -> tuple[Tensor, Tensor]:
        """The state after the last pick, (batch, dim), and where each layer looked."""
        length = history.shape[1]
        last = (history > 0).sum(dim=1) - 1  # (batch,)
        at_last = functional.one_hot(last.clamp(min=0), length).to(vectors.dtype).unsqueeze(1)
        x = vectors[(history - 1).clamp(min=0)] * self.item_scale
        looked: list[Tensor] = []
        for block in self.blocks:
            assert isinstance(block, Block)
            x, weights = block.attend(x, x, self.mask(block, length))
            x = block.feed(x)
            looked.append(at_last @ weights.mean(dim=1))  # (batch, 1, length)
        return self.last_norm(at_last @ x).squeeze(1), torch.cat(looked, dim=1)

    @torch.no_grad()
    def hide_some(self, share: float) -> None:
        """Draws what the next step hides: never all that is known of a film."""
        known = self.known > 0
        hidden = torch.rand(known.shape, device=known.device) < share
        left = known & ~hidden
        hidden &= left.any(dim=1, keepdim=True)
        self.hidden = hidden.to(self.known.dtype)

    def apart(self, n_films: int) -> Tensor:
        """The contrastive loss: of a film's two modalities, how hard each finds the other.

        The mean over pairs of modalities and both directions, of the cross-entropy among the films
        drawn that have both.
        """
        n_items = len(self.known)
        rows = torch.randperm(n_items, device=self.known.device)[:n_films]
        vector = {
            name: functional.normalize(self.vector(name, rows).float(), dim=1)
            for name in MODALITIES
        }
        known = self.known[rows] > 0
        losses: list[Tensor] = []
        for (i, one), (j, other) in combinations(enumerate(MODALITIES), 2):
            both = known[:, i] & known[:, j]
            if int(both.sum()) < 2:
                continue
            alike = vector[one][both] @ vector[other][both].T * self.sharpness.exp()
            itself = torch.arange(len(alike), device=alike.device)
            losses.append(functional.cross_entropy(alike, itself))
            losses.append(functional.cross_entropy(alike.T, itself))
        return torch.stack(losses).mean() if losses else self.sharpness * 0.0


def switched(model: Multimodal, on: Sequence[str]) -> Multimodal:
    """The same network, answering by the modalities in `on` alone."""
    model.on = tuple(name in on for name in MODALITIES)
    return model
