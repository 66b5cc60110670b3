"""Writes SASRec with EASE's links as an ONNX graph: SASRec's, and the links added to its scores."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from onnx import TensorProto

from pipeline.families.sasrec.export import Places, save, trunk
from pipeline.families.sasrec_ease.model import NAME, NeighbourPrior, SasrecEase
from pipeline.ship.graph import Graph, values


def write(model: SasrecEase, path: Path) -> None:
    """Writes the fp32 graph of `model`."""
    graph = Graph()
    found = trunk(graph, model)
    own = graph("Gemm", found.state, found.table)
    linked = _neighbours(graph, model.prior, found.rows, found.places)
    graph("Add", own, linked, out="scores")
    save(graph, path, NAME, model.shape)


def _neighbours(graph: Graph, prior: NeighbourPrior, rows: str, picks: Places) -> str:
    """Neighbours of the picks, added up per film, (batch, n_items)."""
    # The constants have the names that shipped files have.
    age = graph("Sub", graph("Sub", picks.n_picks, graph.number(1)), picks.step)  # (batch, length)
    age = graph("Cast", graph("Max", age, graph.number(0)), to=TensorProto.INT32)
    by_age = graph.constant("recall.age_weight", values(prior.age_weight * prior.scale))
    counted = graph("Mul", graph("Gather", by_age, age, axis=0), picks.here)
    weight = graph("Gather", graph.constant("recall.weight", values(prior.weight)), rows, axis=0)
    added = graph("Mul", weight, graph("Unsqueeze", counted, graph.ints(2)))
    item = graph.constant("recall.item", prior.item.cpu().numpy().astype(np.int32))
    flat = graph.ints(0, -1)
    where = graph("Reshape", graph("Gather", item, rows, axis=0), flat)
    n_items = graph.ints(len(prior.item))
    size = graph("Concat", graph("Shape", "history", start=0, end=1), n_items, axis=0)
    empty = graph("Expand", graph.number(0), size)
    added = graph("Reshape", added, flat)
    return graph("ScatterElements", empty, where, added, axis=1, reduction="add")
