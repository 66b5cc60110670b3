"""Trains next-item networks: batches of windows, chunked cross-entropy, checkpoints to go on from.

`train(config, training_data, out_dir)` writes `checkpoint.pt` after every epoch (to continue),
`best.pt` at each new best validation score (to ship) and `train.log`. Starting it again with the
same folder goes on where it stopped and ends in the same weights. Which network it is, and what
it is asked, the family says through its own kind of `TrainConfig`.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from pipeline.data.split import Cases, ProductSplit, SequenceSplit
from pipeline.training.next_item import (
    Network,
    Questions,
    Shape,
    TrainConfig,
    load,
    padded,
    save,
    write,
)
from pipeline.training.next_pick_loss import Candidates, NextPickLoss, draw_candidates
from pipeline.training.processes import joined
from pipeline.training.training_data import Matrix, TrainingData, plain
from pipeline.training.windows import Held, Source, Window, batches, windows

__all__ = [
    "Candidates",
    "Network",
    "NextPickLoss",
    "Questions",
    "Shape",
    "TrainConfig",
    "Window",
    "batches",
    "draw_candidates",
    "load",
    "ndcg",
    "padded",
    "ranks",
    "save",
    "train",
    "training_data_from",
    "windows",
]


def train(
    config: TrainConfig,
    training_data: TrainingData | SequenceSplit | ProductSplit | Source,
    out_dir: Path,
    *,
    before_epoch: Callable[[int], None] = lambda epoch: None,
) -> Path:
    """Runs, or continues, one training run; returns the path of the weights to use."""
    if isinstance(training_data, SequenceSplit | ProductSplit):
        training_data = training_data_from(training_data)
    out_dir.mkdir(parents=True, exist_ok=True)
    run = _Run(
        config,
        Held(training_data) if isinstance(training_data, TrainingData) else training_data,
        out_dir,
    )
    for epoch in range(run.epoch, config.epochs):
        before_epoch(epoch)
        run.one_epoch(epoch)
    return out_dir / "best.pt"


def training_data_from(split: SequenceSplit | ProductSplit) -> TrainingData:
    """The plainest training data a split gives: its ordered sequences and nothing else."""
    if isinstance(split, SequenceSplit):
        return plain(split.n_items, split.train, split.valid)
    return plain(split.n_items, split.for_choice.sequences, split.valid_last_ten)


@torch.no_grad()
def ranks(model: Network, cases: Cases, device: torch.device | None = None) -> NDArray[np.int64]:
    """Rank of each target among the unseen items; ties count against the model."""
    device = device or torch.device("cpu")
    model.eval()
    longest = model.shape.max_history
    found = np.zeros(len(cases), np.int64)
    order = np.argsort([min(len(history), longest) for history in cases.histories])
    for start in range(0, len(order), 64):
        part = order[start : start + 64]
        recent = [cases.histories[k][-longest:] for k in part]
        history = torch.from_numpy(padded(recent)).to(device)
        scores = model(history)[0].float().cpu().numpy()
        for row, number in enumerate(part):
            target = cases.targets[number]
            wanted = scores[row, target]
            scores[row, cases.histories[number]] = -np.inf
            scores[row, target] = wanted
            found[number] = int((scores[row] >= wanted).sum())
    model.train()
    return found


def ndcg(found: NDArray[np.int64], top: int = 10) -> float:
    """Mean NDCG of single-answer questions from the answers' ranks."""
    return float(np.where(found <= top, 1.0 / np.log2(found + 1.0), 0.0).mean())


class _Asked(nn.Module):
    """A network that answers with its loss: what processes average is one call to a module."""

    def __init__(self, model: Network, config: TrainConfig) -> None:
        super().__init__()
        self.model, self.config = model, config

    def forward(self, asked: Questions, popular_first: Tensor) -> Tensor:
        return self.config.loss(self.model, asked, popular_first)


