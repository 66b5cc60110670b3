"""SASRec's two runs on made-up data: benchmark first, then the product."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from pipeline.evaluate import results  # noqa: E402
from pipeline.families.sasrec import train as sasrec_train  # noqa: E402
from pipeline.training import next_item  # noqa: E402

pytestmark = pytest.mark.training

SHARED = """
[sasrec]
dim = 8
hidden = 16
max_history = 20
epochs = 2
batch_tokens = 1024
learning_rate = 0.01
warmup_steps = 5
precision = "float32"
device = "cpu"
"""
RECURRENT = SHARED.replace("sasrec", "gru4rec").replace("hidden = 16\n", "")
BENCHMARK = SHARED + RECURRENT + "[sasrec_seeds]\nseeds = [0, 1]\n"
PRODUCT = (
    SHARED
    + "candidates = 40\ntable_bits = 6\nlearns_sets = true\n"
    + "[product_reads]\nml1m_reads = 0.5\n"
)


@pytest.fixture
def configs(made_up_folders: None, tmp_path: Path) -> tuple[Path, Path]:
    product, benchmark = tmp_path / "product.toml", tmp_path / "benchmark.toml"
    product.write_text(PRODUCT)
    benchmark.write_text(BENCHMARK)
    return product, benchmark


def test_the_benchmark_records_the_mean_of_its_seeds(configs: tuple[Path, Path]) -> None:
    sasrec_train.benchmark(configs[1])
    (row,) = results.read()["tables"]["A"]["rows"]
    assert row["family"] == "sasrec"
    assert len(row["seeds"]) == 2
    assert row["ndcg@10"] == pytest.approx(np.mean(row["seeds"]))
    assert row["ndcg@10_low"] < row["ndcg@10"] < row["ndcg@10_high"]


def test_the_product_keeps_its_run(configs: tuple[Path, Path]) -> None:
    checkpoints = sasrec_train.product(configs[0])
    logs = [checkpoint.parent / "train.log" for checkpoint in checkpoints]
    assert [log.parent.name for log in logs] == ["sasrec-choice", "sasrec-shipping"]
    before = [log.read_text() for log in logs]
    weights = [next_item.load(checkpoint).state_dict() for checkpoint in checkpoints]
    again = [next_item.load(checkpoint) for checkpoint in sasrec_train.product(configs[0])]
    assert [log.read_text() for log in logs] == before  # nothing was trained twice
    for kept, model in zip(weights, again, strict=True):
        for name, value in model.state_dict().items():
            assert torch.equal(value, kept[name]), name
