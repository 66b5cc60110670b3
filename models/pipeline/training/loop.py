"""The one training loop: epochs, a moving average of the weights, checkpoints to go on from.

`run(task, folder)` writes `checkpoint.pt` after every epoch (to continue), `best.pt` at each new
best score on validation (to ship) and `train.log`. Started again with the same folder it goes on
where it stopped and ends in the same weights. What is trained, and on what, the task says:
`train_next_item` and `set_networks` have one each.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from pipeline.training.processes import Processes


@dataclass(frozen=True)
class Step:
    """What one process learns from at once."""

    loss: Callable[[float], Tensor]
    """The mean over its questions, given the progress of the run, from 0 to 1."""
    n_questions: int
    """0 where a process has read all its part and only keeps in step with the others."""
    progress: float
    """Share of the epoch that lies before it."""


class Settings(Protocol):
    """What the loop reads of a run's settings; a checkpoint belongs to all of them."""

    @property
    def epochs(self) -> int: ...
    @property
    def learning_rate(self) -> float: ...
    @property
    def validate_every(self) -> int: ...
    @property
    def seed(self) -> int: ...


class Task(Protocol):
    """A network with what it learns from."""

    @property
    def network(self) -> nn.Module: ...
    @property
    def settings(self) -> Settings: ...

    processes: Processes
    warmup_steps: int
    clip: float
    """The longest gradient of a step; infinite: as long as it is."""
    is_chosen: bool
    """Whether there are questions to choose the best weights on; else the newest ship."""
    score_name: str
    """What validation counts."""

    def all_settings(self) -> dict[str, Any]:
        """Every setting by name."""

    def optimizer(self) -> torch.optim.Optimizer:
        """A new one over the network's parameters."""

    def steps(self, epoch: int) -> Iterator[Step]:
        """The steps of one epoch, the same for the same seed and epoch."""

    def decay(self, n_steps: int) -> float:
        """What the moving average keeps of itself after so many steps."""

    def score(self, average: nn.Module) -> float:
        """What the averaged weights reach on validation."""

    def save_best(self, average: nn.Module, path: Path) -> None:
        """Writes the weights to ship."""


def run(
    task: Task, folder: Path, *, before_epoch: Callable[[int], None] = lambda epoch: None
) -> Path:
    """Runs, or continues, one training run; returns the path of the weights to use."""
    folder.mkdir(parents=True, exist_ok=True)
    state = _Run(task, folder)
    for epoch in range(state.epoch, task.settings.epochs):
        before_epoch(epoch)
        state.one_epoch(epoch)
    return folder / "best.pt"


def fall(progress: float) -> float:
    """Share of the learning rate: half a cosine down to 2 %."""
    return 0.02 + 0.98 * 0.5 * (1.0 + math.cos(math.pi * progress))


def write(kept: dict[str, Any], path: Path) -> None:
    """Writes beside the target and renames, so that a stop in between leaves the old file."""
    beside = path.with_suffix(".new")
    torch.save(kept, beside)
    beside.replace(path)


def minutes_of(folder: Path) -> float:
    """How long a run trained, from its log."""
    lines = (folder / "train.log").read_text("utf-8").splitlines()
    return float(sum(json.loads(line)["seconds"] for line in lines)) / 60


class _Run:
    """State of one training run: weights, their moving average, optimiser, best score so far."""

    def __init__(self, task: Task, folder: Path) -> None:
        self.task, self.folder = task, folder
        self.average = deepcopy(task.network)
        self.optimizer = task.optimizer()
        self.epoch, self.step, self.best = 0, 0, -1.0
        self.checkpoint = folder / "checkpoint.pt"
        if self.checkpoint.exists():
            device = task.processes.device
            kept = torch.load(self.checkpoint, map_location=device, weights_only=True)
            if kept["config"] != task.all_settings():
                raise ValueError(f"{self.checkpoint} belongs to another configuration; remove it")
            task.network.load_state_dict(kept["model"])
            self.average.load_state_dict(kept["average"])
            self.optimizer.load_state_dict(kept["optimizer"])
            self.epoch, self.step, self.best = kept["epoch"], kept["step"], kept["best"]
        # Nobody goes on to write a checkpoint that another has yet to read.
        task.processes.wait()

    def rate(self, progress: float) -> float:
        """Learning rate: a short rise, then half a cosine down to 2 %."""
        warm = min(1.0, (self.step + 1) / max(1, self.task.warmup_steps))
        return self.task.settings.learning_rate * warm * fall(progress)

    def one_epoch(self, epoch: int) -> None:
        task, processes = self.task, self.task.processes
        began = time.monotonic()
        # Every process hides other numbers and draws other candidates, the first as one alone.
        seed = task.settings.seed * 100_003 + epoch
        torch.manual_seed(seed + processes.rank * 1_000_000_007)
        total, n_questions = 0.0, 0
        task.network.train()
        steps = task.steps(epoch)
        while True:
            step = next(steps, None)
            n_here, progress = (0, 1.0) if step is None else (step.n_questions, step.progress)
            n_in_all, progress = processes.sums([n_here, progress])
            if step is None or n_in_all == 0:
                break
            progress = (epoch + progress / processes.n) / task.settings.epochs
            rate = self.rate(progress)
            for options in self.optimizer.param_groups:
                options["lr"] = rate
            loss = step.loss(progress)
            self.optimizer.zero_grad(set_to_none=True)
            # The mean over processes becomes the mean over the questions of all of them.
            (loss * (n_here * processes.n / n_in_all)).backward()  # type: ignore[no-untyped-call]
            if task.clip < math.inf:
                nn.utils.clip_grad_norm_(task.network.parameters(), task.clip)
            self.optimizer.step()
            self.step += 1
            self.follow()
            total += float(loss.detach()) * n_here
            n_questions += n_here
        total, n_in_all = processes.sums([total, n_questions])
        if processes.is_first:
            seconds = time.monotonic() - began
            self.finish(epoch, total / max(1, n_in_all), int(n_in_all), seconds)
        processes.wait()

    @torch.no_grad()
    def follow(self) -> None:
        """Moves the averaged weights a little towards the current ones."""
        ours, theirs = list(self.average.parameters()), list(self.task.network.parameters())
        torch._foreach_lerp_(ours, theirs, 1.0 - self.task.decay(self.step))

    def finish(self, epoch: int, loss: float, n_questions: int, seconds: float) -> None:
        """Validates, logs and writes the checkpoints."""
        task = self.task
        is_last = epoch + 1 == task.settings.epochs
        line: dict[str, float | int] = {
            "epoch": epoch + 1,
            "loss": round(loss, 5),
            "questions": n_questions,
            "seconds": round(seconds, 1),
        }
        is_asked = is_last or (epoch + 1) % task.settings.validate_every == 0
        is_best = not task.is_chosen
        if task.is_chosen and is_asked:
            score = task.score(self.average)
            line[f"valid_{task.score_name}"] = round(score, 5)
            is_best = score > self.best
            self.best = max(self.best, score)
        with (self.folder / "train.log").open("a") as log:
            log.write(json.dumps(line) + "\n")
        if is_best:
            task.save_best(self.average, self.folder / "best.pt")
        state = {
            "config": task.all_settings(),
            "model": task.network.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "epoch": epoch + 1,
            "step": self.step,
            "best": self.best,
        }
        write(state, self.checkpoint)
