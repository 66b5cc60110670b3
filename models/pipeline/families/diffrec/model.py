"""DiffRec: noise is laid on a set step by step, and a network takes it off again.

At each step the network guesses the whole set. Asked, nothing is drawn: the picks count as the
noisiest state, and five steps of denoising turn them into a guess. Wang et al., "Diffusion
Recommender Model", SIGIR 2023, section 3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from pipeline.training import set_networks

NAME = "diffrec"
NOISE = "noise"


@dataclass(frozen=True)
class Settings(set_networks.Recent):
    """Network and training."""

    hidden: int = 240
    inner: int = 200
    steps: int = 5
    least_noise: float = 0.0005
    noise: float = 0.005
    """Variance at the last step; it rises in a line from `least_noise` at the first."""
    dropout: float = 0.5
    """Share of the picks that one training step does not show."""
    flatten: float = 0.0
    """A set of n picks is divided by n to this power; 0.5 gives every set the same length."""


class DiffRec(set_networks.SetNetwork):
    """n_items → hidden → inner → hidden → n_items, given the step it is at."""

    def __init__(self, n_items: int, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.read = nn.Linear(n_items, settings.hidden)
        self.step = nn.Embedding(settings.steps, settings.hidden)
        self.fold = nn.Linear(settings.hidden, settings.inner)
        self.unfold = nn.Linear(settings.inner, settings.hidden)
        self.guess = nn.Linear(settings.hidden, n_items)
        nn.init.zeros_(self.step.weight)
        for layer in (self.read, self.fold, self.unfold, self.guess):
            nn.init.xavier_normal_(layer.weight)
            nn.init.zeros_(layer.bias)
        self.variance = np.linspace(settings.least_noise, settings.noise, settings.steps)

    def denoise(self, state: Tensor, step: Tensor) -> Tensor:
        """The whole set as guessed from a noisy one."""  # (batch, n_items)
        hidden = torch.tanh(self.read(state) + self.step(step))
        hidden = torch.tanh(self.unfold(torch.tanh(self.fold(hidden))))
        guessed: Tensor = self.guess(hidden)
        return guessed

    def loss(self, picked: Tensor, progress: float) -> Tensor:
        settings = self.settings
        whole = self.flat(picked)
        step = torch.randint(settings.steps, (len(picked),))
        variance = torch.from_numpy(self.variance).float()[step, None]
        state = (1 - variance).sqrt() * set_networks.hide(whole, settings.dropout)
        state = state + variance.sqrt() * torch.randn_like(whole)
        guessed = self.denoise(state, step).float()
        return (guessed - whole).square().sum(dim=1).mean()

    def flat(self, picked: Tensor) -> Tensor:
        """Sets of different sizes brought nearer to one length."""  # (batch, n_items)
        n_picks = picked.sum(dim=1, keepdim=True).clamp(min=1)
        return picked / n_picks**self.settings.flatten

    def guesses(self, picked: Tensor, *, noise: bool = False) -> Tensor:
        """What each step guesses, the noisiest first."""  # (batch, steps, n_items)
        state = self.flat(picked)
        found: list[Tensor] = []
        if noise:
            state = state + self.variance[-1] ** 0.5 * torch.randn_like(state)
        for step, (of_guess, of_state, spread) in reversed(list(enumerate(self.posterior()))):
            found.append(self.denoise(state, torch.tensor(step)))
            state = of_guess * found[-1] + of_state * state
            if noise:
                state = state + spread * torch.randn_like(state)
        return torch.stack(found, dim=1)

    def posterior(self) -> NDArray[np.float64]:
        """Of each step: the weights of guess and state in the next state, and its deviation."""
        # (steps, 3)
        kept = 1 - self.variance  # the share of the set that is left
        before = np.append(1.0, kept[:-1])
        fresh = 1 - kept / before  # variance that the step adds
        of_guess = np.sqrt(before) * fresh / (1 - kept)
        of_state = np.sqrt(1 - fresh) * (1 - before) / (1 - kept)
        spread = np.sqrt(fresh * (1 - before) / (1 - kept))
        return np.stack([of_guess, of_state, spread], axis=1)

    def scores(self, picked: Tensor) -> Tensor:
        return self.guesses(picked)[:, -1]
