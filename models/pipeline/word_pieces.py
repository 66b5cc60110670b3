"""Text to token ids for the shipped encoders, from the two files that the site reads; no library.

The same rules as `crates/core/src/tokenize.rs`: fold characters by a table, look words up by longest pieces.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline import manifest, vectors

MARKERS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
MAX_WORD_CHARS = 100
_MARKER = re.compile("|".join(map(re.escape, MARKERS)))
_HANGUL = range(0xAC00, 0xAC00 + 11_172)


class WordPieces:
    """A vocabulary, and the rules that cut a text into its words."""

    def __init__(self, tokenizer: dict[str, Any], folds: dict[str, Any]) -> None:
        self.vocabulary: dict[str, int] = tokenizer["model"]["vocab"]
        self.max_tokens: int = tokenizer["truncation"]["max_length"]
        self.spaced = _spaced(folds)

    def encode(self, text: str) -> list[int]:
        """Ids between `[CLS]` and `[SEP]`; what is too long loses its end."""
        of = self.vocabulary
        ids = [of["[CLS]"]]
        end = 0
        for marker in _MARKER.finditer(text):
            ids.extend(self._pieces(text[end : marker.start()]))
            ids.append(of[marker[0]])
            end = marker.end()
        ids.extend(self._pieces(text[end:]))
        return [*ids[: self.max_tokens - 1], of["[SEP]"]]

    def _pieces(self, text: str) -> Iterator[int]:
        for word in text.translate(self.spaced).split(" "):
            if word:
                yield from self._pieces_of(word)

    def _pieces_of(self, word: str) -> list[int]:
        """The pieces of a word, longest first, or `[UNK]` where it has none."""
        ids: list[int] = []
        start = 0
        while start < len(word) <= MAX_WORD_CHARS:
            before = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((e for e in ends if before + word[start:e] in self.vocabulary), 0)
            if not end:
                break
            ids.append(self.vocabulary[before + word[start:end]])
            start = end
        return ids if start == len(word) else [self.vocabulary["[UNK]"]]


class TextReader:
    """A shipped encoder: texts to unit vectors, as the site computes them."""

    def __init__(self, name: str, artifacts: Path) -> None:
        import onnxruntime

        entry = manifest.read_manifest(artifacts)[name]
        files = entry["files"]
        tokenizer, folds = (
            json.loads(manifest.check_file(files[part], artifacts))
            for part in ("tokenizer", "folds")
        )
        self.tokens = WordPieces(tokenizer, folds)
        self.of_films = vectors.unpack(manifest.check_file(files["vectors"], artifacts))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        # As in `shipped`: no rounding of activations that the browser does not do.
        options.add_session_config_entry("session.qdq_matmulnbits_accuracy_level", "1")
        self._session = onnxruntime.InferenceSession(
            manifest.check_file(files["wasm"], artifacts),
            options,
            providers=["CPUExecutionProvider"],
        )
        self._known: dict[str, NDArray[np.float32]] = {}

    def vector(self, text: str) -> NDArray[np.float32]:
        """The unit vector of one text by itself: neighbours would share its rounding."""  # (dim,)
        if text not in self._known:
            ids = np.array([self.tokens.encode(text)], np.int64)
            feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
            self._known[text] = self._session.run(["embedding"], feed)[0][0]
        return self._known[text]

    def meaning(self, text: str) -> NDArray[np.float32]:
        """Cosine of every film's text with `text`; zeros where it is empty."""  # (n_items,)
        if not text.strip():
            return np.zeros(len(self.of_films), np.float32)
        found: NDArray[np.float32] = self.of_films @ self.vector(text)
        return found


def _spaced(folds: dict[str, Any]) -> dict[int, str]:
    """What stands for each character that does not stay as it is."""

    def codes(part: str) -> set[int]:
        return {code for first, last in folds[part] for code in range(first, last + 1)}

    alone = codes("alone")
    replaced = {code: unicodedata.normalize("NFD", chr(code)) for code in _HANGUL}
    for first, texts in folds["replaced"]:
        replaced |= dict(enumerate(texts.split(" "), first))
    found = {code: f" {chr(code)} " for code in alone}
    for code, text in replaced.items():
        found[code] = "".join(f" {part} " if ord(part) in alone else part for part in text)
    return found | dict.fromkeys(codes("dropped"), "") | dict.fromkeys(codes("space"), " ")
