"""The small text encoder: MiniLM distilled into two layers and a vocabulary of half the size.

Same tokenizer, inputs, outputs and space as MiniLM's graphs: its vectors of questions are compared
with MiniLM's vectors of films, so there is no second file of vectors.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from pipeline import config, paths
from pipeline.data import item_texts
from pipeline.data.catalogue import read_catalogue
from pipeline.encoder import character_map, minilm, minilm_graph, small_encoder_graph
from pipeline.encoder import vectors as vector_files
from pipeline.encoder.golden_texts import CALIBRATION_QUERIES, GOLDEN_TEXTS
from pipeline.encoder.minilm import LEVELLING, MAX_TOKENS, TOLERANCE, Encoder
from pipeline.encoder.small_encoder_texts import Amounts, training_data
from pipeline.encoder.vectors import Vectors
from pipeline.ship import manifest

NAME = "small_encoder"
VARIANTS: dict[str, type[small_encoder_graph.DynamicInt8 | small_encoder_graph.WeightOnlyInt8]] = {
    "wasm": small_encoder_graph.DynamicInt8,
    "webgpu": small_encoder_graph.WeightOnlyInt8,
}
N_TOKENS_A_BATCH = 2048
N_CHUNK = 2000
N_TO_FIT = 1500
N_TO_MEASURE = 100
MARKERS = {0, 100, 101, 102, 103}
Tokens = Sequence[Sequence[int]] | Sequence[NDArray[np.uint16]]
log = logging.getLogger(__name__)


def file_name(variant: str) -> str:
    return f"encoder.small.{variant}.onnx"


def build(path: Path) -> None:
    """Distils, and writes the graphs and golden answers; goes on where it was stopped."""
    from pipeline.encoder import small_encoder_train as distil

    plan, artifacts = config.section(path, NAME, distil.Settings), paths.artifacts_dir()
    work = paths.work_dir() / NAME
    work.mkdir(parents=True, exist_ok=True)
    catalogue = read_catalogue(artifacts)
    tokenizer = Tokenizer.from_file(str(artifacts / "tokenizer.json"))
    large = load_file(str(minilm.model_dir() / "model.safetensors"))
    amounts = config.section(path, f"{NAME}_texts", Amounts)
    every = training_data(catalogue, artifacts, amounts)
    tokens = [encoding.ids for encoding in tokenizer.encode_batch(every)]
    order = np.random.default_rng(1).permutation(len(every))[: amounts.n_texts]
    learned = [np.array(tokens[k], np.uint16) for k in order]
    log.info("%d texts, %d tokens", len(learned), sum(map(len, learned)))
    texts = distil.Texts(learned, teacher_vectors(artifacts, learned, work))

    films = item_texts.texts_of(catalogue)
    always = MARKERS.union(*(encoding.ids for encoding in tokenizer.encode_batch(films)))
    counts = Counter(piece for ids in tokens for piece in ids)
    kept = distil.kept_pieces(counts, always, plan.n_pieces)
    table = large["embeddings.word_embeddings.weight"]
    row_of_piece = distil.rows_of_pieces(kept, table)
    first = work / "start.safetensors"
    if not first.exists():
        activity = mean_activity(large, texts.tokens[:N_TO_MEASURE])
        few = distil.Texts(texts.tokens[:N_TO_FIT], texts.vectors[:N_TO_FIT])
        start = distil.start(large, kept, activity, plan)
        save_file(distil.bridged(start, large, few, row_of_piece, plan.layers[1]), str(first))
    network = distil.Network(load_file(str(first)), n_layers=2)
    of_films = vector_files.unpack((artifacts / vector_files.FILE_NAME).read_bytes())
    distil.train(network, texts, of_films, row_of_piece, plan, work / "checkpoint.pt")
    ship(artifacts, tokenizer, network.weights(), row_of_piece)


def teacher_vectors(
    artifacts: Path, tokens: Sequence[NDArray[np.uint16]], work: Path
) -> NDArray[np.floating]:
    """Where the large encoder puts each text, in chunks that are kept."""
    session = minilm.open_session(artifacts / "encoder.wasm.onnx")
    found = []
    for start in range(0, len(tokens), N_CHUNK):
        file = work / f"teacher-{start:06d}.npy"
        part = tokens[start : start + N_CHUNK]
        if not file.exists():
            np.save(file, embed(session, part).astype(np.float16))
        found.append(np.load(file))
    return np.concatenate(found)


def mean_activity(weights: minilm_graph.Weights, samples: Tokens) -> list[Vectors]:
    """How much each neuron of each layer adds to what the layer gives, (n_neurons,) each."""
    plain = minilm_graph.Float32()
    model = minilm_graph.build(weights, plain, max_tokens=MAX_TOKENS)
    names = [f"encoder.layer.{layer}.output.dense" for layer in range(minilm_graph.N_LAYERS)]
    tensors = [plain.read_by[name] for name in names]
    model.graph.output.extend(onnx.ValueInfoProto(name=tensor) for tensor in tensors)
    session = onnxruntime.InferenceSession(model.SerializeToString(), minilm.one_thread())
    total = [np.zeros(0, np.float32)] * len(names)
    for sample in samples:
        ids = np.array([sample], np.int64)
        read = session.run(tensors, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        squares = [np.square(x[0]).sum(0) for x in read]
        total = [sum_ + x if len(sum_) else x for sum_, x in zip(total, squares, strict=True)]
    return [
        np.sqrt(x) * np.linalg.norm(weights[f"{name}.weight"], axis=0)
        for x, name in zip(total, names, strict=True)
    ]


def embed(session: Any, tokens: Tokens) -> Vectors:
    """Unit vectors of tokenised texts, (n_texts, dim), in batches of equal length."""
    lengths = np.array([len(ids) for ids in tokens])
    found: list[Vectors] = [np.zeros(0, np.float32)] * len(tokens)
    for length in np.unique(lengths):
        rows = np.flatnonzero(lengths == length)
        size = max(1, N_TOKENS_A_BATCH // int(length))
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            ids = np.array([tokens[row] for row in part], np.int64)
            feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
            for row, vector in zip(part, session.run(["embedding"], feed)[0], strict=True):
                found[row] = vector
    return np.stack(found)


def write(
    weights: minilm_graph.Weights,
    row_of_piece: NDArray[np.int16],
    samples: Sequence[Sequence[int]],
) -> dict[str, onnx.ModelProto]:
    """Both graphs, their channels levelled by what `samples` make the matrices read."""
    plain = small_encoder_graph.Float32(row_of_piece)
    peaks = minilm.largest_read(weights, samples, plain)
    found = {}
    for variant, numbers in VARIANTS.items():
        factors = minilm.level(weights, peaks, power=LEVELLING[variant])
        graph = numbers(factors, row_of_piece)
        found[variant] = minilm_graph.build(weights, graph, max_tokens=MAX_TOKENS)
    return found


def ship(
    artifacts: Path,
    tokenizer: Tokenizer,
    weights: minilm_graph.Weights,
    row_of_piece: NDArray[np.int16],
) -> None:
    """Writes graphs and golden answers, and registers them."""
    catalogue = read_catalogue(artifacts)
    rows = np.linspace(0, catalogue.n_items - 1, minilm.N_CALIBRATION_ITEMS).astype(int)
    texts = item_texts.texts_of(catalogue)
    samples = [*(texts[row] for row in rows), *CALIBRATION_QUERIES]
    read = [tokenizer.encode(text).ids for text in samples]
    encoders = {}
    for variant, graph in write(weights, row_of_piece, read).items():
        onnx.save(graph, str(artifacts / file_name(variant)))
        session = minilm.open_session(artifacts / file_name(variant))
        encoders[variant] = Encoder(session, tokenizer)
    cases = [
        {"text": text, "tokens": encoders["wasm"].tokens(text)}
        | {
            variant: [round(float(x), 6) for x in one.vector(text)]
            for variant, one in encoders.items()
        }
        for text in GOLDEN_TEXTS
    ]
    golden = artifacts / "golden" / f"{NAME}.json"
    whole = {"tolerance": max(TOLERANCE.values()), "tolerances": TOLERANCE, "cases": cases}
    golden.write_text(json.dumps(whole, separators=(",", ":")) + "\n", "utf-8")

    def record(name: str) -> dict[str, Any]:
        return manifest.file_record(artifacts / name, artifacts=artifacts)

    per_token, dim = ["batch", "length"], minilm_graph.DIM
    entry = {
        "files": {variant: record(file_name(variant)) for variant in VARIANTS}
        | {
            "tokenizer": record("tokenizer.json"),
            "folds": record(character_map.FILE_NAME),
            "vectors": record(vector_files.FILE_NAME),
        },
        "dim": dim,
        "max_tokens": MAX_TOKENS,
        "opset": minilm_graph.OPSET,
        "inputs": {
            name: {"type": "int64", "shape": per_token} for name in ("input_ids", "attention_mask")
        },
        "outputs": {
            "embedding": {"type": "float32", "shape": ["batch", dim]},
            "last_hidden_state": {"type": "float32", "shape": [*per_token, dim]},
        },
    }
    manifest.register_small_encoder(entry, artifacts=artifacts)
    manifest.register_golden(NAME, golden, artifacts=artifacts)
