"""The graph that ships, written node by node."""

from __future__ import annotations

from pathlib import Path

from onnx import TensorProto

from pipeline.families.mult_vae.model import NAME, SHIFT, MultVae
from pipeline.ship.graph import HISTORY, Graph, Named
from pipeline.training import set_networks


def write(network: MultVae, path: Path) -> None:
    """Writes the fp32 graph of `network`.

    Input `shift` is added to the mean before it is decoded: zeros for the reader as
    they are, other numbers to see what a latent dimension is about.
    """
    graph = Graph()
    n_items, latent = network.guess.out_features, network.settings.latent
    picked = set_networks.picked(graph, n_items)
    length = graph("Sqrt", graph("ReduceSum", picked, graph.ints(1), keepdims=1))
    shown = graph("Div", picked, graph("Max", length, graph.number(1)))
    hidden = graph("Tanh", graph.linear(network.read, "read", shown))
    posterior = graph.linear(network.posterior, "cloud", hidden)
    graph("Slice", posterior, graph.ints(0), graph.ints(latent), graph.ints(1), out="mean")
    graph("Slice", posterior, graph.ints(latent), graph.ints(2 * latent), graph.ints(1), out="log_variance")  # fmt: skip  # noqa: E501
    moved = graph("Add", "mean", SHIFT)
    hidden = graph("Tanh", graph.linear(network.unfold, "unfold", moved))
    graph("Identity", graph.linear(network.guess, "guess", hidden), out="scores")
    shapes = {"scores": n_items, "mean": latent, "log_variance": latent}
    outputs = {name: (TensorProto.FLOAT, ["batch", width]) for name, width in shapes.items()}
    inputs: Named = {**HISTORY, SHIFT: (TensorProto.FLOAT, ["batch", latent])}
    graph.save(path, NAME, inputs, outputs)
