"""Matrices of few bits as constants of an ONNX graph, and their products.

5 and 6 bits take a byte each. Packed tighter and unpacked by nodes of constants when the file is
opened, the file was 90 MB in place of 112, but the runtime needed 1.4 GB in place of 0.8.
"""

from __future__ import annotations

import numpy as np
from onnx import TensorProto

from pipeline.llm.packed import Factors, Packed
from pipeline.ship.graph import Graph

MIDDLE = 128
"""The level of a zero in MatMulNBits' 8 bits."""


def product(graph: Graph, name: str, weights: Packed, x: str) -> str:
    """x times the transposed matrix: (…, k) to (…, n)."""
    n, k = weights.levels.shape
    four = weights.bits == 4
    levels = _nibbles(graph, name, weights) if four else _bytes(graph, name, weights)
    found = graph(
        "MatMulNBits",
        *(x, levels, scales(graph, f"{name}.scale", weights.scale)),
        domain="com.microsoft",
        K=k,
        N=n,
        bits=4 if four else 8,
        block_size=weights.block,
        accuracy_level=1,  # activations stay in full precision
    )
    if weights.drop is None:
        return found
    return graph("Sub", found, _dropped(graph, name, weights, x))


def embedding(graph: Graph, name: str, weights: Packed, ids: str) -> str:
    """The rows of an 8-bit matrix that ids name: (batch, length) to (batch, length, k)."""
    k = weights.levels.shape[1]
    levels = graph("Gather", _bytes(graph, name, weights), ids)  # (batch, length, blocks, block)
    whole = graph("Cast", levels, to=TensorProto.FLOAT)
    middled = graph("Sub", whole, graph.number(MIDDLE))
    scale = graph("Gather", scales(graph, f"{name}.scale", weights.scale), ids)
    scaled = graph("Mul", middled, graph("Unsqueeze", scale, graph.ints(-1)))
    return graph("Reshape", scaled, graph.ints(0, 0, k))


def scales(graph: Graph, name: str, factors: Factors) -> str:
    """One number per block, (n, n_blocks)."""
    found = f"{name}.values"
    if any(node.output[0] == found for node in graph.nodes):
        return found
    long = graph.constant(f"{name}.long", factors.of_long)
    if factors.of_block is None:
        return graph("Cast", long, out=found, to=TensorProto.FLOAT)
    block = graph.constant(f"{name}.block", factors.of_block)
    long = graph("Unsqueeze", graph("Cast", long, to=TensorProto.FLOAT), graph.ints(-1))
    each = graph("Mul", long, graph("Cast", block, to=TensorProto.FLOAT))
    return graph("Reshape", each, graph.ints(len(factors.of_long), -1), out=found)


def _dropped(graph: Graph, name: str, weights: Packed, x: str) -> str:
    """What the drops of the blocks take off: the sum of each block of x times its drop.

    MatMulNBits' levels of 4 bits are centred at 8, so that half of the levels comes off too.
    """
    assert weights.drop is not None
    drop = scales(graph, f"{name}.drop", weights.drop)
    centre = graph("Mul", scales(graph, f"{name}.scale", weights.scale), graph.number(8.0))
    less = graph("Transpose", graph("Sub", drop, centre), perm=[1, 0])  # (n_blocks, n)
    n_blocks = weights.levels.shape[1] // weights.block
    blocks = graph("Reshape", x, graph.ints(0, 0, n_blocks, weights.block))
    return graph("MatMul", graph("ReduceSum", blocks, graph.ints(-1), keepdims=0), less)


def _nibbles(graph: Graph, name: str, weights: Packed) -> str:
    """Two levels a byte, the first in the low half."""  # (n, n_blocks, block / 2)
    pairs = weights.levels.reshape(len(weights.levels), -1, weights.block // 2, 2)
    return graph.constant(f"{name}.levels", pairs[..., 0] | (pairs[..., 1] << 4))


def _bytes(graph: Graph, name: str, weights: Packed) -> str:
    """A level a byte, a zero at 128."""  # (n, n_blocks, block)
    raised = weights.levels + np.uint8(MIDDLE - weights.half)
    shape = (len(raised), -1, weights.block)
    return graph.constant(f"{name}.levels", raised.reshape(shape))
