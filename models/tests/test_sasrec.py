"""SASRec's network, trainer, exporter and quantiser, on a few dozen made-up films."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
onnxruntime = pytest.importorskip("onnxruntime")
pytest.importorskip("onnx")

from readers import N_ITEMS, StoppedError, asked_walks, padded, stop_at, walks  # noqa: E402

from pipeline.families.sasrec import export as sasrec_export  # noqa: E402
from pipeline.families.sasrec.model import Sasrec, SasrecConfig, SasrecShape, rounded_rows  # noqa: E402
from pipeline.ship import quantize  # noqa: E402
from pipeline.training import next_item, next_pick_loss, train_next_item, training_data, windows  # noqa: E402

pytestmark = pytest.mark.training

SMALL = SasrecConfig(
    dim=8,
    hidden=16,
    dropout=0.2,
    max_history=12,
    epochs=3,
    batch_tokens=128,
    learning_rate=0.01,
    warmup_steps=5,
    table_bits=6,
    precision="float32",
    device="cpu",
)


def small_training_data() -> training_data.TrainingData:
    readers = walks(80)
    valid = asked_walks()
    together = training_data.together([np.unique(rows) for rows in readers], N_ITEMS)
    start = training_data.starting_items(together, SMALL.dim, spread=0.05)
    return training_data.TrainingData(N_ITEMS, readers, 50, valid, start)


def small_model(*, heads: int = 1, layers: int = 2) -> Sasrec:
    torch.manual_seed(3)
    shape = SasrecShape(N_ITEMS, dim=8, hidden=16, heads=heads, layers=layers, max_history=12)
    model = Sasrec(shape).eval()
    with torch.no_grad():
        model.items.normal_()
        for block in model.blocks:
            block.attention.lag_bias.normal_()
    return model


def scores_of(model: Sasrec, history: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    with torch.no_grad():
        scores, attention = model(torch.from_numpy(history).long())
    return scores.numpy(), attention.numpy()


def test_a_pick_never_sees_the_ones_after_it() -> None:
    model = small_model()
    history = torch.randint(1, N_ITEMS + 1, (1, 10))
    changed = history.clone()
    changed[0, 6:] = torch.randint(1, N_ITEMS + 1, (4,))
    with torch.no_grad():
        before = model.states(history, model.table())
        after = model.states(changed, model.table())
    torch.testing.assert_close(before[:, :6], after[:, :6])
    assert not torch.allclose(before[:, 6:], after[:, 6:], atol=1e-3)


def test_padding_changes_nothing() -> None:
    model = small_model()
    bare, seen_bare = scores_of(model, padded([[5, 9, 2]], 3))
    wide, seen_wide = scores_of(model, padded([[5, 9, 2], [1, 2, 3, 4, 5, 6, 7]], 11))
    np.testing.assert_allclose(wide[0], bare[0], atol=1e-5)
    np.testing.assert_allclose(seen_wide[0, :, :3], seen_bare[0], atol=1e-6)
    assert np.all(seen_wide[0, :, 3:] == 0)


def test_attention_of_the_last_pick_sums_to_one() -> None:
    _, seen = scores_of(small_model(heads=2), padded([[5, 9, 2], [8]], 6))
    np.testing.assert_allclose(seen.sum(axis=2), 1.0, atol=1e-5)


@pytest.mark.parametrize("heads", [1, 2])
@pytest.mark.parametrize("layers", [1, 3])
def test_the_exported_graph_says_what_torch_says(tmp_path: Path, heads: int, layers: int) -> None:
    model = small_model(heads=heads, layers=layers)
    sasrec_export.write(model, tmp_path / "exact.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "exact.onnx"))
    for histories, length in (([[7]], 1), ([[3, 1, 2], [4], list(range(1, 13))], 12)):
        history = padded(histories, length)
        scores, attention = session.run(["scores", "attention"], {"history": history})
        wanted_scores, wanted_attention = scores_of(model, history)
        np.testing.assert_allclose(scores, wanted_scores, atol=2e-4)
        np.testing.assert_allclose(attention, wanted_attention, atol=1e-5)


def test_the_graph_takes_int32_and_keeps_one_item_table(tmp_path: Path) -> None:
    import onnx

    sasrec_export.write(small_model(), tmp_path / "exact.onnx")
    graph = onnx.load(str(tmp_path / "exact.onnx")).graph
    assert graph.input[0].type.tensor_type.elem_type == onnx.TensorProto.INT32
    tables = [c.name for c in graph.initializer if sorted(c.dims) == [8, N_ITEMS]]
    assert tables == ["items"]


def test_rounding_for_training_is_rounding_for_shipping(tmp_path: Path) -> None:
    """A table trained for 5 bits loses nothing when it is packed in 5 bits."""
    table = torch.randn(300, 16)
    kept = rounded_rows(table, 5).numpy()
    small, scale = quantize.rounded(kept, axis=0, bits=5)
    assert np.abs(small).max() == 15
    np.testing.assert_allclose(small * scale[:, None], kept, atol=1e-6)


def test_quantised_weights_stay_within_half_a_step() -> None:
    value = np.random.default_rng(0).standard_normal((40, 50)).astype(np.float32)
    small, scale = quantize.rounded(value, axis=1, bits=8)
    step = scale[None, :]
    is_clipped = np.abs(small) == 127
    assert small.dtype == np.int8
    assert np.all(np.abs(small * step - value)[~is_clipped] <= 0.5001 * np.broadcast_to(
        step, value.shape)[~is_clipped])  # fmt: skip


@pytest.mark.parametrize("n_candidates", [0, 20])
def test_the_loss_is_cross_entropy(n_candidates: int) -> None:
    """With all films as candidates, loss and gradients are those of the textbook formula."""
    torch.manual_seed(0)
    state = torch.randn(300, 8, requires_grad=True)
    items = torch.randn(N_ITEMS, 8, requires_grad=True)
    target = torch.randint(0, 5 if n_candidates else N_ITEMS, (300,))
    drawn = next_pick_loss.draw_candidates(torch.arange(N_ITEMS), target, n_candidates)
    ours = next_pick_loss.NextPickLoss.apply(
        state, items[drawn.item], drawn.extra, drawn.place[target], torch.float32
    )
    scores = state @ items[drawn.item].T + drawn.extra
    wanted = torch.nn.functional.cross_entropy(scores, drawn.place[target])
    torch.testing.assert_close(ours, wanted)
    for left, right in zip(
        torch.autograd.grad(ours, (state, items)),
        torch.autograd.grad(wanted, (state, items)),
        strict=True,
    ):
        torch.testing.assert_close(left, right, atol=1e-6, rtol=1e-4)
    assert len(drawn.item) == (N_ITEMS if n_candidates == 0 else len(drawn.place[drawn.place >= 0]))
    assert torch.all(drawn.place[target] >= 0)


def test_likely_orders_find_the_order_readers_share() -> None:
    readers = [np.arange(20, dtype=np.int32) for _ in range(30)]
    shuffled = np.random.default_rng(0).permutation(20).astype(np.int32)
    (found,) = training_data.likely_orders([shuffled], readers, 20, seed=0)
    assert found.tolist() == list(range(20))


def test_training_learns_the_order(tmp_path: Path) -> None:
    config = dataclasses.replace(SMALL, epochs=12)
    training_set = small_training_data()
    model = next_item.load(train_next_item.train(config, training_set, tmp_path))
    assert training_set.valid is not None
    untrained = config.network(N_ITEMS)
    assert train_next_item.ndcg(train_next_item.ranks(model, training_set.valid)) > 0.5
    assert train_next_item.ndcg(train_next_item.ranks(untrained, training_set.valid)) < 0.3


def test_a_stopped_run_goes_on_to_the_same_weights(tmp_path: Path) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    train_next_item.train(SMALL, small_training_data(), whole)

    with pytest.raises(StoppedError):
        train_next_item.train(SMALL, small_training_data(), broken, before_epoch=stop_at(1))
    train_next_item.train(SMALL, small_training_data(), broken)
    left = torch.load(whole / "checkpoint.pt", weights_only=True)
    right = torch.load(broken / "checkpoint.pt", weights_only=True)
    for name, value in left["model"].items():
        assert torch.equal(value, right["model"][name]), name
    losses = [
        [line.split('"seconds"')[0] for line in (folder / "train.log").read_text().splitlines()]
        for folder in (whole, broken)
    ]
    assert losses[0] == losses[1]


def test_another_configuration_does_not_continue_a_run(tmp_path: Path) -> None:
    train_next_item.train(dataclasses.replace(SMALL, epochs=1), small_training_data(), tmp_path)
    with pytest.raises(ValueError, match="another configuration"):
        train_next_item.train(SMALL, small_training_data(), tmp_path)


def test_an_unknown_precision_is_refused() -> None:
    with pytest.raises(ValueError, match="bf16 or float32: fp8"):
        dataclasses.replace(SMALL, precision="fp8")


def test_a_film_nobody_could_pick_is_no_wrong_answer() -> None:
    """What was closed to a history neither costs nor trains anything."""
    torch.manual_seed(0)
    state, items = torch.randn(30, 8), torch.randn(N_ITEMS, 8, requires_grad=True)
    target, history = torch.randint(0, 20, (30,)), torch.arange(30) // 10
    closed = torch.zeros(3, N_ITEMS, dtype=torch.bool)
    closed[:, 50:] = True
    closed[1, 20:] = True
    none_extra = torch.zeros(N_ITEMS)
    ours = next_pick_loss.NextPickLoss.apply(
        state, items, none_extra, target, torch.float32, closed, history
    )
    scores = (state @ items.T).masked_fill(closed[history], float("-inf"))
    wanted = torch.nn.functional.cross_entropy(scores, target)
    torch.testing.assert_close(ours, wanted)
    (gradient,) = torch.autograd.grad(ours, items)
    assert torch.all(gradient[50:] == 0)


def test_sets_are_shuffled_and_never_share_a_batch_with_histories() -> None:
    ordered = [np.arange(10, dtype=np.int32) for _ in range(40)]
    sets = [np.arange(10, 20, dtype=np.int32) for _ in range(40)]
    reads = np.array([2.0] * 40 + [0.5] * 40, np.float32)
    training_set = training_data.TrainingData(
        N_ITEMS, [*ordered, *sets], 40, reads=reads, n_ordered=40
    )
    found = windows.windows(SMALL, training_set, 0)
    assert sum(window.number < 40 for window in found) == 80
    assert 5 < sum(window.number >= 40 for window in found) < 35
    for window in found:
        is_sorted = bool(np.all(np.diff(window.picks) > 0))
        assert is_sorted == (window.number < 40)
    for group in windows.batches(SMALL, found, 0, n_ordered=40):
        assert len({window.number < 40 for window in group}) == 1
