"""Mult-VAE: encodes a set as a Gaussian in a latent space and decodes a score for every film.

Training draws from the Gaussian, asking takes its mean. Liang et al., "Variational Autoencoders for
Collaborative Filtering", WWW 2018, section 2. What ships has a linear shortcut beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.data.split import Rows
from pipeline.training import set_networks

NAME = "mult_vae"
SHIFT = "shift"


@dataclass(frozen=True)
class Settings(set_networks.Recent):
    """Network and training."""

    hidden: int = 256
    latent: int = 64
    dropout: float = 0.5
    """Share of the picks that one training step does not show."""
    beta: float = 0.2
    """Weight of the divergence from the prior, when all of it counts."""
    annealed: float = 0.5
    """Share of the run over which that weight rises from 0."""
    by_size: float = 0.0
    """That weight is multiplied by the number of picks to this power."""
    flatten: float = 0.0
    """The loss of a set of n picks is divided by n to this power, so that long ones rule less."""
    ease_weight: float = 10.0
    """What EASE's scores, beside the logits, are multiplied by."""
    n_read: int = 192
    """Numbers a film that is read has in what ships, of encoder and shortcut together."""
    n_score: int = 320
    """Numbers a film that is scored has."""


class MultVae(set_networks.SetNetwork):
    """n_items → hidden → latent → hidden → n_items."""

    def __init__(self, n_items: int, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.read = nn.Linear(n_items, settings.hidden)
        self.posterior = nn.Linear(settings.hidden, 2 * settings.latent)
        self.unfold = nn.Linear(settings.latent, settings.hidden)
        self.guess = nn.Linear(settings.hidden, n_items)
        for layer in (self.read, self.posterior, self.unfold, self.guess):
            nn.init.xavier_normal_(layer.weight)
            nn.init.zeros_(layer.bias)
        # A set has length 1, so the usual start would leave the first layer asleep for epochs.
        nn.init.normal_(self.read.weight, std=0.1)

    def encode(self, picked: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log variance."""  # (batch, latent) twice
        shown = functional.normalize(picked)
        if self.training:
            shown = set_networks.hide(shown, self.settings.dropout)
        mean, log_variance = self.posterior(torch.tanh(self.read(shown))).float().chunk(2, dim=1)
        return mean, log_variance

    def decode(self, latent: Tensor) -> Tensor:
        """Logits of the multinomial."""  # (batch, n_items)
        logits: Tensor = self.guess(torch.tanh(self.unfold(latent)))
        return logits

    def loss(self, picked: Tensor, progress: float) -> Tensor:
        settings = self.settings
        mean, log_variance = self.encode(picked)
        drawn = mean + torch.randn_like(mean) * torch.exp(0.5 * log_variance)
        log_share = functional.log_softmax(self.decode(drawn).float(), dim=1)
        missed = -(log_share * picked).sum(dim=1)
        apart = 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum(dim=1)
        beta = settings.beta * min(1.0, progress / max(settings.annealed, 1e-9))
        n_picks = picked.sum(dim=1)
        weight = n_picks**-settings.flatten
        return (weight * (missed + beta * n_picks**settings.by_size * apart)).mean()

    def scores(self, picked: Tensor) -> Tensor:
        return self.decode(self.encode(picked)[0])

    def finished(self, sets: Sequence[Rows]) -> set_networks.SetNetwork:
        """With the linear shortcut of `shortcut`."""
        from pipeline.families.mult_vae import shortcut

        return shortcut.joined(self, sets)
