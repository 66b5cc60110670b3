"""The graph that ships, written node by node."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper
from torch import Tensor

from pipeline.families.gru4rec.model import NAME, Gru4rec
from pipeline.ship.graph import HISTORY, Graph, values


def write(model: Gru4rec, path: Path) -> None:
    """Writes the fp32 graph: one recurrent node, which stops at each history's own end."""
    graph = Graph()
    dim = model.shape.dim
    # Film by film in columns: the same number of every film lies together, which packs better.
    # What all films share stands apart, so that int8 spends its steps on what tells them apart.
    items = values(model.table())
    shared = items.mean(axis=0)  # (dim,)
    table = graph.constant("items", (items - shared).T)  # (dim, n_items)
    zero = graph.constant("zero", np.array(0, np.int32))
    one = graph.constant("one", np.array(1, np.int32))
    rows = graph("Max", graph("Sub", "history", one), zero)
    known = graph("Transpose", graph("Gather", table, rows, axis=1), perm=[2, 1, 0])
    known = graph("Add", known, graph.constant("shared", shared))
    x = graph("Mul", known, graph.constant("item_scale", values(model.item_scale)))
    here = graph("Cast", graph("Greater", "history", zero), to=TensorProto.INT32)
    n_picks = graph("Max", graph("ReduceSum", here, graph.ints(1), keepdims=0), one)  # (batch,)

    def matrix(name: str, weight: Tensor) -> str:
        # Two axes and a scale per output, as the quantiser wants it; the node wants (1, out, in).
        kept = graph.constant(name, _gates(weight).T)
        return graph("Unsqueeze", graph("Transpose", kept, perm=[1, 0]), graph.ints(0))

    read = matrix("gru.read", model.gru.weight_ih_l0)
    keep = matrix("gru.keep", model.gru.weight_hh_l0)
    biases = [_gates(model.gru.bias_ih_l0), _gates(model.gru.bias_hh_l0)]
    bias = graph("Unsqueeze", graph.constant("gru.bias", np.concatenate(biases)), graph.ints(0))
    graph.nodes.append(
        helper.make_node(
            "GRU",
            [x, read, keep, bias, n_picks],
            ["gru.every", "gru.last"],  # (length, 1, batch, dim), (1, batch, dim)
            "gru",
            hidden_size=dim,
            linear_before_reset=1,
        )
    )
    every = graph("Squeeze", "gru.every", graph.ints(1))
    graph("Transpose", every, perm=[1, 0, 2], out="hidden")
    last = graph("Squeeze", "gru.last", graph.ints(0))
    state = graph.norm(model.last_norm, "last_norm", last)
    of_shared = graph("MatMul", state, graph.constant("shared.column", shared[:, None]))
    graph("Gemm", state, table, of_shared, out="scores")
    graph.save(
        path,
        NAME,
        HISTORY,
        {
            "scores": (TensorProto.FLOAT, ["batch", model.shape.n_items]),
            "hidden": (TensorProto.FLOAT, ["batch", "length", dim]),
        },
    )


def _gates(parameter: Tensor) -> NDArray[np.float32]:
    """Rows of torch's gates (reset, update, new) in the order of ONNX (update, reset, new)."""
    reset, update, new = np.split(values(parameter), 3)
    return np.concatenate([update, reset, new])
