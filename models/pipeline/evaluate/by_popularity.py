"""How well families find films that few people rated: B's questions by the answer's popularity.

Films are cut in two ways, both by how often the training part holds them. *Thirds of the films*
is what a reader who browses the catalogue would call rare; hardly any question asks for such a
film. *Thirds of the events* puts as much to learn from into each part, so its rarest part is the
long tail, with questions enough to tell two families apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.data.split import Cases
from pipeline.evaluate import metrics
from pipeline.evaluate.metrics import ScoreBatch

Counts = NDArray[np.int64]
Thirds = NDArray[np.int64]
Row = dict[str, Any]
PARTS = ("rarest", "middle", "most rated")
METRICS = ("ndcg@10", "hr@100")


@dataclass(frozen=True)
class Asked:
    """Questions, and how often what was learned from held each film."""

    name: str
    cases: Cases
    counts: Counts  # (n_items,)


def thirds_of_films(counts: Counts) -> Thirds:
    """0 for the rarest third of the films, 2 for the most rated; ties go by row."""  # (n_items,)
    found = np.empty(len(counts), np.int64)
    found[np.argsort(counts, kind="stable")] = np.arange(len(counts)) * 3 // len(counts)
    return found


def thirds_of_events(counts: Counts) -> Thirds:
    """The same, with a third of all events in each part."""
    order = np.argsort(counts, kind="stable")
    before = np.cumsum(counts[order]) - counts[order]
    found = np.empty(len(counts), np.int64)
    found[order] = np.minimum(before * 3 // max(int(counts.sum()), 1), 2)
    return found


def compared(asked: Asked, ours: str, scores: Mapping[str, ScoreBatch]) -> list[Row]:
    """One row per part that is asked for: what each family reaches, and how far `ours` is ahead.

    Intervals are over users, since one user's questions are alike.
    """
    gained = {family: _gains(score, asked.cases) for family, score in scores.items()}
    user = asked.cases.user
    rows: list[Row] = []
    for cut, thirds in (("films", thirds_of_films), ("events", thirds_of_events)):
        third = thirds(asked.counts)
        for part, name in enumerate(PARTS):
            inside = third[asked.cases.targets] == part
            if not inside.any():
                continue
            counts = asked.counts[third == part]
            row: Row = {
                "questions": asked.name,
                "cut": cut,
                "part": name,
                "n_films": len(counts),
                "most_ratings": int(counts.max(initial=0)),
                "n_questions": int(inside.sum()),
                "n_users": len(np.unique(user[inside])),
                "families": {},
            }
            for family, gain in gained.items():
                row["families"][family] = {
                    metric: round(float(values[inside].mean()), 5)
                    for metric, values in gain.items()
                }
                if family != ours:
                    row["families"][family]["ahead"] = {
                        metric: _ahead(gained[ours][metric][inside], values[inside], user[inside])
                        for metric, values in gain.items()
                    }
            rows.append(row)
    return rows


def _ahead(
    ours: NDArray[np.float64], theirs: NDArray[np.float64], user: NDArray[np.int64]
) -> list[float]:
    """Mean lead, and its low and high end."""
    return [round(one, 5) for one in metrics.paired_difference(ours, theirs, user=user)]


def _gains(score: ScoreBatch, cases: Cases) -> dict[str, NDArray[np.float64]]:
    """What each question adds to the two metrics, (n_questions,)."""
    ranks = metrics.target_ranks(score, cases)
    return {"ndcg@10": metrics.gains(ranks, k=10), "hr@100": (ranks <= 100).astype(np.float64)}


def markdown(rows: Sequence[Row]) -> str:
    """A table for each set of questions."""
    tables = (
        _table([row for row in rows if row["questions"] == questions])
        for questions in dict.fromkeys(row["questions"] for row in rows)
    )
    return "\n\n".join([_HEAD, *tables])


_HEAD = """### Table B by the popularity of the answer

Printed by `python -m pipeline by-popularity`. Films are cut by how often the training part holds
them, into thirds of the films and, since few questions ask for the rarest third of the films, into
thirds of the events as well. *ndcg@10* as above, *hr@100* is the share of answers among the first
hundred. Intervals are paired 95 % bootstrap intervals over users, each with all their questions.
The last ten events of the test users were asked once, for this. *no texts at all* is the same
network started from co-occurrence alone, trained as long; *no links of texts* has them in its table
of films, but no links to films that read alike."""


def _table(rows: Sequence[Row]) -> str:
    ours, *others = rows[0]["families"]
    heads = [head for other in others for head in (other, "ahead of it by")]
    head = ["films", "metric", ours, *heads]
    lines = [f"Questions: {rows[0]['questions']}", ""]
    lines += ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    for row in rows:
        films = (
            f"{row['part']} third of the {row['cut']}: {row['n_films']} films with up to "
            f"{row['most_ratings']} ratings, {row['n_questions']} questions"
        )
        for metric in METRICS:
            cells = [films, metric, f"{row['families'][ours][metric]:.4f}"]
            for other in others:
                found = row["families"][other]
                mean, low, high = found["ahead"][metric]
                cells += [f"{found[metric]:.4f}", f"{mean:+.4f} ({low:+.4f} to {high:+.4f})"]
            lines.append("| " + " | ".join(cells) + " |")
            films = ""
    return "\n".join(lines)
