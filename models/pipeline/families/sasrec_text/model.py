"""SASRec with EASE's links that also knows what is written about a film.

Feature extraction from a language model: a film's vector is what its text says, read by one linear
map, plus what ratings say about the film itself. Both start from co-occurrence: the map is fitted
so that texts foretell it, and the film's own part is what they did not. That part is believed as
far as ratings stand behind it, at the start and ever after, so a film that hardly anybody rated
keeps close to films that read alike. The shipped graph holds the sum, one table, EASE's links to
films seen together, and more links to films that read alike, the louder the fewer people rated
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from pipeline.families.sasrec.model import Sasrec, SasrecConfig, SasrecShape, rounded_rows

NAME = "sasrec_text"

Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class SasrecTextShape(SasrecShape):
    """The network's sizes."""

    traits: int = 0
    """What is known of a film beside its readers' picks; 0: nothing."""


@dataclass(frozen=True)
class SasrecTextConfig(SasrecConfig):
    """One training run of the network."""

    family: ClassVar[str] = NAME

    parts: int = 128
    """How many leading parts of the text vectors are read; 0: no texts."""
    whiten: float = 1.0
    """1: all parts are of one spread; 0: they keep theirs."""
    ridge: float = 300.0
    """Of the map from texts to co-occurrence."""
    doubt: float = 70.0
    """So many ratings a film needs before half of what its ratings say is believed."""

    def network(self, n_items: int) -> SasrecText:
        plain = super().network(n_items)
        traits = self.parts + 1 if self.parts > 0 else 0
        return SasrecText(SasrecTextShape(**asdict(plain.shape), traits=traits))


def network(shape: Mapping[str, Any]) -> SasrecText:
    """The network of a kept shape."""
    return SasrecText(SasrecTextShape(**shape))


class SasrecText(Sasrec):
    """The network. What is given and not learned stands among its parameters, so that training data
    can fill it in."""

    family = NAME
    shape: SasrecTextShape

    def __init__(self, shape: SasrecTextShape) -> None:
        super().__init__(shape)
        self.traits = nn.Parameter(torch.zeros(shape.n_items, shape.traits), requires_grad=False)
        self.believed = nn.Parameter(torch.ones(shape.n_items), requires_grad=False)
        self.trait_map = nn.Parameter(torch.zeros(shape.traits, shape.dim))

    def table(self) -> Tensor:
        """Texts and readers together, (n_items, dim)."""
        whole = self.traits @ self.trait_map + self.believed.unsqueeze(1) * self.items
        bits = self.shape.table_bits
        return rounded_rows(whole, bits) if bits > 0 else whole
