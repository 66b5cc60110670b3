"""Trains next-item networks: batches of windows, the questions of a family, the one loop.

Which network it is, and what it is asked, the family says through its own kind of `TrainConfig`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from pipeline.data.split import Cases, ProductSplit, SequenceSplit
from pipeline.training import loop
from pipeline.training.loop import Step
from pipeline.training.next_item import Network, Questions, TrainConfig, padded, save
from pipeline.training.processes import joined
from pipeline.training.teaching import Teacher
from pipeline.training.training_data import Matrix, TrainingData, plain
from pipeline.training.windows import Batch, Held, Source


def train(
    config: TrainConfig,
    training_data: TrainingData | SequenceSplit | ProductSplit | Source,
    out_dir: Path,
    *,
    teacher: Teacher | None = None,
    before_epoch: Callable[[int], None] = lambda epoch: None,
) -> Path:
    """Runs, or continues, one training run; returns the path of the weights to use."""
    if isinstance(training_data, SequenceSplit | ProductSplit):
        training_data = training_data_from(training_data)
    source = Held(training_data) if isinstance(training_data, TrainingData) else training_data
    return loop.run(_NextItem(config, source, teacher), out_dir, before_epoch=before_epoch)


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

    def __init__(self, model: Network, config: TrainConfig, teacher: Teacher | None) -> None:
        super().__init__()
        self.model, self.config, self.teacher = model, config, teacher

    def forward(self, asked: Questions, popular_first: Tensor) -> Tensor:
        return self.config.loss(self.model, asked, popular_first, self.teacher)


class _NextItem:
    """A network that scores what comes next, and the sequences it learns from."""

    score_name = "ndcg@10"

    def __init__(self, config: TrainConfig, source: Source, teacher: Teacher | None) -> None:
        if config.threads > 0:
            torch.set_num_threads(config.threads)
        self.settings, self.source, self.teacher = config, source, teacher
        self.warmup_steps, self.clip = config.warmup_steps, config.clip
        self.is_chosen = source.valid is not None
        self.processes = joined(config.device)
        torch.manual_seed(config.seed)
        self.network: Network = config.network(source.n_items).to(self.processes.device)
        self.start_from(source.start())
        popular_first = np.argsort(-source.popularity(), kind="stable")
        self.popular_first = torch.from_numpy(popular_first).to(self.processes.device)

    @cached_property
    def asked(self) -> nn.Module:
        """The network's loss, its gradients averaged over processes; asked for once all agree."""
        return self.processes.averaging(_Asked(self.network, self.settings, self.teacher))

    @torch.no_grad()
    def start_from(self, known: dict[str, Matrix]) -> None:
        """Puts in what is known beforehand: items, layers."""
        parameters = dict(self.network.named_parameters())
        for name, value in known.items():
            ours = parameters[name]
            # Lag biases reach as far as the longer of two networks looked back.
            cut = torch.from_numpy(value)[..., : ours.shape[-1]] if ours.ndim else value
            ours.copy_(torch.as_tensor(cut))

    def all_settings(self) -> dict[str, Any]:
        return {"family": self.settings.family, **asdict(self.settings)}

    def optimizer(self) -> torch.optim.Optimizer:
        """AdamW, whose decay is of matrices alone."""
        config = self.settings
        matrices = [p for p in self.network.parameters() if p.ndim == 2]
        others = [p for p in self.network.parameters() if p.ndim != 2]
        return torch.optim.AdamW(
            [
                {"params": matrices, "weight_decay": config.weight_decay},
                {"params": others, "weight_decay": 0.0},
            ],
            lr=config.learning_rate,
            betas=(0.9, 0.98),
        )

    def steps(self, epoch: int) -> Iterator[Step]:
        config, processes = self.settings, self.processes
        draw = np.random.default_rng((config.seed, epoch, 2, processes.rank))
        for batch in self.source.batches(config, epoch, processes.rank, processes.n):
            asked = config.questions(batch.windows, draw)
            yield Step(self._loss_of(asked, batch), len(asked.answer), batch.progress)
        # One that has read all its part keeps in step with the others, without a say.
        while True:
            asked = config.questions([np.zeros(2, np.int32)], draw)
            yield Step(self._loss_of(asked, None), 0, 1.0)

    def _loss_of(self, asked: Questions, batch: Batch | None) -> Callable[[float], Tensor]:
        def loss(progress: float) -> Tensor:
            del progress
            self.network.reads_sets = batch is not None and batch.are_sets
            is_open = None if batch is None else batch.is_open
            found: Tensor = self.asked(replace(asked, is_open=is_open), self.popular_first)
            self.network.reads_sets = False
            return found

        return loss

    def decay(self, n_steps: int) -> float:
        return min(self.settings.ema_decay, (1.0 + n_steps) / (10.0 + n_steps))

    def score(self, average: nn.Module) -> float:
        assert self.source.valid is not None
        network = cast("Network", average)
        return ndcg(ranks(network, self.source.valid, self.processes.device))

    def save_best(self, average: nn.Module, path: Path) -> None:
        save(cast("Network", average), path)
