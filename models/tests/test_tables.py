"""Tables filled from stored files: networks of table A, and what `evaluate` refuses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, numpy_helper

from pipeline import cli, paths
from pipeline.data.split import Cases, SequenceSplit
from pipeline.evaluate import results, tables
from pipeline.ship import benchmark, manifest
from pipeline.ship.graph import HISTORY, Graph

N_ITEMS = 80
MAX_BYTES = 1_500_000
STORED = paths.MODELS_DIR / "benchmark"


def write_next_item(path: Path) -> None:
    """A graph that scores highest the film behind the first of the history."""
    graph = Graph()
    items = graph.constant("items", np.roll(np.eye(N_ITEMS, dtype=np.float32), 1, axis=1))
    one = graph.constant("one", np.array(1, np.int32))
    row = graph("Gather", graph("Sub", "history", one), graph.index(0), axis=1)
    graph("Gather", items, row, axis=0, out="scores")
    graph.save(path, "next", HISTORY, {"scores": (TensorProto.FLOAT, ["batch", N_ITEMS])})


def rows(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int32)


@pytest.fixture
def stored(made_up_folders: None) -> Path:
    return benchmark.keep("gru4rec", write_next_item, max_history=5)


def test_a_stored_network_is_measured_for_the_benchmark(stored: Path) -> None:
    results.record("A", {"family": "gru4rec", "form": "exact", "ndcg@10": 0.9, "minutes": 3.0})
    asked = Cases([rows(3), rows(7), rows(9)], rows(4, 8, 20))
    split = SequenceSplit(np.arange(N_ITEMS, dtype=np.int32), [], asked, asked)
    tables.fill_benchmark(split, Path("none.toml"), families=["gru4rec", "bert4rec"])
    row = results.row_of("gru4rec", table="A", form="shipped")
    assert row is not None
    assert row["hr@10"] == pytest.approx(2 / 3)
    assert (row["minutes"], row["bytes"]) == (3.0, stored.stat().st_size)
    assert len(results.read()["tables"]["A"]["rows"]) == 2


def test_a_stored_network_that_was_changed_is_refused(stored: Path) -> None:
    stored.write_bytes(stored.read_bytes() + b" ")
    with pytest.raises(manifest.ManifestError, match="not the file"):
        benchmark.open_network("gru4rec")


def test_a_table_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evaluate", "--tables", "BE"]) == 2
    assert "there is no table E" in capsys.readouterr().err


def test_stored_networks_are_listed_and_small() -> None:
    listed = benchmark.read()
    assert {f"{name}.onnx" for name in listed} == {file.name for file in STORED.glob("*.onnx")}
    for entry in listed.values():
        assert len(manifest.check_file(entry["file"], STORED)) <= MAX_BYTES


def test_stored_networks_hold_weights_and_no_row_of_ratings() -> None:
    for name in benchmark.read():
        for tensor in onnx.load(str(STORED / f"{name}.onnx")).graph.initializer:
            value = numpy_helper.to_array(tensor)
            assert value.dtype in (np.int8, np.float32) or value.size <= 4, tensor.name
