"""IRGAN: a generator picks films for a reader, a discriminator tells them from real picks.

Both are matrix factorisations, and a reader is the sum of what their picks say, so anyone can be
folded in. The generator is pre-trained by likelihood. Then rounds begin: the discriminator learns
from real and generated picks, the generator from its verdicts by policy gradient. Item vectors
alone move in the rounds, and each round's are kept. Wang et al., "IRGAN: A Minimax Game for
Unifying Generative and Discriminative Information Retrieval Models", SIGIR 2017, section 2.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.data.split import Rows
from pipeline.evaluate import metrics
from pipeline.evaluate.metrics import ScoreBatch
from pipeline.training import set_networks

NAME = "irgan"


@dataclass(frozen=True)
class Settings(set_networks.Training):
    """Networks, pre-training (`epochs`) and the adversarial rounds."""

    dim: int = 24
    dropout: float = 0.5
    """Share of the picks that a reader's vector does not hold in training."""
    judge_epochs: int = 10
    """Pre-training of the discriminator, against the pre-trained generator."""
    rounds: int = 5
    judge_passes: int = 1
    """Passes over all readers that the discriminator gets in a round."""
    generator_passes: int = 2
    draws: int = 128
    """Films that the generator picks for each reader of a batch."""
    real_share: float = 0.2
    """Share of those that are real picks instead, weighted back by their probability."""
    round_rate: float = 3e-4
    """Learning rate of both in the rounds."""
    baseline_decay: float = 0.9
    """Of the moving average of rewards that a reward is compared with; 1: none."""


class Mf(set_networks.SetNetwork):
    """score(reader, item) = reader · item + bias, reader = Σ over picks of `input_items` / √n."""

    def __init__(self, n_items: int, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.input_items = nn.Parameter(torch.randn(n_items, settings.dim) * 0.05)
        self.items = nn.Parameter(torch.randn(n_items, settings.dim) * 0.05)
        self.bias = nn.Parameter(torch.zeros(n_items))

    def reader(self, picked: Tensor) -> Tensor:
        """A reader's vector."""  # (batch, dim)
        shown = functional.normalize(picked)
        if self.training:
            shown = set_networks.hide(shown, self.settings.dropout)
        return shown @ self.input_items

    def scores(self, picked: Tensor) -> Tensor:
        return torch.addmm(self.bias, self.reader(picked), self.items.t())


class Generator(Mf):
    """Pre-trained by the likelihood of the picks under its softmax."""

    def loss(self, picked: Tensor, progress: float) -> Tensor:
        log_share = functional.log_softmax(self.scores(picked).float(), dim=1)
        # Divided by √n, so that long sets do not rule.
        return -(log_share * functional.normalize(picked)).sum(dim=1).mean()

    def reward_loss(self, picked: Tensor, judge: Mf, baseline: float) -> tuple[Tensor, float]:
        """Policy gradient over the full softmax; also the mean reward, for the baseline.

        Draws come from a mixture of the softmax and the real picks, and their weights put that
        right (Wang 2017, appendix).
        """
        settings = self.settings
        log_share = functional.log_softmax(self.scores(picked), dim=1)
        with torch.no_grad():
            share = log_share.exp()
            real = picked / picked.sum(dim=1, keepdim=True)
            mixed = (1 - settings.real_share) * share + settings.real_share * real
            drawn = torch.multinomial(mixed, settings.draws, replacement=True)
            weight = share.gather(1, drawn) / mixed.gather(1, drawn)
            reward = 2 * torch.sigmoid(judge.scores(picked).gather(1, drawn)) - 1
            mean = float((weight * reward).mean())
        chance = log_share.gather(1, drawn)
        return -(chance * weight * (reward - baseline)).mean(), mean


class Discriminator(Mf):
    """Tells real picks from a generator's."""

    def __init__(self, n_items: int, settings: Settings, rival: Generator) -> None:
        super().__init__(n_items, settings)
        self.rival = [rival]  # in a list, so that it is no part of this network

    def loss(self, picked: Tensor, progress: float) -> Tensor:
        (rival,) = self.rival
        with torch.no_grad():
            share = torch.softmax(rival.scores(picked).float(), dim=1)
            drawn = torch.multinomial(share, self.settings.draws, replacement=True)
        verdict = self.scores(picked).float()
        missed = functional.softplus(-verdict) * picked / picked.sum(dim=1, keepdim=True)
        fooled = functional.softplus(verdict.gather(1, drawn))
        return missed.sum(dim=1).mean() + fooled.mean()


@dataclass(frozen=True)
class Adversaries:
    """Both networks and their item vectors after each round, pre-training first."""

    generator: Generator
    discriminator: Discriminator
    generator_items: list[Tensor]
    discriminator_items: list[Tensor]

    def score(self, n_items: int, *, after: int, judge: bool = False) -> ScoreBatch:
        """One snapshot as `evaluate` wants it."""
        network: Mf = self.discriminator if judge else self.generator
        items = (self.discriminator_items if judge else self.generator_items)[after]

        def score(histories: list[Rows]) -> metrics.Scores:
            with torch.no_grad():
                network.items.copy_(items)
            return set_networks.score_with(network, n_items)(histories)

        return score
