"""The small text encoder: what its graph does, what it may learn from, and the shipped files."""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import pytest

from pipeline import paths
from pipeline.data import item_texts
from pipeline.data.catalogue import read_catalogue
from pipeline.encoder import encoder_texts, small_encoder_texts
from pipeline.ship import manifest

onnxruntime = pytest.importorskip("onnxruntime")
ARTIFACTS = paths.MODELS_DIR / "artifacts"
MANIFEST = manifest.read_manifest(ARTIFACTS)
VARIANTS = ("wasm", "webgpu")
MAX_BYTES = 6_000_000
N_PIECES, N_ROWS = 60, 40


def run(session, rows, mask=None):
    ids = np.array(rows, np.int64)
    mask = np.ones_like(ids) if mask is None else np.array(mask, np.int64)
    return session.run(["embedding"], {"input_ids": ids, "attention_mask": mask})[0]


def made_up_weights(n_neurons=16):
    """A network of the small encoder's shape with random numbers."""
    draw = np.random.default_rng(0)
    weights = {}

    def matrix(name, *shape, spread=0.05):
        weights[name] = (spread * draw.standard_normal(shape)).astype(np.float32)

    def linear(name, n_out, n_in):
        matrix(f"{name}.weight", n_out, n_in)
        matrix(f"{name}.bias", n_out)

    def norm(name):
        weights[f"{name}.weight"] = np.ones(384, np.float32)
        matrix(f"{name}.bias", 384)

    matrix("embeddings.word_embeddings.weight", N_ROWS, 384, spread=1)
    matrix("embeddings.position_embeddings.weight", 128, 384)
    matrix("embeddings.token_type_embeddings.weight", 2, 384)
    norm("embeddings.LayerNorm")
    for layer in range(2):
        own = f"encoder.layer.{layer}"
        for part in ("query", "key", "value"):
            linear(f"{own}.attention.self.{part}", 384, 384)
        linear(f"{own}.attention.output.dense", 384, 384)
        norm(f"{own}.attention.output.LayerNorm")
        linear(f"{own}.intermediate.dense", n_neurons, 384)
        linear(f"{own}.output.dense", 384, n_neurons)
        norm(f"{own}.output.LayerNorm")
    linear("encoder.layer.1.bridge", 384, 384)
    matrix("pooled.weight", 384, 384)
    return weights


@pytest.mark.training
def test_graphs_give_what_the_network_gives():
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    from pipeline.encoder import small_encoder
    from pipeline.encoder.small_encoder_train import Network, padded

    row_of_piece = (np.arange(N_PIECES) % N_ROWS).astype(np.int16)
    weights = made_up_weights()
    network = Network(weights, n_layers=2)
    texts = [np.array(ids, np.uint16) for ids in ([1, 7, 2], [1, 55, 9, 30, 2])]
    with torch.inference_mode():
        wanted = network(*padded(texts, row_of_piece)).numpy()
    graphs = small_encoder.write(weights, row_of_piece, [list(map(int, ids)) for ids in texts])
    for variant, graph in graphs.items():
        session = onnxruntime.InferenceSession(graph.SerializeToString())
        padded_rows = [[1, 7, 2, 0, 0], [1, 55, 9, 30, 2]]
        found = run(session, padded_rows, [[1, 1, 1, 0, 0], [1] * 5])
        assert (found * wanted).sum(1).min() > 0.999, variant
        assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)


@pytest.mark.training
def test_the_network_learns_to_point_where_it_is_told(tmp_path):
    pytest.importorskip("torch")
    from pipeline.encoder import small_encoder_train as distil

    draw = np.random.default_rng(0)
    row_of_piece = (np.arange(N_PIECES) % N_ROWS).astype(np.int16)
    tokens = [draw.integers(N_ROWS, size=int(draw.integers(2, 9))) for _ in range(60)]
    meant = draw.standard_normal((N_ROWS, 384))
    vectors = np.stack([meant[ids].sum(0) for ids in tokens])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    texts = distil.Texts([ids.astype(np.uint16) for ids in tokens], vectors.astype(np.float16))
    settings = distil.Settings(epochs=6, batch_tokens=64, learning_rate=1e-3, warmup_steps=2)
    of_films = vectors[:20].astype(np.float32)

    def distance(network):
        found = distil.embed(network, texts.tokens, row_of_piece)
        return 1 - (found * vectors).sum(1).mean()

    first = distil.Network(made_up_weights(), n_layers=2)
    before = distance(first)
    distil.train(first, texts, of_films, row_of_piece, settings, tmp_path / "a.pt", every=2)
    assert distance(first) < 0.6 * before
    # A finished checkpoint is where the next run starts, and there is nothing left to do.
    again = distil.Network(made_up_weights(), n_layers=2)
    distil.train(again, texts, of_films, row_of_piece, settings, tmp_path / "a.pt")
    assert distance(again) == pytest.approx(distance(first))


