"""The runs of the multimodal network: for choice, for shipping, and without some films."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from pipeline import config, paths
from pipeline.data import modalities
from pipeline.data import split as splits
from pipeline.data.split import Cases, ProductSplit, Rows, shuffle_key
from pipeline.encoder import vectors
from pipeline.families.multimodal import export as multimodal_export
from pipeline.families.multimodal.model import HEADS, MODALITIES, NAME, Multimodal, MultimodalConfig
from pipeline.families.semantic_id.codes import leading_parts
from pipeline.ship.export import record_test, ship_graph
from pipeline.ship.table import popularity_scores
from pipeline.training import loop, runs, training_data
from pipeline.training.next_item import load
from pipeline.training.product_data import ProductData, ProductReads
from pipeline.training.train_next_item import train
from pipeline.training.training_data import TrainingData

Numbers = NDArray[np.float32]
N_FOLDS = 10
"""Films are cut into so many parts; a run without one of them has not met a tenth of the films."""
_SALT = 31


@dataclass(frozen=True)
class Content:
    """What is known of films beside who picked them."""

    features: Mapping[str, Numbers]
    """For each of `HEADS`, (n_items, width)."""
    is_known: Mapping[str, NDArray[np.bool_]]  # (n_items,) each


def read_content(movie_ids: Rows, settings: MultimodalConfig) -> Content:
    """Leading parts of the shipped text vectors, and the trailers' numbers."""
    texts = vectors.unpack((paths.artifacts_dir() / vectors.FILE_NAME).read_bytes())
    parts = leading_parts(texts, min(settings.parts, texts.shape[1]), whiten=settings.whiten)
    heard = {
        "sound": modalities.read_sound(movie_ids),
        "look": modalities.read_look(movie_ids),
        "style": modalities.read_style(movie_ids),
    }
    return Content(
        {"text": parts, **{name: one.features for name, one in heard.items()}},
        {
            "text": np.ones(len(movie_ids), bool),
            **{name: one.is_known for name, one in heard.items()},
        },
    )


def sized(settings: MultimodalConfig, content: Content) -> MultimodalConfig:
    """The settings, with the widths of what is read."""
    return replace(settings, widths=tuple(content.features[name].shape[1] for name in HEADS))


def started(
    training_set: TrainingData,
    n_ratings: NDArray[np.int64],
    content: Content,
    settings: MultimodalConfig,
) -> TrainingData:
    """The training data with what is known of each film, and heads that foretell where it starts.

    By behaviour a film with n ratings is known n / (n + doubt); where there are none, popularity
    is not known to be low: such a film counts as popular as the mean of the others.
    """
    by_picks = n_ratings / (n_ratings + settings.doubt)
    known = {**{name: content.is_known[name] for name in HEADS}, "behaviour": by_picks}
    popular = popularity_scores(n_ratings)
    has_picks = n_ratings > 0
    popular = np.where(has_picks, popular - popular[has_picks].mean(), 0.0)
    assert training_set.items is not None
    weights = {f"features.{name}": content.features[name] for name in HEADS}
    for name in HEADS:
        weights[f"heads.{name}.map"] = _foretelling(
            content.features[name], training_set.items, by_picks * content.is_known[name], settings
        )
    weights["known"] = np.stack([known[name] for name in MODALITIES], axis=1).astype(np.float32)
    weights["popularity"] = popular.astype(np.float32)
    return replace(training_set, weights=weights)


def _foretelling(
    features: Numbers, items: Numbers, weight: NDArray[np.float64], settings: MultimodalConfig
) -> Numbers:
    """The ridge regression of `items` on features, films counting by `weight`, (width, dim)."""
    weighted = features * weight[:, None].astype(np.float32)
    gram = weighted.T @ features + settings.ridge * np.eye(features.shape[1], dtype=np.float32)
    found: Numbers = np.linalg.solve(gram, weighted.T @ items).astype(np.float32)
    return found


# Films that training has not met


def fold_of(movie_ids: Rows) -> NDArray[np.int64]:
    """Which tenth each film is in, by a shuffle of MovieLens ids that is always the same."""
    order = np.argsort(shuffle_key(movie_ids, salt=_SALT), kind="stable")
    found = np.empty(len(movie_ids), np.int64)
    found[order] = np.arange(len(movie_ids)) % N_FOLDS
    return found


