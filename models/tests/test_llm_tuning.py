"""Tuning, on the tiny made-up model."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from pipeline.llm.network import Weights
from pipeline.llm.plain import PlainModel
from pipeline.llm.tiny import TINY, tiny_weights

pytestmark = pytest.mark.training

TOKENS = [2, 17, 5, 30]
"""Fewer than the tiny model's window, as every prompt is shorter than the real one's."""


@pytest.fixture(scope="module")
def weights() -> Weights:
    return tiny_weights(rank=0)


def test_before_it_learns_the_tuned_network_is_the_model(weights):
    import torch

    from pipeline.llm.tuned_network import TunedNetwork

    model = TunedNetwork(TINY, weights, rank=2)
    with torch.no_grad():
        logits = model(torch.tensor([TOKENS]), torch.ones(1, len(TOKENS), dtype=torch.bool))
    plain = PlainModel(TINY, weights)
    wanted = plain.hidden(TOKENS) @ plain.matrices["token_embd.weight"].T
    # The network multiplies in 16 bits.
    assert np.corrcoef(logits.numpy().ravel(), wanted.ravel())[0, 1] > 0.999


def test_what_it_learns_is_an_adapter_that_the_plain_model_can_take(weights):
    import torch
    from torch.nn import functional

    from pipeline.llm.tuned_network import TunedNetwork

    torch.manual_seed(1)
    model = TunedNetwork(TINY, weights, rank=2)
    optimiser = torch.optim.AdamW(model.parameters(), lr=0.02)
    tokens = torch.tensor([[*TOKENS, 8]])
    for _ in range(20):
        logits = model(tokens[:, :-1], torch.ones(1, len(TOKENS), dtype=torch.bool))
        loss = functional.cross_entropy(logits, tokens[0, 1:])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    tuned = dataclasses.replace(weights, adapter=model.adapter())
    before, after = (
        PlainModel(TINY, it).log_probs(TOKENS[:1], [[*TOKENS[1:], 8]])[0] for it in (weights, tuned)
    )
    assert after > before + 1.0
    assert after == pytest.approx(-4 * loss.item(), rel=0.03)
