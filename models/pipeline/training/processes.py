"""The processes of one training run: one alone, or several that `torchrun` started.

Several read different parts of the training set and average their gradients before every step
(PyTorch's DistributedDataParallel: gloo between processors, nccl between GPUs), so that all hold
the same weights all the time.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import distributed, nn
from torch.nn.parallel import DistributedDataParallel


@dataclass(frozen=True)
class Processes:
    """This process among those of the run."""

    rank: int
    """The first one, 0, validates, logs and writes checkpoints."""
    n: int
    device: torch.device

    @property
    def is_first(self) -> bool:
        return self.rank == 0

    def averaging(self, module: nn.Module) -> nn.Module:
        """`module`, its gradients averaged over all processes on every backward pass."""
        return module if self.n == 1 else DistributedDataParallel(module)

    def sums(self, values: Sequence[float]) -> list[float]:
        """Each value summed over all processes; all of them have to ask."""
        if self.n == 1:
            return list(values)
        total = torch.tensor(values, dtype=torch.float64, device=self.device)
        distributed.all_reduce(total)
        found: list[float] = total.tolist()
        return found

    def wait(self) -> None:
        """Returns when all processes have come here."""
        self.sums([0.0])


def joined(device: str) -> Processes:
    """This process, made known to the others; `device` is `auto`, or torch's name of one."""
    has_gpu = torch.cuda.is_available()
    name = ("cuda" if has_gpu else "cpu") if device == "auto" else device
    n = int(os.environ.get("WORLD_SIZE", "1"))
    if n == 1:
        return Processes(0, 1, torch.device(name))
    if name == "cuda":
        name = f"cuda:{os.environ['LOCAL_RANK']}"
        torch.cuda.set_device(name)
    if not distributed.is_initialized():
        distributed.init_process_group("nccl" if name.startswith("cuda") else "gloo")
        atexit.register(_end)
    return Processes(distributed.get_rank(), n, torch.device(name))


def is_first() -> bool:
    """Whether this process is alone, or the first that `torchrun` started."""
    return os.environ.get("RANK", "0") == "0"


def leave() -> None:
    """Leaves the run when all processes have come here.

    One that ends while another still works takes down the threads between them, and may crash.
    """
    if distributed.is_initialized():
        distributed.barrier()
    _end()


def _end() -> None:
    if distributed.is_initialized():
        distributed.destroy_process_group()
