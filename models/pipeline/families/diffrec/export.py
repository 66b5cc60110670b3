"""The graph that ships, written node by node."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from onnx import TensorProto

from pipeline.families.diffrec.model import NAME, NOISE, DiffRec
from pipeline.ship.graph import Graph, Named, values
from pipeline.training import set_networks


def write(network: DiffRec, path: Path) -> None:
    """Writes the fp32 graph of `network`.

    States are mixed after the first layer rather than before it: that layer is linear, so five
    steps over 7,705 films become five steps over a few hundred numbers, and the same guesses.

    Input `noise` (batch, steps, hidden) is white noise for the draws of `guesses(noise=True)`: the
    first lies on the start, the others on the state after each step but the last; zeros draw
    nothing. Noise on every film reaches the first layer as Gaussian numbers whose covariance is
    that layer's weights times their transpose. So a factor of that matrix is shipped, and as many
    numbers as the layer is wide stand for a number per film: another draw, the same distribution.
    """
    graph = Graph()
    settings, n_items = network.settings, network.guess.out_features
    picked = set_networks.picked(graph, n_items, settings)
    n_picks = graph("Max", graph("ReduceSum", picked, graph.ints(1), keepdims=1), graph.number(1))
    shown = graph("Div", picked, graph("Pow", n_picks, graph.number(settings.flatten)))
    read, guess = network.read, network.guess
    inwards = graph.constant("read.weight", values(read.weight).T)
    outwards = graph.constant("guess.weight", values(guess.weight).T)
    again = graph.constant("again.weight", values(read.weight @ guess.weight).T)
    offset = graph.constant("again.bias", values(read.weight @ guess.bias))
    state = graph("MatMul", shown, inwards)  # (batch, hidden)
    factor = np.linalg.cholesky(values(read.weight @ read.weight.T).astype(np.float64))
    coloured = graph.constant("noise.weight", factor.T.astype(np.float32))
    noise = graph("MatMul", NOISE, coloured)  # (batch, steps, hidden)

    def noisy(state: str, drawn: int, deviation: float) -> str:
        index = graph.constant(f"drawn_{drawn}", np.array([drawn], np.int32))
        found = graph("Squeeze", graph("Gather", noise, index, axis=1), graph.ints(1))
        return graph("Add", state, graph("Mul", found, graph.number(deviation)))

    state = noisy(state, 0, float(network.variance[-1] ** 0.5))
    biases = values(network.read.bias + network.step.weight)  # (steps, hidden)
    found: list[str] = []
    for step, (of_guess, of_state, spread) in reversed(list(enumerate(network.posterior()))):
        hidden = graph("Tanh", graph("Add", state, graph.constant(f"step{step}", biases[step])))
        hidden = graph("Tanh", graph.linear(network.fold, "fold", hidden))
        hidden = graph("Tanh", graph.linear(network.unfold, "unfold", hidden))
        found.append(graph("Unsqueeze", hidden, graph.ints(1)))
        if step > 0:
            read_again = graph("Add", graph("MatMul", hidden, again), offset)
            moved = graph("Mul", read_again, graph.number(float(of_guess)))
            state = graph("Add", moved, graph("Mul", state, graph.number(float(of_state))))
            state = noisy(state, settings.steps - step, float(spread))
    hidden = graph("Concat", *found, axis=1)  # (batch, steps, hidden)
    bias = graph.constant("guess.bias", values(guess.bias))
    graph("Add", graph("MatMul", hidden, outwards), bias, out="steps")
    last = graph.constant("last", np.array([settings.steps - 1], np.int32))
    graph("Squeeze", graph("Gather", "steps", last, axis=1), graph.ints(1), out="scores")
    outputs = {
        "scores": (TensorProto.FLOAT, ["batch", n_items]),
        "steps": (TensorProto.FLOAT, ["batch", settings.steps, n_items]),
    }
    inputs: Named = {
        **set_networks.inputs_of(settings),
        NOISE: (TensorProto.FLOAT, ["batch", settings.steps, settings.hidden]),
    }
    graph.save(path, NAME, inputs, outputs)
