"""A linear shortcut beside a trained Mult-VAE, which is not in the paper.

EASE, fitted on the same people, is added to the decoder's logits. EASE has a weight for each two
films, and most of what it says lies in few directions; so does most of what the decoder says. So
the sum is cut to the directions that carry most of it on those people, and so is what both read.
Nothing is trained: of people whom EASE has counted it knows too much for a network to learn beside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from pipeline.data.split import Rows
from pipeline.families import counts, ease
from pipeline.families.mult_vae.model import MultVae
from pipeline.training import set_networks

Matrix = NDArray[np.float32]
READING_SHARE = 0.3
"""How far the encoder's reading may be off, beside the shortcut's: chosen on C's validation."""


class WithShortcut(set_networks.SetNetwork):
    """n_items → n_read; → hidden → latent → hidden and straight on, both → n_score → n_items."""

    def __init__(self, network: MultVae) -> None:
        super().__init__()
        settings, n_items = network.settings, network.guess.out_features
        n_read, n_score = (min(n, n_items) for n in (settings.n_read, settings.n_score))
        self.settings = settings
        self.inwards = nn.Linear(n_items, n_read, bias=False)
        self.read = nn.Linear(n_read, settings.hidden)
        self.posterior, self.unfold = network.posterior, network.unfold
        self.shortcut = nn.Linear(n_read, n_score, bias=False)
        self.back = nn.Linear(settings.hidden, n_score, bias=False)
        self.outwards = nn.Linear(n_score, n_items)
        self.eval()

    def encode(self, picked: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log variance."""  # (batch, latent) twice
        shown = self.inwards(functional.normalize(picked))
        mean, log_variance = self.posterior(torch.tanh(self.read(shown))).chunk(2, dim=1)
        return mean, log_variance

    def decode(self, latent: Tensor, picked: Tensor) -> Tensor:
        """Logits, of a place in the latent space and, by the shortcut, of the picks."""
        told = self.back(torch.tanh(self.unfold(latent))) + self.shortcut(self.inwards(picked))
        logits: Tensor = self.outwards(told)  # (batch, n_items)
        return logits

    def scores(self, picked: Tensor) -> Tensor:
        return self.decode(self.encode(picked)[0], picked)


@torch.no_grad()
def joined(network: MultVae, sets: Sequence[Rows]) -> WithShortcut:
    """`network` with EASE of `sets`, which it has learned from, beside it."""
    settings = network.settings
    found = WithShortcut(network)
    n_read, n_score = found.shortcut.in_features, found.shortcut.out_features
    picked = counts.user_items(sets, network.guess.out_features)
    n_together = np.asarray((picked.T @ picked).toarray(), np.float32)
    weights = settings.ease_weight * ease.ease_weights(n_together, ease.SET_PENALTY)
    unit = picked.multiply(1 / np.sqrt(picked.sum(axis=1))).tocsr()
    reading, guess = (values(it.weight) for it in (network.read, network.guess))
    shown = torch.from_numpy(unit @ reading.T) + network.read.bias
    mean = network.posterior(torch.tanh(shown))[:, : settings.latent]
    hidden = torch.tanh(network.unfold(mean)).numpy()  # (n_users, hidden)
    usual = hidden.mean(axis=0)

    # What is said: the directions of decoder and EASE together.
    apart = hidden - usual
    directions = leading(
        lambda some: apart @ (guess.T @ some) + picked @ (weights @ some),
        lambda some: guess @ (apart.T @ some) + weights.T @ (picked.T @ some),
        (len(guess), n_score),
    )
    # What is read: by the encoder and by the shortcut.
    linear = weights @ directions
    ours, theirs = unit @ reading.T, unit @ linear
    share = READING_SHARE * np.sqrt(np.square(theirs).sum() / np.square(ours).sum())
    both = np.hstack([share * ours, theirs])
    kept = np.linalg.eigh(both.T @ both)[1][:, ::-1][:, :n_read]
    back = directions.T @ guess  # (n_score, hidden)
    bias = values(network.guess.bias) + guess @ usual - directions @ (back @ usual)
    for parameter, value in (
        (found.inwards.weight, (np.hstack([share * reading.T, linear]) @ kept).T),
        (found.read.weight, kept[: settings.hidden] / share),
        (found.read.bias, values(network.read.bias)),
        (found.shortcut.weight, kept[settings.hidden :]),
        (found.back.weight, back),
        (found.outwards.weight, directions),
        (found.outwards.bias, bias),
    ):
        parameter.copy_(torch.from_numpy(np.ascontiguousarray(value, np.float32)))
    return found


def leading(
    forth: Callable[[Matrix], Matrix],
    back: Callable[[Matrix], Matrix],
    shape: tuple[int, int],
    *,
    seed: int = 0,
) -> Matrix:
    """The right singular vectors of a matrix that only multiplies, largest first, of `shape`.

    By subspace iteration: `forth` is the matrix times its argument, `back` its transpose.
    """
    n_rows, n_found = shape
    wide = min(n_found + 64, n_rows)
    basis = np.asarray(np.random.default_rng(seed).normal(size=(n_rows, wide)), np.float32)
    for _ in range(3):
        basis = np.linalg.qr(back(forth(basis)))[0].astype(np.float32)
    reached = forth(basis)
    found: Matrix = basis @ np.linalg.eigh(reached.T @ reached)[1][:, ::-1][:, :n_found]
    return found


def values(tensor: Tensor) -> Matrix:
    """A tensor's numbers."""
    found: Matrix = tensor.detach().float().numpy()
    return found
