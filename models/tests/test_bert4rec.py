"""BERT4Rec's network, questions, graph and runs, on a few dozen made-up films."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
onnxruntime = pytest.importorskip("onnxruntime")
onnx = pytest.importorskip("onnx")

from readers import N_ITEMS, asked_walks, padded, walks  # noqa: E402

from pipeline.evaluate import results  # noqa: E402
from pipeline.families.bert4rec import export, train  # noqa: E402
from pipeline.families.bert4rec.model import MASK_ID, Bert4rec, Bert4recConfig, Bert4recShape  # noqa: E402
from pipeline.families.gru4rec import train as gru4rec_train  # noqa: E402
from pipeline.ship import quantize  # noqa: E402
from pipeline.training import next_item, train_next_item  # noqa: E402
from pipeline.training.training_data import plain  # noqa: E402

pytestmark = pytest.mark.training

SMALL = Bert4recConfig(
    dim=16,
    hidden=32,
    dropout=0.1,
    max_history=12,
    epochs=40,
    batch_tokens=256,
    learning_rate=0.01,
    warmup_steps=5,
    precision="float32",
    device="cpu",
)


def small_model(*, heads: int = 2, layers: int = 2, dim: int = 8) -> Bert4rec:
    torch.manual_seed(3)
    shape = Bert4recShape(N_ITEMS, 12, dim=dim, hidden=2 * dim, heads=heads, layers=layers)
    model = Bert4rec(shape).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_(std=0.5)
    return model


def answers(model: Bert4rec, history: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    with torch.no_grad():
        scores, attention = model(torch.from_numpy(history).long())
    return scores.numpy(), attention.numpy()


def test_a_masked_pick_is_named_from_both_sides_and_not_from_itself() -> None:
    model = small_model()
    history = torch.tensor([[4, 8, MASK_ID, 15, 16]])
    table = model.table()
    with torch.no_grad():
        state = model.states(history, table)[0, 2]
        for place in (1, 3):
            changed = history.clone()
            changed[0, place] = 42
            assert not torch.allclose(model.states(changed, table)[0, 2], state, atol=1e-3)


def test_what_is_masked_is_what_is_asked() -> None:
    windows = [np.arange(k, k + 9, dtype=np.int32) for k in range(40)] + [np.array([7], np.int32)]
    config = dataclasses.replace(SMALL, mask_share=0.3, last_share=0.25)
    asked = config.questions(windows, np.random.default_rng(0))
    whole = next_item.padded(windows)
    np.testing.assert_array_equal(asked.is_asked, asked.history == MASK_ID)
    np.testing.assert_array_equal(whole[asked.is_asked] - 1, asked.answer)
    np.testing.assert_array_equal(whole[~asked.is_asked], asked.history[~asked.is_asked])
    assert asked.is_asked.any(axis=1).all()
    share = asked.is_asked.sum() / (whole > 0).sum()
    assert 0.2 < share < 0.3
    is_last_only = asked.is_asked[:40, 8] & (asked.is_asked[:40].sum(axis=1) == 1)
    assert 5 <= is_last_only.sum() <= 18


def test_looking_ahead_masks_the_ends_of_short_stretches() -> None:
    windows = [np.arange(k, k + 12, dtype=np.int32) for k in range(30)] + [np.arange(2)]
    config = dataclasses.replace(SMALL, ahead_share=1.0, most_ahead=3, ahead_history=6)
    asked = config.questions(windows, np.random.default_rng(0))
    assert asked.history.shape == (61, 6)
    np.testing.assert_array_equal(asked.is_asked, asked.history == MASK_ID)
    start = 0
    for history, is_asked in zip(asked.history, asked.is_asked, strict=True):
        n_masked = int(is_asked.sum())
        n_known = int((history > 0).sum())
        assert 1 <= n_masked <= 3
        assert n_known >= 1
        assert is_asked[n_known : n_known + n_masked].all()
        wanted = history[n_known - 1] - 1 + np.arange(1, n_masked + 1)
        np.testing.assert_array_equal(asked.answer[start : start + n_masked], wanted)
        start += n_masked


def test_padding_changes_nothing() -> None:
    model = small_model()
    bare, seen_bare = answers(model, padded([[5, 9, 2]], 3))
    wide, seen_wide = answers(model, padded([[5, 9, 2], [1, 2, 3, 4, 5, 6, 7]], 11))
    np.testing.assert_allclose(wide[0], bare[0], atol=1e-4)
    np.testing.assert_allclose(seen_wide[0, :, :3], seen_bare[0], atol=1e-5)
    assert np.all(seen_wide[0, :, 3:] == 0)
    assert np.all(seen_wide.sum(axis=2) < 1)


@pytest.mark.parametrize("heads", [1, 2])
@pytest.mark.parametrize("layers", [1, 3])
def test_the_exported_graph_says_what_torch_says(tmp_path: Path, heads: int, layers: int) -> None:
    model = small_model(heads=heads, layers=layers)
    export.write(model, tmp_path / "exact.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "exact.onnx"))
    asked = (
        padded([[7]], 1),
        padded([[3, 1, 2], [4], list(range(1, 13))], 12),
        # Masked in the middle, at either end, alone, and nowhere: one batch.
        np.array([[3, MASK_ID, 2], [MASK_ID, 4, 0], [5, 6, MASK_ID], [MASK_ID, 0, 0], [7, 8, 0]]),
    )
    for history in (one.astype(np.int32) for one in asked):
        scores, attention = session.run(["scores", "attention"], {"history": history})
        wanted_scores, wanted_attention = answers(model, history)
        np.testing.assert_allclose(scores, wanted_scores, atol=2e-4)
        np.testing.assert_allclose(attention, wanted_attention, atol=1e-5)


def test_asking_after_the_last_pick_is_masking_the_place_there() -> None:
    model = small_model()
    after, seen = answers(model, padded([[5, 9, 2]], 3))
    masked, seen_masked = answers(model, np.array([[5, 9, 2, MASK_ID]], np.int32))
    np.testing.assert_allclose(masked, after, atol=1e-5)
    np.testing.assert_allclose(seen_masked[:, :, :3], seen, atol=1e-6)
    assert np.all(seen_masked[:, :, 3] == 0)


def test_every_large_matrix_ships_as_int8(tmp_path: Path) -> None:
    export.write(small_model(dim=32), tmp_path / "exact.onnx")
    quantize.quantize(tmp_path / "exact.onnx", tmp_path / "shipped.onnx")
    kept = onnx.load(str(tmp_path / "shipped.onnx")).graph.initializer
    large = {one.name for one in kept if np.prod(one.dims) >= quantize.SMALLEST}
    layers = ("query", "key", "value", "gate.weight", "out", "rise.weight", "fall.weight")
    assert {"items.int8", "block0.gate.weight.int8", "block1.query.int8"} <= large
    assert all(name.endswith(".int8") for name in large)
    assert len(large) == 1 + 2 * len(layers)


def test_training_learns_the_order(tmp_path: Path) -> None:
    valid = asked_walks()
    model = next_item.load(train_next_item.train(SMALL, plain(N_ITEMS, walks(80), valid), tmp_path))
    assert isinstance(model, Bert4rec)
    assert train_next_item.ndcg(train_next_item.ranks(model, valid)) > 0.5


def test_it_starts_from_the_recurrent_networks_items(made_up_folders: None, tmp_path: Path) -> None:
    shared = (
        'max_history = 20\nepochs = 2\nbatch_tokens = 1024\nprecision = "float32"\ndevice = "cpu"\n'
    )
    bert = "[bert4rec]\ndim = 8\nhidden = 16\n" + shared
    product, benchmark = tmp_path / "product.toml", tmp_path / "benchmark.toml"
    recurrent = f"[gru4rec]\ndim = 16\n{shared}"
    product.write_text(f"{bert}candidates = 40\n{recurrent}candidates = 40\n")
    ahead = f"{bert.replace('bert4rec', 'bert4rec_ahead')}ahead_share = 0.5\n"
    seeds = "[bert4rec_seeds]\nseeds = [0]\n"
    benchmark.write_text(f"{bert}{recurrent}{ahead}{seeds}")
    train.train_for("A", product, benchmark)
    (row,) = results.read()["tables"]["A"]["rows"]
    assert (row["family"], len(row["seeds"])) == ("bert4rec", 1)
    gru4rec_train.train_for("B", product, benchmark)
    train.train_for("B", product, benchmark)
    folders = {folder.name for folder in (tmp_path / "work").iterdir() if folder.is_dir()}
    assert folders == {
        *("gru4rec-benchmark-0", "bert4rec-benchmark-0", "bert4rec-ahead-0"),
        *("gru4rec-choice", "gru4rec-shipping", "bert4rec-choice", "bert4rec-shipping"),
    }
