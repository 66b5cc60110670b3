"""Trains next-item networks: batches of windows, chunked cross-entropy, checkpoints to go on from.

`train(config, lessons, out_dir)` writes `checkpoint.pt` after every epoch (to continue),
`best.pt` at each new best validation score (to ship) and `train.log`. Starting it again with the
same folder goes on where it stopped and ends in the same weights. Which network it is, and what
it is asked, the family says through its own kind of `TrainConfig`.
"""

from __future__ import annotations

import importlib
import json
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from pipeline.lessons import Lessons, Rows, plain
from pipeline.split import Cases, ProductSplit, SequenceSplit


@dataclass(frozen=True)
class Shape:
    """Everything that decides which numbers a checkpoint holds; a family adds its own."""

    n_items: int
    max_history: int = 200


class Network(nn.Module):
    """A network that scores every item after a history. Items are rows + 1; 0 pads on the right."""

    family: ClassVar[str]
    """The module of `pipeline.families` whose `network(shape)` builds it."""
    shape: Shape
    items: nn.Parameter  # (n_items, dim)
    reads_sets: bool = False
    """Whether what it is given has no order."""

    def table(self) -> Tensor:
        """The item table as it is used, (n_items, dim)."""
        return self.items

    def states(self, history: Tensor, table: Tensor) -> Tensor:
        """What the network thinks at each position, (batch, length, dim)."""
        raise NotImplementedError

    def forward(self, history: Tensor) -> tuple[Tensor, Tensor]:
        """Scores after the whole history, (batch, n_items), and what explains them."""
        raise NotImplementedError


@dataclass(frozen=True)
class Questions:
    """One batch: what a network reads, where it is asked, and the right answers."""

    history: NDArray[np.int64]  # (batch, length)
    is_asked: NDArray[np.bool_]  # (batch, length)
    answer: NDArray[np.int64]  # (asked,), item rows, one history after the other
    is_open: NDArray[np.bool_] | None = None
    """Which films each history could have gone on to, (batch, n_items); None: any."""


@dataclass(frozen=True)
class TrainConfig:
    """One training run; a family's own kind adds the sizes of its network."""

    family: ClassVar[str]

    dim: int = 64
    dropout: float = 0.2
    max_history: int = 200
    epochs: int = 50
    batch_tokens: int = 8192
    learning_rate: float = 1e-3
    warmup_steps: int = 200
    weight_decay: float = 0.01
    clip: float = 1.0
    ema_decay: float = 0.995
    candidates: int = 0
    """How many films one batch is scored on; 0: all of them."""
    drop_picks: float = 0.0
    """Most that is left out of a window, as a share of its picks; drawn anew each epoch."""
    other_share: float = 1.0
    """Share of the sequences past `Lessons.n_always` that one epoch reads."""
    validate_every: int = 1
    seed: int = 0
    precision: str = "bf16"
    """`bf16` where the machine multiplies it fast, else `float32`."""
    device: str = "auto"
    threads: int = 0

    def __post_init__(self) -> None:
        if self.precision not in ("bf16", "float32"):
            raise ValueError(f"precision should be bf16 or float32: {self.precision}")

    def network(self, n_items: int) -> Network:
        """A new network, its numbers drawn from torch's generator."""
        raise NotImplementedError

    def questions(self, windows: Sequence[Rows], draw: np.random.Generator) -> Questions:
        """What a batch of windows asks: after each pick, which is the next?"""
        history = padded([window[:-1] for window in windows])
        answer = np.concatenate([window[1:] for window in windows]).astype(np.int64)
        return Questions(history, history > 0, answer)

    def loss(self, model: Network, asked: Questions, popular_first: Tensor) -> Tensor:
        """How wrong a batch was, the mean over its questions."""
        return batch_loss(model, asked, self, popular_first)


def padded(histories: Sequence[Rows]) -> NDArray[np.int64]:
    """Histories of rows as a network reads them, (batch, length)."""
    found = np.zeros((len(histories), max(map(len, histories))), np.int64)
    for row, picks in enumerate(histories):
        found[row, : len(picks)] = picks + 1
    return found


def lessons_from(split: SequenceSplit | ProductSplit) -> Lessons:
    """The plainest lessons a split gives: its ordered sequences and nothing else."""
    if isinstance(split, SequenceSplit):
        return plain(split.n_items, split.train, split.valid)
    return plain(split.n_items, split.for_choice.sequences, split.valid_last_ten)


