"""Golden lists: what talks come to with the shipped models, for the page to come to again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.dialogue.fit import Fitted
from pipeline.dialogue.models import Models
from pipeline.ship import manifest

TOP = 10
N_ON_SCREEN = 3
"""How many films an answer names."""
TOLERANCE = 0.06
"""Of a score on the page: the encoder's cosines move a little there, and count seven times."""
TALKS: dict[str, Sequence[str]] = {
    "negation": (
        "a crime film from the 90s, no comedy",
        "nothing with Robert De Niro",
        "I don't like horror. Action!",
    ),
    "more like one but otherwise": (
        "more like Alien but older",
        "more like Blade Runner but funny",
        "something like The Matrix (1999) but with Sigourney Weaver",
    ),
    "a fresh start": (
        "war movies with Tom Cruise",
        "not those",
        "forget that, a western from the 60s",
    ),
    "more": ("a heist film", "more", "not that one"),
}


def write(models: Models, fitted: Fitted) -> Path:
    """Writes and registers `golden/dialogue.json`."""
    path = models.artifacts / "golden" / "dialogue.json"
    path.parent.mkdir(exist_ok=True)
    page = ",\n".join(_dumped(on_the_page(name, models, fitted)) for name in TALKS)
    path.write_text(f'{{"page_tolerance": {TOLERANCE},\n"page": [\n{page}\n]}}\n', "utf-8")
    manifest.register_golden("dialogue", path, artifacts=models.artifacts)
    return path


def on_the_page(name: str, models: Models, fitted: Fitted) -> dict[str, Any]:
    """The lists of a talk as the page shows them to somebody without a history."""
    program = models.program
    wish, about = program.replay([]), None
    shown: list[int] = []
    turns: list[dict[str, Any]] = []
    for message in TALKS[name]:
        heard = program.hear(message, wish=wish, shown=shown, about=about)
        wish, about = heard["wish"], heard["about"]
        evidence = models.evidence(wish, history=(), named=fitted.named)
        chosen = fitted.weights_for(evidence)
        best = program.rank(wish, evidence, chosen, TOP)
        turns.append({"message": message, "top": [[row, round(score, 4)] for row, score in best]})
        shown = [row for row, _ in best[:N_ON_SCREEN]]
    return {"name": name, "turns": turns}


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
