"""What a next-item network is, what a run of it is given, and how its weights are kept.

A family fills in `Network` and `TrainConfig`; `train` runs any of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from pipeline.data.split import Rows
from pipeline.families import registry
from pipeline.training import loop
from pipeline.training.next_pick_loss import NextPickLoss, draw_candidates

if TYPE_CHECKING:
    from pipeline.training.teaching import Teacher


@dataclass(frozen=True)
class Shape:
    """Everything that decides which numbers a checkpoint holds; a family adds its own."""

    n_items: int
    max_history: int = 200


class Network(nn.Module):
    """A network that scores every item after a history. Items are rows + 1; 0 pads on the right."""

    family: ClassVar[str]
    """The family whose `model.network(shape)` builds it."""
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
    """Share of the sequences past `TrainingData.n_always` that one epoch reads."""
    teachers_share: float = 0.0
    """Share of the right answer that a teacher's scores make up, where there is a teacher."""
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

    def loss(
        self,
        model: Network,
        asked: Questions,
        popular_first: Tensor,
        teacher: Teacher | None = None,
    ) -> Tensor:
        """How wrong a batch was, the mean over its questions."""
        device = popular_first.device
        given = torch.from_numpy(asked.history).to(device)
        target = torch.from_numpy(asked.answer).to(device)
        candidates = draw_candidates(popular_first, target, self.candidates)
        kind = torch.bfloat16 if self.precision == "bf16" else torch.float32
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
            None if teacher is None else teacher.logits(given, is_asked, candidates),
            0.0 if teacher is None else self.teachers_share,
        )
        return loss


def padded(histories: Sequence[Rows]) -> NDArray[np.int64]:
    """Histories of rows as a network reads them, (batch, length)."""
    found = np.zeros((len(histories), max(map(len, histories))), np.int64)
    for row, picks in enumerate(histories):
        found[row, : len(picks)] = picks + 1
    return found


def load(checkpoint: Path) -> Network:
    """The network of a `best.pt`, ready to answer."""
    kept = torch.load(checkpoint, map_location="cpu", weights_only=True)
    module = registry.family_of(kept["family"]).module("model")
    model: Network = module.network(kept["shape"])
    model.load_state_dict(kept["weights"])
    return model.eval()


def save(model: Network, path: Path) -> Path:
    """Writes what `load` reads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {"family": model.family, "shape": asdict(model.shape), "weights": model.state_dict()}
    loop.write(kept, path)
    return path
