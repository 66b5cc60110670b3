"""The sizes of a Gemma 3 text model."""

from __future__ import annotations

from dataclasses import dataclass

MAX_TOKENS = 1024


@dataclass(frozen=True)
class Architecture:
    """A decoder of `n_layers`, each with `n_heads` query heads and one key head."""

    n_layers: int
    width: int
    n_heads: int
    head_dim: int
    hidden: int
    window: int
    """How many tokens a near-sighted layer looks back on, itself among them."""
    epsilon: float
    far_base: float
    """Rotary base of the far-sighted layers."""
    near_base: float = 10_000.0
    far_every: int = 6
    """Every how many layers one is far-sighted, the last of them."""

    def is_far(self, layer: int) -> bool:
        """Whether a layer looks at everything before a token."""
        return (layer + 1) % self.far_every == 0

    @property
    def slots(self) -> int:
        """Vectors that are kept of each token: a key and a value for each layer."""
        return 2 * self.n_layers
