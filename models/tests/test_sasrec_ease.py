"""SASRec with EASE's links: what the links add, the graph that ships, and the run."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import numpy as np
import pytest

torch = pytest.importorskip("torch")
onnxruntime = pytest.importorskip("onnxruntime")
pytest.importorskip("onnx")

from readers import N_ITEMS, padded  # noqa: E402

from pipeline import paths  # noqa: E402
from pipeline.families.sasrec import train as sasrec_train  # noqa: E402
from pipeline.families.sasrec.model import Sasrec, SasrecShape  # noqa: E402
from pipeline.families.sasrec_ease import export as sasrec_ease_export  # noqa: E402
from pipeline.families.sasrec_ease import train as sasrec_ease_train  # noqa: E402
from pipeline.families.sasrec_ease.links import with_links  # noqa: E402
from pipeline.families.sasrec_ease.model import SasrecEase  # noqa: E402
from pipeline.training import next_item, training_data  # noqa: E402
from pipeline.training.training_data import Neighbours  # noqa: E402

pytestmark = pytest.mark.training


def small_network(*, heads: int = 1, layers: int = 2) -> Sasrec:
    torch.manual_seed(3)
    shape = SasrecShape(N_ITEMS, dim=8, hidden=16, heads=heads, layers=layers, max_history=12)
    model = Sasrec(shape).eval()
    with torch.no_grad():
        model.items.normal_()
        for block in model.blocks:
            block.attention.lag_bias.normal_()
    return model


def small_links(neighbours: int) -> Neighbours:
    draw = np.random.default_rng(3)
    return training_data.strongest(draw.standard_normal((N_ITEMS, N_ITEMS)), neighbours)


def scores_of(model: Sasrec, history: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    with torch.no_grad():
        scores, attention = model(torch.from_numpy(history).long())
    return scores.numpy(), attention.numpy()


def test_links_count_recent_picks_most() -> None:
    """Two picks, one link each: the scores move by weight, age and scale, and nowhere else."""
    bare = small_network()
    links = Neighbours(
        np.tile(np.array([[50, 51]], np.int32), (N_ITEMS, 1)), np.zeros((N_ITEMS, 2), np.float32)
    )
    links.item[4], links.weight[4] = (10, 11), (0.5, 0.0)
    links.item[8], links.weight[8] = (10, 20), (0.25, 1.0)
    history = padded([[5, 9]], 6)
    linked, _ = scores_of(with_links(bare, links, 2.0, forget=0.8), history)
    own, _ = scores_of(bare, history)
    moved = np.zeros((1, N_ITEMS))
    moved[0, [10, 20]] = 2 * (0.8 * 0.5 + 0.25), 2 * 1.0
    np.testing.assert_allclose(linked - own, moved, atol=1e-5)


@pytest.mark.parametrize("heads", [1, 2])
@pytest.mark.parametrize("layers", [1, 3])
def test_the_exported_graph_says_what_torch_says(tmp_path: Path, heads: int, layers: int) -> None:
    network = small_network(heads=heads, layers=layers)
    model = with_links(network, small_links(4), 3.0, forget=0.8)
    sasrec_ease_export.write(model, tmp_path / "exact.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "exact.onnx"))
    for histories, length in (([[7]], 1), ([[3, 1, 2], [4], list(range(1, 13))], 12)):
        history = padded(histories, length)
        scores, attention = session.run(["scores", "attention"], {"history": history})
        wanted_scores, wanted_attention = scores_of(model, history)
        np.testing.assert_allclose(scores, wanted_scores, atol=2e-4)
        np.testing.assert_allclose(attention, wanted_attention, atol=1e-5)


def test_a_kept_network_with_links_is_the_same_network(tmp_path: Path) -> None:
    model = with_links(small_network(), small_links(4), 3.0, forget=0.7)
    kept = next_item.load(next_item.save(model, tmp_path / "linked.pt"))
    history = padded([[3, 1, 2]], 3)
    np.testing.assert_array_equal(scores_of(kept, history)[0], scores_of(model, history)[0])


def test_the_product_is_sasrecs_with_links_beside_it(made_up_folders: None, tmp_path: Path) -> None:
    path = tmp_path / "product.toml"
    path.write_text(
        "[sasrec]\ndim = 8\nhidden = 16\nmax_history = 20\nepochs = 2\nbatch_tokens = 1024\n"
        "candidates = 40\ntable_bits = 6\nlearns_sets = true\nlearning_rate = 0.01\n"
        'precision = "float32"\ndevice = "cpu"\n'
        "[sasrec_ease]\nneighbours = 4\nridge = 20.0\nscales = [0.0, 20.0]\n"
    )
    with pytest.raises(ValueError, match="table B alone"):
        sasrec_ease_train.train_for("A", path, path)
    sasrec_ease_train.train_for("B", path, path)
    logs = sorted(paths.work_dir().glob("*/train.log"))
    assert [log.parent.name for log in logs] == ["sasrec-choice", "sasrec-shipping"]
    before = [log.read_text() for log in logs]
    networks = sasrec_train.product(path)
    for network, linked in zip(networks, sasrec_ease_train.product(path), strict=True):
        model = cast("SasrecEase", next_item.load(linked))
        assert model.prior.item.shape == (model.shape.n_items, 4)
        assert float(model.prior.scale) in (0.0, 20.0)
        for name, value in next_item.load(network).state_dict().items():
            assert torch.equal(value, model.state_dict()[name]), name
    assert [log.read_text() for log in logs] == before  # nothing was trained twice
