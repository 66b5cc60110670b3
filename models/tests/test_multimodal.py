"""The multimodal network, on a few dozen made-up films."""

from __future__ import annotations

import dataclasses
import gzip
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
onnxruntime = pytest.importorskip("onnxruntime")
pytest.importorskip("onnx")

from readers import N_ITEMS, asked_walks, padded, walks  # noqa: E402

from pipeline import paths  # noqa: E402
from pipeline.data import modalities, split  # noqa: E402
from pipeline.data.readers import DataError  # noqa: E402
from pipeline.encoder import vectors  # noqa: E402
from pipeline.evaluate import by_modality, results  # noqa: E402
from pipeline.families.multimodal import export as multimodal_export  # noqa: E402
from pipeline.families.multimodal import study  # noqa: E402
from pipeline.families.multimodal import train as multimodal  # noqa: E402
from pipeline.families.multimodal.model import (  # noqa: E402
    HEADS,
    MODALITIES,
    NOWHERE,
    SHIPPED,
    Multimodal,
    MultimodalConfig,
    MultimodalShape,
    switched,
)
from pipeline.families.multimodal.train import Content  # noqa: E402
from pipeline.ship import quantize  # noqa: E402
from pipeline.training import next_item, train_next_item, training_data  # noqa: E402
from pipeline.training.training_data import TrainingData  # noqa: E402

pytestmark = pytest.mark.training

WIDTHS = (6, 5, 4, 3)
HISTORY = padded([[3, 1, 2], [4], list(range(1, 13))], 12)
SMALL = MultimodalConfig(
    dim=16,
    layers=1,
    hidden=16,
    dropout=0.1,
    max_history=12,
    epochs=10,
    batch_tokens=256,
    learning_rate=0.02,
    warmup_steps=5,
    precision="float32",
    device="cpu",
    ridge=0.1,
    doubt=5.0,
    inner=8,
    aligned_films=40,
    widths=(12, 5, 5, 3),
)


def small_model() -> Multimodal:
    """Films 0 to 9 lack sound and style, 5 to 19 look; film 7 lacks behaviour and text as well."""
    torch.manual_seed(3)
    shape = MultimodalShape(N_ITEMS, dim=16, hidden=16, max_history=12, widths=WIDTHS, inner=8)
    model = Multimodal(shape).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_(std=0.3)
        known = torch.ones(N_ITEMS, len(MODALITIES))
        known[:, MODALITIES.index("behaviour")] = torch.linspace(0.2, 1, N_ITEMS)
        known[:10, [MODALITIES.index("sound"), MODALITIES.index("style")]] = 0
        known[5:20, MODALITIES.index("look")] = 0
        known[7] = 0
        model.known.copy_(known)
    return model


def run(path: Path, off: list[str]) -> dict[str, np.ndarray]:
    """All outputs of a graph with some modalities switched off."""
    without = np.tile([float(name in off) for name in SHIPPED], (len(HISTORY), 1))
    names = ["scores", "parts", "alike", "attention"]
    session = onnxruntime.InferenceSession(str(path))
    asked = {"history": HISTORY, "without": without.astype(np.float32)}
    return dict(zip(names, session.run(names, asked), strict=True))


@pytest.mark.parametrize("off", [[], ["behaviour"], ["text", "look"], ["text", "behaviour"]])
def test_the_graph_answers_as_the_network_with_the_same_modalities(
    off: list[str], tmp_path: Path
) -> None:
    model = small_model()
    multimodal_export.write(model, tmp_path / "exact.onnx")
    found = run(tmp_path / "exact.onnx", off)
    switched(model, [name for name in SHIPPED if name not in off])
    with torch.no_grad():
        scores, attention = model(torch.from_numpy(HISTORY).long())
    np.testing.assert_allclose(found["scores"], scores.numpy(), atol=2e-4)
    np.testing.assert_allclose(found["attention"], attention.numpy(), atol=2e-4)
    # Nothing is known of film 7: it stands behind all others.
    assert found["scores"][:, 7].max() < NOWHERE / 2
    others = np.arange(N_ITEMS) != 7
    if off != ["text", "behaviour"]:
        whole = found["parts"].sum(axis=1)
        np.testing.assert_allclose(found["scores"][:, others], whole[:, others], atol=1e-4)
        assert found["scores"][:, others].min() > NOWHERE / 2
    for k, name in enumerate(SHIPPED):
        assert (np.abs(found["parts"][:, k]).max() > 0) == (name not in off)
    quantize.quantize(tmp_path / "exact.onnx", tmp_path / "shipped.onnx")


