"""Writes ONNX graphs node by node: what a family needs and no more.

All ids are int32: nothing asks for a 64-bit number outside shape arithmetic. `torch.onnx.export`
writes what torch runs, int64 indices included.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

OPSET = 18
Array = NDArray[np.generic]
Named = Mapping[str, tuple[int, Sequence[int | str]]]
"""Inputs or outputs by name: element type and shape."""


class Graph:
    """Nodes and constants gathered in order; each call returns the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: Array) -> str:
        """An array as it is; a number alone becomes an array of one."""
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def number(self, value: float) -> str:
        return self.constant(f"number_{value:g}", np.array([value], np.float32))

    def ints(self, *values: int) -> str:
        name = "ints_" + "_".join(str(value).replace("-", "m") for value in values)
        return self.constant(name, np.array(values, np.int64))

    def index(self, value: int) -> str:
        """A whole number without an axis."""
        name = f"int_{value}".replace("-", "m")
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.array(value, np.int64), name)
        return name

    def __call__(self, kind: str, *inputs: str, out: str | None = None, **options: object) -> str:
        name = out or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name, **options))
        return name

    def norm(self, module: object, name: str, x: str) -> str:
        """Layer normalisation over the last axis with the numbers of a `torch.nn.LayerNorm`."""
        scale = self.constant(f"{name}.weight", values(getattr(module, "weight")))  # noqa: B009
        shift = self.constant(f"{name}.bias", values(getattr(module, "bias")))  # noqa: B009
        return self("LayerNormalization", x, scale, shift, axis=-1, epsilon=1e-5)

    def linear(self, module: object, name: str, x: str) -> str:
        """A `torch.nn.Linear`, with its bias if it has one."""
        weight = self.constant(f"{name}.weight", values(getattr(module, "weight")).T)  # noqa: B009
        found = self("MatMul", x, weight)
        bias = getattr(module, "bias", None)
        if bias is None:
            return found
        return self("Add", found, self.constant(f"{name}.bias", values(bias)))

    def silu(self, x: str) -> str:
        return self("Mul", x, self("Sigmoid", x))

    def save(self, path: Path, name: str, inputs: Named, outputs: Named) -> None:
        """Checks the graph and writes it."""

        def infos(named: Named) -> list[onnx.ValueInfoProto]:
            return [
                helper.make_tensor_value_info(key, kind, list(shape))
                for key, (kind, shape) in named.items()
            ]

        made = helper.make_graph(
            self.nodes, name, infos(inputs), infos(outputs), list(self.constants.values())
        )
        others = sorted({node.domain for node in self.nodes} - {""})
        opsets = [helper.make_opsetid("", OPSET), *(helper.make_opsetid(it, 1) for it in others)]
        proto = helper.make_model(made, opset_imports=opsets, producer_name="glassrec")
        proto.ir_version = 9
        onnx.checker.check_model(proto, full_check=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        onnx.save(proto, str(path))


HISTORY: Named = {"history": (TensorProto.INT32, ["batch", "length"])}
"""What every recommender's graph reads: row + 1, oldest first, 0 pads on the right."""


def values(tensor: object) -> NDArray[np.float32]:
    """A torch tensor's numbers."""
    found: NDArray[np.float32] = tensor.detach().cpu().float().numpy()  # type: ignore[attr-defined]
    return found
