"""Writes a trained multimodal network as an ONNX graph: a table for each modality, fused inside.

Sound and look are known of a few films alone, so their tables hold those and a film of zeros.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from onnx import TensorProto

from pipeline.families.multimodal.model import MODALITIES, NAME, NOWHERE, SHIPPED, TINY, Multimodal
from pipeline.families.sasrec.export import places, write_block
from pipeline.families.sasrec.model import Block
from pipeline.ship.graph import HISTORY, Graph, Named, values

WITHOUT = "without"
PARTS = (*SHIPPED, "popularity")
"""What a score is the sum of, in the order of output `parts`."""
OF_TRAILERS = ("sound", "look")
UNKNOWN = -2.0
"""In place of a cosine, where one of two films lacks the modality."""


def write(model: Multimodal, path: Path) -> None:
    """Writes the fp32 graph of `model`.

    Input `without`, (batch, 4), switches the modalities of `SHIPPED` off where it is 1. Outputs:
    `scores`; `parts`, which they are the sum of but for films of which nothing is known under the
    switches; `alike`, the cosine of the last pick with every film by each modality; `attention`.
    """
    graph, shape = Graph(), model.shape
    with torch.no_grad():
        known = values(model.weights())  # (n_items, modalities), style switched off
    columns = [MODALITIES.index(name) for name in SHIPPED]
    weight = graph.constant("weight", known[:, columns].T)  # (4, n_items)
    one, zero = (graph.constant(n, np.array(v, np.int32)) for n, v in (("one", 1), ("zero", 0)))
    rows = graph("Max", graph("Sub", "history", one), zero)  # (batch, length)
    # Each modality's switch, (batch, 1), and how much of a film's weight the switches leave.
    on = graph("Sub", graph.number(1), WITHOUT)  # (batch, 4)
    left = graph("MatMul", on, weight)  # (batch, n_items)
    tables = _tables(graph, model, known)
    made_long = graph("Div", graph.constant("film_length", values(model.length)[None]),
                      _lengths(graph, tables, weight, on))  # (batch, n_items)  # fmt: skip

    read: list[str] = []
    last_of: dict[str, str] = {}
    lags, at_last, *_ = places(graph, shape.max_history)
    long_pick = graph("GatherElements", made_long, rows, axis=1)  # (batch, length)
    switch: dict[str, str] = {}
    for k, name in enumerate(SHIPPED):
        switch[name] = graph("Slice", on, graph.ints(k), graph.ints(k + 1), graph.ints(1))
        vector = tables.picked(name, rows)  # (batch, length, dim)
        last_of[name] = graph("Squeeze", graph("MatMul", at_last, vector), graph.ints(1))
        of_film = graph("Squeeze", _row(graph, weight, k), graph.ints(0))
        by_pick = graph("Gather", of_film, rows, axis=0)
        counted = graph("Mul", graph("Mul", by_pick, long_pick), switch[name])
        read.append(graph("Mul", vector, graph("Unsqueeze", counted, graph.ints(2))))
    x = graph("Mul", graph("Sum", *read), graph.constant("item_scale", values(model.item_scale)))
    looked: list[str] = []
    for number, block in enumerate(model.blocks):
        assert isinstance(block, Block)
        is_final = number == shape.layers - 1
        x, seen = write_block(graph, block, f"block{number}", x, lags, at_last, is_final=is_final)
        looked.append(seen)
    graph("Concat", *looked, axis=1, out="attention")
    state = graph("Squeeze", graph.norm(model.last_norm, "last_norm", x), graph.ints(1))

    parts: list[str] = []
    alike: list[str] = []
    for k, name in enumerate(SHIPPED):
        of_film = _row(graph, weight, k)  # (1, n_items)
        agreed = tables.products(name, state)
        counted = graph("Mul", graph("Mul", made_long, of_film), switch[name])
        parts.append(graph("Mul", agreed, counted))
        alike.append(_cosines(graph, tables, name, last_of[name], of_film))
    with torch.no_grad():
        popular = values(model.popularity * model.popularity_weight)  # (n_items,)
    added = graph("Mul", graph.constant("popularity", popular), switch["behaviour"])
    each = [graph("Unsqueeze", part, graph.ints(1)) for part in (*parts, added)]
    graph("Concat", *each, axis=1, out="parts")  # (batch, 5, n_items)
    each = [graph("Unsqueeze", one, graph.ints(1)) for one in alike]
    graph("Concat", *each, axis=1, out="alike")  # (batch, 4, n_items)
    is_nowhere = graph("Cast", graph("LessOrEqual", left, graph.number(0)), to=TensorProto.FLOAT)
    nowhere = graph("Mul", is_nowhere, graph.number(NOWHERE))
    graph("Sum", *parts, added, nowhere, out="scores")
    n = shape.n_items
    inputs: Named = {**HISTORY, WITHOUT: (TensorProto.FLOAT, ["batch", len(SHIPPED)])}
    graph.save(
        path,
        NAME,
        inputs,
        {
            "scores": (TensorProto.FLOAT, ["batch", n]),
            "parts": (TensorProto.FLOAT, ["batch", len(PARTS), n]),
            "alike": (TensorProto.FLOAT, ["batch", len(SHIPPED), n]),
            "attention": (TensorProto.FLOAT, ["batch", shape.layers, "length"]),
        },
    )


def _row(graph: Graph, matrix: str, k: int) -> str:
    return graph("Slice", matrix, graph.ints(k), graph.ints(k + 1), graph.ints(0))


class _Tables:
    """The modalities' vectors, film by film in columns; those of trailers for a few films alone."""

    def __init__(self, graph: Graph, names: dict[str, str], place: str, films: str) -> None:
        self.graph, self.names, self.place, self.films = graph, names, place, films

    def picked(self, name: str, rows: str) -> str:
        """The vectors of `rows`, (batch, length, dim)."""
        if name in OF_TRAILERS:
            rows = self.graph("Gather", self.place, rows, axis=0)
        found = self.graph("Gather", self.names[name], rows, axis=1)
        return self.graph("Transpose", found, perm=[1, 2, 0])

    def products(self, name: str, asked: str) -> str:
        """Inner products of `asked`, (batch, dim), with every film, (batch, n_items)."""
        return self.spread(name, self.graph("MatMul", asked, self.names[name]))

    def wide(self, name: str, beside: str) -> str:
        """The table of `name` with the columns that it shares with that of `beside`."""
        if beside in OF_TRAILERS and name not in OF_TRAILERS:
            return self.graph("Gather", self.names[name], self.films, axis=1)
        return self.names[name]

    def spread(self, name: str, of_table: str) -> str:
        """A number per column of a table, (…, columns), as one per film, (…, n_items)."""
        if name in OF_TRAILERS:
            return self.graph("Gather", of_table, self.place, axis=1)
        return of_table