def test_alike_is_the_cosine_with_the_last_pick_where_both_have_the_modality(
    tmp_path: Path,
) -> None:
    model = small_model()
    multimodal_export.write(model, tmp_path / "exact.onnx")
    alike = run(tmp_path / "exact.onnx", ["text"])["alike"]  # switches do not change it
    known = model.known.detach().numpy()
    for case, last in ((0, 1), (1, 3), (2, 11)):
        for k, name in enumerate(SHIPPED):
            vector = model.vector(name).detach().numpy()
            unit = vector / np.maximum(np.linalg.norm(vector, axis=1, keepdims=True), 1e-9)
            has_it = known[:, MODALITIES.index(name)] > 0
            wanted = np.where(has_it & has_it[last], unit @ unit[last], -2)
            np.testing.assert_allclose(alike[case, k], wanted, atol=1e-4)


def test_nothing_of_a_films_style_is_in_the_graph(tmp_path: Path) -> None:
    model = small_model()
    multimodal_export.write(model, tmp_path / "one.onnx")
    with torch.no_grad():
        model.features["style"].normal_()
        model.known[:, MODALITIES.index("style")] = 0
    multimodal_export.write(model, tmp_path / "other.onnx")
    assert (tmp_path / "one.onnx").read_bytes() == (tmp_path / "other.onnx").read_bytes()


def test_what_is_known_of_a_film_is_never_hidden_as_a_whole() -> None:
    model = small_model()
    torch.manual_seed(0)
    model.hide_some(0.5)
    assert model.hidden is not None
    model.train()
    left = model.weights() > 0
    known = model.known > 0
    assert (left.any(dim=1) == known.any(dim=1)).all()
    assert 0.4 < float(left[known].float().mean()) < 0.7


def test_the_contrastive_loss_is_least_where_modalities_agree() -> None:
    model = small_model()
    with torch.no_grad():
        model.sharpness.fill_(3.0)
        model.known.fill_(1.0)
        same = torch.randn(N_ITEMS, WIDTHS[0])
        for name in HEADS:
            head = model.heads[name]
            head.fall.weight.zero_()
            head.fall.bias.zero_()
            head.map.copy_(torch.eye(*head.map.shape))
            model.features[name].copy_(same[:, : model.features[name].shape[1]])
        model.items.copy_(model.vector("text"))
    agreed = model.apart(N_ITEMS).item()
    with torch.no_grad():
        model.items.copy_(model.items.roll(1, dims=0))
    assert model.apart(N_ITEMS).item() > agreed + 0.5


def of_content(n_items: int) -> Content:
    """Film 60 + k has almost the text of film k; half of the first 60 have trailers."""
    draw = np.random.default_rng(0)
    half = draw.standard_normal((N_ITEMS, 12))
    texts = np.concatenate([half, half + 0.1 * draw.standard_normal(half.shape)])[:n_items]
    features = {"text": texts.astype(np.float32)}
    for name, width in zip(HEADS[1:], SMALL.widths[1:], strict=True):
        features[name] = draw.standard_normal((n_items, width)).astype(np.float32)
    row = np.arange(n_items)
    known = dict.fromkeys(HEADS, (row % 2 == 0) & (row < N_ITEMS))
    return Content(features, {**known, "text": np.ones(n_items, bool)})


