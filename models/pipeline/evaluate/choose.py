"""Tries settings of the counting families on validation. Prints; the choice goes into the TOML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline import paths
from pipeline.data.split import Cases
from pipeline.encoder import vectors
from pipeline.evaluate import metrics
from pipeline.families import counts, ease, itemknn, markov, markov_multilag, text_history
from pipeline.families.counting import BaselineConfig, Tried, ask
from pipeline.families.linear import Evidence, LinearModel, Query, Rated, ShippedModel, fading
from pipeline.ship.table import pack


def tried(
    evidence: Evidence, settings: BaselineConfig, cases: Cases, *, families: Sequence[str] = ()
) -> Iterator[Tried]:
    """One family after the other, each around its present settings."""
    trials = {
        "markov": _markov,
        "markov_multilag": _multilag,
        "itemknn": _itemknn,
        "ease": _ease,
        text_history.NAME: _text_history,
    }
    for name in families or trials:
        yield from trials[name](evidence, settings, cases)


def _markov(evidence: Evidence, settings: BaselineConfig, cases: Cases) -> Iterator[Tried]:
    for weight in (0.0, 0.001, 0.003, 0.01, 0.03):
        model = markov.fit(evidence, replace(settings.markov, popularity_weight=weight))
        yield ask("markov", f"popularity_weight {weight}", model, cases)
    model = markov.fit(evidence, settings.markov)
    yield from _packs("markov", evidence, model, cases, (12, 24, 48))


def _multilag(evidence: Evidence, settings: BaselineConfig, cases: Cases) -> Iterator[Tried]:
    base = settings.markov_multilag
    for lag_decay in (0.7, 0.8, 0.9):
        for row_power, popularity_power in ((0.5, 0.25), (0.75, 0.4), (0.5, 0.0), (1.0, 0.25)):
            change = replace(
                base,
                lag_decay=lag_decay,
                row_power=row_power,
                popularity_power=popularity_power,
            )
            model = markov_multilag.fit(evidence, change)
            for decay in (0.7, 0.8, 0.9):
                asked = replace(model, query=fading(decay, base.n_last))
                yield ask("markov_multilag", f"{change} asked with {decay}", asked, cases)
    model = markov_multilag.fit(evidence, base)
    for weight in (0.0, 0.01, 0.03):
        query = fading(base.decay, base.n_last, popularity_weight=weight)
        asked = replace(model, query=query)
        yield ask("markov_multilag", f"popularity_weight {weight}", asked, cases)
    yield from _packs("markov_multilag", evidence, model, cases, (32, 64, 96, 128))


def _itemknn(evidence: Evidence, settings: BaselineConfig, cases: Cases) -> Iterator[Tried]:
    for shrink in (0.0, 20.0, 100.0):
        for n_neighbours in (10, 20, 50, 100):
            change = itemknn.Settings(n_neighbours, shrink)
            yield ask("itemknn", str(change), itemknn.fit(evidence, change), cases)
    model = itemknn.fit(evidence, settings.itemknn)
    yield from _packs("itemknn", evidence, model, cases, (10, 20, 40))


def _ease(evidence: Evidence, settings: BaselineConfig, cases: Cases) -> Iterator[Tried]:
    n_together = counts.together(evidence.histories, evidence.n_items)
    for penalty in (300.0, 600.0, 1000.0):
        weights = ease.ease_weights(n_together, penalty)
        model = LinearModel(weights, Query(), evidence.popularity_scores())
        yield ask("ease", f"penalty {penalty}", model, cases)
        for decay, n_last in ((0.6, 20), (0.7, 20), (0.8, 20), (0.9, 40)):
            for rest in (0.0, 0.02, 0.05, 0.1):
                asked = replace(model, query=fading(decay, n_last, rest=rest))
                setting = f"penalty {penalty} decay {decay} n_last {n_last} rest {rest}"
                yield ask("ease_recency", setting, asked, cases)
        if penalty == settings.ease.penalty:
            asked = ease.with_recency(model, settings.ease)
            yield from _packs("ease_recency", evidence, asked, cases, (64, 96, 128, 192))


def rated(evidence: Evidence, settings: BaselineConfig, cases: Cases) -> Iterator[str]:
    """What EASE's ratings are worth on table D: each way of asking beside the same without them."""
    n_together = counts.together(evidence.histories, evidence.n_items)
    weights = ease.ease_weights(n_together, settings.ease.penalty)
    model = LinearModel(weights, Query(), evidence.popularity_scores())
    for decay, rest in ((0.7, 0.02), (0.7, 0.05), (0.8, 0.05), (0.9, 0.05)):
        without: NDArray[np.float64] | None = None
        for slope in (0.0, 0.25, 0.5, 1.0, 1.5):
            for floor in (0.0, -0.5) if slope else (0.0,):
                way = Rated(settings.ease.n_last, decay, rest, slope, floor)
                gain = metrics.gains(way.ranks(model, cases), k=10)
                without = gain if without is None else without
                mean, low, high = metrics.paired_difference(gain, without, user=cases.user)
                yield f"{gain.mean():.4f} ratings {mean:+.4f} ({low:+.4f} to {high:+.4f})  {way}"


def _text_history(evidence: Evidence, settings: BaselineConfig, cases: Cases) -> Iterator[Tried]:
    del settings
    shipped = vectors.unpack((paths.artifacts_dir() / vectors.FILE_NAME).read_bytes())
    if len(shipped) != evidence.n_items:  # table A's films are not the catalogue's
        return
    directions, popularity = text_history.directions(shipped), evidence.popularity_scores()
    for decay, n_last in ((0.7, 10), (0.8, 5), (0.8, 10), (0.8, 20), (0.9, 10), (0.9, 20)):
        for weight in (0.0, 0.5, 1.0, 1.5, 2.0):
            change = text_history.Settings(n_last, decay, weight)
            model = text_history.TextHistory(directions, change.query(), popularity)
            ranks = metrics.target_ranks(model.score, cases)
            gain = float(metrics.gains(ranks, k=10).mean())
            yield Tried(text_history.NAME, str(change), gain, float((ranks <= 10).mean()))


def _packs(
    family: str,
    evidence: Evidence,
    model: LinearModel,
    cases: Cases,
    widths: tuple[int, ...],
) -> Iterator[Tried]:
    assert model.weights is not None
    yield ask(family, "not packed", model, cases)
    use = np.sqrt(evidence.n_picked()).astype(np.float32)
    for width in widths:
        n_entries = width * evidence.n_items
        table = pack(model.weights, n_entries=n_entries, row_weight=use)
        shipped = ShippedModel(table, model.query, model.popularity)
        yield ask(family, f"packed, {width} entries an item", shipped, cases)
