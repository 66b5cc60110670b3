"""Fits, packs, measures and ships the counting families."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline import config, paths
from pipeline.data.split import Cases, ProductSplit, ProductTraining, SequenceSplit, SetSplit
from pipeline.evaluate import metrics, results
from pipeline.evaluate.metrics import ScoreBatch
from pipeline.families import ease, itemknn, markov, markov_multilag, popularity, registry
from pipeline.families.linear import Evidence, LinearModel, ShippedModel
from pipeline.ship import golden, manifest
from pipeline.ship.table import ItemTable, pack

POPULARITY_FILE = "popularity.scores"
GOLDEN_TOLERANCE = 1e-4


@dataclass(frozen=True)
class Pack:
    """How many entries a table keeps, per catalogue item on average."""

    markov: float = 24.0
    markov_multilag: float = 72.0
    ease: float = 128.0
    itemknn: float = 20.0

    def n_entries(self, family: str, n_items: int) -> int:
        return int(getattr(self, family) * n_items)


@dataclass(frozen=True)
class BaselineConfig:
    """Settings of every counting family."""

    popularity: popularity.Settings
    markov: markov.Settings
    markov_multilag: markov_multilag.Settings
    ease: ease.Settings
    itemknn: itemknn.Settings
    pack: Pack


def read_config(path: Path) -> BaselineConfig:
    """The counting families' sections of a configuration."""
    return BaselineConfig(
        popularity=popularity.Settings(),
        markov=config.section(path, "markov", markov.Settings),
        markov_multilag=config.section(path, "markov_multilag", markov_multilag.Settings),
        ease=config.section(path, "ease", ease.Settings),
        itemknn=config.section(path, "itemknn", itemknn.Settings),
        pack=config.section(path, "pack", Pack),
    )


@dataclass(frozen=True)
class Fitted:
    """One family, exact and as it ships."""

    name: str
    table_name: str | None
    """The family whose table it asks: `ease_recency` asks that of `ease`."""
    exact: LinearModel
    shipped: ShippedModel
    minutes: float


def product_evidence(training: ProductTraining) -> Evidence:
    """What the product learns from; ML-1M's readers all left by 2003."""
    return Evidence(training.n_items, training.sequences, training.sets, training.n_latest)


def fit_all(
    evidence: Evidence, settings: BaselineConfig, *, only: Sequence[str] = ()
) -> Iterator[Fitted]:
    """Every counting family in turn, so that one dense table at a time is in memory."""
    use = np.sqrt(evidence.n_picked()).astype(np.float32)

    def packed(name: str, model: LinearModel, row_use: NDArray[np.float32]) -> ItemTable:
        assert model.weights is not None
        n_entries = settings.pack.n_entries(name, evidence.n_items)
        return pack(model.weights, n_entries=n_entries, row_weight=row_use)

    of_tables = {family.table_of for family in registry.COUNTED if family.name in only}
    fitted: Fitted | None = None
    for family in registry.COUNTED:
        if only and family.name not in {*only, *of_tables}:
            continue
        if family.table_of and fitted is not None:
            # It asks the table that was fitted just before.
            exact, table = ease.with_recency(fitted.exact, settings.ease), fitted.shipped.table
            minutes = fitted.minutes
        else:
            began = time.monotonic()
            exact = family.module().fit(evidence, getattr(settings, family.name))
            minutes = (time.monotonic() - began) / 60
            table = None if exact.weights is None else packed(family.name, exact, use)
        table_name = (family.table_of or family.name) if table else None
        shipped = ShippedModel(table, exact.query, exact.popularity)
        fitted = Fitted(family.name, table_name, exact, shipped, minutes)
        if not only or family.name in only:
            yield fitted


