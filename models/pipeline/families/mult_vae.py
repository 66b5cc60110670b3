"""Mult-VAE: an auto-encoder that guesses a whole set from a cloud of 64 numbers (Liang 2018).

The encoder turns the picks into a mean and a variance; training draws from that cloud, asking
takes its middle. Holds the network, its graph and its run.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from onnx import TensorProto
from torch import Tensor, nn
from torch.nn import functional

from pipeline import train_sets
from pipeline.graph import HISTORY, Graph, Named

NAME = "mult_vae"
SHIFT = "shift"


@dataclass(frozen=True)
class Settings(train_sets.Training):
    """Network and training."""

    hidden: int = 256
    latent: int = 64
    dropout: float = 0.5
    """Share of the picks that one training step does not show."""
    beta: float = 0.2
    """Weight of the cloud's distance to the standard one, when all of it counts."""
    annealed: float = 0.5
    """Share of the run over which that weight rises from 0."""
    by_size: float = 0.0
    """That weight is multiplied by the number of picks to this power."""
    flatten: float = 0.0
    """The loss of a set of n picks is divided by n to this power, so that long ones rule less."""


class MultVae(train_sets.SetNetwork):
    """n_items → hidden → latent → hidden → n_items."""

    def __init__(self, n_items: int, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.read = nn.Linear(n_items, settings.hidden)
        self.cloud = nn.Linear(settings.hidden, 2 * settings.latent)
        self.unfold = nn.Linear(settings.latent, settings.hidden)
        self.guess = nn.Linear(settings.hidden, n_items)
        for layer in (self.read, self.cloud, self.unfold, self.guess):
            nn.init.xavier_normal_(layer.weight)
            nn.init.zeros_(layer.bias)
        # A set has length 1, so the usual start would leave the first layer asleep for epochs.
        nn.init.normal_(self.read.weight, std=0.1)

    def encode(self, picked: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log variance."""  # (batch, latent) twice
        shown = functional.normalize(picked)
        if self.training:
            shown = train_sets.hide(shown, self.settings.dropout)
        mean, log_variance = self.cloud(torch.tanh(self.read(shown))).float().chunk(2, dim=1)
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


def write(network: MultVae, path: Path) -> None:
    """Writes the fp32 graph of `network`.

    Input `shift` is added to the middle of the cloud before it is decoded: zeros for the reader as
    they are, other numbers to see what a direction of the cloud is about.
    """
    graph = Graph()
    n_items, latent = network.guess.out_features, network.settings.latent
    picked = train_sets.picked(graph, n_items)
    length = graph("Sqrt", graph("ReduceSum", picked, graph.ints(1), keepdims=1))
    shown = graph("Div", picked, graph("Max", length, graph.number(1)))
    hidden = graph("Tanh", graph.linear(network.read, "read", shown))
    cloud = graph.linear(network.cloud, "cloud", hidden)
    graph("Slice", cloud, graph.ints(0), graph.ints(latent), graph.ints(1), out="mean")
    graph("Slice", cloud, graph.ints(latent), graph.ints(2 * latent), graph.ints(1), out="log_variance")  # fmt: skip  # noqa: E501
    moved = graph("Add", "mean", SHIFT)
    hidden = graph("Tanh", graph.linear(network.unfold, "unfold", moved))
    graph("Identity", graph.linear(network.guess, "guess", hidden), out="scores")
    shapes = {"scores": n_items, "mean": latent, "log_variance": latent}
    outputs = {name: (TensorProto.FLOAT, ["batch", width]) for name, width in shapes.items()}
    inputs: Named = {**HISTORY, SHIFT: (TensorProto.FLOAT, ["batch", latent])}
    graph.save(path, NAME, inputs, outputs)


RUN = train_sets.Run(NAME, Settings, MultVae, write, learns_more=True)
train_for, export = RUN.train_for, RUN.export
