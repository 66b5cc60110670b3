"""A tiny model of the same making with made-up numbers: every kind of matrix, in a few kilobytes.

For tests where the real one is not built, and for a browser's graphics processor that is too slow
for it.
"""

from __future__ import annotations

import numpy as np

from pipeline.llm.architecture import Architecture
from pipeline.llm.network import Weights
from pipeline.llm.packed import Factors, Floats, Packed, rounded

N_WORDS = 40
TINY = Architecture(
    n_layers=2,
    width=64,
    n_heads=2,
    head_dim=32,
    hidden=64,
    window=6,
    epsilon=1e-6,
    far_base=1_000_000.0,
    far_every=2,
)


def tiny_weights(*, rank: int = 2, seed: int = 1) -> Weights:
    """Numbers drawn from a seed; a rank of 0 gives no adapter."""
    draw, sizes = np.random.default_rng(seed), TINY
    heads = sizes.n_heads * sizes.head_dim
    shapes = {
        "attn_q": (heads, sizes.width),
        "attn_k": (sizes.head_dim, sizes.width),
        "attn_v": (sizes.head_dim, sizes.width),
        "attn_output": (sizes.width, heads),
        "ffn_gate": (sizes.hidden, sizes.width),
        "ffn_up": (sizes.hidden, sizes.width),
        "ffn_down": (sizes.width, sizes.hidden),
    }
    norms = {"attn_norm": sizes.width, "attn_q_norm": sizes.head_dim}
    norms |= {"attn_k_norm": sizes.head_dim, "post_attention_norm": sizes.width}
    norms |= {"ffn_norm": sizes.width, "post_ffw_norm": sizes.width}
    matrices = {"token_embd.weight": rounded(_normal(draw, N_WORDS, sizes.width), bits=8)}
    vectors = {"output_norm.weight": _scales(draw, sizes.width)}
    adapter: dict[str, tuple[Floats, Floats]] = {}
    for layer in range(sizes.n_layers):
        for part, (n, k) in shapes.items():
            name = f"blk.{layer}.{part}.weight"
            matrices[name] = _packed(part, _normal(draw, n, k) / np.float32(np.sqrt(k)), draw)
            if rank:
                small = np.float16(0.3) * _normal(draw, rank, k + n).astype(np.float16)
                into, out = np.split(small.astype(np.float32), [k], axis=1)
                adapter[name] = (into, np.ascontiguousarray(out.T))
        for part, size in norms.items():
            vectors[f"blk.{layer}.{part}.weight"] = _scales(draw, size)
    return Weights(vectors, matrices, adapter)


def _packed(part: str, weights: Floats, draw: np.random.Generator) -> Packed:
    """As the real model's matrix of this name is rounded."""
    if part == "ffn_up":
        return rounded(weights, bits=6, block=16)
    if part in ("attn_output", "ffn_down"):
        n, k = weights.shape
        shape = (n, 1, k // 32)
        scale, drop = (
            Factors(
                draw.uniform(0.0002, 0.0004, (n, 1)).astype(np.float16),
                draw.integers(30, 64, shape).astype(np.uint8),
            )
            for _ in range(2)
        )
        raised = Factors(drop.of_long * np.float16(7.5), drop.of_block)
        levels = draw.integers(0, 16, (n, k)).astype(np.uint8)
        return Packed(levels, 4, scale, 0, raised)
    return rounded(weights, bits=8 if part == "attn_v" else 5)


def _normal(draw: np.random.Generator, n: int, k: int) -> Floats:
    return draw.standard_normal((n, k), np.float32)


def _scales(draw: np.random.Generator, n: int) -> Floats:
    return draw.uniform(0.5, 1.5, n).astype(np.float32)
