"""The run of IRGAN: pre-training, then the rounds of both networks against each other."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from pipeline import config
from pipeline.data.split import SetSplit
from pipeline.evaluate import metrics, tables
from pipeline.families.irgan.export import write
from pipeline.families.irgan.model import NAME, Adversaries, Discriminator, Generator, Settings
from pipeline.families.linear import MAX_HISTORY
from pipeline.ship.export import ship_graph
from pipeline.training import loop, set_networks


def pretrained(settings: Settings, split: SetSplit, folder: Path) -> Generator:
    """The generator that validation likes best; goes on where an earlier run stopped."""
    return set_networks.trained(Generator, settings, split, folder)


def run_rounds(settings: Settings, split: SetSplit, folder: Path) -> Adversaries:
    """Pre-trains both and plays every round; goes on where an earlier run stopped."""
    generator = pretrained(settings, split, folder / "generator")
    torch.manual_seed(settings.seed + 1)
    discriminator = Discriminator(split.n_items, settings, generator)
    how = replace(settings, epochs=settings.judge_epochs)
    set_networks.load(
        discriminator, set_networks.train(discriminator, how, split, folder / "discriminator")
    )
    adversaries = Adversaries(generator, discriminator, [], [])
    _run_rounds(adversaries, settings, split, folder)
    return adversaries


def _run_rounds(
    adversaries: Adversaries, settings: Settings, split: SetSplit, folder: Path
) -> None:
    """Fills `adversaries` with the item vectors of every round."""
    generator, discriminator = adversaries.generator, adversaries.discriminator
    adversaries.generator_items.append(generator.items.detach().clone())
    adversaries.discriminator_items.append(discriminator.items.detach().clone())
    optimizers = [
        torch.optim.AdamW([n.items], settings.round_rate, weight_decay=0.0, fused=True)
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
            baseline, line = _round(adversaries, settings, split, number, optimizers, baseline)
            line["seconds"] = round(time.monotonic() - began, 1)
        adversaries.generator_items.append(generator.items.detach().clone())
        adversaries.discriminator_items.append(discriminator.items.detach().clone())
        if checkpoint.exists():
            continue
        for judge, name in ((False, "generator"), (True, "discriminator")):
            score = adversaries.score(split.n_items, after=number, judge=judge)
            reached = metrics.set_metrics(score, split.valid)["ndcg@100"]
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
        loop.write(state, checkpoint)


def _round(
    adversaries: Adversaries,
    settings: Settings,
    split: SetSplit,
    number: int,
    optimizers: Sequence[torch.optim.Optimizer],
    baseline: float,
) -> tuple[float, dict[str, float | int]]:
    """The discriminator learns, then the generator; returns the moved baseline and a log line."""
    generator, discriminator = adversaries.generator, adversaries.discriminator
    torch.manual_seed(settings.seed * 100_003 + number)
    generator.eval()
    discriminator.train()
    missed: list[float] = []
    for turn in range(settings.judge_passes):
        for picked in set_networks.batches(settings, split, 1000 * number + turn):
            loss = discriminator.loss(picked, 0.0)
            _step(optimizers[1], loss)
            missed.append(float(loss.detach()))
    generator.train()
    discriminator.eval()
    rewards: list[float] = []
    decay = settings.baseline_decay
    for turn in range(settings.generator_passes):
        for picked in set_networks.batches(settings, split, 1000 * number + 500 + turn):
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


def trained(settings: Settings, split: SetSplit, folder: Path) -> tuple[Adversaries, Generator]:
    """The adversaries, and the same generator pre-trained for as many passes as both had in it."""
    adversaries = run_rounds(settings, split, folder)
    n_more = settings.rounds * (settings.judge_passes + settings.generator_passes)
    longer = replace(settings, epochs=settings.epochs + n_more)
    return adversaries, pretrained(longer, split, folder / "longer")


def ship(adversaries: Adversaries) -> Path:
    """Puts both networks and every round into the artefacts."""
    return ship_graph(NAME, partial(write, adversaries), max_history=MAX_HISTORY)


def train_for(table: str, path: Path, benchmark_path: Path) -> None:
    """Trains the one pair of networks for tables B and C, and what it is compared with."""
    split = set_networks.read_split(table)
    trained(config.section(path, NAME, Settings), split, set_networks.folder_of(NAME))


def export(path: Path) -> None:
    """Ships what was trained and asks test once, before and after the rounds."""
    split = set_networks.read_split("C")
    adversaries, longer = trained(
        config.section(path, NAME, Settings), split, set_networks.folder_of(NAME)
    )
    ship(adversaries)
    parts = {
        part: loop.minutes_of(set_networks.folder_of(NAME) / part)
        for part in ("generator", "discriminator", "longer", "")
    }
    rounds, before = parts[""], parts["generator"]
    judge = adversaries.score(split.n_items, after=-1, judge=True)
    for score, note, minutes in (
        (adversaries.score(split.n_items, after=0), "before the rounds", before),
        (
            set_networks.score_with(longer, split.n_items),
            "pre-trained for as long",
            parts["longer"],
        ),
        (judge, "discriminator", parts["discriminator"] + rounds),
    ):
        tables.record_sets(NAME, score, split.test, minutes=minutes, note=note)
    whole = before + parts["discriminator"] + rounds
    set_networks.record(NAME, adversaries.score(split.n_items, after=-1), minutes=whole)
