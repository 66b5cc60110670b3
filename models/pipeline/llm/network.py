"""Gemma 3 as an ONNX graph that scores many short continuations of one prefix.

Its inputs and outputs are those of docs/formats.md. The head is the embedding, both from one
constant. With an adapter the graph reads one input more, how much of it is added: 0 leaves the
model as it was.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from onnx import TensorProto

from pipeline.llm.architecture import Architecture
from pipeline.llm.matrices import embedding, product
from pipeline.llm.packed import Floats, Packed
from pipeline.ship.graph import Graph, Named

HIDDEN = -1e4
"""Added to the score of what a token must not look at."""


@dataclass(frozen=True)
class Weights:
    """All numbers of a model, by the names of the GGUF file."""

    vectors: Mapping[str, Floats]
    matrices: Mapping[str, Packed]
    """Outputs by inputs; `token_embd.weight`, 8 bits, is the head too."""
    adapter: Mapping[str, tuple[Floats, Floats]]
    """By matrix: (rank, inputs) and (outputs, rank), their product a change of it; may be empty."""


def write(path: Path, architecture: Architecture, weights: Weights) -> None:
    """Writes the graph to one file."""
    _Network(architecture, weights).save(path)


class _Network:
    def __init__(self, architecture: Architecture, weights: Weights) -> None:
        self.sizes, self.weights, self.graph = architecture, weights, Graph()
        self.n_words = len(weights.matrices["token_embd.weight"].levels)

    def save(self, path: Path) -> None:
        self._build()
        slots, dim = self.sizes.slots, self.sizes.head_dim
        inputs: Named = {
            "input_ids": (TensorProto.INT32, ["batch", "length"]),
            "past": (TensorProto.FLOAT, ["past", slots, dim]),
            "targets": (TensorProto.INT32, ["batch", "scored"]),
            **({"adapted": (TensorProto.FLOAT, [1])} if self.weights.adapter else {}),
        }
        outputs: Named = {
            "log_prob": (TensorProto.FLOAT, ["batch", "scored"]),
            "logits": (TensorProto.FLOAT, ["batch", self.n_words]),
            "present": (TensorProto.FLOAT, ["length", slots, dim]),
        }
        self.graph.save(path, "language_model", inputs, outputs)

    def _build(self) -> None:
        graph = self.graph
        self._look_around()
        table = self.weights.matrices["token_embd.weight"]
        x = embedding(graph, "token_embd.weight", table, "input_ids")
        x = graph("Mul", x, graph.number(math.sqrt(self.sizes.width)))
        kept: list[str] = []
        for layer in range(self.sizes.n_layers):
            x = self._attend(layer, x, kept)
            x = self._think(layer, x)
        graph("Concat", *kept, out="present", axis=1)
        self._answer(self._norm("output_norm.weight", x))

    def _look_around(self) -> None:
        """Lengths, positions and who may look at whom: the same for every layer."""
        graph = self.graph
        shape = graph("Shape", "input_ids")
        self.batch = graph("Slice", shape, graph.ints(0), graph.ints(1))
        length = graph("Slice", shape, graph.ints(1), graph.ints(2))
        past = graph("Shape", "past", start=0, end=1)
        self.length, zero, one = length, graph.index(0), graph.index(1)
        ends = [graph("Squeeze", it) for it in (past, graph("Add", past, length))]
        at = graph("Range", ends[0], ends[1], one)  # positions of what is read now
        all_at = graph("Range", zero, ends[1], one)
        at, all_at = (graph("Cast", it, to=TensorProto.FLOAT) for it in (at, all_at))
        rows = graph("Unsqueeze", at, graph.ints(1))  # (length, 1)
        back = graph("Sub", rows, graph("Unsqueeze", all_at, graph.ints(0)))
        # (length, past + length): what lies ahead, and what lies too far behind
        ahead = graph("Less", back, graph.number(0.0))
        behind = graph("Greater", back, graph.number(self.sizes.window - 1))
        hidden, seen = graph.number(HIDDEN), graph.number(0.0)
        self.masks = {
            is_far: graph(
                "Unsqueeze", graph("Where", unseen, hidden, seen), graph.ints(1)
            )  # (length, 1, past + length), the same for every head
            for is_far, unseen in ((True, ahead), (False, graph("Or", ahead, behind)))
        }
        self.turns = {
            is_far: self._turn(rows, base)
            for is_far, base in ((True, self.sizes.far_base), (False, self.sizes.near_base))
        }
        self.past_shape = graph("Concat", self.batch, past, graph.ints(self.sizes.head_dim), axis=0)

    def _turn(self, rows: str, base: float) -> tuple[str, str]:
        """Cosines and sines of the rotation of each position, (length, 1, head_dim / 2)."""
        graph, dim = self.graph, self.sizes.head_dim
        pace = (1.0 / base ** (np.arange(0, dim, 2) / dim)).astype(np.float32)
        angle = graph("Mul", rows, graph.constant(f"pace_{base:g}", pace))
        angle = graph("Unsqueeze", angle, graph.ints(1))
        return graph("Cos", angle), graph("Sin", angle)

    def _attend(self, layer: int, x: str, kept: list[str]) -> str:
        graph, sizes, name = self.graph, self.sizes, f"blk.{layer}"
        is_far = sizes.is_far(layer)
        heads, dim = sizes.n_heads, sizes.head_dim
        read = self._norm(f"{name}.attn_norm.weight", x)
        query = self._heads(f"{name}.attn_q", read, heads, turn=self.turns[is_far])
        key = self._heads(f"{name}.attn_k", read, 1, turn=self.turns[is_far])
        value = self._heads(f"{name}.attn_v", read, 1, turn=None)
        kept += [graph("Gather", it, graph.index(0)) for it in (key, value)]  # (length, 1, dim)
        keys, values = (
            self._with_past(2 * layer + which, it) for which, it in enumerate((key, value))
        )
        # One key head serves all query heads: they are rows of one product.
        query = graph("Mul", query, graph.number(dim**-0.5))
        query = graph("Reshape", query, graph.ints(0, -1, dim))  # (batch, length · heads, dim)
        match = graph("MatMul", query, graph("Transpose", keys, perm=[0, 2, 1]))
        by_head = self._shape(self.batch, self.length, heads, -1)
        match = graph("Add", graph("Reshape", match, by_head), self.masks[is_far])
        share = graph("Softmax", match, axis=-1)
        share = graph("Reshape", share, self._shape(self.batch, -1, self.whole))
        mixed = graph("MatMul", share, values)  # (batch, length · heads, dim)
        mixed = graph("Reshape", mixed, self._shape(self.batch, self.length, heads * dim))
        given = self._linear(f"{name}.attn_output", mixed)
        return graph("Add", x, self._norm(f"{name}.post_attention_norm.weight", given))

    @property
    def whole(self) -> str:
        """How many tokens there are, with those of the past: (1,)."""
        graph = self.graph
        if not hasattr(self, "_whole"):
            self._whole = graph("Add", graph("Shape", "past", start=0, end=1), self.length)
        return self._whole

    def _shape(self, *parts: str | int) -> str:
        """A shape of lengths known when the graph runs and numbers known now."""
        named = [it if isinstance(it, str) else self.graph.ints(it) for it in parts]
        return self.graph("Concat", *named, axis=0)

    def _heads(self, name: str, x: str, heads: int, *, turn: tuple[str, str] | None) -> str:
        """(batch, length, width) to (batch, length, heads, head_dim); normed and turned."""
        graph, dim = self.graph, self.sizes.head_dim
        found = graph("Reshape", self._linear(name, x), graph.ints(0, 0, heads, dim))
        if turn is None:
            return found
        found = self._norm(f"{name}_norm.weight", found)
        half, (cos, sin) = dim // 2, turn
        left = graph("Slice", found, graph.ints(0), graph.ints(half), graph.ints(3))
        right = graph("Slice", found, graph.ints(half), graph.ints(dim), graph.ints(3))
        turned = (
            graph("Sub", graph("Mul", left, cos), graph("Mul", right, sin)),
            graph("Add", graph("Mul", right, cos), graph("Mul", left, sin)),
        )
        return graph("Concat", *turned, axis=-1)

    def _with_past(self, slot: int, own: str) -> str:
        """Keys or values of the prefix, then those of a row: (batch, past + length, head_dim)."""
        graph = self.graph
        shared = graph("Gather", "past", graph.index(slot), axis=1)  # (past, head_dim)
        shared = graph("Expand", shared, self.past_shape)
        own = graph("Reshape", own, graph.ints(0, -1, self.sizes.head_dim))
        return graph("Concat", shared, own, axis=1)

    def _think(self, layer: int, x: str) -> str:
        graph, name = self.graph, f"blk.{layer}"
        read = self._norm(f"{name}.ffn_norm.weight", x)
        gate = self._gelu(self._linear(f"{name}.ffn_gate", read))
        both = graph("Mul", gate, self._linear(f"{name}.ffn_up", read))
        given = self._linear(f"{name}.ffn_down", both)
        return graph("Add", x, self._norm(f"{name}.post_ffw_norm.weight", given))

    def _answer(self, x: str) -> None:
        """Log-probabilities of the targets, and the logits of the last position."""
        graph = self.graph
        scored = graph("Shape", "targets", start=1, end=2)
        ends = graph.ints(2**31 - 1)
        last = graph("Slice", x, graph("Neg", scored), ends, graph.ints(1))
        table = self.weights.matrices["token_embd.weight"]
        logits = product(graph, "token_embd.weight", table, last)  # (batch, scored, n_words)
        graph("Gather", logits, graph.index(-1), out="logits", axis=1)
        whole = graph("ReduceLogSumExp", logits, graph.ints(-1))
        wanted = graph("Unsqueeze", "targets", graph.ints(-1))
        found = graph("Sub", graph("GatherElements", logits, wanted, axis=-1), whole)
        is_wanted = graph("Cast", graph("Cast", "targets", to=TensorProto.BOOL), to=1)
        graph("Mul", graph("Squeeze", found, graph.ints(-1)), is_wanted, out="log_prob")

    def _linear(self, name: str, x: str) -> str:
        graph, name = self.graph, f"{name}.weight"
        found = product(graph, name, self.weights.matrices[name], x)
        if name not in self.weights.adapter:
            return found
        into, out = self.weights.adapter[name]
        small = graph("MatMul", x, self._half(f"{name}.into", into.T))
        change = graph("MatMul", graph("Mul", small, "adapted"), self._half(f"{name}.out", out.T))
        return graph("Add", found, change)

    def _half(self, name: str, weights: Floats) -> str:
        small = self.graph.constant(name, weights.astype(np.float16))
        return self.graph("Cast", small, to=TensorProto.FLOAT)

    def _norm(self, name: str, x: str) -> str:
        """Divides by the root of the mean square."""
        graph = self.graph
        mean = graph("ReduceMean", graph("Mul", x, x), graph.ints(-1))
        root = graph("Sqrt", graph("Add", mean, graph.number(self.sizes.epsilon)))
        scale = graph.constant(name, self.weights.vectors[name])
        return graph("Mul", graph("Div", x, root), scale)

    def _gelu(self, x: str) -> str:
        graph = self.graph
        cube = graph("Mul", graph("Mul", x, x), x)
        inner = graph("Add", x, graph("Mul", cube, graph.number(0.044715)))
        bent = graph("Tanh", graph("Mul", inner, graph.number(math.sqrt(2 / math.pi))))
        half = graph("Mul", x, graph.number(0.5))
        return graph("Mul", half, graph("Add", bent, graph.number(1.0)))
