"""IRGAN: a generator picks films for a reader, a discriminator tells them from real picks (2017).

Both are matrix factorisations, and a reader is the sum of what their picks say, so anyone can be
folded in. The generator is pre-trained by likelihood. Then rounds begin: the discriminator learns
from real and generated picks, the generator from its verdicts by policy gradient. Item vectors
alone move in the rounds, and each round's are kept. Holds the networks, their graph and their run.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import torch
from onnx import TensorProto
from torch import Tensor, nn
from torch.nn import functional

from pipeline import config, evaluate, train_sets
from pipeline.evaluate import ScoreBatch
from pipeline.families.linear import MAX_HISTORY
from pipeline.graph import HISTORY, Graph, values
from pipeline.ship import ship_graph
from pipeline.split import Rows, SetSplit

NAME = "irgan"


@dataclass(frozen=True)
class Settings(train_sets.Training):
    """Networks, pre-training (`epochs`) and the adversarial rounds."""

    dim: int = 24
    dropout: float = 0.5
    """Share of the picks that a reader's vector is not told of in training."""
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
    duel_rate: float = 3e-4
    """Learning rate of both in the rounds."""
    baseline_decay: float = 0.9
    """Of the moving average of rewards that a reward is compared with; 1: none."""


class Mf(train_sets.SetNetwork):
    """score(reader, item) = reader · item + bias, reader = Σ over picks of `told` / √n."""

    def __init__(self, n_items: int, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.told = nn.Parameter(torch.randn(n_items, settings.dim) * 0.05)
        self.items = nn.Parameter(torch.randn(n_items, settings.dim) * 0.05)
        self.bias = nn.Parameter(torch.zeros(n_items))

    def reader(self, picked: Tensor) -> Tensor:
        """A reader's vector."""  # (batch, dim)
        shown = functional.normalize(picked)
        if self.training:
            shown = train_sets.hide(shown, self.settings.dropout)
        return shown @ self.told

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
class Duel:
    """Both networks and their item vectors after each round, pre-training first."""

    generator: Generator
    discriminator: Discriminator
    generator_items: list[Tensor]
    discriminator_items: list[Tensor]

    def score(self, n_items: int, *, after: int, judge: bool = False) -> ScoreBatch:
        """One snapshot as `evaluate` wants it."""
        network: Mf = self.discriminator if judge else self.generator
        items = (self.discriminator_items if judge else self.generator_items)[after]

        def score(histories: list[Rows]) -> evaluate.Scores:
            with torch.no_grad():
                network.items.copy_(items)
            return train_sets.score_with(network, n_items)(histories)

        return score


def pretrained(settings: Settings, split: SetSplit, folder: Path) -> Generator:
    """The generator that validation likes best; goes on where an earlier run stopped."""
    return train_sets.trained(Generator, settings, split, folder)


def duelled(settings: Settings, split: SetSplit, folder: Path) -> Duel:
    """Pre-trains both and plays every round; goes on where an earlier run stopped."""
    generator = pretrained(settings, split, folder / "generator")
    torch.manual_seed(settings.seed + 1)
    discriminator = Discriminator(split.n_items, settings, generator)
    how = replace(settings, epochs=settings.judge_epochs)
    train_sets.load(
        discriminator, train_sets.train(discriminator, how, split, folder / "discriminator")
    )
    duel = Duel(generator, discriminator, [], [])
    _play(duel, settings, split, folder)
    return duel


def _play(duel: Duel, settings: Settings, split: SetSplit, folder: Path) -> None:
    """Fills `duel` with the item vectors of every round."""
    generator, discriminator = duel.generator, duel.discriminator
    duel.generator_items.append(generator.items.detach().clone())
    duel.discriminator_items.append(discriminator.items.detach().clone())
    optimizers = [
        torch.optim.AdamW([n.items], settings.duel_rate, weight_decay=0.0, fused=True)
        for n in (generator, discriminator)
    ]
    baseline = 0.0
    for number in range(1, settings.rounds + 1):
        checkpoint = folder / f"round-{number}.pt"
        if checkpoint.exists():
            kept = torch.load(checkpoint, map_location="cpu", weights_only=True)
            if kept["settings"] != asdict(settings):
                raise ValueError(f"{checkpoint} belongs to another configuration; remove it")
            baseline = kept["baseline"]
            with torch.no_grad():
                generator.items.copy_(kept["generator"])
                discriminator.items.copy_(kept["discriminator"])
            for optimizer, state in zip(optimizers, kept["optimizers"], strict=True):
                optimizer.load_state_dict(state)
        else:
            began = time.monotonic()
            baseline, line = _round(duel, settings, split, number, optimizers, baseline)
            line["seconds"] = round(time.monotonic() - began, 1)
        duel.generator_items.append(generator.items.detach().clone())
        duel.discriminator_items.append(discriminator.items.detach().clone())
        if checkpoint.exists():
            continue
        for judge, name in ((False, "generator"), (True, "discriminator")):
            score = duel.score(split.n_items, after=number, judge=judge)
            reached = evaluate.set_metrics(score, split.valid)["ndcg@100"]
            line[f"valid_{name}_ndcg@100"] = round(reached, 5)
        with (folder / "train.log").open("a") as log:
            log.write(json.dumps(line) + "\n")
        state = {
            "settings": asdict(settings),
            "baseline": baseline,
            "generator": generator.items.detach(),
            "discriminator": discriminator.items.detach(),
            "optimizers": [optimizer.state_dict() for optimizer in optimizers],
        }
        train_sets.save(state, checkpoint)


def _round(
    duel: Duel,
    settings: Settings,
    split: SetSplit,
    number: int,
    optimizers: Sequence[torch.optim.Optimizer],
    baseline: float,
) -> tuple[float, dict[str, float | int]]:
    """The discriminator learns, then the generator; returns the moved baseline and a log line."""
    generator, discriminator = duel.generator, duel.discriminator
    torch.manual_seed(settings.seed * 100_003 + number)
    generator.eval()
    discriminator.train()
    missed: list[float] = []
    for turn in range(settings.judge_passes):
        for picked in train_sets.batches(settings, split, 1000 * number + turn):
            loss = discriminator.loss(picked, 0.0)
            _step(optimizers[1], loss)
            missed.append(float(loss.detach()))
    generator.train()
    discriminator.eval()
    rewards: list[float] = []
    decay = settings.baseline_decay
    for turn in range(settings.generator_passes):
        for picked in train_sets.batches(settings, split, 1000 * number + 500 + turn):
            loss, reward = generator.reward_loss(picked, discriminator, baseline)
            _step(optimizers[0], loss)
            rewards.append(reward)
            baseline = decay * baseline + (1 - decay) * reward
    return baseline, {
        "round": number,
        "discriminator_loss": round(float(np.mean(missed)), 5),
        "reward": round(float(np.mean(rewards)), 5),
    }


def _step(optimizer: torch.optim.Optimizer, loss: Tensor) -> None:
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    optimizer.step()


def write(duel: Duel, path: Path) -> None:
    """Writes the fp32 graph: both networks, every round, and the last generator's scores."""
    graph = Graph()
    n_items = len(duel.generator.bias)
    n_rounds = len(duel.generator_items)
    picked = train_sets.picked(graph, n_items)
    length = graph("Sqrt", graph("ReduceSum", picked, graph.ints(1), keepdims=1))
    shown = graph("Div", picked, graph("Max", length, graph.number(1)))
    for name, network, items in (
        ("generator", duel.generator, duel.generator_items),
        ("discriminator", duel.discriminator, duel.discriminator_items),
    ):
        told = graph.constant(f"{name}.told", values(network.told))
        every = graph.constant(f"{name}.items", values(torch.cat(items)).T)
        found = graph("MatMul", graph("MatMul", shown, told), every)
        apart = graph("Reshape", found, graph.ints(0, n_rounds, n_items))
        graph("Add", apart, graph.constant(f"{name}.bias", values(network.bias)), out=name)
    last = graph.constant("last", np.array([n_rounds - 1], np.int32))
    graph("Squeeze", graph("Gather", "generator", last, axis=1), graph.ints(1), out="scores")
    kind = TensorProto.FLOAT
    outputs: dict[str, tuple[int, list[int | str]]] = {
        "scores": (kind, ["batch", n_items]),
        "generator": (kind, ["batch", n_rounds, n_items]),
        "discriminator": (kind, ["batch", n_rounds, n_items]),
    }
    graph.save(path, NAME, HISTORY, outputs)


def trained(settings: Settings, split: SetSplit, folder: Path) -> tuple[Duel, Generator]:
    """The duel, and the same generator pre-trained for as many passes as both had in it."""
    duel = duelled(settings, split, folder)
    n_more = settings.rounds * (settings.judge_passes + settings.generator_passes)
    longer = replace(settings, epochs=settings.epochs + n_more)
    return duel, pretrained(longer, split, folder / "longer")


def ship(duel: Duel) -> Path:
    """Puts both networks and every round into the artefacts."""
    return ship_graph(NAME, partial(write, duel), max_history=MAX_HISTORY)


def train_for(table: str, path: Path, benchmark_path: Path) -> None:
    """Trains the one pair of networks for tables B and C, and what it is compared with."""
    split = train_sets.read_split(table)
    trained(config.section(path, NAME, Settings), split, train_sets.folder_of(NAME))


def export(path: Path) -> None:
    """Ships what was trained and asks test once, before and after the rounds."""
    split = train_sets.read_split("C")
    duel, longer = trained(config.section(path, NAME, Settings), split, train_sets.folder_of(NAME))
    ship(duel)
    parts = {
        part: train_sets.minutes_of(train_sets.folder_of(NAME) / part)
        for part in ("generator", "discriminator", "longer", "")
    }
    rounds, before = parts[""], parts["generator"]
    judge = duel.score(split.n_items, after=-1, judge=True)
    for score, note, minutes in (
        (duel.score(split.n_items, after=0), "before the rounds", before),
        (train_sets.score_with(longer, split.n_items), "pre-trained for as long", parts["longer"]),
        (judge, "discriminator", parts["discriminator"] + rounds),
    ):
        train_sets.record_sets(NAME, score, split.test, minutes=minutes, note=note)
    whole = before + parts["discriminator"] + rounds
    train_sets.record(NAME, duel.score(split.n_items, after=-1), minutes=whole)