class _Run:
    """State of one training run: weights, their moving average, optimiser, best score so far."""

    def __init__(self, config: TrainConfig, source: Source, out_dir: Path) -> None:
        if config.threads > 0:
            torch.set_num_threads(config.threads)
        self.processes = joined(config.device)
        device = self.processes.device
        self.config, self.source, self.out_dir = config, source, out_dir
        torch.manual_seed(config.seed)
        self.model = config.network(source.n_items).to(device)
        self.start_from(source.start())
        self.average = config.network(source.n_items).to(device)
        self.average.load_state_dict(self.model.state_dict())
        matrices = [p for p in self.model.parameters() if p.ndim == 2]
        others = [p for p in self.model.parameters() if p.ndim != 2]
        self.optimizer = torch.optim.AdamW(
            [
                {"params": matrices, "weight_decay": config.weight_decay},
                {"params": others, "weight_decay": 0.0},
            ],
            lr=config.learning_rate,
            betas=(0.9, 0.98),
        )
        popular_first = np.argsort(-source.popularity(), kind="stable")
        self.popular_first = torch.from_numpy(popular_first).to(device)
        self.epoch = 0
        self.step = 0
        self.best = -1.0
        self.checkpoint = out_dir / "checkpoint.pt"
        if self.checkpoint.exists():
            kept = torch.load(self.checkpoint, map_location=device, weights_only=True)
            if kept["config"] != _settings(config):
                raise ValueError(f"{self.checkpoint} belongs to another configuration; remove it")
            self.model.load_state_dict(kept["model"])
            self.average.load_state_dict(kept["average"])
            self.optimizer.load_state_dict(kept["optimizer"])
            self.epoch, self.step, self.best = kept["epoch"], kept["step"], kept["best"]
        # Nobody goes on to write a checkpoint that another has yet to read.
        self.processes.wait()
        self.asked = self.processes.averaging(_Asked(self.model, config))

    @torch.no_grad()
    def start_from(self, known: dict[str, Matrix]) -> None:
        """Puts in what is known beforehand: items, layers."""
        parameters = dict(self.model.named_parameters())
        for name, value in known.items():
            ours = parameters[name]
            # Lag biases reach as far as the longer of two networks looked back.
            cut = torch.from_numpy(value)[..., : ours.shape[-1]] if ours.ndim else value
            ours.copy_(torch.as_tensor(cut))

    def rate(self, progress: float) -> float:
        """Learning rate: a short rise, then half a cosine down to 2 %."""
        warm = min(1.0, (self.step + 1) / max(1, self.config.warmup_steps))
        fall = 0.02 + 0.98 * 0.5 * (1.0 + math.cos(math.pi * progress))
        return self.config.learning_rate * warm * fall

    def one_epoch(self, epoch: int) -> None:
        config, processes = self.config, self.processes
        began = time.monotonic()
        # Every process hides other numbers and draws other candidates, the first as one alone.
        torch.manual_seed(config.seed * 100_003 + epoch + processes.rank * 1_000_000_007)
        draw = np.random.default_rng((config.seed, epoch, 2, processes.rank))
        batches = self.source.batches(config, epoch, processes.rank, processes.n)
        total, n_picks = 0.0, 0
        self.model.train()
        while True:
            batch = next(batches, None)
            # One that has read all its part keeps in step with the others, without a say.
            windows = [np.zeros(2, np.int32)] if batch is None else batch.windows
            asked = config.questions(windows, draw)
            n_asked = 0 if batch is None else len(asked.answer)
            progress = 1.0 if batch is None else batch.progress
            n_in_all, progress = processes.sums([n_asked, progress])
            if n_in_all == 0:
                break
            rate = self.rate((epoch + progress / processes.n) / config.epochs)
            for options in self.optimizer.param_groups:
                options["lr"] = rate
            asked = replace(asked, is_open=None if batch is None else batch.is_open)
            self.model.reads_sets = batch is not None and batch.are_sets
            loss = self.asked(asked, self.popular_first)
            self.model.reads_sets = False
            self.optimizer.zero_grad(set_to_none=True)
            # The mean over processes becomes the mean over the questions of all of them.
            (loss * (n_asked * processes.n / n_in_all)).backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), config.clip)
            self.optimizer.step()
            self.step += 1
            self.follow()
            total += float(loss.detach()) * n_asked
            n_picks += n_asked
        total, n_picks_in_all = processes.sums([total, n_picks])
        if processes.is_first:
            seconds = time.monotonic() - began
            self.finish(epoch, total / max(1, n_picks_in_all), int(n_picks_in_all), seconds)
        processes.wait()

    @torch.no_grad()
    def follow(self) -> None:
        """Moves the averaged weights a little towards the current ones."""
        decay = min(self.config.ema_decay, (1.0 + self.step) / (10.0 + self.step))
        ours, theirs = list(self.average.parameters()), list(self.model.parameters())
        torch._foreach_lerp_(ours, theirs, 1.0 - decay)

    def finish(self, epoch: int, loss: float, n_picks: int, seconds: float) -> None:
        """Validates, logs and writes the checkpoints."""
        is_last = epoch + 1 == self.config.epochs
        line: dict[str, float | int] = {
            "epoch": epoch + 1,
            "loss": round(loss, 4),
            "picks": n_picks,
            "seconds": round(seconds, 1),
        }
        is_best = self.source.valid is None
        if self.source.valid is not None and (
            is_last or (epoch + 1) % self.config.validate_every == 0
        ):
            score = ndcg(ranks(self.average, self.source.valid, self.processes.device))
            line["valid_ndcg@10"] = round(score, 5)
            is_best = score > self.best
            self.best = max(self.best, score)
        with (self.out_dir / "train.log").open("a") as log:
            log.write(json.dumps(line) + "\n")
        if is_best:
            save(self.average, self.out_dir / "best.pt")
        state = {
            "config": _settings(self.config),
            "model": self.model.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "epoch": epoch + 1,
            "step": self.step,
            "best": self.best,
        }
        write(state, self.checkpoint)


def _settings(config: TrainConfig) -> dict[str, Any]:
    return {"family": config.family, **asdict(config)}
