"""The shipped models a conversation asks: text encoder, vectors, sequential model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from pipeline.data.catalogue import read_catalogue
from pipeline.encoder.text_reader import TextReader
from pipeline.evaluate import shipped
from pipeline.program import Counts, Evidence, Floats, Program, Wish
from pipeline.ship import manifest

SEQUENTIAL = "sasrec_ease"
"""The model that says what comes next after films."""


class Models:
    """Opened as the site opens them, each answer kept: conversations ask the same again."""

    def __init__(self, artifacts: Path, *, encoder: str = "small_encoder") -> None:
        files = manifest.read_manifest(artifacts)["catalogue"]
        for part in ("file", "details"):
            manifest.check_file(files[part], artifacts)
        self.artifacts = artifacts
        self.catalogue = read_catalogue(artifacts)
        self.program = Program(artifacts)
        self.reader = TextReader(encoder, artifacts, self.program)
        self._next: dict[tuple[int, ...], Floats] = {}

    def evidence(
        self, wish: Wish, *, history: Sequence[int] | None = None, named: Counts | None = None
    ) -> Evidence:
        """What the models say for a wish; with a `history`, empty or not, the sequential one too.

        That one reads the history and then the films liked in the conversation. `named` are the
        conversations that named each film, (n_items,).
        """
        picks = None if history is None else [*history, *wish["liked"]]
        return Evidence(
            self.reader.vector(wish["text"]) if wish["text"] else None,
            self.next(picks) if picks else None,
            named,
        )

    def next(self, picks: Sequence[int]) -> Floats:
        """The sequential model's logits after some films; NaN where the site knows none."""
        self.prepare([picks])
        return self._next[_key(picks)]

    def prepare(self, histories: Iterable[Sequence[int]]) -> None:
        """Asks the sequential model of many histories at once, which is several times as fast."""
        new = [key for key in dict.fromkeys(map(_key, histories)) if key not in self._next]
        if not new:
            return
        found = self._sequential.score([np.array(key, np.int32) for key in new])
        for key, logits in zip(new, found.astype(np.float32), strict=True):
            # The site asks for a ranked list, which leaves out what was picked.
            logits[list(key)] = np.nan
            self._next[key] = logits

    @cached_property
    def _sequential(self) -> shipped.Scorer:
        return shipped.open_family(SEQUENTIAL, self.artifacts)


def _key(picks: Sequence[int]) -> tuple[int, ...]:
    """As the site's history: each film once, where it came first."""
    return tuple(dict.fromkeys(picks))
