"""The small text encoder: what its graph does, what it may learn from, and the shipped file."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pipeline import manifest, paths, vectors
from pipeline.catalogue import read_catalogue

onnxruntime = pytest.importorskip("onnxruntime")
ARTIFACTS = paths.MODELS_DIR / "artifacts"
MANIFEST = manifest.read_manifest(ARTIFACTS)
MAX_BYTES = 6_000_000


def run(session, rows, mask=None):
    ids = np.array(rows, np.int64)
    mask = np.ones_like(ids) if mask is None else np.array(mask, np.int64)
    return session.run(["embedding"], {"input_ids": ids, "attention_mask": mask})[0]


@pytest.mark.training
def test_a_text_is_the_sum_of_its_tokens():
    pytest.importorskip("onnx")
    from pipeline import small_encoder

    table = np.random.default_rng(0).standard_normal((20, 8)).astype(np.float32)
    session = onnxruntime.InferenceSession(small_encoder.write(table).SerializeToString())
    found = run(session, [[1, 5, 2, 0], [1, 7, 9, 2]], [[1, 1, 1, 0], [1, 1, 1, 1]])
    for vector, ids in zip(found, ([1, 5, 2], [1, 7, 9, 2]), strict=True):
        wanted = table[ids].sum(0)
        assert vector == pytest.approx(wanted / np.linalg.norm(wanted), abs=0.02)
    assert np.isfinite(run(session, [[1, 2]], [[0, 0]])).all()


@pytest.mark.training
def test_held_out_tags_are_in_no_lesson(monkeypatch):
    pytest.importorskip("onnx")
    from pipeline import small_encoder

    monkeypatch.setattr(small_encoder, "_outside", lambda draw, n_films: [])
    catalogue = read_catalogue(ARTIFACTS)
    texts = set(small_encoder.lesson_texts(catalogue, small_encoder.Settings(n_questions=50)))
    held = [tag for tag in catalogue.tag_names if small_encoder.is_held_out(tag)]
    assert 0.15 < len(held) / len(catalogue.tag_names) < 0.35
    names = {*catalogue.title, *catalogue.people, *catalogue.country_names}
    names |= {genre.lower() for genre in catalogue.genre_names}
    assert not (set(held) - names) & texts
    row = next(row for row, tags in enumerate(catalogue.tags) if len(tags) > 2)
    kept = [catalogue.tag_names[tag] for tag in catalogue.tags[row]]
    assert small_encoder.film_text(catalogue, row, kept) == catalogue.item_text(row)
    assert small_encoder.film_text(catalogue, row, kept[:1]).endswith(f"{kept[0]}.")


@pytest.mark.skipif("small_encoder" not in MANIFEST, reason="not built")
def test_the_shipped_file_gives_its_golden_vectors():
    entry = MANIFEST["small_encoder"]
    data = manifest.check_file(entry["files"]["wasm"], ARTIFACTS)
    assert len(data) <= MAX_BYTES
    session = onnxruntime.InferenceSession(data)
    golden = json.loads((ARTIFACTS / "golden" / "small_encoder.json").read_text("utf-8"))
    for case in golden["cases"]:
        vector = run(session, [case["tokens"]])[0]
        assert vector == pytest.approx(case["wasm"], abs=golden["tolerance"])
    shipped = vectors.unpack(manifest.check_file(entry["files"]["vectors"], ARTIFACTS))
    assert shipped.shape == (read_catalogue(ARTIFACTS).n_items, entry["dim"])
    assert np.linalg.norm(shipped, axis=1) == pytest.approx(1, abs=0.02)
