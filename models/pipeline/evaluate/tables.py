"""Fills the tables of results from what is stored, so that no network has to be trained for them.

Tables B and D ask the shipped files, C those that read sets, A the networks of `models/benchmark`.
Counting families are fitted anew for A and C, which takes minutes.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline import config
from pipeline.data.split import Cases, SequenceSplit, SetCases, SetSplit
from pipeline.evaluate import metrics, overview, results, shipped
from pipeline.evaluate.metrics import ScoreBatch
from pipeline.families import registry
from pipeline.families.linear import Rated, ShippedModel
from pipeline.ship import benchmark, manifest

RATED = "ease_recency (with ratings)"
"""What the differences of table D call the family where it is asked with ratings."""
_OF_FILE = ("note", "seeds", "minutes")
"""What a row says of its file and no question changes."""


def fill_benchmark(
    split: SequenceSplit, path: Path, *, families: Collection[str] = registry.NAMES
) -> None:
    """Table A: counting families as `path` says, fitted and packed, and its stored networks."""
    gains: dict[str, NDArray[np.float64]] = {}
    if counted := _counted("A", families):
        # Fitting needs scipy, asking does not.
        from pipeline.families import counting

        gains |= counting.measure_benchmark(split, counting.read_config(path), only=counted)
    for name, entry in benchmark.read().items():
        if name not in families:
            continue
        ranks = metrics.target_ranks(benchmark.open_network(name).score, split.test)
        gains[name], reached = metrics.gains(ranks, k=10), metrics.reached_by(ranks, split.test)
        row = {"family": name, "form": "shipped", "bytes": entry["file"]["bytes"]}
        trained = results.row_of(name, table="A", form="exact") or {}
        results.record("A", {**row, **_of_file(trained, ("minutes",)), **reached})
        print("A", name, "shipped", f"{reached['ndcg@10']:.4f}", flush=True)
    _record_leads("A", gains)


def fill_sets(split: SetSplit, path: Path, *, families: Collection[str] = registry.NAMES) -> None:
    """Table C: counting families as `path` says, fitted and packed, and the shipped networks."""
    gains: dict[str, NDArray[np.float64]] = {}
    if counted := _counted("C", families):
        from pipeline.families import counting

        gains |= counting.measure_sets(split, counting.read_config(path), only=counted)
    listed = shipped.family_names()
    for family in registry.FAMILIES:
        name = family.name
        if family.kind is not registry.Kind.NETWORK or "C" not in family.tables:
            continue
        if name in families and name in listed:
            score = shipped.open_family(name, unordered=True).score
            kept = results.shipped_row(name, table="C") or {}
            n_bytes = manifest.family_bytes(name)
            record_sets(name, score, split.test, minutes=kept.get("minutes"), n_bytes=n_bytes)
            gains[name] = metrics.set_gains(score, split.test)
    _record_leads("C", gains)


def record_sets(
    name: str,
    score: ScoreBatch,
    cases: SetCases,
    *,
    minutes: float | None,
    n_bytes: int | None = None,
    note: str = "",
) -> None:
    """One row of table C: shipped where there are bytes, else exact."""
    row: results.Row = {"family": name, "form": "exact"}
    if minutes is not None:
        row["minutes"] = minutes
    if n_bytes is not None:
        row.update(form="shipped", bytes=n_bytes)
    if note:
        row["note"] = note
    reached = metrics.set_metrics(score, cases)
    results.record("C", {**row, **reached})
    print("C", name, row["form"], note, f"{reached['ndcg@100']:.4f}", flush=True)


def fill_sequences(
    table: str, cases: Cases, path: Path, *, families: Collection[str] = registry.NAMES
) -> None:
    """Table B or D: every shipped file, and how far each is from the best that counts.

    Where D asks EASE with recency, it asks it with what readers gave each film as well.
    """
    gains = {}
    for name in shipped.family_names():
        if name not in families:
            continue
        ranks = metrics.target_ranks(shipped.open_family(name).score, cases)
        row = {"family": name, "form": "shipped", **metrics.reached_by(ranks, cases)}
        more = ("collision_rate", "perplexity") if table == "B" else ()
        row |= _of_file(results.shipped_row(name) or {}, (*_OF_FILE, *more))
        results.record(table, {**row, "bytes": manifest.family_bytes(name)})
        gains[name] = metrics.gains(ranks, k=10)
        print(table, name, f"{row['ndcg@10']:.4f}", flush=True)
    if table == "D" and "ease_recency" in gains:
        model = shipped.open_family("ease_recency")
        assert isinstance(model, ShippedModel)
        ranks = config.section(path, "ease_ratings", Rated).ranks(model, cases)
        noted = {"family": "ease_recency", "form": "shipped", "note": "with ratings"}
        results.record(table, {**noted, **metrics.reached_by(ranks, cases)})
        gains[RATED] = metrics.gains(ranks, k=10)
    # Everything beside the best of counting, and what a card says of two families.
    pairs = [(name, "ease_recency") for name in sorted(gains)] + [("mult_vae", "ease")]
    for ours, theirs in dict.fromkeys(pairs):
        if ours != theirs and {ours, theirs} <= gains.keys():
            difference = metrics.paired_difference(gains[ours], gains[theirs], user=cases.user)
            results.record_difference(table, ours, theirs, difference)


def _record_leads(table: str, gains: dict[str, NDArray[np.float64]]) -> None:
    """How far all are from the best that counts, where that was asked as well."""
    best = overview.BEST_COUNTING[table]
    for name in sorted(gains.keys() - {best}) if best in gains else ():
        difference = metrics.paired_difference(gains[name], gains[best])
        metric = overview.METRIC[table]
        results.record_difference(table, name, best, difference, metric=metric)


def _counted(table: str, families: Collection[str]) -> list[str]:
    """Those of `families` that count and are in `table`."""
    every = (family for family in registry.COUNTED if table in family.tables)
    return [family.name for family in every if family.name in families]


def _of_file(row: results.Row, fields: Collection[str]) -> results.Row:
    return {field: row[field] for field in fields if field in row}
