"""GRU4Rec's network, graph and runs, on a few dozen made-up films."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
onnxruntime = pytest.importorskip("onnxruntime")
onnx = pytest.importorskip("onnx")

from readers import N_ITEMS, asked_walks, padded, walks  # noqa: E402

from pipeline.data.split import load_benchmark  # noqa: E402
from pipeline.evaluate import results, tables  # noqa: E402
from pipeline.families.gru4rec import export, train  # noqa: E402
from pipeline.families.gru4rec.model import Gru4rec, Gru4recConfig, Gru4recShape  # noqa: E402
from pipeline.ship import quantize  # noqa: E402
from pipeline.training import next_item, train_next_item  # noqa: E402
from pipeline.training.training_data import plain  # noqa: E402

pytestmark = pytest.mark.training

SMALL = Gru4recConfig(
    dim=16,
    dropout=0.1,
    max_history=12,
    epochs=12,
    batch_tokens=256,
    learning_rate=0.02,
    warmup_steps=5,
    precision="float32",
    device="cpu",
)


def small_model(dim: int = 16) -> Gru4rec:
    torch.manual_seed(3)
    model = Gru4rec(Gru4recShape(N_ITEMS, 12, dim)).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_(std=0.5)
    return model


def answers(model: Gru4rec, history: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    with torch.no_grad():
        scores, hidden = model(torch.from_numpy(history).long())
    return scores.numpy(), hidden.numpy()


def test_padding_changes_nothing() -> None:
    model = small_model()
    bare, hidden_bare = answers(model, padded([[5, 9, 2]], 3))
    wide, hidden_wide = answers(model, padded([[5, 9, 2], [1, 2, 3, 4, 5, 6, 7]], 11))
    np.testing.assert_allclose(wide[0], bare[0], atol=1e-5)
    np.testing.assert_allclose(hidden_wide[0, :3], hidden_bare[0], atol=1e-6)
    assert np.all(hidden_wide[0, 3:] == 0)


def test_the_scores_after_the_last_pick_are_those_it_was_trained_on() -> None:
    model = small_model()
    history = torch.randint(1, N_ITEMS + 1, (2, 9))
    with torch.no_grad():
        state = model.states(history, model.table())[:, -1]
        torch.testing.assert_close(state @ model.table().T, model(history)[0])


def test_the_exported_graph_says_what_torch_says(tmp_path: Path) -> None:
    model = small_model()
    export.write(model, tmp_path / "exact.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "exact.onnx"))
    for histories, length in (([[7]], 1), ([[3, 1, 2], [4], list(range(1, 13))], 12)):
        history = padded(histories, length)
        scores, hidden = session.run(["scores", "hidden"], {"history": history})
        wanted_scores, wanted_hidden = answers(model, history)
        np.testing.assert_allclose(scores, wanted_scores, atol=2e-4)
        np.testing.assert_allclose(hidden, wanted_hidden, atol=1e-5)


def test_every_large_matrix_ships_as_int8(tmp_path: Path) -> None:
    model = small_model(dim=32)
    export.write(model, tmp_path / "exact.onnx")
    quantize.quantize(tmp_path / "exact.onnx", tmp_path / "shipped.onnx")
    kept = onnx.load(str(tmp_path / "shipped.onnx")).graph.initializer
    large = {one.name for one in kept if np.prod(one.dims) >= quantize.SMALLEST}
    assert large == {"items.int8", "gru.read.int8", "gru.keep.int8"}
    session = onnxruntime.InferenceSession(str(tmp_path / "shipped.onnx"))
    history = padded([[3, 1, 2], [4, 5]], 4)
    (scores,) = session.run(["scores"], {"history": history})
    wanted, _ = answers(model, history)
    assert np.abs(scores - wanted).mean() < 0.02 * wanted.std()


def test_training_learns_the_order(tmp_path: Path) -> None:
    valid = asked_walks()
    model = next_item.load(train_next_item.train(SMALL, plain(N_ITEMS, walks(80), valid), tmp_path))
    assert isinstance(model, Gru4rec)
    assert train_next_item.ndcg(train_next_item.ranks(model, valid)) > 0.5


def test_benchmark_and_product_go_on_where_they_stopped(
    made_up_folders: None, tmp_path: Path
) -> None:
    section = (
        "[gru4rec]\ndim = 8\nmax_history = 20\nepochs = 2\nbatch_tokens = 1024\n"
        'precision = "float32"\ndevice = "cpu"\n'
    )
    product, benchmark = tmp_path / "product.toml", tmp_path / "benchmark.toml"
    product.write_text(section + "candidates = 40\nother_share = 0.5\n")
    benchmark.write_text(section + "[gru4rec_seeds]\nseeds = [0]\n")
    train.train_for("A", product, benchmark)
    (row,) = results.read()["tables"]["A"]["rows"]
    assert (row["family"], len(row["seeds"])) == ("gru4rec", 1)
    tables.fill_benchmark(load_benchmark(), benchmark, families=["gru4rec"])
    trained, stored = results.read()["tables"]["A"]["rows"]
    assert stored["form"] == "shipped"
    assert stored["ndcg@10"] == pytest.approx(trained["ndcg@10"], abs=0.02)
    train.train_for("B", product, benchmark)
    log = tmp_path / "work" / "gru4rec-shipping" / "train.log"
    before = log.read_text()
    train.train_for("B", product, benchmark)
    assert log.read_text() == before
