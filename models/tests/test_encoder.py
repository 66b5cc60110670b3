"""The shipped encoder files: what they promise, and whether the stored answers come out."""

from __future__ import annotations

import json

import numpy as np
import pytest
from tokenizers import Tokenizer

from pipeline import paths
from pipeline.data import item_texts
from pipeline.data.catalogue import read_catalogue
from pipeline.ship import manifest

onnxruntime = pytest.importorskip("onnxruntime")

ARTIFACTS = paths.artifacts_dir()
VARIANTS = ["wasm", "webgpu"]


def golden(name):
    return json.loads((ARTIFACTS / "golden" / f"{name}.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def entry():
    return manifest.read_manifest()["encoder"]


@pytest.fixture(scope="module")
def sessions(entry):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return {
        variant: onnxruntime.InferenceSession(
            manifest.check_file(entry["files"][variant], ARTIFACTS), options
        )
        for variant in VARIANTS
    }


def embed(session, rows, mask=None):
    ids = np.array(rows, np.int64)
    mask = np.ones_like(ids) if mask is None else np.array(mask, np.int64)
    return session.run(["embedding"], {"input_ids": ids, "attention_mask": mask})[0]


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_graph_has_the_inputs_and_outputs_of_the_manifest(variant, sessions, entry):
    def told(values):
        return {value.name: list(value.shape) for value in values}

    session = sessions[variant]
    assert told(session.get_inputs()) == {k: v["shape"] for k, v in entry["inputs"].items()}
    assert told(session.get_outputs()) == {k: v["shape"] for k, v in entry["outputs"].items()}
    assert {value.type for value in session.get_inputs()} == {"tensor(int64)"}


def test_the_files_stay_small(entry):
    for variant in VARIANTS:
        assert entry["files"][variant]["bytes"] <= 23_000_000


@pytest.mark.parametrize("variant", VARIANTS)
def test_golden_texts_give_their_vectors(variant, sessions):
    stored = golden("encoder")
    for case in stored["cases"]:
        vector = embed(sessions[variant], [case["tokens"]])[0]
        assert abs(float(np.linalg.norm(vector)) - 1) < 1e-5
        wanted = np.array(case[variant], np.float32)
        assert np.abs(vector - wanted).max() < stored["tolerances"][variant], case["text"]
        assert float(vector @ wanted) > 0.998, case["text"]


@pytest.mark.parametrize("variant", VARIANTS)
def test_padding_changes_little(variant, sessions):
    short, *_ = (case["tokens"] for case in golden("encoder")["cases"])
    n_padding = 20
    padded = [*short, *[0] * n_padding]
    mask = [[1] * len(short) + [0] * n_padding]
    alone, beside = embed(sessions[variant], [short]), embed(sessions[variant], [padded], mask)
    # Padding takes part in the rounding of a dynamic int8 graph, but never in attention or mean.
    assert float((alone * beside).sum()) > {"wasm": 0.99, "webgpu": 0.999999}[variant]
    ignored = embed(sessions[variant], [padded])
    assert float((alone * ignored).sum()) < 0.98


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_batch_gives_what_its_texts_give_alone(variant, sessions):
    cases = [case["tokens"] for case in golden("encoder")["cases"]]
    length = min(len(tokens) for tokens in cases if len(tokens) > 5)
    rows = [tokens[:length] for tokens in cases if len(tokens) >= length]
    assert len(rows) >= 3
    together = embed(sessions[variant], rows)
    alone = np.concatenate([embed(sessions[variant], [row]) for row in rows])
    least = float((together * alone).sum(1).min())
    assert least > {"wasm": 0.99, "webgpu": 0.999999}[variant]


def test_the_longest_text_fits(sessions, entry):
    length = entry["max_tokens"]
    assert embed(sessions["wasm"], [[101] * length]).shape == (1, entry["dim"])
    with pytest.raises(Exception, match=r"(?i)broadcast|dimension"):
        embed(sessions["wasm"], [[101] * (length + 1)])


def test_the_shipped_tokenizer_gives_the_golden_ids(entry):
    tokenizer = Tokenizer.from_file(str(ARTIFACTS / entry["files"]["tokenizer"]["path"]))
    stored = golden("tokenizer")
    assert stored["max_tokens"] == entry["max_tokens"]
    assert len(stored["cases"]) >= 60
    for case in stored["cases"]:
        assert tokenizer.encode(case["text"]).ids == case["tokens"], case["name"]


def test_the_catalogue_vectors_are_those_of_the_item_texts(sessions, entry):
    data = manifest.check_file(entry["files"]["vectors"], ARTIFACTS)
    catalogue = read_catalogue()
    n_items, dim = catalogue.n_items, entry["dim"]
    assert data[:16] == b"GRVC" + np.array([1, n_items, dim], "<u4").tobytes()
    assert len(data) == 16 + n_items * (4 + dim)
    scale = np.frombuffer(data, "<f4", n_items, 16)
    small = np.frombuffer(data, np.int8, n_items * dim, 16 + 4 * n_items).reshape(n_items, dim)
    vectors = small * scale[:, None]  # (n_items, dim)
    assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 0.01

    tokenizer = Tokenizer.from_file(str(ARTIFACTS / "tokenizer.json"))
    texts = item_texts.texts_of(catalogue)
    for row in range(0, n_items, n_items // 12):
        tokens = tokenizer.encode(texts[row]).ids
        found = embed(sessions["wasm"], [tokens])[0]
        assert float(found @ vectors[row]) > 0.999, catalogue.title[row]