def test_a_film_nobody_picked_stands_with_films_that_read_alike(tmp_path: Path) -> None:
    n_items = 2 * N_ITEMS
    readers, asked = walks(120), asked_walks()
    n_ratings = np.bincount(np.concatenate(readers), minlength=n_items)
    counts = training_data.together([np.unique(rows) for rows in readers], n_items)
    start = training_data.starting_items(counts, SMALL.dim, spread=0.05)
    data = TrainingData(n_items, readers, len(readers), items=start)
    data = multimodal.started(data, n_ratings, of_content(n_items), SMALL)
    assert data.weights is not None
    # Unpicked films are not known by behaviour, and as popular as the mean.
    assert (data.weights["known"][N_ITEMS:, MODALITIES.index("behaviour")] == 0).all()
    assert (data.weights["popularity"][N_ITEMS:] == 0).all()
    model = next_item.load(train_next_item.train(SMALL, data, tmp_path / "run"))
    assert isinstance(model, Multimodal)
    np.testing.assert_array_equal(
        model.features["text"].detach().numpy(), data.weights["features.text"]
    )

    def place_of_twins() -> float:
        with torch.no_grad():
            recent = [rows[-SMALL.max_history :] for rows in asked.histories]
            scores = model(torch.from_numpy(next_item.padded(recent)))[0][:, N_ITEMS:]
        wanted = scores[torch.arange(len(scores)), torch.from_numpy(asked.targets).long()]
        above = (scores >= wanted[:, None]).sum(dim=1) - 1  # ties count against it
        return float(above.float().mean()) / (N_ITEMS - 1)

    assert place_of_twins() < 0.35
    switched(model, ["behaviour", "sound", "look"])
    assert place_of_twins() == 1


def test_a_run_without_films_has_met_none_of_them() -> None:
    readers = [rows[:6] for rows in walks(40)]
    is_open = np.ones((2, N_ITEMS), bool)
    given = TrainingData(
        N_ITEMS,
        readers,
        20,
        asked_walks(),
        reads=np.arange(40, dtype=np.float32),
        n_ordered=30,
        era=np.repeat(np.array([0, 1], np.int32), 20),
        is_open=is_open,
    )
    is_out = np.arange(N_ITEMS) < 20
    found = multimodal.without_films(given, is_out, 8)
    assert found.reads is not None
    assert found.items is not None
    assert found.valid is not None
    assert not is_out[np.concatenate(found.sequences)].any()
    assert not is_out[found.valid.targets].any()
    assert np.abs(found.items[is_out]).max() < 1e-6
    # Readers with one film left are gone, and the marks of those who stay went with them.
    for rows, number in zip(found.sequences, found.reads.astype(int), strict=True):
        assert rows.tolist() == [row for row in readers[number].tolist() if row >= 20]
    assert (found.reads[: found.n_always] < 20).all()
    assert (found.reads[found.n_always :] >= 20).all()
    assert (found.reads[: found.n_ordered] < 30).all()
    assert found.is_open is not None
    assert (found.is_open == ~is_out).all()


def test_cold_films_are_found_by_what_is_switched_on() -> None:
    content = of_content(N_ITEMS)
    model = small_model()
    fold = np.arange(N_ITEMS) % 2
    with torch.no_grad():
        model.known[:10, MODALITIES.index("text")] = 1
        model.known[:, MODALITIES.index("sound")] = 0
    rows = study.of_cold({1: model}, asked_walks(), fold, content, questions="made up")
    n_asked = int((asked_walks().targets % 2 == 1).sum())
    among = {row["films"]: row for row in rows}
    assert set(among) == {"cold, among all films", "cold, among cold films"}
    for row in among.values():
        assert row["n_questions"] == n_asked
        # The films are known by behaviour too here; sound adds nothing to text, as none has it.
        both, text = (row["variants"][name] for name in ("text, sound", "text"))
        assert {**both, "ahead": 0} == {**text, "ahead": 0}
        assert both["ahead"]["mrr"] == [0, 0, 0]
    few, all_films = (among[f"cold, among {name} films"] for name in ("cold", "all"))
    assert few["variants"]["text"]["mrr"] > all_films["variants"]["text"]["mrr"]
    assert model.on == tuple(name in SHIPPED for name in MODALITIES)


def test_switches_are_told_for_each_kind_of_film() -> None:
    counts = np.arange(N_ITEMS)
    rows = study.of_switches(
        small_model(), asked_walks(), counts, of_content(N_ITEMS), questions="made up"
    )
    asked = {row["films"]: row["n_questions"] for row in rows}
    assert asked["all"] == len(asked_walks())
    assert asked["with all modalities"] + asked["without a trailer"] == asked["all"]
    thirds = [n for films, n in asked.items() if films.endswith("third of the films")]
    assert sum(thirds) == asked["all"]
    assert set(rows[0]["variants"]) == set(study.SWITCHES)