@pytest.mark.training
def test_a_piece_without_a_row_has_that_of_the_most_alike():
    pytest.importorskip("torch")
    from pipeline.encoder.small_encoder_train import kept_pieces, rows_of_pieces

    kept = kept_pieces(Counter({4: 9, 2: 5, 3: 1}), {0, 5}, 4)
    assert list(kept) == [0, 2, 4, 5]
    table = np.eye(6, dtype=np.float32)
    table[1], table[3] = [0, 0, 0.1, 0, 0.9, 0], [0.9, 0, 0.1, 0, 0, 0]
    assert list(rows_of_pieces(kept, table)) == [0, 2, 1, 0, 2, 3]


def test_held_out_tags_are_in_no_training_data_and_learned_phrases_in_no_choice(monkeypatch):
    monkeypatch.setattr(small_encoder_texts, "_outside", lambda draw, n_films: [])
    monkeypatch.setattr(small_encoder_texts, "read_movies", dict)
    monkeypatch.setattr(small_encoder_texts, "sentences", lambda is_kept_out=False: ["so it goes"])
    world = small_encoder_texts.world

    def with_other_films(*arguments, **options):
        found = world(*arguments, **options)
        return type(found)(**{**vars(found), "other_titles": ["A Film Unheard Of (1950)"]})

    monkeypatch.setattr(small_encoder_texts, "world", with_other_films)
    catalogue = read_catalogue(ARTIFACTS)
    amounts = small_encoder_texts.Amounts(n_questions=300, n_talks=300, n_choosing=50)
    texts = small_encoder_texts.training_data(catalogue, ARTIFACTS, amounts)
    parts = Counter(small_encoder_texts.part_of(tag) for tag in catalogue.tag_names)
    assert parts["asked"] > 200
    assert parts["choosing"] > 100
    assert parts["learned"] > 800
    held = {t for t in catalogue.tag_names if small_encoder_texts.part_of(t) != "learned"}
    names = {*catalogue.title, *catalogue.people, *catalogue.country_names}
    names |= {genre.lower() for genre in catalogue.genre_names}
    assert not (held - names) & set(texts)
    row = next(row for row, tags in enumerate(catalogue.tags) if len(tags) > 2)
    kept, text = catalogue.tags_of(row), item_texts.texts_of(catalogue)[row]
    assert small_encoder_texts.film_text(text, kept, kept) == text
    assert small_encoder_texts.film_text(text, kept, kept[:1]).endswith(f"{kept[0]}.")
    chosen_on = small_encoder_texts.to_choose_on(catalogue, ARTIFACTS, amounts)
    assert all(talk.rows for talk in chosen_on)


@pytest.mark.parametrize("turn", encoder_texts.TURNS)
def test_templates_are_learned_or_kept_out(turn):
    learned = encoder_texts.templates(turn, is_kept_out=False)
    kept_out = encoder_texts.templates(turn, is_kept_out=True)
    assert learned
    assert kept_out
    assert not set(learned) & set(kept_out)


@pytest.mark.skipif("small_encoder" not in MANIFEST, reason="not built")
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_shipped_files_give_their_golden_vectors(variant):
    entry = MANIFEST["small_encoder"]
    assert entry["files"]["vectors"] == MANIFEST["encoder"]["files"]["vectors"]
    data = manifest.check_file(entry["files"][variant], ARTIFACTS)
    assert len(data) <= MAX_BYTES
    session = onnxruntime.InferenceSession(data)
    golden = json.loads((ARTIFACTS / "golden" / "small_encoder.json").read_text("utf-8"))
    large = json.loads((ARTIFACTS / "golden" / "encoder.json").read_text("utf-8"))
    tolerance = golden["tolerances"][variant]
    for case, other in zip(golden["cases"], large["cases"], strict=True):
        assert case["tokens"] == other["tokens"]
        found = run(session, [case["tokens"]])[0]
        assert found == pytest.approx(case[variant], abs=tolerance)
