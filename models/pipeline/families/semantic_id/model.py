"""Semantic IDs: films get short codes from their texts, and a decoder spells the next film's.

Residual k-means over the text vectors gives each film three codes, coarse to fine; films that share
all three get a number to tell them apart. The decoder reads the last picks as sums of their codes'
vectors and predicts one code after the other, only ever along codes that exist. Every prefix is
cheap to ask, so one forward pass scores every film exactly: log p(c1) + log p(c2 | c1) + ….
Rajput et al., "Recommender Systems with Generative Retrieval", NeurIPS 2023, section 3, where a
trained quantiser stands in place of k-means and beam search in place of scoring every film.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from pipeline import paths
from pipeline.encoder import vectors
from pipeline.families.sasrec.model import MASKED, Block, SasrecShape
from pipeline.families.semantic_id.codes import (
    Numbers,
    Trie,
    leading_parts,
    residual_codes,
    trie_of,
)
from pipeline.training.next_item import Network, Questions, Shape, TrainConfig
from pipeline.training.teaching import Teacher

NAME = "semantic_id"


@dataclass(frozen=True)
class SemanticIdShape(Shape):
    """The network's sizes, those of the trie among them."""

    dim: int = 128
    layers: int = 3
    heads: int = 2
    hidden: int = 256
    dropout: float = 0.2
    decay: float = 0.1
    sizes: tuple[int, ...] = (64, 64, 64)
    n_prefixes: int = 1
    n_groups: int = 0
    most_alike: int = 1

    def blocks(self) -> SasrecShape:
        return SasrecShape(
            n_items=self.n_items,
            dim=self.dim,
            layers=self.layers,
            heads=self.heads,
            hidden=self.hidden,
            dropout=self.dropout,
            max_history=self.max_history,
            decay=self.decay,
        )


@dataclass(frozen=True)
class SemanticIdConfig(TrainConfig):
    """How films get their codes, and one training run of the decoder."""

    family: ClassVar[str] = NAME
    dim: int = 128
    layers: int = 3
    heads: int = 2
    hidden: int = 256
    max_history: int = 50
    decay: float = 0.1
    sizes: tuple[int, int, int] = (64, 64, 64)
    parts: int = 64
    """How many leading parts of the text vectors the codes are made from."""
    whiten: float = 0.5
    dated: bool = True
    """Whether the year stands in the texts that are coded."""

    def network(self, n_items: int) -> SemanticId:
        trie, centres = codes_of(self)
        if len(trie.codes) != n_items:
            raise ValueError(f"there are texts of {len(trie.codes)} films, not of {n_items}")
        model: SemanticId = new_network(self, trie, centres)
        return model

    def loss(
        self,
        model: Network,
        asked: Questions,
        popular_first: Tensor,
        teacher: Teacher | None = None,
    ) -> Tensor:
        """Minus the log-probability of the next film, code by code; it has no teacher."""
        del teacher
        assert isinstance(model, SemanticId)
        device = popular_first.device
        given = torch.from_numpy(asked.history).to(device)
        target = torch.from_numpy(asked.answer).to(device)
        with torch.autocast(device.type, torch.bfloat16, enabled=self.precision == "bf16"):
            states = model.states(given, model.table())
            state = states[torch.from_numpy(asked.is_asked).to(device)]
            return -model.log_probabilities(state, target).sum(dim=1).mean()


@cache
def codes_of(settings: SemanticIdConfig) -> tuple[Trie, list[Numbers]]:
    """Every film's codes from the vectors of its text, and the centres they stand for."""
    if settings.dated:
        texts = vectors.unpack((paths.artifacts_dir() / vectors.FILE_NAME).read_bytes())
    else:
        from pipeline.encoder import minilm

        texts = minilm.undated_vectors(paths.artifacts_dir(), paths.work_dir())
    parts = leading_parts(texts, min(settings.parts, texts.shape[1]), whiten=settings.whiten)
    three, centres = residual_codes(parts, settings.sizes, seed=settings.seed)
    return trie_of(three, settings.sizes), centres


