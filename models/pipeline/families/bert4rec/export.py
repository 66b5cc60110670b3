"""The graph that ships, written node by node."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from onnx import TensorProto

from pipeline.families.bert4rec.model import MASK_ID, MASKED, NAME, Bert4rec, Block
from pipeline.ship.graph import HISTORY, Graph, values


def write(model: Bert4rec, path: Path) -> None:
    """Writes the fp32 graph, which masks the place after the last pick where none is `MASK_ID`."""
    graph = Graph()
    shape = model.shape
    # Film by film in columns: the same number of every film lies together, which packs better.
    table = graph.constant("items", values(model.table()).T)  # (dim, n_items)
    zero = graph.constant("zero", np.array(0, np.int32))
    one = graph.constant("one", np.array(1, np.int32))
    size = graph("Shape", "history", start=1, end=2)
    steps = np.arange(shape.max_history + 1, dtype=np.float32)
    end = graph("Add", size, graph.ints(1))
    step = graph("Slice", graph.constant("steps", steps), graph.ints(0), end)  # (length + 1,)
    here = graph("Cast", graph("Greater", "history", zero), to=TensorProto.FLOAT)
    n_picks = graph("ReduceSum", here, graph.ints(1), keepdims=1)  # (batch, 1)
    mask_id = graph.constant("covered_id", np.array(MASK_ID, np.int32))
    asked = graph("Cast", graph("Equal", "history", mask_id), to=TensorProto.FLOAT)
    n_asked = graph("ReduceSum", asked, graph.ints(1), keepdims=1)  # (batch, 1)
    # Nowhere, before the first place, where the history asks for one of its own.
    after = graph("Sub", n_picks, graph("Mul", n_asked, graph.number(shape.max_history + 1)))
    padded_history = graph("Pad", "history", graph.ints(0, 0, 0, 1))
    longer = graph("Where", graph("Equal", step, after), mask_id, padded_history)
    rows = graph("Max", graph("Sub", longer, one), zero)
    known = graph("Transpose", graph("Gather", table, rows, axis=1), perm=[1, 2, 0])
    known = graph("Mul", known, graph.constant("item_scale", values(model.item_scale)))

    is_masked = graph("Equal", longer, mask_id)  # (batch, length + 1)
    mask = graph.constant("covered", values(model.mask_vector))
    x = graph("Where", graph("Unsqueeze", is_masked, graph.ints(2)), mask, known)
    at_mask = graph("Unsqueeze", graph("Cast", is_masked, to=TensorProto.FLOAT), graph.ints(1))
    is_padding = graph("Unsqueeze", graph("Equal", longer, zero), graph.ints(1, 2))
    lag = graph("Sub", graph("Unsqueeze", step, graph.ints(1)), step)
    lag = graph("Cast", graph("Add", lag, graph.number(shape.max_history)), to=TensorProto.INT32)

    looked: list[str] = []
    for number, block in enumerate(model.blocks):
        is_final = number == shape.layers - 1
        name = f"block{number}"
        x, seen = _block(graph, block, name, x, lag, is_padding, at_mask, is_final=is_final)
        looked.append(seen)
    every = graph("Concat", *looked, axis=1)  # (batch, layers, length + 1)
    picks = graph("Slice", every, graph.ints(0), graph.ints(-1), graph.ints(2))
    graph("Mul", picks, graph("Unsqueeze", here, graph.ints(1)), out="attention")
    state = graph("Squeeze", graph.norm(model.last_norm, "last_norm", x), graph.ints(1))
    graph("Gemm", state, table, out="scores")
    graph.save(
        path,
        NAME,
        HISTORY,
        {
            "scores": (TensorProto.FLOAT, ["batch", shape.n_items]),
            "attention": (TensorProto.FLOAT, ["batch", shape.layers, "length"]),
        },
    )


def _block(
    graph: Graph,
    block: Block,
    name: str,
    x: str,
    lag: str,
    is_padding: str,
    at_mask: str,
    *,
    is_final: bool,
) -> tuple[str, str]:
    """One layer; the final one asks for the masked place only and returns (batch, 1, dim)."""
    heads, head_dim = block.heads, block.head_dim
    seen = graph.norm(block.attention_norm, f"{name}.attention_norm", x)
    asking, ask = x, seen
    if is_final:
        asking, ask = graph("MatMul", at_mask, x), graph("MatMul", at_mask, seen)

    def split(given: str, order: list[int]) -> str:
        apart = graph("Reshape", given, graph.ints(0, 0, heads, head_dim))
        return graph("Transpose", apart, perm=order)

    # The scale of the dot product is folded into the query's weights.
    query = values(block.query.weight).T * head_dim**-0.5
    asked = split(graph("MatMul", ask, graph.constant(f"{name}.query", query)), [0, 2, 1, 3])
    key = split(graph.linear(block.key, f"{name}.key", seen), [0, 2, 3, 1])
    value = split(graph.linear(block.value, f"{name}.value", seen), [0, 2, 1, 3])
    bias = graph("Gather", graph.constant(f"{name}.lag_bias", values(block.lag_bias)), lag, axis=1)
    at_place = graph("Unsqueeze", at_mask, graph.ints(1))  # (batch, 1, 1, length + 1)
    if is_final:
        bias = graph("MatMul", at_place, bias)
    mask = graph("Where", is_padding, graph.number(MASKED), bias)
    weights = graph("Softmax", graph("Add", graph("MatMul", asked, key), mask), axis=-1)
    looked = graph("ReduceMean", weights, graph.ints(1), keepdims=0)
    if not is_final:
        looked = graph("MatMul", at_mask, looked)  # (batch, 1, length + 1)
    mixed = graph("Transpose", graph("MatMul", weights, value), perm=[0, 2, 1, 3])
    mixed = graph("Reshape", mixed, graph.ints(0, 0, heads * head_dim))
    gate = graph.silu(graph.linear(block.gate, f"{name}.gate", ask))
    x = graph("Add", asking, graph.linear(block.out, f"{name}.out", graph("Mul", mixed, gate)))
    fed = graph.norm(block.feed_norm, f"{name}.feed_norm", x)
    fed = graph.silu(graph.linear(block.rise, f"{name}.rise", fed))
    return graph("Add", x, graph.linear(block.fall, f"{name}.fall", fed)), looked
