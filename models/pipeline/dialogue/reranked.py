"""The first films of a conversation's list, put in another order by the language model.

Each title's log-probability after what was said, less its share of the same after nothing, is set
beside the score of the step before: both standardised over the films in question, and added.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pipeline import paths
from pipeline.data.catalogue import Catalogue
from pipeline.dialogue.replay import Asked
from pipeline.errors import InputError
from pipeline.llm.prompt import Wording
from pipeline.llm.session import LanguageModel
from pipeline.llm.tokenizer import BEGIN, Tokenizer
from pipeline.program import Floats

TOP = 20
"""How many films change places, and only among themselves."""
OPENING = "A conversation about movies.\n"
ASKED = "Recommender: Have you seen"
_SPEAKERS = ("Seeker: ", "Recommender: ")
_MOST_TOKENS = 300
"""Of what was said, the newest."""


class Reranker:
    """The model that `make llm` built, as it came."""

    def __init__(self, catalogue: Catalogue, *, folder: Path | None = None) -> None:
        folder = folder or paths.llm_dir()
        if not (folder / "llm.json").exists():
            raise InputError(f"there is no language model in {folder}: run `make llm` first")
        listed = json.loads((folder / "llm.json").read_text("utf-8"))
        graph = b"".join((folder / part["path"]).read_bytes() for part in listed["parts"])
        self._model = LanguageModel(graph, adapted=0.0)
        pieces = json.loads((folder / listed["tokenizer"]["path"]).read_text("utf-8"))["pieces"]
        self._tokenizer = Tokenizer(pieces)
        self._wording = Wording(**listed["prompt"])
        self._catalogue = catalogue
        self._of_nobody: dict[int, float] = {}
        self._known: dict[tuple[tuple[str, ...], tuple[int, ...]], Floats] = {}

    def evidence(self, context: Sequence[str], rows: Sequence[int]) -> Floats:
        """How much likelier each film's title is after what was said, in nats."""  # (rows,)
        key = tuple(context), tuple(rows)
        if key not in self._known:
            self._known[key] = self._evidence(context, rows)
        return self._known[key]

    def _evidence(self, context: Sequence[str], rows: Sequence[int]) -> Floats:
        titles = [self._title(row) for row in rows]
        new = [k for k, row in enumerate(rows) if row not in self._of_nobody]
        if new:
            plain = self._model.log_probs(self._tokens([]), [titles[k] for k in new])
            self._of_nobody.update({rows[k]: float(it) for k, it in zip(new, plain, strict=True)})
        nobody = np.array([self._of_nobody[row] for row in rows], np.float32)
        return np.asarray(
            self._model.log_probs(self._tokens(context), titles)
            - self._wording.calibration * nobody,
            np.float32,
        )

    def rescored(self, asked: Asked, before: Floats, *, weight: float) -> Floats:
        """`before` with its first `TOP` films in another order; those named before do not move.

        `weight` is what a standard deviation of the model's evidence counts against one of the
        scores before; infinite, the model's order alone.
        """
        unseen = before.astype(np.float64)
        unseen[list(asked.turn.named)] = -np.inf
        rows = np.argsort(-unseen, kind="stable")[:TOP]
        rows = rows[np.isfinite(unseen[rows])]
        if len(rows) < 2:
            return before
        model = _standard(self.evidence(asked.turn.context, [int(row) for row in rows]))
        mixed = model if np.isinf(weight) else _standard(before[rows]) + weight * model
        after = before.astype(np.float64)
        # The same scores, given out in the new order: nothing outside moves.
        after[rows[np.argsort(-mixed, kind="stable")]] = np.sort(before[rows])[::-1]
        return after.astype(np.float32)

    def _title(self, row: int) -> list[int]:
        film = (self._catalogue.title[row], int(self._catalogue.year[row]))
        return self._wording.candidate(self._tokenizer, film)

    def _tokens(self, context: Sequence[str]) -> list[int]:
        """The seeker spoke last."""
        n = len(context)
        said = [f"{_SPEAKERS[(n - 1 - k) % 2]}{text}\n" for k, text in enumerate(context)]
        context_ids = self._tokenizer.encode("".join(said))[-_MOST_TOKENS:]
        opening, asked = self._tokenizer.encode(OPENING), self._tokenizer.encode(ASKED)
        return [BEGIN, *opening, *context_ids, *asked]


def _standard(values: Floats) -> Floats:
    spread = float(values.std())
    found: Floats = (values - values.mean()) / (spread if spread > 0 else 1.0)
    return found