def ship(
    split: ProductSplit,
    settings: BaselineConfig,
    *,
    ask_test: bool,
    artifacts: Path | None = None,
) -> None:
    """Fits on all of B's training data; writes tables, entries and golden answers.

    With `ask_test` it also measures the exact and the shipped forms on the test part.
    """
    artifacts = artifacts or paths.artifacts_dir()
    evidence = product_evidence(split.for_shipping)
    scores_path = artifacts / POPULARITY_FILE
    scores_path.write_bytes(evidence.popularity_scores().astype("<f4").tobytes())
    for fitted in fit_all(evidence, settings):
        files: dict[str, Any] = {}
        if fitted.table_name is not None and fitted.shipped.table is not None:
            path = artifacts / f"{fitted.table_name}.table"
            if fitted.name == fitted.table_name:
                path.write_bytes(fitted.shipped.table.to_bytes())
            files["table"] = manifest.file_record(path, artifacts=artifacts)
        if fitted.exact.query.popularity_weight:
            files["scores"] = manifest.file_record(scores_path, artifacts=artifacts)
        entry = {"files": files, **fitted.exact.query.entry()}
        manifest.register_family(fitted.name, entry, artifacts=artifacts)
        n_bytes = sum(record["bytes"] for record in files.values())
        if ask_test:
            _record("B", fitted, split.test_last_ten, n_bytes=n_bytes, artifacts=artifacts)
    manifest.write_manifest(artifacts)
    for family in registry.COUNTED:
        golden.write_golden(family.name, tolerance=GOLDEN_TOLERANCE, artifacts=artifacts)


def measure_benchmark(
    split: SequenceSplit,
    settings: BaselineConfig,
    *,
    only: Sequence[str],
    artifacts: Path | None = None,
) -> dict[str, NDArray[np.float64]]:
    """Table A: fitted on ML-1M alone, asked for each user's last event.

    Returns every user's NDCG@10 of each family as packed.
    """
    evidence = Evidence(split.n_items, split.train, [])
    return {
        fitted.name: _record("A", fitted, split.test, n_bytes=None, artifacts=artifacts)
        for fitted in fit_all(evidence, settings, only=only)
    }


def measure_sets(
    split: SetSplit,
    settings: BaselineConfig,
    *,
    only: Sequence[str],
    artifacts: Path | None = None,
) -> dict[str, NDArray[np.float64]]:
    """Table C: families that need no order; EASE with the penalty that its validation likes.

    Returns every user's NDCG@100 of each family as packed.
    """
    gains = {}
    settings = replace(settings, ease=replace(settings.ease, penalty=ease.SET_PENALTY))
    evidence = Evidence(split.n_items, [], split.train)
    for fitted in fit_all(evidence, settings, only=only):
        for form, model in (("exact", fitted.exact), ("shipped", fitted.shipped)):
            reached = metrics.set_metrics(_score(model), split.test)
            row = {"family": fitted.name, "form": form, "minutes": fitted.minutes, **reached}
            results.record("C", row, artifacts=artifacts)
            print("C", fitted.name, form, f"{reached['ndcg@100']:.4f}", flush=True)
        gains[fitted.name] = metrics.set_gains(_score(fitted.shipped), split.test)
    return gains


def _record(
    table: str, fitted: Fitted, cases: Cases, *, n_bytes: int | None, artifacts: Path | None
) -> NDArray[np.float64]:
    """Records both forms; NDCG@10 of the packed one."""
    for form, model in (("exact", fitted.exact), ("shipped", fitted.shipped)):
        ranks = metrics.target_ranks(_score(model), cases)
        reached = metrics.reached_by(ranks, cases)
        row: results.Row = {"family": fitted.name, "form": form, "minutes": fitted.minutes}
        if form == "shipped" and n_bytes is not None:
            row["bytes"] = n_bytes
        results.record(table, {**row, **reached}, artifacts=artifacts)
        print(table, fitted.name, form, f"{reached['ndcg@10']:.4f}", flush=True)
    return metrics.gains(ranks, k=10)


def _score(model: LinearModel | ShippedModel) -> ScoreBatch:
    return lambda histories: model.score(histories)


# Choosing, on validation


@dataclass(frozen=True)
class Tried:
    """One setting and what it reached on validation."""

    family: str
    setting: str
    ndcg: float
    hit_rate: float

    def __str__(self) -> str:
        return f"{self.family:16} {self.ndcg:.4f} {self.hit_rate:.4f}  {self.setting}"


def ask(family: str, setting: str, model: LinearModel | ShippedModel, cases: Cases) -> Tried:
    """NDCG@10 and HR@10 on validation."""
    ranks = metrics.target_ranks(_score(model), cases)
    gain = float(metrics.gains(ranks, k=10).mean())
    return Tried(family, setting, gain, float((ranks <= 10).mean()))
