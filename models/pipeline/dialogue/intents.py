"""Marked conversations: which intents people marked, and which the page reads.

IARD (Cai and Chen, UMAP 2020) marks every utterance of 299 conversations of ReDial; what its labels
are called here stands in `LABELS`.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pipeline import paths
from pipeline.dialogue.redial import IARD
from pipeline.program import Program

OURS = (
    "Ask", "Refine", "Critique", "Reject", "More", "Explain", "Compare",
    "ChitChat", "StartOver", "Undo", "Unread",
)  # fmt: skip
LABELS = {
    "IQU": ("first query", ("Ask", "Refine", "Critique")),
    "CON": ("continues", ("More", "Refine", "Critique")),
    "REF": ("says it otherwise", ("Refine", "Critique", "Ask")),
    "STO": ("starts over", ("StartOver", "Ask")),
    "PRO": ("tells a preference", ("Ask", "Refine", "Critique")),
    "ANS": ("answers", ("Ask", "Refine", "Critique")),
    "ASK": ("asks back", ("Ask",)),
    "INQ": ("asks about a film", ("Ask", "Explain")),
    "SEE": ("has seen it", ("Reject", "Refine", "Critique")),
    "ACC": ("accepts", ("ChitChat", "Refine")),
    "REJ": ("rejects", ("Reject", "Critique")),
    "CRI-F": ("criticises a feature", ("Critique",)),
    "CRI-A": ("adds a constraint", ("Critique", "Refine")),
    "CRI-C": ("compares", ("Critique", "Compare", "Refine")),
    "NRE": ("neutral", ("ChitChat", "Refine")),
    "OTH": ("other", ("ChitChat", "Unread")),
}
"""Their labels, and which of our intents agree with each."""
_NAMED = re.compile(r"@\d+\s*<(.*?)>")


class Utterance(NamedTuple):
    """What a seeker said."""

    text: str
    labels: list[str]
    shown: list[str]
    """Films the other one named just before, as titles with years."""
    is_first: bool


def read(path: Path) -> Iterator[Utterance]:
    """Every utterance of a seeker, conversation by conversation."""
    for conversation in json.loads(gzip.decompress(path.read_bytes())).values():
        turns = sorted(conversation["dialogue_info"].values(), key=lambda it: it["utterance_pos"])
        shown: list[str] = []
        is_first = True
        for turn in turns:
            text, films = _plain(turn["utterance_text"])
            if turn["role"] != "seeker":
                shown = films
                continue
            yield Utterance(text, turn["sub-intent/action"], shown, is_first)
            shown, is_first = [], False


def _plain(text: str) -> tuple[str, list[str]]:
    films = [" ".join(name.split()) for name in _NAMED.findall(text)]
    return " ".join(_NAMED.sub(lambda it: it[1], text).split()), films


def table(said: Iterator[Utterance], program: Program) -> dict[str, Counter[str]]:
    """How often each of our intents was read under each of their labels."""
    found = {label: Counter[str]() for label in LABELS}
    wish: Any = None
    about: int | None = None
    for text, labels, shown, is_first in said:
        if is_first:
            wish = about = None
        heard = program.hear(text, wish=wish, shown=program.known(shown), about=about)
        wish, about = heard["wish"], heard.get("about")
        for label in set(labels) & found.keys():
            found[label][heard["intent"]] += 1
    return found


def judge(artifacts: Path) -> dict[str, Any]:
    """The table of the shipped rules."""
    with Program(artifacts) as program:
        return summarised(table(read(paths.data_dir() / IARD), program))


def summarised(counts: dict[str, Counter[str]]) -> dict[str, Any]:
    """Counts, and the share of each label that agrees with ours."""
    return {
        label: {
            "n": of.total(),
            "agree": round(sum(of[it] for it in LABELS[label][1]) / max(of.total(), 1), 3),
            **{name: of[name] for name in OURS if of[name]},
        }
        for label, of in counts.items()
    }


def markdown(found: dict[str, Any]) -> str:
    """The table, a label a row."""
    columns = [name for name in OURS if any(name in row for row in found.values())]
    head = ["marked", "as", "n", "agree", *columns]
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    for label, row in found.items():
        agreeing = LABELS[label][1]
        counts = [str(row.get(name, "")) for name in columns]
        cells = [
            f"**{n}**" if n and name in agreeing else n
            for name, n in zip(columns, counts, strict=True)
        ]
        lines.append(
            f"| {label} | {LABELS[label][0]} | {row['n']} | {row['agree']:.2f} | "
            + " | ".join(cells)
            + " |"
        )
    return "\n".join(lines)
