"""Cross-entropy over films, made for processors whose cache does not hold all scores at once.

Liger's fused linear cross-entropy does the same, on GPUs alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

CLOSED = -1e4


class NextPickLoss(torch.autograd.Function):
    """Mean cross-entropy over the candidate items, a few hundred picks at a time.

    With a teacher, gradients are of the cross-entropy with the true next pick mixed with the
    teacher's shares; the value returned stays that of the true picks alone, which tells more.

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
        taught: Tensor | None = None,  # (picks, candidates), a teacher's logits
        teachers_share: float = 0.0,  # of the right answer; the rest is the true next pick's
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
            told = None if taught is None else (taught[part] + low_extra).float()
            if closed is not None and history is not None:
                is_closed = closed[history[part]]
                scores = scores.masked_fill_(is_closed, CLOSED)
                told = None if told is None else told.masked_fill_(is_closed, CLOSED)
            share = torch.softmax(scores, dim=1)
            hit = place[part, None]
            total -= share.gather(1, hit).float().clamp(min=1e-9).log().sum()
            share.scatter_add_(1, hit, torch.full_like(hit, teachers_share - 1, dtype=kind))
            if told is not None:
                share.sub_(torch.softmax(told, dim=1).to(kind), alpha=teachers_share)
            grad_state[part] = (share @ low_items).to(grad_state.dtype)
            grad_items += (share.t() @ low_state[part]).to(grad_items.dtype)
        ctx.save_for_backward(grad_state, grad_items)
        ctx.n_picks = n_picks
        return total / n_picks

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        scale = grads[0] / ctx.n_picks
        state, items = ctx.saved_tensors
        return state * scale, items * scale, None, None, None, None, None, None, None


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