class Window(NamedTuple):
    """A stretch of one sequence."""

    picks: Rows
    number: int
    """Of the sequence."""


def windows(config: TrainConfig, lessons: Lessons, epoch: int) -> list[Window]:
    """Random stretches of the sequences, the same for the same seed and epoch."""
    draw = np.random.default_rng((config.seed, epoch))
    n_ordered = len(lessons.sequences) if lessons.n_ordered is None else lessons.n_ordered
    found: list[Window] = []
    for number, picks in enumerate(lessons.sequences):
        n_reads = 1
        if lessons.reads is not None:
            reads = float(lessons.reads[number])
            n_reads = int(reads) + int(draw.random() < reads % 1.0)
        elif number >= lessons.n_always and draw.random() >= config.other_share:
            continue
        if len(picks) < 2:
            continue
        for _ in range(n_reads):
            whole = picks if number < n_ordered else draw.permutation(picks)
            start = int(draw.integers(max(len(whole) - config.max_history, 1)))
            stretch = whole[start : start + config.max_history + 1]
            if config.drop_picks > 0:
                is_kept = draw.random(len(stretch)) >= config.drop_picks * draw.random()
                stretch = stretch[is_kept] if is_kept.sum() >= 2 else stretch
            found.append(Window(stretch, number))
    return found


def batches(
    config: TrainConfig, found: Sequence[Window], epoch: int, *, n_ordered: int | None = None
) -> Iterator[list[Window]]:
    """Groups windows of like length, about `batch_tokens` picks each, in random order.

    Windows of sequences from `n_ordered` on keep to themselves.
    """
    draw = np.random.default_rng((config.seed, epoch, 1))
    length = np.array([len(window.picks) for window in found])
    order = np.argsort(length * draw.uniform(0.9, 1.1, len(length))).tolist()
    is_set = [n_ordered is not None and window.number >= n_ordered for window in found]
    order.sort(key=is_set.__getitem__)  # stable: like lengths stay together
    groups: list[list[Window]] = [[]]
    longest = 0
    for k, number in enumerate(order):
        longest = max(longest, int(length[number]))
        is_full = longest * (len(groups[-1]) + 1) > config.batch_tokens
        if groups[-1] and (is_full or is_set[number] != is_set[order[k - 1]]):
            groups.append([])
            longest = int(length[number])
        groups[-1].append(found[number])
    for number in draw.permutation(len(groups)).tolist():
        yield groups[number]


class NextPickLoss(torch.autograd.Function):
    """Mean cross-entropy over the candidate items, a few hundred picks at a time.

    The gradient is made in the forward pass, so the (picks, items) table of scores never exists
    as a whole: it would not fit in any cache.
    """

    CHUNK = 256
    CHUNK_CUDA = 8192

    @staticmethod
    def forward(  # type: ignore[override]
        ctx: Any,
        state: Tensor,  # (picks, dim)
        items: Tensor,  # (candidates, dim)
        extra: Tensor,  # (candidates,), added to their scores: the log of how many each stands for
        place: Tensor,  # (picks,), where the true next pick is among the candidates
        kind: torch.dtype,
        closed: Tensor | None = None,  # (histories, candidates), true where a film is left out
        history: Tensor | None = None,  # (picks,), each one's row of `closed`
    ) -> Tensor:
        low_state, low_items, low_extra = state.to(kind), items.to(kind), extra.to(kind)
        by_item = low_items.t().contiguous()
        grad_state, grad_items = torch.empty_like(state), torch.zeros_like(items)
        total = torch.zeros((), dtype=torch.float32, device=state.device)
        chunk = NextPickLoss.CHUNK_CUDA if state.is_cuda else NextPickLoss.CHUNK
        n_picks = len(state)
        for start in range(0, n_picks, chunk):
            part = slice(start, min(start + chunk, n_picks))
            scores = torch.addmm(low_extra, low_state[part], by_item)
            if closed is not None and history is not None:
                scores = scores.masked_fill_(closed[history[part]], -1e4)
            share = torch.softmax(scores, dim=1)
            hit = place[part, None]
            total -= share.gather(1, hit).float().clamp(min=1e-9).log().sum()
            share.scatter_add_(1, hit, torch.full_like(hit, -1, dtype=kind))
            grad_state[part] = (share @ low_items).to(grad_state.dtype)
            grad_items += (share.t() @ low_state[part]).to(grad_items.dtype)
        ctx.save_for_backward(grad_state, grad_items)
        ctx.n_picks = n_picks
        return total / n_picks

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        scale = grads[0] / ctx.n_picks
        state, items = ctx.saved_tensors
        return state * scale, items * scale, None, None, None, None, None


