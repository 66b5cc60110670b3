"""Gemma 3 in plain numpy, in full precision: what the shipped graph is measured against."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.llm.architecture import Architecture
from pipeline.llm.network import Weights
from pipeline.llm.packed import Floats


class PlainModel:
    """The whole model, its matrices unpacked."""

    def __init__(self, architecture: Architecture, weights: Weights) -> None:
        self.sizes = architecture
        self.vectors = weights.vectors
        self.matrices = {name: packed.values() for name, packed in weights.matrices.items()}
        for name, (into, out) in weights.adapter.items():
            self.matrices[name] = self.matrices[name] + out @ into

    def hidden(self, tokens: Sequence[int]) -> Floats:
        """The last layer's states, normed."""  # (length, width)
        sizes = self.sizes
        x = self.matrices["token_embd.weight"][list(tokens)] * np.float32(np.sqrt(sizes.width))
        at = np.arange(len(tokens), dtype=np.float32)
        back = at[:, None] - at
        for layer in range(sizes.n_layers):
            is_far = sizes.is_far(layer)
            is_seen = (back >= 0) & (is_far | (back < sizes.window))
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

    def log_probs(self, tokens: Sequence[int], *, last: int) -> Floats:
        """Log-probabilities of the last `last` tokens, each after all before it."""  # (last,)
        states = self.hidden(tokens[:-1])[-last:]
        logits = states @ self.matrices["token_embd.weight"].T
        peak = logits.max(axis=1, keepdims=True)
        whole = peak[:, 0] + np.log(np.exp(logits - peak).sum(axis=1))
        found = logits[np.arange(last), list(tokens[-last:])] - whole
        return np.asarray(found, np.float32)

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
