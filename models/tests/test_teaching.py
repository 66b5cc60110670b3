"""What a teacher says, and that a network learns it."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from pipeline.training.next_pick_loss import NextPickLoss, draw_candidates  # noqa: E402
from pipeline.training.teaching import SEEN, FadingTable, Teacher  # noqa: E402

pytestmark = pytest.mark.training


def test_a_table_fades_from_pick_to_pick() -> None:
    weights = np.array([[0, 1, 2, 4], [1, 0, 3, 5], [2, 3, 0, 6], [4, 5, 6, 0]], np.float32)
    teacher = Teacher(table=FadingTable(weights, decay=0.5, rest=0.25, scale=2.0))
    history = torch.tensor([[1, 2]])
    popular_first = torch.arange(4)
    candidates = draw_candidates(popular_first, torch.tensor([3]), 0)
    said = teacher.logits(history, history > 0, candidates).float()
    first, second = said.tolist()
    assert first[0] == second[0] == second[1] == pytest.approx(SEEN, rel=1e-2)
    # After film 0: 2 · (1 + 0.25) · its row. After film 1 as well: film 0 has faded to a half.
    assert first[1:] == pytest.approx([2.5, 5.0, 10.0])
    assert second[2:] == pytest.approx(
        [2 * (0.75 * 2 + 1.25 * 3), 2 * (0.75 * 4 + 1.25 * 5)], rel=1e-2
    )


def test_gradients_lead_to_the_teachers_shares() -> None:
    torch.manual_seed(0)
    state = torch.randn(5, 3, requires_grad=True)
    items = torch.randn(4, 3, requires_grad=True)
    place = torch.tensor([0, 1, 2, 3, 0])
    taught, nothing = torch.randn(5, 4), torch.zeros(4)
    args = (nothing, place, torch.float32, None, None, taught, 0.25)
    loss = NextPickLoss.apply(state, items, *args)
    ours = torch.autograd.grad(loss, (state, items))
    right = 0.75 * torch.nn.functional.one_hot(place, 4) + 0.25 * torch.softmax(taught, dim=1)
    wanted = -(right * torch.log_softmax(state @ items.T, dim=1)).sum(dim=1).mean()
    for mine, theirs in zip(ours, torch.autograd.grad(wanted, (state, items)), strict=True):
        assert torch.allclose(mine, theirs, atol=1e-6)