class SemanticId(Network):
    """A causal transformer over films as sums of code vectors, and one small head per level.

    A head mixes the state with the codes spelt so far in one hidden layer, so that asking it for
    every prefix costs little. Every node of the trie has a bias, its share of all picks.
    """

    family = NAME
    shape: SemanticIdShape
    lags: Tensor
    codes: Tensor
    prefixes: Tensor
    prefix_of: Tensor
    groups: Tensor
    group_of: Tensor
    exists2: Tensor
    exists3: Tensor
    exists4: Tensor

    def __init__(self, shape: SemanticIdShape) -> None:
        super().__init__()
        self.shape = shape
        dim = shape.dim
        first, second, third = shape.sizes
        n_codes = (first, second, third, shape.most_alike)
        self.spoken = nn.ParameterList(nn.Parameter(torch.randn(n, dim) * 0.1) for n in n_codes)
        self.blocks = nn.ModuleList(Block(shape.blocks()) for _ in range(shape.layers))
        self.last_norm = nn.LayerNorm(dim)
        self.dropout = nn.Dropout(shape.dropout)
        self.ask = nn.ModuleList(nn.Linear(dim, dim) for _ in range(3))
        self.spelt = nn.ModuleList(
            nn.ParameterList(nn.Parameter(torch.randn(n, dim) * 0.1) for n in n_codes[:level])
            for level in (1, 2, 3)
        )
        self.tell = nn.ModuleList(nn.Linear(dim, n, bias=False) for n in n_codes)
        self.bias1 = nn.Parameter(torch.zeros(first))
        self.bias2 = nn.Parameter(torch.zeros(first, second))
        self.bias3 = nn.Parameter(torch.zeros(shape.n_prefixes, third))
        self.bias4 = nn.Parameter(torch.zeros(shape.n_groups, shape.most_alike))
        steps = torch.arange(shape.max_history)
        self.register_buffer("lags", steps[:, None] - steps[None, :], persistent=False)
        for name, sizes in {
            "codes": (shape.n_items, 4),
            "prefixes": (shape.n_prefixes, 2),
            "prefix_of": (shape.n_items,),
            "groups": (shape.n_groups, 3),
            "group_of": (shape.n_items,),
        }.items():
            self.register_buffer(name, torch.zeros(sizes, dtype=torch.int64))
        for number, bias in ((2, self.bias2), (3, self.bias3), (4, self.bias4)):
            self.register_buffer(f"exists{number}", torch.zeros(bias.shape, dtype=torch.bool))

    def table(self) -> Tensor:
        """Each film as the sum of its codes' vectors, (n_items, dim)."""
        return torch.stack([one[self.codes[:, k]] for k, one in enumerate(self.spoken)]).sum(0)

    def states(self, history: Tensor, table: Tensor) -> Tensor:
        """What the decoder thinks after each pick, (batch, length, dim)."""
        x = self.dropout(table[(history - 1).clamp(min=0)])
        lags = self.lags[: history.shape[1], : history.shape[1]]
        for block in self.blocks:
            assert isinstance(block, Block)
            bias = block.attention.lag_bias[:, lags.clamp(min=0)]
            x, _ = block.attend(x, x, torch.where(lags >= 0, bias, MASKED))
            x = block.feed(x)
        return self.last_norm(x)

    def log_share(
        self, level: int, state: Tensor, spelt: Tensor, bias: Tensor, exists: Tensor
    ) -> Tensor:
        """Log-probabilities of the codes of `level` (2 to 4) after the codes `spelt`.

        `state` and `spelt` (…, level - 1) go together or broadcast; `bias` and `exists` (…, codes).
        """
        after = self.spelt[level - 2]
        before = torch.stack([one[spelt[..., k]] for k, one in enumerate(after)]).sum(0)
        hidden = functional.silu(self.ask[level - 2](state) + before)
        logits = self.tell[level - 1](hidden).float() + bias
        return torch.log_softmax(torch.where(exists, logits, MASKED), dim=-1)

    def first_share(self, state: Tensor) -> Tensor:
        """Log-probabilities of the first codes, (…, codes)."""
        return torch.log_softmax(self.tell[0](state).float() + self.bias1, dim=-1)

    def log_probabilities(self, state: Tensor, target: Tensor) -> Tensor:
        """How likely each code of `target` was when its turn came, (picks, 4)."""
        code, prefix, group = self.codes[target], self.prefix_of[target], self.group_of[target]
        first = self.first_share(state)
        second = self.log_share(
            2, state, code[:, :1], self.bias2[code[:, 0]], self.exists2[code[:, 0]]
        )
        third = self.log_share(3, state, code[:, :2], self.bias3[prefix], self.exists3[prefix])
        levels = [one.gather(1, code[:, k : k + 1]) for k, one in enumerate((first, second, third))]
        fourth = torch.zeros_like(levels[0])
        if bool((alike := group < self.shape.n_groups).any()):
            group, code = group[alike], code[alike]
            shares = self.log_share(
                4, state[alike], code[:, :3], self.bias4[group], self.exists4[group]
            )
            fourth[alike] = shares.gather(1, code[:, 3:])
        return torch.cat([*levels, fourth], dim=1)

    def forward(self, history: Tensor) -> tuple[Tensor, Tensor]:
        """Log-probability of every film, (batch, n_items), and of the first codes."""
        states = self.states(history, self.table())
        last = (history > 0).sum(dim=1).clamp(min=1) - 1
        state = states[torch.arange(len(history)), last].unsqueeze(1)  # (batch, 1, dim)
        first = self.first_share(state.squeeze(1))
        every = torch.arange(self.shape.sizes[0]).unsqueeze(1)
        second = self.log_share(2, state, every, self.bias2, self.exists2)
        third = self.log_share(3, state, self.prefixes, self.bias3, self.exists3)
        pair = first[:, self.prefixes[:, 0]] + second[:, self.prefixes[:, 0], self.prefixes[:, 1]]
        scores = pair[:, self.prefix_of] + third[:, self.prefix_of, self.codes[:, 2]]
        if self.shape.n_groups:
            fourth = self.log_share(4, state, self.groups, self.bias4, self.exists4)
            fourth = functional.pad(fourth, (0, 0, 0, 1))  # films alone with their codes add 0
            scores = scores + fourth[:, self.group_of, self.codes[:, 3] * self.is_alike()]
        return scores, first

    def is_alike(self) -> Tensor:
        """1 for films that share their three codes, (n_items,)."""
        return (self.group_of < self.shape.n_groups).long()


