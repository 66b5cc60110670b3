"""The graph that ships, written node by node."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from onnx import TensorProto

from pipeline.families.irgan.model import NAME, Adversaries
from pipeline.ship.graph import HISTORY, Graph, values
from pipeline.training import set_networks


def write(adversaries: Adversaries, path: Path) -> None:
    """Writes the fp32 graph: both networks, every round, and the last generator's scores."""
    graph = Graph()
    n_items = len(adversaries.generator.bias)
    n_rounds = len(adversaries.generator_items)
    picked = set_networks.picked(graph, n_items)
    length = graph("Sqrt", graph("ReduceSum", picked, graph.ints(1), keepdims=1))
    shown = graph("Div", picked, graph("Max", length, graph.number(1)))
    for name, network, items in (
        ("generator", adversaries.generator, adversaries.generator_items),
        ("discriminator", adversaries.discriminator, adversaries.discriminator_items),
    ):
        inputs = graph.constant(f"{name}.told", values(network.input_items))
        every = graph.constant(f"{name}.items", values(torch.cat(items)).T)
        found = graph("MatMul", graph("MatMul", shown, inputs), every)
        apart = graph("Reshape", found, graph.ints(0, n_rounds, n_items))
        graph("Add", apart, graph.constant(f"{name}.bias", values(network.bias)), out=name)
    last = graph.constant("last", np.array([n_rounds - 1], np.int32))
    graph("Squeeze", graph("Gather", "generator", last, axis=1), graph.ints(1), out="scores")
    kind = TensorProto.FLOAT
    outputs: dict[str, tuple[int, list[int | str]]] = {
        "scores": (kind, ["batch", n_items]),
        "generator": (kind, ["batch", n_rounds, n_items]),
        "discriminator": (kind, ["batch", n_rounds, n_items]),
    }
    graph.save(path, NAME, HISTORY, outputs)
