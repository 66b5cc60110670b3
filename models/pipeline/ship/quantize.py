"""Weight-only int8: every matrix becomes small whole numbers and a scale per row.

`DequantizeLinear` puts the numbers back when the graph runs, on the CPU and on WebGPU alike. With
fewer than 8 bits the numbers still take a byte each, but fewer distinct ones compress better.
`onnxruntime.quantization` rounds activations as well, or packs weights for operators of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

ITEMS, LINKS = "items", "recall.weight"
SMALLEST = 1024  # tensors with fewer numbers than this stay as they are


@dataclass(frozen=True)
class Bits:
    """Bits per number, by what the matrix is."""

    layers: int = 8
    items: int = 8
    links: int = 8


def quantize(src: Path, dst: Path, bits: Bits | int = 8) -> None:
    """Rewrites `src` with every matrix as int8; one number of bits serves all."""
    if isinstance(bits, int):
        bits = Bits(bits, bits, bits)
    model = onnx.load(str(src))
    kept: list[onnx.TensorProto] = []
    nodes: list[onnx.NodeProto] = []
    for constant in model.graph.initializer:
        value = numpy_helper.to_array(constant)
        if value.ndim != 2 or value.size < SMALLEST or value.dtype != np.float32:
            kept.append(constant)
            continue
        name = constant.name
        n_bits = {ITEMS: bits.items, LINKS: bits.links}.get(name, bits.layers)
        # A column of the table is a film; a column of a layer's matrix is one output. Links
        # share one scale: 7,705 of their own would cost more than they save.
        if name == LINKS:
            small, scale = rounded(value.reshape(1, -1), axis=0, bits=n_bits)
            small, scale = small.reshape(value.shape), scale[0]
        else:
            small, scale = rounded(value, axis=1, bits=n_bits)
        kept.append(numpy_helper.from_array(small, f"{name}.int8"))
        kept.append(numpy_helper.from_array(np.asarray(scale), f"{name}.scale"))
        nodes.append(
            helper.make_node(
                "DequantizeLinear",
                [f"{name}.int8", f"{name}.scale"],
                [name],
                f"{name}.dequantize",
                **({} if name == LINKS else {"axis": 1}),
            )
        )
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    nodes.extend(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model, full_check=True)
    dst.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(dst))


def rounded(
    value: NDArray[np.float32], *, axis: int, bits: int
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Whole numbers of `bits` bits and one scale per slice along `axis`.

    The scale is the one of a few shrunken candidates that loses least, in squared error:
    at few bits, clipping the largest number is cheaper than a coarse step for all.
    """
    most = 2 ** (bits - 1) - 1
    other = 1 - axis
    peak = np.maximum(np.abs(value).max(axis=other, keepdims=True), 1e-12)
    best_loss = np.full(peak.shape, np.inf, np.float32)
    best_scale = short(peak / most)
    for shrink in (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7):
        scale = short(peak * shrink / most)
        error = value - np.clip(np.round(value / scale), -most, most) * scale
        loss = np.square(error).sum(axis=other, keepdims=True)
        best_scale = np.where(loss < best_loss, scale, best_scale).astype(np.float32)
        best_loss = np.minimum(loss, best_loss)
    small = np.clip(np.round(value / best_scale), -most, most).astype(np.int8)
    return small, best_scale.reshape(-1)


def short(scale: NDArray[np.floating]) -> NDArray[np.float32]:
    """Scales with the first 8 bits of their fraction: half of a float that compresses to half."""
    bits = scale.astype(np.float32).view(np.uint32)
    found: NDArray[np.float32] = ((bits + 0x4000) & 0xFFFF8000).astype(np.uint32).view(np.float32)
    return found