def without_films(given: TrainingData, is_out: NDArray[np.bool_], dim: int) -> TrainingData:
    """The same training data where nobody has picked the films of `is_out`, nor could have."""
    assert given.reads is not None
    assert given.n_ordered is not None
    assert given.era is not None
    assert given.is_open is not None
    sequences = [rows[~is_out[rows]] for rows in given.sequences]
    kept = [k for k, rows in enumerate(sequences) if len(rows) > 1]
    histories = [sequences[k] for k in kept]
    counts = training_data.together(histories, given.n_items)
    valid = given.valid
    return replace(
        given,
        sequences=histories,
        n_always=sum(k < given.n_always for k in kept),
        valid=None if valid is None else _asking(valid, ~is_out),
        items=training_data.starting_items(counts, dim, spread=0.05),
        reads=given.reads[kept],
        n_ordered=sum(k < given.n_ordered for k in kept),
        era=given.era[kept],
        is_open=given.is_open & ~is_out,
    )


def _asking(cases: Cases, is_asked: NDArray[np.bool_]) -> Cases:
    """The questions whose answer `is_asked` has."""
    return chosen(cases, is_asked[cases.targets])


def chosen(cases: Cases, kept: NDArray[np.bool_]) -> Cases:
    """Some of the questions."""
    return replace(
        cases,
        histories=[history for history, here in zip(cases.histories, kept, strict=True) if here],
        targets=cases.targets[kept],
        users=cases.user[kept],
        are_last=cases.is_last[kept],
        ratings=None,
    )


# The runs


@dataclass(frozen=True)
class Runs:
    """What all runs of a configuration share."""

    settings: MultimodalConfig
    data: ProductData
    content: Content

    @staticmethod
    def read(path: Path) -> Runs:
        settings = config.section(path, NAME, MultimodalConfig)
        data = ProductData(config.section(path, "product_reads", ProductReads))
        content = read_content(data.split.movie_ids, settings)
        return Runs(sized(settings, content), data, content)

    @property
    def split(self) -> ProductSplit:
        return self.data.split

    def trained(
        self, kind: str, *, without: int | None = None, settings: MultimodalConfig | None = None
    ) -> tuple[Multimodal, Path]:
        """The network for "choice" or "shipping" and its folder; given again, goes on.

        Nothing of the films in fold `without` is learned from anybody's picks.
        """
        settings = settings or self.settings
        is_choice = kind == "choice"
        training = self.split.for_choice if is_choice else self.split.for_shipping
        valid = self.split.valid_last_ten if is_choice else None
        data = self.data.of(training, valid, settings.dim)
        n_ratings = training.popularity
        name = f"{NAME}-{kind}"
        if without is not None:
            is_out = fold_of(self.split.movie_ids) == without
            data = without_films(data, is_out, settings.dim)
            n_ratings = np.where(is_out, 0, n_ratings)
            name += f"-without-{without}"
        data = started(data, n_ratings, self.content, settings)
        folder = paths.work_dir() / name
        return cast("Multimodal", load(train(settings, data, folder))), folder


def train_for(table: str, path: Path, benchmark_path: Path) -> None:
    """Trains for choice, to see what validation says, then for shipping in the same way."""
    del benchmark_path
    if table != "B":
        raise ValueError(f"{NAME} reads what is known of films, so it answers in table B alone")
    every = Runs.read(path)
    for kind in ("choice", "shipping"):
        _, folder = every.trained(kind)
        print(folder, (folder / "train.log").read_text("utf-8").splitlines()[-1], flush=True)


def export(path: Path) -> None:
    """Ships the trained network and asks the test part of B of it."""
    del path
    checkpoint = paths.work_dir() / f"{NAME}-shipping" / "best.pt"
    ship(checkpoint)
    test = splits.load_product().test_last_ten
    minutes = loop.minutes_of(checkpoint.parent)
    record_test(NAME, runs.score_with(load(checkpoint)), test, minutes=minutes)


def ship(checkpoint: Path) -> None:
    """Puts the network of `checkpoint` into the artefacts."""
    model = cast("Multimodal", load(checkpoint))
    write = partial(multimodal_export.write, model)
    ship_graph(NAME, write, max_history=model.shape.max_history)
