"""What the reader's re-ranker is worth, as `examples/reranker_study.rs` measured it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]
FIELDS = frozenset(
    (
        "n_marks",
        "n_readers",
        "auc_head",
        "auc_plain",
        "difference",
        "low",
        "high",
        "n_said_to_help",
        "n_that_did",
        "n_new_readers",
        "ndcg@10_family",
        "ndcg@10_plain",
        "ndcg@10_head",
        "ndcg@10_difference",
        "ndcg@10_low",
        "ndcg@10_high",
    )
)


def read_rows(file: Path) -> list[Row]:
    """The rows that the study printed, fewest marks first."""
    rows: list[Row] = json.loads(file.read_text("utf-8"))
    for row in rows:
        if missing := FIELDS - row.keys():
            raise ValueError(f"{file} is not what the study printed: no {min(missing)}")
    kept = [{name: row[name] for name in row if name in FIELDS} for row in rows]
    return sorted(kept, key=lambda row: int(row["n_marks"]))


def markdown(rows: Sequence[Row]) -> str:
    """Two tables, and what they say in a sentence each."""
    areas = ["marks", "readers", "re-ranker", "plain", "difference", "said to help", "and did"]
    ranked = ["marks", "readers", "EASE", "with plain", "with re-ranker", "re-ranker − EASE"]
    by_marks = [
        [
            str(row["n_marks"]),
            str(row["n_readers"]),
            f"{row['auc_head']:.3f}",
            f"{row['auc_plain']:.3f}",
            f"{row['difference']:+.4f} ({row['low']:+.4f} to {row['high']:+.4f})",
            str(row["n_said_to_help"]),
            str(row["n_that_did"]),
        ]
        for row in rows
    ]
    by_order = [
        [
            str(row["n_marks"]),
            str(row["n_new_readers"]),
            *(f"{row[f'ndcg@10_{name}']:.4f}" for name in ("family", "plain", "head")),
            f"{row['ndcg@10_difference']:+.4f} "
            f"({row['ndcg@10_low']:+.4f} to {row['ndcg@10_high']:+.4f})",
        ]
        for row in rows
        if row["n_new_readers"]
    ]
    parts = [
        _INTRODUCTION,
        _table(areas, by_marks),
        areas_said(rows),
        _ORDER,
        _table(ranked, by_order),
    ]
    return "\n\n".join([*parts, orders_said(rows)])


def areas_said(rows: Sequence[Row]) -> str:
    """Whether the re-ranker tells likes from dislikes better than the plain comparison."""
    better = [str(row["n_marks"]) for row in rows if row["low"] > 0]
    worse = [str(row["n_marks"]) for row in rows if row["high"] < 0]
    largest = max(abs(row["difference"]) for row in rows)
    sentence = f"On average the two are at most {largest:.4f} apart: the re-ranker is "
    sentence += f"better beyond doubt at {' and '.join(better)} marks" if better else "never better"
    sentence += f", worse beyond doubt at {' and '.join(worse)}" if worse else ""
    n_said = sum(row["n_said_to_help"] for row in rows)
    n_did = sum(row["n_that_did"] for row in rows)
    n_asked = sum(row["n_readers"] for row in rows)
    check = f"The check said in {n_said} of {n_asked} cases that it helps; in {n_did} it did."
    return f"{sentence}. {check}"


def orders_said(rows: Sequence[Row]) -> str:
    """Whether the order with the re-ranker is better than the family's own."""
    asked = [row for row in rows if row["n_new_readers"]]
    worse = [str(row["n_marks"]) for row in asked if row["ndcg@10_high"] < 0]
    better = [str(row["n_marks"]) for row in asked if row["ndcg@10_low"] > 0]
    for word, where in (("better", better), ("worse", worse)):
        if where:
            at = " and ".join(where)
            order = f"The order with the re-ranker is {word} than EASE's own"
            return f"{order} beyond doubt at {at} marks."
    return "The order with the re-ranker and EASE's own cannot be told apart."


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


_INTRODUCTION = """### Does the reader's re-ranker help?

Printed by `cargo run --release --example reranker_study`. A reader of `movielens-latest` marks so
many films, drawn at random in the reader's own shares of likes (4 or more of 5) and dislikes (2.5
or less), at least five of each; asked is about all other likes and dislikes, at least ten of each,
of the first 300 readers by number who have enough. *re-ranker* and *plain* are the share of pairs
of a like and a dislike in the right order, the mean over readers, *difference* with its paired 95 %
bootstrap interval over readers. *said to help* counts the readers whose own held-out check switched
the re-ranker on, *and did* those of them whose unseen films agree. The settings were tried on
readers of the 32M slice alone; these readers were looked at once with them. Text vectors know no
ratings, so no reader is in any training; that some of these people had been looked at for an
earlier one of the same kind is not ruled out."""

_ORDER = """NDCG@10 of the likes among the first 200 films of EASE, which reads the likes marked: in
its own order, and by one over its rank times the chance of a like, which the plain comparison or
the re-ranker gives. Only readers who took part in no training of EASE; films that nobody rated
count as misses in each order. Readers among these were looked at twice: a first version ordered by
the re-ranker alone and lost 30 to 49 % of EASE's NDCG, which is why the rank counts now."""
