"""Tunes the language model on readers' histories: what title follows the numbered picks before it.

Learns from table B's training readers for choosing, so that validation is nobody it has read; asked
of every pick of a window but the first. One command starts it and goes on where it stopped.
"""

from __future__ import annotations

import math
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from pipeline import config, paths
from pipeline.data import catalogue, split
from pipeline.data.split import Rows
from pipeline.llm import adapter, build
from pipeline.llm.prompt import Wording
from pipeline.llm.session import padded
from pipeline.llm.source import Source
from pipeline.llm.tokenizer import Tokenizer
from pipeline.llm.tuned_network import TunedNetwork
from pipeline.program import Film


@dataclass(frozen=True)
class TuningConfig:
    """One run."""

    rank: int = 4
    steps: int = 1000
    batch: int = 4
    """Windows a step reads."""
    learning_rate: float = 1e-3
    warmup_steps: int = 40
    latest_share: float = 0.8
    """Share of windows of movielens-latest readers; the others are of ML-1M's."""
    n_valid: int = 64
    validate_every: int = 100
    save_every: int = 20
    seed: int = 7


def tune(path: Path) -> None:
    """Trains, or goes on training, and keeps the adapter that is best on validation."""
    settings = config.section(path, "llm_tuning", TuningConfig)
    torch.manual_seed(settings.seed)
    torch.set_num_threads(1)
    source = Source.open(build.gguf_file())
    tokenizer, chosen = build.cut_vocabulary(source)
    weights = build.weights_of(source, chosen, {})
    model = TunedNetwork(source.architecture(), weights, rank=settings.rank)
    del source, weights
    product = split.load_product()
    reader = _Reader(tokenizer)
    valid = [
        reader.window(np.append(history, target))
        for history, target in zip(product.valid.histories, product.valid.targets, strict=True)
    ][: settings.n_valid]
    run = _Run(model, settings)
    training = product.for_choice
    del product
    if run.step == 0:
        run.validate(valid)
    for step, windows in enumerate(_windows(training, reader, settings), start=1):
        if step <= run.step:
            continue  # drawn again, so that a run that stopped goes on as it would have
        run.learn(windows)
        if step % settings.validate_every == 0 or step == settings.steps:
            run.validate(valid)
        if step % settings.save_every == 0 or step == settings.steps:
            run.save()


@dataclass(frozen=True)
class Window:
    """A prompt with its answers."""

    tokens: list[int]
    is_title: list[bool]
    """Which tokens are asked for."""
    n_last: int
    """How many tokens the last title has."""


class _Reader:
    """Turns histories into prompts."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer, self.wording = tokenizer, Wording()
        films = catalogue.read_catalogue(paths.artifacts_dir())
        self.films: list[Film] = list(zip(films.title, films.year, strict=True))

    def window(self, picks: Rows) -> Window:
        """The last picks, all but the first of them asked for."""
        shown = [self.films[row] for row in picks[-self.wording.n_picks - 1 :]]
        tokens = self.wording.context(self.tokenizer, [])
        is_title = [False] * len(tokens)
        title: list[int] = []
        for number, film in enumerate(shown, start=1):
            mark = self.tokenizer.encode(self.wording.asked.format(number=number))
            title = self.wording.candidate(self.tokenizer, film)
            if number > 1:
                tokens += mark
                is_title += [False] * len(mark)
            tokens += title
            is_title += [number > 1] * len(title)
        return Window(tokens, is_title, len(title))


def _windows(
    training: split.ProductTraining, reader: _Reader, settings: TuningConfig
) -> Iterator[list[Window]]:
    """Batches of windows of like length, drawn anew each step."""
    draw = np.random.default_rng(settings.seed)
    latest, older = np.split(np.arange(len(training.sequences)), [training.n_latest])
    for _ in range(settings.steps):
        windows: list[Window] = []
        for _ in range(settings.batch):
            users = latest if draw.random() < settings.latest_share or not len(older) else older
            picks = training.sequences[int(draw.choice(users))]
            end = int(draw.integers(min(2, len(picks)), len(picks) + 1))
            windows.append(reader.window(picks[:end]))
        yield windows


class _Run:
    """Weights, optimiser and step: what a checkpoint holds."""

    def __init__(self, model: TunedNetwork, settings: TuningConfig) -> None:
        self.model, self.settings = model, settings
        self.step, self.best = 0, -math.inf
        self.optimiser = torch.optim.AdamW(
            model.parameters(), lr=settings.learning_rate, betas=(0.9, 0.98), weight_decay=0.0
        )
        self.file = paths.work_dir() / "llm_tuning.pt"
        self.recent: list[float] = []
        self.started = time.monotonic()
        if self.file.exists():
            kept = torch.load(self.file, weights_only=True)
            model.load_state_dict(kept["model"])
            self.optimiser.load_state_dict(kept["optimiser"])
            self.step, self.best = kept["step"], kept["best"]

    def learn(self, windows: Sequence[Window]) -> None:
        """One step."""
        settings = self.settings
        self.step += 1
        share = self.step / settings.steps
        rate = min(self.step / settings.warmup_steps, 0.5 + 0.5 * math.cos(math.pi * share))
        for group in self.optimiser.param_groups:
            group["lr"] = settings.learning_rate * max(rate, 0.02)
        found, asked = self._log_probs(windows)
        loss = -(found[asked].mean())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.recent.append(loss.item())
        if self.step % 10 == 0:
            pace = (time.monotonic() - self.started) / len(self.recent)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
            mean = float(np.mean(self.recent[-50:]))
            print(f"step {self.step}: {mean:.4f}, {pace:.1f} s, {peak:.1f} GB", flush=True)

    def validate(self, valid: Sequence[Window]) -> None:
        """Prints the log-probability of the last titles; keeps the adapter if it is the best."""
        total = 0.0
        with torch.no_grad():
            for start in range(0, len(valid), self.settings.batch):
                windows = valid[start : start + self.settings.batch]
                found, _ = self._log_probs(windows)
                for row, window in zip(found, windows, strict=True):
                    end = len(window.tokens) - 1
                    total += float(row[end - window.n_last : end].sum())
        mean = total / len(valid)
        print(f"step {self.step}: validation {mean:.4f} a title", flush=True)
        if mean > self.best:
            self.best = mean
            adapter.save(paths.work_dir() / adapter.FILE_NAME, self.model.adapter())

    def save(self) -> None:
        """Keeps the run as it is now."""
        kept = {
            "model": self.model.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "best": self.best,
        }
        beside = self.file.with_suffix(".new")
        torch.save(kept, beside)
        beside.replace(self.file)

    def _log_probs(self, windows: Sequence[Window]) -> tuple[torch.Tensor, torch.Tensor]:
        """The log-probability of each next token that is asked for, 0 elsewhere, and which are."""
        tokens = torch.from_numpy(padded([it.tokens for it in windows])).long()
        mask: NDArray[np.bool_] = padded([it.is_title for it in windows]).astype(bool)
        asked = torch.from_numpy(mask)[:, 1:]
        logits = self.model(tokens[:, :-1], asked)
        right = -functional.cross_entropy(logits, tokens[:, 1:][asked], reduction="none")
        found = torch.zeros(asked.shape)
        return found.masked_scatter(asked, right), asked
