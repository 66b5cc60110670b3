"""Which modality helps whom: one network asked with some of its modalities switched off.

Questions are cut by the film they ask for: how often it was picked, whether it has all modalities,
whether training has met it. Every difference is paired, over the same users.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.evaluate import metrics

Row = dict[str, Any]
Ranks = NDArray[np.int64]
METRICS = ("ndcg@10", "hr@10", "hr@100", "mrr")


def compared(
    ranks: Mapping[str, Ranks], user: NDArray[np.int64], *, reference: str
) -> dict[str, Row]:
    """What each variant reaches, and how far it is ahead of `reference`, [mean, low, high]."""
    gained = {variant: _gains(of_variant) for variant, of_variant in ranks.items()}
    found: dict[str, Row] = {}
    for variant, gain in gained.items():
        row: Row = {metric: round(float(gain[metric].mean()), 5) for metric in METRICS}
        if variant != reference:
            row["ahead"] = {
                metric: [
                    round(one, 5)
                    for one in metrics.paired_difference(
                        gain[metric], gained[reference][metric], user=user
                    )
                ]
                for metric in METRICS
            }
        found[variant] = row
    return found


def _gains(ranks: Ranks) -> dict[str, NDArray[np.float64]]:
    """What each question adds to each metric."""
    return {
        "ndcg@10": metrics.gains(ranks, k=10),
        "hr@10": (ranks <= 10).astype(np.float64),
        "hr@100": (ranks <= 100).astype(np.float64),
        "mrr": 1.0 / ranks,
    }


def asked(
    ranks: Mapping[str, Ranks],
    user: NDArray[np.int64],
    inside: NDArray[np.bool_],
    *,
    reference: str,
    about: Row,
) -> list[Row]:
    """One row for the questions of `inside`; none where there are none."""
    if not inside.any():
        return []
    of_users = user[inside]
    counted = {"n_questions": int(inside.sum()), "n_users": len(np.unique(of_users))}
    variants = compared(
        {name: one[inside] for name, one in ranks.items()}, of_users, reference=reference
    )
    return [{**about, **counted, "reference": reference, "variants": variants}]


def markdown(found: Mapping[str, Sequence[Row]]) -> str:
    """Both tables: switches, and films that training has not met."""
    parts = [_HEAD]
    if rows := found.get("switches"):
        parts.append(_SWITCHES)
        parts += _tables(rows, ("ndcg@10", "hr@100"))
    if rows := found.get("cold"):
        parts.append(_COLD.format(folds=len(rows[0]["folds"])))
        parts += _tables(rows, ("ndcg@10", "hr@10", "hr@100", "mrr"))
    return "\n\n".join(parts)


def _tables(rows: Sequence[Row], shown: Sequence[str]) -> list[str]:
    """A table for each set of questions."""
    return [
        _table([row for row in rows if row["questions"] == questions], shown)
        for questions in dict.fromkeys(row["questions"] for row in rows)
    ]


def _table(rows: Sequence[Row], shown: Sequence[str]) -> str:
    reference = rows[0]["reference"]
    heads = ["films asked for", "modalities", *shown, f"{shown[0]}, ahead of {reference}"]
    heads.append(f"hr@100, ahead of {reference}")
    lines = [f"Questions: {rows[0]['questions']}", ""]
    lines += ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    for row in rows:
        films = f"{row['films']}: {row['n_questions']} questions of {row['n_users']} users"
        for variant, reached in row["variants"].items():
            cells = [films, variant, *(f"{reached[metric]:.4f}" for metric in shown)]
            for metric in (shown[0], "hr@100"):
                ahead = reached.get("ahead", {}).get(metric)
                cells.append(_difference(ahead) if ahead else "")
            lines.append("| " + " | ".join(cells) + " |")
            films = ""
    return "\n".join(lines)


def _difference(ahead: Sequence[float]) -> str:
    mean, low, high = ahead
    return f"{mean:+.4f} ({low:+.4f} to {high:+.4f})"


_HEAD = """### Which modality helps whom

Printed by `python -m pipeline modalities`, of `multimodal` in full precision: on validation the
network trained for choice, on test the one trained to ship. *hr@100* is the share of answers among
the first hundred, *mrr* the mean reciprocal rank. Intervals are paired 95 % bootstrap intervals
over users."""

_SWITCHES = """**Switches**: the same network with modalities switched off, for the reader's picks
and for all films. Thirds are those of the comparison by popularity. *with style* adds the numbers
of the Mise-en-Scène data set, which train and do not ship."""

_COLD = """**Cold films**: a random tenth of the films is taken out of all behaviour before
training, and asked for; {folds} such tenths in turn, their questions put together. Readers and all
other films are known by behaviour as well, a cold film by the modalities named alone. It is ranked
among all films, or among the cold ones. The networks are trained as the one for choice is."""
