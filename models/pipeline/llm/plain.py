"""Gemma 3 in plain numpy, in full precision: what the shipped graph is measured against."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.llm.architecture import Architecture
from pipeline.llm.network import Weights
from pipeline.llm.packed import Floats

STATES = 64
"""How many states meet the head at once: the whole vocabulary is large."""


class PlainModel:
    """The whole model, its matrices unpacked."""

    def __init__(self, architecture: Architecture, weights: Weights) -> None:
        self.sizes = architecture
        self.vectors = weights.vectors
        self.matrices = {name: packed.values() for name, packed in weights.matrices.items()}
        for name, (into, out) in weights.adapter.items():
            self.matrices[name] = self.matrices[name] + out @ into

    def hidden(self, tokens: Sequence[int], branch: Sequence[int] | None = None) -> Floats:
        """The last layer's states, normed.

        `branch` says of each token which continuation it is of, 0 for their common beginning: a
        continuation goes on from the beginning and sees no other.
        """  # (length, width)
        sizes = self.sizes
        x = self.matrices["token_embd.weight"][list(tokens)] * np.float32(np.sqrt(sizes.width))
        of = np.zeros(len(tokens), np.int64) if branch is None else np.array(branch)
        is_before = np.tril(np.ones((len(of), len(of)), bool))
        is_before &= (of[:, None] == of) | (of == 0)
        at = is_before.sum(axis=1) - 1.0
        back = at[:, None] - at
        for layer in range(sizes.n_layers):
            is_far = sizes.is_far(layer)
            is_seen = is_before & (is_far | (back < sizes.window))
            base = sizes.far_base if is_far else sizes.near_base
            given = self._attended(f"blk.{layer}", x, at, is_seen, base)
            x = x + self._norm(f"blk.{layer}.post_attention_norm", given)
            read = self._norm(f"blk.{layer}.ffn_norm", x)
            gate = read @ self._matrix(f"blk.{layer}.ffn_gate")
            gate = gate / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (gate + 0.044715 * gate**3)))
            both = gate * (read @ self._matrix(f"blk.{layer}.ffn_up"))
            given = both @ self._matrix(f"blk.{layer}.ffn_down")
            x = x + self._norm(f"blk.{layer}.post_ffw_norm", given)
        return self._norm("output_norm", x)

    def log_probs(self, tokens: Sequence[int], continuations: Sequence[Sequence[int]]) -> Floats:
        """The log-probability of each continuation after `tokens`."""  # (continuations,)
        whole, branch = list(tokens), [0] * len(tokens)
        places: list[list[int]] = []
        for number, ids in enumerate(continuations, start=1):
            places.append([len(tokens) - 1, *range(len(whole), len(whole) + len(ids) - 1)])
            whole += ids[:-1]
            branch += [number] * (len(ids) - 1)
        states = self.hidden(whole, branch)
        asked = states[[place for one in places for place in one]]
        found = self._of_tokens(asked, [token for ids in continuations for token in ids])
        ends = np.cumsum([len(ids) for ids in continuations])[:-1]
        return np.array([part.sum() for part in np.split(found, ends)], np.float32)

    def _of_tokens(self, states: Floats, tokens: Sequence[int]) -> Floats:
        """Log-probability of a token after each state, a few states at a time."""
        table, found = self.matrices["token_embd.weight"], np.zeros(len(tokens), np.float32)
        for start in range(0, len(tokens), STATES):
            logits = states[start : start + STATES] @ table.T
            peak = logits.max(axis=1)
            whole = peak + np.log(np.exp(logits - peak[:, None]).sum(axis=1))
            chosen = list(tokens[start : start + STATES])
            found[start : start + STATES] = logits[np.arange(len(chosen)), chosen] - whole
        return found

    def _attended(
        self, name: str, x: Floats, at: Floats, is_seen: np.ndarray, base: float
    ) -> Floats:
        dim, heads = self.sizes.head_dim, self.sizes.n_heads
        read = self._norm(f"{name}.attn_norm", x)
        angle = at[:, None] / base ** (np.arange(0, dim, 2) / dim)
        turn = np.exp(1j * angle)[:, None]  # (length, 1, dim / 2)

        def turned(part: str, n: int) -> Floats:
            found = (read @ self._matrix(f"{name}.{part}")).reshape(len(x), n, dim)
            found = self._norm(f"{name}.{part}_norm", found)
            pairs = (found[..., : dim // 2] + 1j * found[..., dim // 2 :]) * turn
            return np.concatenate([pairs.real, pairs.imag], -1).astype(np.float32)

        query, key = turned("attn_q", heads), turned("attn_k", 1)[:, 0]
        value = read @ self._matrix(f"{name}.attn_v")
        match = np.einsum("ihd,jd->hij", query, key) / np.sqrt(dim)
        match = np.where(is_seen, match, -np.inf)
        share = np.exp(match - match.max(axis=-1, keepdims=True))
        share = share / share.sum(axis=-1, keepdims=True)
        mixed = np.einsum("hij,jd->ihd", share, value).reshape(len(x), heads * dim)
        return np.asarray(mixed @ self._matrix(f"{name}.attn_output"), np.float32)

    def _matrix(self, name: str) -> Floats:
        return self.matrices[f"{name}.weight"].T

    def _norm(self, name: str, x: Floats) -> Floats:
        root = np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + self.sizes.epsilon)
        return np.asarray(x / root * self.vectors[f"{name}.weight"], np.float32)