@dataclass(frozen=True)
class Candidates:
    """The films one batch is scored on: its answers, every popular film, a draw of the others."""

    item: Tensor  # (candidates,)
    extra: Tensor  # (candidates,)
    place: Tensor  # (n_items,), position in `item`, or -1


def draw_candidates(popular_first: Tensor, answers: Tensor, n_candidates: int) -> Candidates:
    """`n_candidates` films (0: all) and the answers: half of them by popularity, half by chance."""
    n_items = len(popular_first)
    device = popular_first.device
    is_in = torch.zeros(n_items, dtype=torch.bool, device=device)
    is_in[popular_first[: n_candidates // 2] if n_candidates else popular_first] = True
    is_in[answers] = True
    sure, others = is_in.nonzero(as_tuple=True)[0], (~is_in).nonzero(as_tuple=True)[0]
    drawn = others[torch.randperm(len(others))[: n_candidates - n_candidates // 2].to(device)]
    item = torch.cat([sure, drawn])
    extra = torch.zeros(len(item), device=device)
    if len(drawn) > 0:
        extra[len(sure) :] = math.log(len(others) / len(drawn))
    place = torch.full((n_items,), -1, dtype=torch.int64, device=device)
    place[item] = torch.arange(len(item), device=device)
    return Candidates(item, extra, place)


def batch_loss(
    model: Network, asked: Questions, config: TrainConfig, popular_first: Tensor
) -> Tensor:
    """Loss of one batch, the mean over its questions."""
    device = popular_first.device
    given = torch.from_numpy(asked.history).to(device)
    target = torch.from_numpy(asked.answer).to(device)
    candidates = draw_candidates(popular_first, target, config.candidates)
    kind = torch.bfloat16 if config.precision == "bf16" else torch.float32
    table = model.table()
    with torch.autocast(device.type, torch.bfloat16, enabled=kind == torch.bfloat16):
        state = model.states(given, table)
    is_asked = torch.from_numpy(asked.is_asked).to(device)
    state = state[is_asked].float()
    closed, history = None, None
    if asked.is_open is not None:
        closed = ~torch.from_numpy(asked.is_open).to(device)[:, candidates.item]
        history = is_asked.nonzero()[:, 0]
    loss: Tensor = NextPickLoss.apply(  # type: ignore[no-untyped-call]
        state,
        table[candidates.item],
        candidates.extra,
        candidates.place[target],
        kind,
        closed,
        history,
    )
    return loss


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


def train(
    config: TrainConfig,
    lessons: Lessons | SequenceSplit | ProductSplit,
    out_dir: Path,
    *,
    before_epoch: Callable[[int], None] = lambda epoch: None,
) -> Path:
    """Runs, or continues, one training run; returns the path of the weights to use."""
    if not isinstance(lessons, Lessons):
        lessons = lessons_from(lessons)
    out_dir.mkdir(parents=True, exist_ok=True)
    run = _Run(config, lessons, out_dir)
    for epoch in range(run.epoch, config.epochs):
        before_epoch(epoch)
        run.one_epoch(epoch)
    return out_dir / "best.pt"


def load(checkpoint: Path) -> Network:
    """The network of a `best.pt`, ready to answer."""
    kept = torch.load(checkpoint, map_location="cpu", weights_only=True)
    module = importlib.import_module(f"pipeline.families.{kept['family']}")
    model: Network = module.network(kept["shape"])
    model.load_state_dict(kept["weights"])
    return model.eval()


def save(model: Network, path: Path) -> Path:
    """Writes what `load` reads."""
    kept = {"family": model.family, "shape": asdict(model.shape), "weights": model.state_dict()}
    _write(kept, path)
    return path


class _Run:
    """State of one training run: weights, their moving average, optimiser, best score so far."""

    def __init__(self, config: TrainConfig, lessons: Lessons, out_dir: Path) -> None:
        if config.threads > 0:
            torch.set_num_threads(config.threads)
        has_gpu = torch.cuda.is_available()
        name = ("cuda" if has_gpu else "cpu") if config.device == "auto" else config.device
        self.device = torch.device(name)
        self.config, self.lessons, self.out_dir = config, lessons, out_dir
        torch.manual_seed(config.seed)
        self.model = config.network(lessons.n_items).to(self.device)
        self.start_from(lessons)
        self.average = config.network(lessons.n_items).to(self.device)
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
        popularity = np.bincount(np.concatenate(lessons.sequences), minlength=lessons.n_items)
        popular_first = np.argsort(-popularity, kind="stable")
        self.popular_first = torch.from_numpy(popular_first).to(self.device)
        self.epoch = 0
        self.step = 0
        self.best = -1.0
        self.checkpoint = out_dir / "checkpoint.pt"
        if self.checkpoint.exists():
            kept = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
            if kept["config"] != _settings(config):
                raise ValueError(f"{self.checkpoint} belongs to another configuration; remove it")
            self.model.load_state_dict(kept["model"])
            self.average.load_state_dict(kept["average"])
            self.optimizer.load_state_dict(kept["optimizer"])
            self.epoch, self.step, self.best = kept["epoch"], kept["step"], kept["best"]

    @torch.no_grad()
    def start_from(self, lessons: Lessons) -> None:
        """Puts in what the lessons already know: items, layers, neighbours."""
        if lessons.items is not None:
            self.model.items.copy_(torch.from_numpy(lessons.items))
        parameters = dict(self.model.named_parameters())
        for name, value in (lessons.weights or {}).items():
            ours = parameters[name]
            # Lag biases reach as far as the longer of two networks looked back.
            known = torch.from_numpy(value)[..., : ours.shape[-1]] if ours.ndim else value
            ours.copy_(torch.as_tensor(known))

    def rate(self, progress: float) -> float:
        """Learning rate: a short rise, then half a cosine down to 2 %."""
        warm = min(1.0, (self.step + 1) / max(1, self.config.warmup_steps))
        fall = 0.02 + 0.98 * 0.5 * (1.0 + math.cos(math.pi * progress))
        return self.config.learning_rate * warm * fall

    def one_epoch(self, epoch: int) -> None:
        config = self.config
        began = time.monotonic()
        torch.manual_seed(config.seed * 100_003 + epoch)
        n_ordered = self.lessons.n_ordered
        found = windows(config, self.lessons, epoch)
        groups = list(batches(config, found, epoch, n_ordered=n_ordered))
        draw = np.random.default_rng((config.seed, epoch, 2))
        total, n_picks = 0.0, 0
        self.model.train()
        for number, group in enumerate(groups):
            rate = self.rate((epoch + number / len(groups)) / config.epochs)
            for options in self.optimizer.param_groups:
                options["lr"] = rate
            asked = config.questions([window.picks for window in group], draw)
            asked = replace(asked, is_open=self.is_open(group))
            self.model.reads_sets = n_ordered is not None and group[0].number >= n_ordered
            loss = config.loss(self.model, asked, self.popular_first)
            self.model.reads_sets = False
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), config.clip)
            self.optimizer.step()
            self.step += 1
            self.follow()
            total += float(loss.detach()) * len(asked.answer)
            n_picks += len(asked.answer)
        self.finish(epoch, total / max(1, n_picks), n_picks, time.monotonic() - began)

    def is_open(self, group: Sequence[Window]) -> NDArray[np.bool_] | None:
        """Which films each window could go on to, (windows, n_items)."""
        lessons = self.lessons
        if lessons.era is None or lessons.is_open is None:
            return None
        eras = lessons.era[[window.number for window in group]]
        found: NDArray[np.bool_] = lessons.is_open[eras]
        return found

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
        is_best = self.lessons.valid is None
        if self.lessons.valid is not None and (
            is_last or (epoch + 1) % self.config.validate_every == 0
        ):
            score = ndcg(ranks(self.average, self.lessons.valid, self.device))
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
        _write(state, self.checkpoint)


def _settings(config: TrainConfig) -> dict[str, Any]:
    return {"family": config.family, **asdict(config)}


def _write(kept: dict[str, Any], path: Path) -> None:
    """Writes beside the target and renames, so that a stop in between leaves the old file."""
    beside = path.with_suffix(".new")
    torch.save(kept, beside)
    beside.replace(path)
