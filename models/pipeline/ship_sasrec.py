"""Puts a trained SASRec into `models/artifacts`: graph, manifest entry and golden answers."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pipeline import export, golden, manifest, paths, quantize

NAME = "sasrec"
TOLERANCE = 1e-3


def ship(checkpoint: Path, bits: quantize.Bits, *, artifacts: Path | None = None) -> Path:
    """Exports, quantises and registers the network of `checkpoint`; returns the shipped file."""
    artifacts = artifacts or paths.artifacts_dir()
    path = artifacts / f"{NAME}.onnx"
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder) / path.name
        shape = export.export(checkpoint, exact)
        quantize.quantize(exact, path, bits)
    entry = {
        "files": {"graph": manifest.file_record(path, artifacts=artifacts)},
        "max_history": shape.max_history,
        "opset": export.OPSET,
        "inputs": {"history": {"type": "int32", "shape": ["batch", "length"]}},
        "outputs": {
            "scores": {"type": "float32", "shape": ["batch", "n_items"]},
            "attention": {"type": "float32", "shape": ["batch", "layers", "length"]},
        },
    }
    manifest.register_family(NAME, entry, artifacts=artifacts)
    golden.write_golden(NAME, tolerance=TOLERANCE, artifacts=artifacts)
    manifest.write_manifest(artifacts)
    return path