def network(shape: Mapping[str, Any]) -> SemanticId:
    """The network of a kept shape."""
    return SemanticId(SemanticIdShape(**{**shape, "sizes": tuple(shape["sizes"])}))


@torch.no_grad()  # type: ignore[untyped-decorator]
def new_network(settings: SemanticIdConfig, trie: Trie, centres: list[Numbers]) -> SemanticId:
    """An untrained network over `trie` whose code vectors start as the centres they stand for."""
    model = SemanticId(
        SemanticIdShape(
            n_items=len(trie.codes),
            max_history=settings.max_history,
            dim=settings.dim,
            layers=settings.layers,
            heads=settings.heads,
            hidden=settings.hidden,
            dropout=settings.dropout,
            decay=settings.decay,
            sizes=trie.sizes,
            n_prefixes=len(trie.prefixes),
            n_groups=len(trie.groups),
            most_alike=int(trie.codes[:, 3].max()) + 1,
        )
    )
    for name in ("codes", "prefixes", "prefix_of", "groups", "group_of"):
        getattr(model, name).copy_(torch.from_numpy(getattr(trie, name)))
    code, alike = model.codes, model.is_alike().bool()
    model.exists2[code[:, 0], code[:, 1]] = True
    model.exists3[model.prefix_of, code[:, 2]] = True
    model.exists4[model.group_of[alike], code[alike, 3]] = True
    turn = torch.linalg.qr(torch.randn(settings.dim, settings.dim))[0]
    for level, centre in enumerate(centres):
        wide = functional.pad(torch.from_numpy(centre), (0, settings.dim))[:, : settings.dim] @ turn
        for table in (model.spoken[level], *(one[level] for one in list(model.spelt)[level:])):
            table.copy_(wide * 0.2)
    return model


def node_shares(trie: Trie, popularity: NDArray[np.int64]) -> dict[str, Numbers]:
    """Where the biases start: the log of each node's share among its siblings."""
    n_picks = popularity + 1.0
    first, second, third = trie.sizes
    code = trie.codes
    one, two = np.zeros(first), np.zeros((first, second))
    three = np.zeros((len(trie.prefixes), third))
    four = np.zeros((len(trie.groups) + 1, int(code[:, 3].max()) + 1))
    np.add.at(one, code[:, 0], n_picks)
    np.add.at(two, (code[:, 0], code[:, 1]), n_picks)
    np.add.at(three, (trie.prefix_of, code[:, 2]), n_picks)
    np.add.at(four, (trie.group_of, code[:, 3]), n_picks)
    shares = {"bias1": one, "bias2": two, "bias3": three, "bias4": four[:-1]}

    def logs(count: NDArray[np.float64]) -> Numbers:
        share = count / np.maximum(count.sum(axis=-1, keepdims=True), 1.0)
        return np.where(count > 0, np.log(np.maximum(share, 1e-9)), 0.0).astype(np.float32)

    return {name: logs(count) for name, count in shares.items()}