def test_a_variant_is_compared_with_its_reference() -> None:
    ranks = {"ours": np.array([1, 1, 200, 1]), "theirs": np.array([1, 20, 200, 3])}
    user = np.array([0, 0, 1, 1])
    found = by_modality.compared(ranks, user, reference="theirs")
    assert "ahead" not in found["theirs"]
    assert found["theirs"]["hr@10"] == 0.5
    assert found["ours"]["hr@100"] == 0.75
    assert found["ours"]["ahead"]["hr@10"][0] == 0.25
    mean, low, high = found["ours"]["ahead"]["ndcg@10"]
    assert low <= mean <= high
    assert mean == pytest.approx((1 + 1 - 1 / np.log2(4)) / 4, abs=1e-5)
    assert by_modality.asked(ranks, user, user > 5, reference="ours", about={}) == []


def test_folds_are_tenths_and_hold_to_a_films_number() -> None:
    ids = np.arange(1, 2001, dtype=np.int32) * 7
    fold = multimodal.fold_of(ids)
    assert np.bincount(fold).tolist() == [200] * 10
    assert (fold == multimodal.fold_of(ids)).all()


def test_trailers_are_read_by_movie_id_and_standardised(made_up_folders: None) -> None:
    ids = np.array([1, 2, 3, 7, 9, 500], np.int32)
    sound = modalities.read_sound(ids)
    assert sound.is_known.tolist() == [True, False, True, True, True, False]
    assert np.abs(sound.features[sound.is_known].mean(axis=0)).max() < 1e-5
    assert (sound.features[~sound.is_known] == 0).all()
    assert modalities.read_look(ids).is_known.tolist() == [True, False, False, True, False, False]
    assert modalities.read_style(ids).features.shape == (6, 3)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["movieId,embedding"], "columns"),
        (["itemId,embedding", '1,"1.0,two"'], "hold numbers"),
        (["itemId,embedding", '1,"1.0,inf"'], "that is none"),
        (["itemId,embedding", '999,"1.0,2.0"'], "no film"),
    ],
)
def test_a_file_of_trailers_that_cannot_be_used_says_why(
    lines: list[str], said: str, tmp_path: Path
) -> None:
    path = tmp_path / modalities.FOLDER / modalities.LOOK
    path.parent.mkdir(parents=True)
    path.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode()))
    with pytest.raises(DataError, match=said):
        modalities.read_look(np.array([1, 2], np.int32), tmp_path)


def test_the_product_is_trained_for_choice_and_for_shipping(
    made_up_folders: None, tmp_path: Path
) -> None:
    n_items = split.load_product().n_items
    texts = np.random.default_rng(0).standard_normal((n_items, 12)).astype(np.float32)
    texts /= np.linalg.norm(texts, axis=1, keepdims=True)
    paths.artifacts_dir().mkdir(parents=True, exist_ok=True)
    (paths.artifacts_dir() / vectors.FILE_NAME).write_bytes(vectors.pack(texts))
    path = tmp_path / "product.toml"
    path.write_text(
        "[multimodal]\ndim = 8\nlayers = 1\nhidden = 16\nmax_history = 20\nepochs = 1\n"
        "batch_tokens = 1024\ncandidates = 40\nlearns_sets = true\nparts = 6\ninner = 8\n"
        'aligned_films = 30\nprecision = "float32"\ndevice = "cpu"\n'
    )
    with pytest.raises(ValueError, match="table B alone"):
        multimodal.train_for("A", path, path)
    multimodal.train_for("B", path, path)
    model, folder = multimodal.Runs.read(path).trained("choice", without=3)
    assert folder.name == "multimodal-choice-without-3"
    is_out = multimodal.fold_of(split.load_product().movie_ids) == 3
    known = model.known.detach().numpy()[:, MODALITIES.index("behaviour")]
    assert (known[is_out] == 0).all()
    assert known[~is_out].max() > 0
    found = study.study(path, folds=[3])
    assert results.read()["modalities"] == found
    asked = {row["questions"] for row in (*found["switches"], *found["cold"])}
    assert asked == {"validation, last ten", "test, last ten"}
    assert "Cold films" in by_modality.markdown(found)
    logs = sorted(log.parent.name for log in paths.work_dir().glob("*/train.log"))
    assert logs == ["multimodal-choice", folder.name, "multimodal-shipping"]
    assert dataclasses.asdict(model.shape)["widths"] == (6, 6, 6, 3)