def _tables(graph: Graph, model: Multimodal, known: NDArray[np.float32]) -> _Tables:
    of_trailers = [MODALITIES.index(name) for name in OF_TRAILERS]
    films = np.flatnonzero((known[:, of_trailers] > 0).any(axis=1))
    place = np.full(len(known), len(films), np.int32)
    place[films] = np.arange(len(films))
    names: dict[str, str] = {}
    for name in SHIPPED:
        with torch.no_grad():
            vector = values(model.vector(name))
        vector = vector * (known[:, [MODALITIES.index(name)]] > 0)
        if name in OF_TRAILERS:
            none = np.zeros((1, vector.shape[1]), np.float32)
            vector = np.concatenate([vector[films], none])
        names[name] = graph.constant(f"{name}.vectors", vector.T)
    # The film of zeros stands for any.
    columns = np.append(films, 0).astype(np.int32)
    return _Tables(
        graph,
        names,
        graph.constant("trailer.place", place),
        graph.constant("trailer.film", columns),
    )


def _lengths(graph: Graph, tables: _Tables, weight: str, on: str) -> str:
    """How long each film's weighted sum is under the switches, (batch, n_items).

    Its square is the sum over pairs of modalities of their weights times their inner product, which
    no switch changes: so no film's sum is made for each row of the batch.
    """
    squares: list[str] = []
    for i, one in enumerate(SHIPPED):
        for j, other in enumerate(SHIPPED[: i + 1]):
            product = graph("Mul", tables.wide(one, other), tables.wide(other, one))
            of_pair = graph("ReduceSum", product, graph.ints(0), keepdims=1)  # (1, columns)
            if one in OF_TRAILERS or other in OF_TRAILERS:
                of_pair = tables.spread("sound", of_pair)
            counted = graph("Mul", _row(graph, weight, i), _row(graph, weight, j))
            counted = graph("Mul", counted, graph("Mul", of_pair, graph.number(1 + (i != j))))
            switches = [
                graph("Slice", on, graph.ints(k), graph.ints(k + 1), graph.ints(1)) for k in (i, j)
            ]
            squares.append(graph("Mul", graph("Mul", *switches), counted))
    square = graph("Max", graph("Sum", *squares), graph.number(TINY**2))
    return graph("Sqrt", square)


def _cosines(graph: Graph, tables: _Tables, name: str, last: str, of_film: str) -> str:
    """Cosines of the last pick's vector with every film's, `UNKNOWN` where one lacks it."""
    table = tables.names[name]
    length = graph("Sqrt", graph("ReduceSumSquare", table, graph.ints(0), keepdims=1))
    length = tables.spread(name, length)  # (1, n_items)
    own = graph("Sqrt", graph("ReduceSumSquare", last, graph.ints(1), keepdims=1))  # (batch, 1)
    tiny = graph.number(1e-9)
    product = tables.products(name, last)
    cosine = graph("Div", product, graph("Max", graph("Mul", own, length), tiny))
    has_it = graph("And", graph("Greater", of_film, graph.number(0)), graph("Greater", own, tiny))
    return graph("Where", has_it, cosine, graph.number(UNKNOWN))
