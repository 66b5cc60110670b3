"""A shipped text encoder, asked as the site asks it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.encoder import vectors
from pipeline.program import Program
from pipeline.ship import manifest


class TextReader:
    """A shipped encoder: texts to unit vectors, as the site computes them."""

    def __init__(self, name: str, artifacts: Path, program: Program) -> None:
        import onnxruntime

        entry = manifest.read_manifest(artifacts)[name]
        files = entry["files"]
        for part in ("tokenizer", "folds"):
            manifest.check_file(files[part], artifacts)
        self._name, self._program = name, program
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
            ids = np.array([self._program.tokenize(self._name, text)], np.int64)
            feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
            self._known[text] = self._session.run(["embedding"], feed)[0][0]
        return self._known[text]

    def meaning(self, text: str) -> NDArray[np.float32]:
        """Cosine of every film's text with `text`; zeros where it is empty."""  # (n_items,)
        if not text.strip():
            return np.zeros(len(self.of_films), np.float32)
        found: NDArray[np.float32] = self.of_films @ self.vector(text)
        return found
