"""DiffRec: noise is laid on a set step by step, and a network takes it off again (Wang 2023).

At each step the network guesses the whole set. Asked, nothing is drawn: the picks count as the
noisiest state, and five steps of denoising turn them into a guess. Holds the network, its graph
and its run.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from onnx import TensorProto
from torch import Tensor, nn

from pipeline import train_sets
from pipeline.graph import HISTORY, Graph, Named, values

NAME = "diffrec"
NOISE = "noise"


@dataclass(frozen=True)
class Settings(train_sets.Training):
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


class DiffRec(train_sets.SetNetwork):
    """n_items → hidden → inner → hidden → n_items, told which step it is at."""

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
        state = (1 - variance).sqrt() * train_sets.hide(whole, settings.dropout)
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


def write(network: DiffRec, path: Path) -> None:
    """Writes the fp32 graph of `network`.

    States are mixed after the first layer rather than before it: that layer is linear, so five
    steps over 7,705 films become five steps over a few hundred numbers, and the same guesses.

    Input `noise` (batch, steps, hidden) is white noise for the draws of `guesses(noise=True)`: the
    first lies on the start, the others on the state after each step but the last; zeros draw
    nothing. Noise on every film reaches the first layer as Gaussian numbers whose covariance is
    that layer's weights times their transpose. So a factor of that matrix is shipped, and as many
    numbers as the layer is wide stand for a number per film: another draw, the same distribution.
    """
    graph = Graph()
    settings, n_items = network.settings, network.guess.out_features
    picked = train_sets.picked(graph, n_items)
    n_picks = graph("Max", graph("ReduceSum", picked, graph.ints(1), keepdims=1), graph.number(1))
    shown = graph("Div", picked, graph("Pow", n_picks, graph.number(settings.flatten)))
    read, guess = network.read, network.guess
    inwards = graph.constant("read.weight", values(read.weight).T)
    outwards = graph.constant("guess.weight", values(guess.weight).T)
    again = graph.constant("again.weight", values(read.weight @ guess.weight).T)
    offset = graph.constant("again.bias", values(read.weight @ guess.bias))
    state = graph("MatMul", shown, inwards)  # (batch, hidden)
    factor = np.linalg.cholesky(values(read.weight @ read.weight.T).astype(np.float64))
    coloured = graph.constant("noise.weight", factor.T.astype(np.float32))
    noise = graph("MatMul", NOISE, coloured)  # (batch, steps, hidden)

    def noisy(state: str, drawn: int, deviation: float) -> str:
        index = graph.constant(f"int_{drawn}", np.array([drawn], np.int32))
        found = graph("Squeeze", graph("Gather", noise, index, axis=1), graph.ints(1))
        return graph("Add", state, graph("Mul", found, graph.number(deviation)))

    state = noisy(state, 0, float(network.variance[-1] ** 0.5))
    told = values(network.read.bias + network.step.weight)  # (steps, hidden)
    found: list[str] = []
    for step, (of_guess, of_state, spread) in reversed(list(enumerate(network.posterior()))):
        hidden = graph("Tanh", graph("Add", state, graph.constant(f"step{step}", told[step])))
        hidden = graph("Tanh", graph.linear(network.fold, "fold", hidden))
        hidden = graph("Tanh", graph.linear(network.unfold, "unfold", hidden))
        found.append(graph("Unsqueeze", hidden, graph.ints(1)))
        if step > 0:
            read_again = graph("Add", graph("MatMul", hidden, again), offset)
            moved = graph("Mul", read_again, graph.number(float(of_guess)))
            state = graph("Add", moved, graph("Mul", state, graph.number(float(of_state))))
            state = noisy(state, settings.steps - step, float(spread))
    hidden = graph("Concat", *found, axis=1)  # (batch, steps, hidden)
    bias = graph.constant("guess.bias", values(guess.bias))
    graph("Add", graph("MatMul", hidden, outwards), bias, out="steps")
    last = graph.constant("last", np.array([settings.steps - 1], np.int32))
    graph("Squeeze", graph("Gather", "steps", last, axis=1), graph.ints(1), out="scores")
    outputs = {
        "scores": (TensorProto.FLOAT, ["batch", n_items]),
        "steps": (TensorProto.FLOAT, ["batch", settings.steps, n_items]),
    }
    inputs: Named = {
        **HISTORY,
        NOISE: (TensorProto.FLOAT, ["batch", settings.steps, settings.hidden]),
    }
    graph.save(path, NAME, inputs, outputs)


RUN = train_sets.Run(NAME, Settings, DiffRec, write)
train_for, export = RUN.train_for, RUN.export
