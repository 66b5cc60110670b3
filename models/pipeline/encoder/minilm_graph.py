"""all-MiniLM-L6-v2 as an ONNX graph, in one file, with three ways to multiply.

Written out from the weights and not exported by `optimum`, so that nothing is in the graph that is
not meant to be: pooling and normalisation are inside, and every weight is stored once. Standard
operators alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from pipeline.ship.quantize import rounded

Array = NDArray[Any]
Weights = Mapping[str, NDArray[np.float32]]

N_LAYERS, N_HEADS, DIM = 6, 12, 384
HEAD_DIM = DIM // N_HEADS
OPSET = 20
EPSILON = 1e-12
FLOAT = onnx.TensorProto.FLOAT
HIDDEN = -1e4  # what a padded position adds to a score; minus infinity breaks on GPUs


class Writer:
    """Collects the nodes and weights of a graph and names what has no name."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def constant(self, array: Array | np.generic, name: str = "") -> str:
        name = name or f"constant_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def many(
        self, kind: str, inputs: Sequence[str], n_outputs: int, **attributes: Any
    ) -> list[str]:
        """Adds a node with several outputs."""
        name = f"{kind}_{len(self.nodes)}"
        outputs = [f"{name}_{number}" for number in range(n_outputs)]
        self.nodes.append(helper.make_node(kind, inputs, outputs, name=name, **attributes))
        return outputs

    def one(self, kind: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        """Adds a node with one output."""
        name = f"{kind}_{len(self.nodes)}"
        output = output or name
        self.nodes.append(helper.make_node(kind, inputs, [output], name=name, **attributes))
        return output


class Numbers(Protocol):
    """How a graph stores its matrices and multiplies by them."""

    def embed(self, graph: Writer, table: Array, ids: str) -> str:
        """Rows of `table` (n_rows, dim)."""  # (batch, length, dim)

    def read(self, graph: Writer, name: str, x: str) -> Any:
        """Makes `x` ready for one or more `linear`; `name` is the first matrix that reads it."""

    def linear(self, graph: Writer, name: str, x: Any, weight: Array, bias: Array) -> str:
        """`x · weight + bias`, with weight (n_in, n_out)."""


class Float32:
    """The model as it was trained. Tells what each matrix reads, if asked to."""

    def __init__(self) -> None:
        self.read_by: dict[str, str] = {}

    def embed(self, graph: Writer, table: Array, ids: str) -> str:
        return graph.one("Gather", graph.constant(table), ids)

    def read(self, graph: Writer, name: str, x: str) -> str:
        self.read_by[name] = x
        return x

    def linear(self, graph: Writer, name: str, x: str, weight: Array, bias: Array) -> str:
        product = graph.one("MatMul", x, graph.constant(weight))
        return graph.one("Add", product, graph.constant(bias))


class LevelledInt8:
    """What both shipped variants share: int8 tables, and channels levelled before they multiply.

    A few channels of what a matrix reads are far larger than the rest, and rounding the rest at
    their scale costs most of the precision. `factors` divide each channel and are multiplied into
    the matrix, by the name of the first matrix that reads it.
    """

    def __init__(self, factors: Mapping[str, Array]) -> None:
        self.factors = factors

    def embed(self, graph: Writer, table: Array, ids: str) -> str:
        """Only the rows asked for become floats; the table has a scale a row."""
        small, scale = rounded(table, axis=0, bits=8)
        rows = graph.one("Cast", graph.one("Gather", graph.constant(small), ids), to=FLOAT)
        scales = graph.one("Gather", graph.constant(scale[:, None]), ids)  # (batch, length, 1)
        return graph.one("Mul", rows, scales)

    def levelled(self, graph: Writer, name: str, x: str) -> tuple[Array, str]:
        factor = self.factors[name]
        return factor, graph.one("Mul", x, graph.constant(1 / factor))


class WeightOnlyInt8(LevelledInt8):
    """int8 matrices, one scale a column, made floats before they multiply. For WebGPU."""

    def read(self, graph: Writer, name: str, x: str) -> tuple[Array, str]:
        return self.levelled(graph, name, x)

    def linear(
        self, graph: Writer, name: str, x: tuple[Array, str], weight: Array, bias: Array
    ) -> str:
        factor, level_x = x
        floats = columns(graph, weight * factor[:, None])
        return graph.one("Add", graph.one("MatMul", level_x, floats), graph.constant(bias))


class DynamicInt8(LevelledInt8):
    """int8 matrices times activations rounded to 8 bits as they come. For WebAssembly.

    The matrices are stored unsigned, with 128 for zero: signed ones overflow in the 16-bit sums of
    processors without VNNI, and the golden answers would depend on the machine.
    """

    def read(self, graph: Writer, name: str, x: str) -> tuple[Array, list[str]]:
        factor, level_x = self.levelled(graph, name, x)
        return factor, graph.many("DynamicQuantizeLinear", [level_x], 3)

    def linear(
        self, graph: Writer, name: str, x: tuple[Array, list[str]], weight: Array, bias: Array
    ) -> str:
        factor, (small_x, x_scale, x_zero) = x
        small, scale = rounded(weight * factor[:, None], axis=1, bits=8)
        unsigned = graph.constant((small.astype(np.int16) + 128).astype(np.uint8))
        zero = graph.constant(np.uint8(128))
        product = graph.one("MatMulInteger", small_x, unsigned, x_zero, zero)
        both_scales = graph.one("Mul", x_scale, graph.constant(scale))
        floats = graph.one("Mul", graph.one("Cast", product, to=FLOAT), both_scales)
        return graph.one("Add", floats, graph.constant(bias))


def columns(graph: Writer, weight: Array) -> str:
    """A matrix stored in int8, one scale a column."""
    small, scale = rounded(weight, axis=1, bits=8)
    stored, scales = graph.constant(small), graph.constant(scale)
    return graph.one("DequantizeLinear", stored, scales, axis=1)


def build(weights: Weights, numbers: Numbers, *, max_tokens: int) -> onnx.ModelProto:
    """The encoder: token ids and mask to unit vectors.

    Inputs `input_ids` and `attention_mask`, int64 (batch, length), both axes free up to
    `max_tokens`. Outputs `last_hidden_state` (batch, length, 384), which nothing needs that asks
    for `embedding` (batch, 384) alone. A smaller encoder has fewer layers, a bridge before a layer
    that does not follow from the one before, and a matrix for what is pooled.
    """
    graph = Writer()
    n_layers = sum(name.endswith(".intermediate.dense.bias") for name in weights)

    def weight(name: str) -> Array:
        return weights[f"{name}.weight"]

    def norm(name: str, x: str, output: str = "") -> str:
        scale, shift = graph.constant(weight(name)), graph.constant(weights[f"{name}.bias"])
        return graph.one("LayerNormalization", x, scale, shift, epsilon=EPSILON, output=output)

    def linear(name: str, x: Any) -> str:
        return numbers.linear(graph, name, x, weight(name).T, weights[f"{name}.bias"])

    ids = graph.one("Cast", "input_ids", to=onnx.TensorProto.INT32)  # WebGPU has no int64
    mask = graph.one("Cast", "attention_mask", to=onnx.TensorProto.INT32)
    mask = graph.one("Cast", mask, to=FLOAT)  # (batch, length)

    words = numbers.embed(graph, weight("embeddings.word_embeddings"), ids)
    places = weight("embeddings.position_embeddings")[:max_tokens]
    places = places + weight("embeddings.token_type_embeddings")[0]  # every token is of type 0
    start, axis = graph.constant(np.array([0])), graph.constant(np.array([0]))
    length = graph.one("Shape", "input_ids", start=1, end=2)
    places_here = graph.one("Slice", graph.constant(places), start, length, axis)
    x = norm("embeddings.LayerNorm", graph.one("Add", words, places_here))  # (batch, length, dim)

    hidden = graph.one("Sub", graph.constant(np.float32(1)), mask)
    hidden = graph.one("Mul", hidden, graph.constant(np.float32(HIDDEN)))
    hidden = graph.one("Unsqueeze", hidden, graph.constant(np.array([1, 2])))
    # now (batch, 1, 1, length): one number for all heads and all who look
    split = graph.constant(np.array([0, 0, N_HEADS, HEAD_DIM]))
    join = graph.constant(np.array([0, 0, DIM]))
    shrink = graph.constant(np.float32(HEAD_DIM**-0.5))

    def heads(x: str, order: Sequence[int]) -> str:
        return graph.one("Transpose", graph.one("Reshape", x, split), perm=order)

    for layer in range(n_layers):
        own = f"encoder.layer.{layer}"
        if f"{own}.bridge.weight" in weights:
            x = linear(f"{own}.bridge", numbers.read(graph, f"{own}.bridge", x))
        read = numbers.read(graph, f"{own}.attention.self.query", x)
        query = heads(linear(f"{own}.attention.self.query", read), [0, 2, 1, 3])
        key = heads(linear(f"{own}.attention.self.key", read), [0, 2, 3, 1])
        value = heads(linear(f"{own}.attention.self.value", read), [0, 2, 1, 3])
        scores = graph.one("Mul", graph.one("MatMul", query, key), shrink)
        looks = graph.one("Softmax", graph.one("Add", scores, hidden), axis=-1)
        seen = graph.one("Transpose", graph.one("MatMul", looks, value), perm=[0, 2, 1, 3])
        seen = graph.one("Reshape", seen, join)  # (batch, length, dim)

        name = f"{own}.attention.output"
        seen = linear(f"{name}.dense", numbers.read(graph, f"{name}.dense", seen))
        x = norm(f"{name}.LayerNorm", graph.one("Add", seen, x))

        name = f"{own}.intermediate.dense"
        wide = linear(name, numbers.read(graph, name, x))
        wide = graph.one("Gelu", wide)  # (batch, length, 4 dim)
        name = f"{own}.output"
        wide = linear(f"{name}.dense", numbers.read(graph, f"{name}.dense", wide))
        output = "last_hidden_state" if layer == n_layers - 1 else ""
        x = norm(f"{name}.LayerNorm", graph.one("Add", wide, x), output)

    # The mean over the tokens has the direction of their sum, and only that is kept.
    one = graph.constant(np.array([1]))
    total = graph.one("MatMul", graph.one("Unsqueeze", mask, one), x)  # (batch, 1, dim)
    total = graph.one("Squeeze", total, one)  # (batch, dim)
    if "pooled.weight" in weights:
        total = graph.one("MatMul", total, columns(graph, weight("pooled").T))
    size = graph.one("ReduceL2", total, one, keepdims=1)
    graph.one("Div", total, size, output="embedding")
    return _model(graph)


def _model(graph: Writer) -> onnx.ModelProto:
    def value(name: str, kind: int, *shape: str | int) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, shape)

    int64 = onnx.TensorProto.INT64
    inputs = [value(name, int64, "batch", "length") for name in ("input_ids", "attention_mask")]
    outputs = [
        value("last_hidden_state", FLOAT, "batch", "length", DIM),
        value("embedding", FLOAT, "batch", DIM),
    ]
    whole = helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", inputs, outputs, graph.weights)
    model = helper.make_model(
        whole, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="glassrec"
    )
    model.ir_version = 9
    onnx.checker.check_model(model)
    return model
