"""The graph that ships, written node by node."""

from __future__ import annotations

from pathlib import Path

from onnx import TensorProto

from pipeline.families.mult_vae.model import NAME, SHIFT
from pipeline.families.mult_vae.shortcut import WithShortcut
from pipeline.ship.graph import Graph, Named
from pipeline.training import set_networks


def write(network: WithShortcut, path: Path) -> None:
    """Writes the fp32 graph of `network`.

    Input `shift` is added to the mean before it is decoded: zeros for the reader as
    they are, other numbers to see what a latent dimension is about. The shortcut does not move.
    """
    graph = Graph()
    n_items, latent = network.outwards.out_features, network.settings.latent
    picked = set_networks.picked(graph, n_items, network.settings)
    squares = graph("ReduceSum", graph("Mul", picked, picked), graph.ints(1), keepdims=1)
    length = graph("Max", graph("Sqrt", squares), graph.number(1e-9))
    told = graph.linear(network.inwards, "inwards", picked)
    hidden = graph("Tanh", graph.linear(network.read, "read", graph("Div", told, length)))
    posterior = graph.linear(network.posterior, "cloud", hidden)
    graph("Slice", posterior, graph.ints(0), graph.ints(latent), graph.ints(1), out="mean")
    graph("Slice", posterior, graph.ints(latent), graph.ints(2 * latent), graph.ints(1), out="log_variance")  # fmt: skip  # noqa: E501
    moved = graph("Add", "mean", SHIFT)
    hidden = graph("Tanh", graph.linear(network.unfold, "unfold", moved))
    linear = graph.linear(network.shortcut, "shortcut", told)
    both = graph("Add", graph.linear(network.back, "back", hidden), linear)
    graph("Identity", graph.linear(network.outwards, "outwards", both), out="scores")
    shapes = {"scores": n_items, "mean": latent, "log_variance": latent}
    outputs = {name: (TensorProto.FLOAT, ["batch", width]) for name, width in shapes.items()}
    inputs: Named = {
        **set_networks.inputs_of(network.settings),
        SHIFT: (TensorProto.FLOAT, ["batch", latent]),
    }
    graph.save(path, NAME, inputs, outputs)
