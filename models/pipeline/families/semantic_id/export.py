"""Writes a trained semantic-ID decoder as one ONNX graph: every prefix of the trie in one forward.

`level1` and `level2` are the log-probabilities of the first codes and of the pairs of codes that
exist, in ascending order: what a beam search looks at before it names films.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, numpy_helper
from torch import Tensor

from pipeline.families.sasrec.export import places, write_block
from pipeline.families.sasrec.model import MASKED, Block
from pipeline.families.semantic_id.model import NAME, SemanticId
from pipeline.ship.graph import HISTORY, Graph, values


def write(model: SemanticId, path: Path) -> None:
    """Writes the fp32 graph of `model`."""
    graph, shape = Graph(), model.shape
    state = _state(graph, model)  # (batch, dim)
    logits = graph.linear(model.tell[0], "tell0", state)
    first = graph("Add", logits, graph.constant("bias1", values(model.bias1)))
    graph("LogSoftmax", first, axis=-1, out="level1")

    every = np.arange(shape.sizes[0])[:, None]
    pairs = _whole(model.prefixes)
    at = _rows(graph, "pairs.place", pairs[:, 0] * shape.sizes[1] + pairs[:, 1])
    second = _after(graph, model, 2, state, every, at)  # (batch, codes * codes)
    chosen = graph("Gather", second, at, axis=1)
    begun = graph("Gather", "level1", _rows(graph, "pairs.first", pairs[:, 0]), axis=1)
    graph("Add", begun, chosen, out="level2")  # (batch, pairs)

    codes, pair_of = _whole(model.codes), _whole(model.prefix_of)
    at = _rows(graph, "film.place", pair_of * shape.sizes[2] + codes[:, 2])
    third = _after(graph, model, 3, state, pairs, at)  # (batch, pairs * codes)
    chosen = graph("Gather", third, at, axis=1)
    begun = graph("Gather", "level2", _rows(graph, "film.pair", pair_of), axis=1)
    if not shape.n_groups:
        graph("Add", begun, chosen, out="scores")
    else:
        scores = graph("Add", begun, chosen)
        group, n_each = _whole(model.group_of), shape.most_alike
        shared = group < shape.n_groups
        place = np.where(shared, group * n_each + codes[:, 3], shape.n_groups * n_each)
        at = _rows(graph, "alike.place", place[shared])
        fourth = _after(graph, model, 4, state, _whole(model.groups), at)
        # Films alone with their codes look at one more place, which holds 0.
        pads = graph.constant("one_more", np.array([0, 0, 0, 1], np.int64))
        more = graph("Pad", fourth, pads)
        found = graph("Gather", more, _rows(graph, "film.alike", place), axis=1)
        graph("Add", scores, found, out="scores")
    graph.save(
        path,
        NAME,
        HISTORY,
        {
            "scores": (TensorProto.FLOAT, ["batch", shape.n_items]),
            "level1": (TensorProto.FLOAT, ["batch", shape.sizes[0]]),
            "level2": (TensorProto.FLOAT, ["batch", shape.n_prefixes]),
        },
    )


def _state(graph: Graph, model: SemanticId) -> str:
    """What the decoder thinks after the last pick, (batch, dim)."""
    one, zero = (graph.constant(n, np.array(v, np.int32)) for n, v in (("one", 1), ("zero", 0)))
    rows = graph("Max", graph("Sub", "history", one), zero)
    read = []
    for level, table in enumerate(model.spoken):
        code = graph(
            "Gather", _rows(graph, f"film.code{level}", _whole(model.codes)[:, level]), rows
        )
        read.append(graph("Gather", graph.constant(f"spoken{level}", values(table)), code))
    x = graph("Sum", *read)  # (batch, length, dim)
    lags, at_last, *_ = places(graph, model.shape.max_history)
    for number, block in enumerate(model.blocks):
        assert isinstance(block, Block)
        is_final = number == model.shape.layers - 1
        x, _ = write_block(graph, block, f"block{number}", x, lags, at_last, is_final=is_final)
    return graph("Squeeze", graph.norm(model.last_norm, "last_norm", x), graph.ints(1))


def _after(
    graph: Graph, model: SemanticId, level: int, state: str, spelt: NDArray[np.int64], at: str
) -> str:
    """Log-probabilities of the codes of `level` after each row of `spelt`, (batch, rows * codes).

    `at` names the places of codes that exist. Their biases alone are in the file, at full
    precision: they reach from -9 to 0, too far for int8, and the table is nearly empty.
    """
    name = f"after{level - 1}"
    asked = graph.linear(model.ask[level - 2], f"{name}.ask", state)
    before = [
        graph(
            "Gather",
            graph.constant(f"{name}.spelt{k}", values(table)),
            _rows(graph, f"{name}.code{k}", spelt[:, k]),
        )
        for k, table in enumerate(model.spelt[level - 2])
    ]
    known = graph("Sum", *before) if len(before) > 1 else before[0]
    hidden = graph.silu(graph("Add", graph("Unsqueeze", asked, graph.ints(1)), known))
    logits = graph.linear(model.tell[level - 1], f"{name}.tell", hidden)
    bias = values(getattr(model, f"bias{level}"))
    own = graph.constant(
        f"{name}.bias", bias.reshape(-1)[numpy_helper.to_array(graph.constants[at])]
    )
    nowhere = graph("Expand", graph.number(MASKED), graph.ints(bias.size))
    table = graph("Reshape", graph("ScatterElements", nowhere, at, own), graph.ints(*bias.shape))
    found = graph("LogSoftmax", graph("Add", logits, table), axis=-1)
    return graph("Reshape", found, graph.ints(0, -1))


def _rows(graph: Graph, name: str, rows: NDArray[np.int64]) -> str:
    return graph.constant(name, rows.astype(np.int32))


def _whole(tensor: Tensor) -> NDArray[np.int64]:
    found: NDArray[np.int64] = tensor.cpu().numpy()
    return found
