"""SASRec that reads texts, on a few dozen made-up films."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
onnxruntime = pytest.importorskip("onnxruntime")
pytest.importorskip("onnx")

from readers import N_ITEMS, asked_walks, padded, walks  # noqa: E402

from pipeline import paths  # noqa: E402
from pipeline.data import split  # noqa: E402
from pipeline.encoder import vectors  # noqa: E402
from pipeline.families.sasrec import export as sasrec_export  # noqa: E402
from pipeline.families.sasrec_text import train as sasrec_text  # noqa: E402
from pipeline.families.sasrec_text.model import SasrecText, SasrecTextConfig, SasrecTextShape  # noqa: E402
from pipeline.ship import quantize  # noqa: E402
from pipeline.training import next_item, train_next_item, training_data  # noqa: E402
from pipeline.training.training_data import TrainingData  # noqa: E402

pytestmark = pytest.mark.training

SMALL = SasrecTextConfig(
    dim=16,
    hidden=16,
    dropout=0.1,
    max_history=12,
    epochs=10,
    batch_tokens=256,
    learning_rate=0.02,
    warmup_steps=5,
    precision="float32",
    device="cpu",
    parts=12,
    doubt=5.0,
)


def small_model(traits: int) -> SasrecText:
    torch.manual_seed(3)
    shape = SasrecTextShape(N_ITEMS, dim=16, hidden=16, max_history=12, traits=traits)
    model = SasrecText(shape).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_(std=0.3)
    return model


@pytest.mark.parametrize("traits", [7, 0])
def test_the_shipped_graph_holds_texts_and_readers_as_one_table(
    traits: int, tmp_path: Path
) -> None:
    model = small_model(traits)
    sasrec_export.write(sasrec_text.folded(model), tmp_path / "exact.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "exact.onnx"))
    history = padded([[3, 1, 2], [4], list(range(1, 13))], 12)
    found = session.run(["scores", "attention"], {"history": history})
    with torch.no_grad():
        wanted = model(torch.from_numpy(history).long())
    for ours, theirs in zip(found, wanted, strict=True):
        np.testing.assert_allclose(ours, theirs.numpy(), atol=2e-4)
    quantize.quantize(tmp_path / "exact.onnx", tmp_path / "shipped.onnx")


def write_texts(n_items: int) -> np.ndarray:
    """Vectors where the pipeline looks for them; the last half reads almost as the first."""
    half = np.random.default_rng(0).standard_normal((n_items // 2 + n_items % 2, 12))
    alike = half + 0.1 * np.random.default_rng(1).standard_normal(half.shape)
    texts = np.concatenate([half, alike])[:n_items].astype(np.float32)
    texts /= np.linalg.norm(texts, axis=1, keepdims=True)
    paths.artifacts_dir().mkdir(parents=True, exist_ok=True)
    (paths.artifacts_dir() / vectors.FILE_NAME).write_bytes(vectors.pack(texts))
    return texts


def test_a_film_is_first_what_its_text_foretells(made_up_folders: None) -> None:
    n_ratings = np.where(np.arange(N_ITEMS) < 5, 0, 10_000)
    write_texts(N_ITEMS)
    settings = dataclasses.replace(SMALL, ridge=0.01)
    traits = sasrec_text.traits_of(n_ratings, settings)
    assert traits.shape == (N_ITEMS, 13)
    draw = np.random.default_rng(2)
    items = traits @ draw.standard_normal((13, 16)).astype(np.float32)
    items += 0.1 * draw.standard_normal(items.shape).astype(np.float32)
    training_set = TrainingData(N_ITEMS, walks(5), 5, items=items)
    found = sasrec_text.started(training_set, n_ratings, settings)
    assert found.weights is not None
    model = settings.network(N_ITEMS)
    given = {"items": found.items, **found.weights}
    model.load_state_dict(
        {name: torch.from_numpy(value) for name, value in given.items()}, strict=False
    )
    foretold = traits @ found.weights["trait_map"]
    table = model.table().detach().numpy()
    np.testing.assert_allclose(table[:5], foretold[:5], atol=1e-5)  # nobody rated these
    np.testing.assert_allclose(table[5:], items[5:], atol=0.01)
    assert np.abs(foretold[5:] - items[5:]).max() > 0.1
    without = dataclasses.replace(settings, parts=0)
    assert sasrec_text.started(training_set, n_ratings, without) is training_set


def test_a_film_nobody_picked_stands_with_films_that_read_alike(
    made_up_folders: None, tmp_path: Path
) -> None:
    # Film 60 + k reads almost as film k does, and nobody ever picked it.
    n_items = 2 * N_ITEMS
    write_texts(n_items)
    readers, asked = walks(120), asked_walks()
    n_ratings = np.bincount(np.concatenate(readers), minlength=n_items)
    counts = training_data.together([np.unique(rows) for rows in readers], n_items)
    start = training_data.starting_items(counts, SMALL.dim, spread=0.05)

    def place_of_twins(settings: SasrecTextConfig, folder: Path) -> float:
        training_set = TrainingData(n_items, readers, len(readers), items=start)
        training_set = sasrec_text.started(training_set, n_ratings, settings)
        model = next_item.load(train_next_item.train(settings, training_set, folder))
        with torch.no_grad():
            recent = [rows[-SMALL.max_history :] for rows in asked.histories]
            scores = model(torch.from_numpy(next_item.padded(recent)))[0][:, N_ITEMS:]
        wanted = scores[torch.arange(len(scores)), torch.from_numpy(asked.targets).long()]
        above = (scores >= wanted[:, None]).sum(dim=1) - 1  # ties count against it
        return float(above.float().mean()) / (N_ITEMS - 1)

    assert place_of_twins(SMALL, tmp_path / "told") < 0.1
    assert place_of_twins(dataclasses.replace(SMALL, parts=0), tmp_path / "untold") > 0.3


def test_links_lead_from_a_film_to_the_ones_that_read_alike(made_up_folders: None) -> None:
    write_texts(20)
    n_ratings = np.where(np.arange(20) < 10, 1000, 0)
    links = sasrec_text.text_links(n_ratings, sasrec_text.TextLinks(neighbours=19, doubt=1000.0))
    weight = np.zeros((20, 20))
    np.put_along_axis(weight, links.item, links.weight, axis=1)
    # Film 10 + k reads almost as film k does, and many have rated the first ten.
    assert weight[:10].argmax(axis=1).tolist() == list(range(10, 20))
    np.testing.assert_allclose(weight[10:, :10].T, weight[:10, 10:] / 2, atol=1e-6)
    seen = training_data.Neighbours(links.item[:, ::-1] + 1, links.weight)
    both = sasrec_text.together(seen, links, (2.0, 3.0))
    assert (np.diff(both.item, axis=1) >= 0).all()
    assert both.weight.sum() == pytest.approx(5 * links.weight.sum())


def test_the_product_is_trained_with_texts_and_without(
    made_up_folders: None, tmp_path: Path
) -> None:
    n_items = split.load_product().n_items
    write_texts(n_items)
    path = tmp_path / "product.toml"
    path.write_text(
        "[sasrec_text]\ndim = 8\nhidden = 16\nmax_history = 20\nepochs = 1\nbatch_tokens = 1024\n"
        'candidates = 40\nlearns_sets = true\nparts = 6\nprecision = "float32"\ndevice = "cpu"\n'
        "[sasrec_text_links]\nneighbours = 3\nscales = [0.0, 5.0]\n"
        "[sasrec_ease]\nneighbours = 4\nridge = 20.0\nscales = [0.0, 20.0]\n"
    )
    with pytest.raises(ValueError, match="table B alone"):
        sasrec_text.train_for("A", path, path)
    sasrec_text.train_for("B", path, path)
    logs = sorted(paths.work_dir().glob("*/train.log"))
    assert [log.parent.name for log in logs] == [
        *("sasrec_text-choice", "sasrec_text-shipping"),
        *("sasrec_text-without-choice", "sasrec_text-without-shipping"),
    ]
    before = [log.read_text() for log in logs]
    sasrec_text.train_for("B", path, path)
    assert [log.read_text() for log in logs] == before
    for log in logs:
        for part, neighbours in ((sasrec_text.SEEN, 4), (sasrec_text.WHOLE, 7)):
            model = next_item.load(log.parent / part)
            assert model.shape.neighbours == neighbours
            assert model.items.shape == (n_items, 8)
