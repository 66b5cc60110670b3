"""The site's own rules, asked: the program `glassrec-core`, JSON lines in and out.

No rule is written twice: what is fitted and measured here is what the site runs.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline import paths
from pipeline.errors import InputError

Floats = NDArray[np.float32]
Counts = NDArray[np.int64]
Wish = dict[str, Any]
"""As Rust writes it: lists of rows and traits, `years`, `text`."""
PIECES = (
    *("meaning", "likeness", "shared", "genre", "tag", "person"),
    *("popularity", "named", "next"),
)
"""What the ranker weighs, in its order."""
Weights = dict[str, float]
"""What each of `PIECES` counts."""


class Evidence(NamedTuple):
    """What the models say for a wish."""

    vector: Floats | None = None
    """Of the words searched, (dim,)."""
    next: Floats | None = None
    """The sequential model's logits, (n_items,); NaN where the site knows none."""
    named: Counts | None = None
    """Conversations that named each film, (n_items,)."""


Film = tuple[str, int]
"""Title and year, 0 unknown."""


class Program:
    """One running program, ended with its owner."""

    def __init__(self, artifacts: Path | None = None) -> None:
        artifacts = artifacts or paths.artifacts_dir()
        self._running = subprocess.Popen(
            [_built()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "GLASSREC_ARTIFACTS": str(artifacts.resolve())},
        )

    def hear(
        self,
        message: str,
        *,
        wish: Wish | None = None,
        shown: Sequence[int] = (),
        about: int | None = None,
    ) -> dict[str, Any]:
        """What a message does to a wish, with the films on screen and the one last spoken of."""
        said = {"wish": wish or {}, "message": message, "shown": list(shown), "about": about}
        return self._ask("hear", said)

    def replay(self, context: Sequence[str]) -> Wish:
        """The seeker's wish after a conversation of two, in which the seeker spoke last."""
        found: Wish = self._ask("replay", {"context": list(context)})["wish"]
        return found

    def pieces(self, wish: Wish, evidence: Evidence) -> Floats:
        """What the weights are multiplied with; NaN for films that the filters send away."""
        found = self._ask("pieces", _asked(wish, evidence))["pieces"]
        return _floats(found).reshape(-1, len(PIECES))  # (n_items, n_pieces)

    def rank(
        self, wish: Wish, evidence: Evidence, weights: Weights, top: int
    ) -> list[tuple[int, float]]:
        """The best films that fit, with their scores."""
        asked = {"asked": _asked(wish, evidence), "weights": weights, "top": top}
        return [(row, score) for row, score in self._ask("rank", asked)["ranked"]]

    def scores(self, wish: Wish, evidence: Evidence, weights: Weights) -> Floats:
        """What `rank` orders all films by; −inf for films that the filters send away."""
        asked = {"asked": _asked(wish, evidence), "weights": weights}
        return _floats(self._ask("scores", asked)["scores"])  # (n_items,)

    def seek(
        self, target: int, shown: Sequence[Sequence[int]], *, names_people: bool
    ) -> str | None:
        """What the seeker says after the lists shown, the newest last; None with nothing to say."""
        asked = {
            "target": target,
            "shown": [list(it) for it in shown],
            "names_people": names_people,
        }
        found: str | None = self._ask("seek", asked)["message"]
        return found

    def labelled(self, labels: Sequence[str]) -> list[int | None]:
        """The film that each "Title (Year)" or "Title" means; None where the site has none."""
        found: list[int | None] = self._ask("labelled", {"labels": list(labels)})["rows"]
        return found

    def known(self, labels: Sequence[str]) -> list[int]:
        """The films that such labels mean, each once; without those that the site lacks."""
        return list(dict.fromkeys(row for row in self.labelled(labels) if row is not None))

    def tokenize(self, encoder: str, text: str) -> list[int]:
        """What a shipped text encoder reads of a text."""
        found: list[list[int]] = self._ask("tokenize", {"encoder": encoder, "texts": [text]})["ids"]
        return found[0]

    def item_texts(self, catalogue: str, details: str) -> list[str]:
        """What a text encoder reads of each film of a catalogue, given as its two files."""
        found: list[str] = self._ask("item_texts", {"file": catalogue, "details": details})["texts"]
        return found

    def orders(
        self,
        history: Sequence[int],
        *,
        score: float,
        without: Sequence[float],
        attention: Sequence[float] | None = None,
        contributions: Sequence[float] | None = None,
    ) -> dict[str, list[int]]:
        """The picks by each explanation of one recommendation, the most important first.

        `score` is the film's with all picks, `without` with each alone left out; `attention` and
        `contributions` are what the model tells of each pick, where it tells it.
        """
        asked = {
            "history": list(history),
            "score": score,
            "without": list(without),
            "attention": attention,
            "contributions": contributions,
        }
        found: dict[str, list[int]] = self._ask("orders", asked)["orders"]
        return found

    def prompts(self, wording: dict[str, Any], histories: Sequence[Sequence[Film]]) -> list[str]:
        """The prompt for each history; films oldest first."""
        asked = {"wording": wording, "histories": histories}
        found: list[str] = self._ask("prompts", asked)["texts"]
        return found

    def titles(self, wording: dict[str, Any], films: Sequence[Film]) -> list[str]:
        """Each film's title as it would follow a prompt."""
        found: list[str] = self._ask("titles", {"wording": wording, "films": films})["texts"]
        return found

    def read_vocabulary(self, name: str, json_text: str) -> None:
        """Gives a language model's vocabulary, as `llm.tokenizer.json` holds it, a name."""
        self._ask("vocabulary", {"name": name, "json": json_text})

    def encode(self, vocabulary: str, texts: Sequence[str]) -> list[list[int]]:
        """The language model's tokens of each text; nothing is added."""
        asked = {"vocabulary": vocabulary, "texts": texts}
        found: list[list[int]] = self._ask("encode", asked)["rows"]
        return found

    def decode(self, vocabulary: str, rows: Sequence[Sequence[int]]) -> list[str]:
        """The text of each row of tokens; bytes that are no UTF-8 become the mark for that."""
        asked = {"vocabulary": vocabulary, "rows": rows}
        found: list[str] = self._ask("decode", asked)["texts"]
        return found

    def pieces_met(self, vocabulary: str, texts: Sequence[str]) -> list[list[int]]:
        """Every piece that cutting each text meets: what a smaller vocabulary has to keep."""
        asked = {"vocabulary": vocabulary, "texts": texts}
        found: list[list[int]] = self._ask("pieces_met", asked)["rows"]
        return found

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends it."""
        if self._running.stdin is not None:
            self._running.stdin.close()
        self._running.wait()

    def _ask(self, name: str, what: dict[str, Any]) -> dict[str, Any]:
        running = self._running
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(json.dumps({name: what}) + "\n")
        running.stdin.flush()
        line = running.stdout.readline()
        if not line:
            raise InputError("the program `glassrec-core` ended; its last words stand above")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise InputError(f"the program `glassrec-core` cannot read this: {answer['error']}")
        return answer


def _floats(told: str) -> Floats:
    return np.frombuffer(base64.b64decode(told), "<f4")


def _asked(wish: Wish, evidence: Evidence) -> dict[str, Any]:
    vector, following, named = evidence
    return {
        "wish": wish,
        "vector": [] if vector is None else vector.tolist(),
        "next": ""
        if following is None
        else base64.b64encode(following.astype("<f4").tobytes()).decode(),
        "named": [] if named is None else named.tolist(),
    }


def _built() -> str:
    """The program's path; built now where it is older than its source, which cargo knows.

    `GLASSREC_CORE` names one that is built already.
    """
    if given := os.environ.get("GLASSREC_CORE"):
        return given
    command = ["cargo", "build", "--release", "--locked", "--quiet", "--package", "glassrec-core"]
    print(f"{' '.join(command)}: a minute the first time", file=sys.stderr)
    try:
        subprocess.run(command, cwd=paths.PROJECT_DIR, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise InputError(f"the rules are a Rust program, which needs cargo: {error}") from error
    folder = os.environ.get("CARGO_TARGET_DIR", str(paths.PROJECT_DIR / "target"))
    return str(Path(folder) / "release" / "glassrec-core")
