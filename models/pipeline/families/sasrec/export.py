"""Writes a trained SASRec as an ONNX graph, node by node: what it needs and no more.

The last layer answers for the last pick alone, the item table is kept once for both its uses, and
all ids are int32: nothing in the graph asks for a 64-bit number outside shape arithmetic.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from onnx import TensorProto

from pipeline.families.sasrec.model import MASKED, Block, Sasrec, SasrecShape
from pipeline.ship.graph import HISTORY, Graph, values


def write(model: Sasrec, path: Path) -> None:
    """Writes the fp32 graph of `model`."""
    graph = Graph()
    found = trunk(graph, model)
    graph("Gemm", found.state, found.table, out="scores")
    save(graph, path, model.family, model.shape)


def save(graph: Graph, path: Path, name: str, shape: SasrecShape) -> None:
    """Writes a graph that says `scores` and `attention` of a `history`."""
    graph.save(
        path,
        name,
        HISTORY,
        {
            "scores": (TensorProto.FLOAT, ["batch", shape.n_items]),
            "attention": (TensorProto.FLOAT, ["batch", shape.layers, "length"]),
        },
    )


class Trunk(NamedTuple):
    """What a network has found before it scores: names of tensors."""

    state: str  # (batch, dim), after the last pick
    table: str  # (dim, n_items)
    rows: str  # (batch, length), rows of the picks, 0 where there is none
    places: Places


def trunk(graph: Graph, model: Sasrec) -> Trunk:
    """All of the network but its scores."""
    # Film by film in columns: the same number of every film lies together, which packs better.
    table = graph.constant("items", values(model.table()).T)  # (dim, n_items)
    rows = graph("Max", graph("Sub", "history", graph.constant("one", np.array(1, np.int32))),
                 graph.constant("zero", np.array(0, np.int32)))  # fmt: skip
    scale = graph.constant("item_scale", values(model.item_scale))
    known = graph("Transpose", graph("Gather", table, rows, axis=1), perm=[1, 2, 0])
    x = graph("Mul", known, scale)  # (batch, length, dim)

    found = places(graph, model.shape.max_history)
    looked: list[str] = []
    for number, block in enumerate(model.blocks):
        assert isinstance(block, Block)
        is_final = number == model.shape.layers - 1
        x, seen = write_block(
            graph, block, f"block{number}", x, found.lags, found.at_last, is_final=is_final
        )
        looked.append(seen)  # (batch, 1, length)
    graph("Concat", *looked, axis=1, out="attention")
    state = graph("Squeeze", graph.norm(model.last_norm, "last_norm", x), graph.ints(1))
    return Trunk(state, table, rows, found)


class Places(NamedTuple):
    """Where picks stand: names of tensors."""

    lags: str  # (length, length), how far apart any two picks are
    at_last: str  # (batch, 1, length), 1 at the last pick
    here: str  # (batch, length), 1 where there is a pick
    n_picks: str  # (batch, 1)
    step: str  # (length,)


def places(graph: Graph, max_history: int) -> Places:
    """Counts the picks of each history."""
    size = graph("Shape", "history", start=1, end=2)
    steps = graph.constant("steps", np.arange(max_history, dtype=np.float32))
    step = graph("Slice", steps, graph.ints(0), size)
    lags = graph("Sub", graph("Unsqueeze", step, graph.ints(1)), step)
    nothing = graph.constant("zero", np.array(0, np.int32))
    here = graph("Cast", graph("Greater", "history", nothing), to=TensorProto.FLOAT)
    n_picks = graph("ReduceSum", here, graph.ints(1), keepdims=1)
    is_last = graph("Equal", step, graph("Sub", n_picks, graph.number(1)))
    at_last = graph("Unsqueeze", graph("Cast", is_last, to=TensorProto.FLOAT), graph.ints(1))
    return Places(lags, at_last, here, n_picks, step)


def write_block(
    graph: Graph, block: Block, name: str, x: str, lags: str, at_last: str, *, is_final: bool
) -> tuple[str, str]:
    """One layer; the final one asks for the last pick only and returns (batch, 1, dim)."""
    attention = block.attention
    heads, head_dim = attention.heads, attention.head_dim
    seen = graph.norm(block.attention_norm, f"{name}.attention_norm", x)
    asking, ask = x, seen
    if is_final:
        asking, ask = graph("MatMul", at_last, x), graph("MatMul", at_last, seen)

    def linear(layer: str, given: str) -> str:
        module = getattr(attention, layer)
        weight = graph.constant(f"{name}.{layer}.weight", values(module.weight).T)
        return graph("MatMul", given, weight)

    def split(given: str, order: list[int]) -> str:
        if heads == 1:
            return graph("Transpose", given, perm=[0, 2, 1]) if order[-1] == 1 else given
        apart = graph("Reshape", given, graph.ints(0, 0, heads, head_dim))
        return graph("Transpose", apart, perm=order)

    # The scale of the dot product is folded into the query's weights.
    query = attention.query.weight * head_dim**-0.5
    query_weight = graph.constant(f"{name}.query.weight", values(query).T)
    asked = split(graph("MatMul", ask, query_weight), [0, 2, 1, 3])
    scores = graph("MatMul", asked, split(linear("key", seen), [0, 2, 3, 1]))
    # Lag bias as a lookup for every pair, or for the last pick alone.
    lag = graph("Cast", graph("Max", lags, graph.number(0)), to=TensorProto.INT32)
    bias = graph.constant(f"{name}.lag_bias", values(attention.lag_bias))
    near = graph("Gather", bias, lag, axis=1)  # (heads, length, length)
    behind = graph("Less", lags, graph.number(0))
    masked = graph("Where", behind, graph.number(MASKED), near)
    if heads == 1:
        masked = graph("Squeeze", masked, graph.ints(0))
    if is_final:
        masked = graph("MatMul", at_last if heads == 1 else graph("Unsqueeze", at_last, graph.ints(1)), masked)  # fmt: skip  # noqa: E501
    weights = graph("Softmax", graph("Add", scores, masked), axis=-1)
    mixed = graph("MatMul", weights, split(linear("value", seen), [0, 2, 1, 3]))
    if heads > 1:
        back = graph("Transpose", mixed, perm=[0, 2, 1, 3])
        mixed = graph("Reshape", back, graph.ints(0, 0, heads * head_dim))
        weights = graph("ReduceMean", weights, graph.ints(1), keepdims=0)
    looked = weights if is_final else graph("MatMul", at_last, weights)  # (batch, 1, length)

    bias_name = graph.constant(f"{name}.gate.bias", values(attention.gate.bias))
    gate = graph.silu(graph("Add", linear("gate", ask), bias_name))
    x = graph("Add", asking, linear("out", graph("Mul", mixed, gate)))

    fed = graph.norm(block.feed_norm, f"{name}.feed_norm", x)
    for layer, module in (("rise", block.rise), ("fall", block.fall)):
        weight = graph.constant(f"{name}.{layer}.weight", values(module.weight).T)
        shift = graph.constant(f"{name}.{layer}.bias", values(module.bias))
        fed = graph("Add", graph("MatMul", fed, weight), shift)
        if layer == "rise":
            fed = graph.silu(fed)
    return graph("Add", x, fed), looked
