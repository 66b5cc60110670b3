"""Puts a trained graph into `models/artifacts`: file, manifest entry, golden answers, results."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import onnx
from onnx import TensorProto

from pipeline import paths
from pipeline.data.split import Cases
from pipeline.evaluate import metrics, results, shipped
from pipeline.evaluate.metrics import ScoreBatch
from pipeline.ship import golden, manifest, quantize

TOLERANCE = 1e-3
_KINDS = {TensorProto.INT32: "int32", TensorProto.INT64: "int64", TensorProto.FLOAT: "float32"}


def ship_graph(
    name: str,
    write: Callable[[Path], None],
    *,
    max_history: int,
    bits: quantize.Bits | int = 8,
    more: Mapping[str, Any] | None = None,
    tolerance: float = TOLERANCE,
    artifacts: Path | None = None,
) -> Path:
    """Quantises the graph that `write` writes and registers it as family `name`.

    Inputs, outputs and opset of the manifest entry are read off the graph; `more` is added to the
    entry as it is. Returns the shipped file.
    """
    artifacts = artifacts or paths.artifacts_dir()
    path = artifacts / f"{name}.onnx"
    write_rounded(write, path, bits)
    model = onnx.load(str(path))
    entry = {
        "files": {"graph": manifest.file_record(path, artifacts=artifacts)},
        "max_history": max_history,
        "opset": model.opset_import[0].version,
        "inputs": {value.name: _spec(value) for value in model.graph.input},
        "outputs": {value.name: _spec(value) for value in model.graph.output},
        **(more or {}),
    }
    manifest.register_family(name, entry, artifacts=artifacts)
    golden.write_golden(name, tolerance=tolerance, artifacts=artifacts)
    manifest.write_manifest(artifacts)
    return path


def write_rounded(write: Callable[[Path], None], path: Path, bits: quantize.Bits | int = 8) -> None:
    """Quantises the graph that `write` writes into `path`."""
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder) / path.name
        write(exact)
        quantize.quantize(exact, path, bits)


def record_test(name: str, exact: ScoreBatch, test: Cases, *, minutes: float) -> None:
    """Asks `test`, of B, of both forms, as trained and as shipped, and records the rows."""
    for form, score in (("exact", exact), ("shipped", shipped.open_family(name).score)):
        row: results.Row = {"family": name, "form": form, "minutes": minutes}
        if form == "shipped":
            row["bytes"] = manifest.family_bytes(name)
        results.record("B", {**row, **metrics.reached(score, test)})
    manifest.write_manifest()


def _spec(value: onnx.ValueInfoProto) -> dict[str, Any]:
    tensor = value.type.tensor_type
    shape = [axis.dim_param or axis.dim_value for axis in tensor.shape.dim]
    return {"type": _KINDS[tensor.elem_type], "shape": shape}
