"""The runs of SASRec with texts, with and without them, and their comparison by popularity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from pipeline import config, paths
from pipeline.data import split as splits
from pipeline.data.split import Cases
from pipeline.encoder import vectors
from pipeline.evaluate import metrics, results, shipped
from pipeline.evaluate.by_popularity import Asked, compared
from pipeline.evaluate.metrics import ScoreBatch
from pipeline.families.sasrec.model import Sasrec, SasrecShape
from pipeline.families.sasrec_ease import export as sasrec_ease_export
from pipeline.families.sasrec_ease.links import Links, best_scale, links_of, with_links
from pipeline.families.sasrec_ease.model import NAME as SASREC_EASE
from pipeline.families.sasrec_ease.model import SasrecEase
from pipeline.families.sasrec_text.model import NAME, Numbers, SasrecText, SasrecTextConfig
from pipeline.families.semantic_id.codes import leading_parts
from pipeline.families.text_history import directions
from pipeline.ship.export import record_test, ship_graph
from pipeline.training import loop, runs, training_data
from pipeline.training.next_item import load, save
from pipeline.training.product_data import ProductData, ProductReads
from pipeline.training.train_next_item import train
from pipeline.training.training_data import Neighbours, TrainingData

SEEN, WHOLE = "seen.pt", "linked.pt"
"""A network with links to films seen together, and with links to films that read alike as well."""
WITHOUT = "sasrec_text-without"
"""The folders of the same network with no texts in its table."""


@dataclass(frozen=True)
class TextLinks:
    """Links from each film to films that read alike, beside EASE's to films seen together."""

    neighbours: int = 4
    alike: float = 0.2
    """Cosine between texts, less the mean of all films', from which on two films are alike."""
    doubt: float = 500.0
    """A film with so many ratings is helped half as much as one with none."""
    scales: tuple[float, ...] = (4.0, 7.0, 10.0, 15.0)
    """Scales of these links to try, ascending; validation chooses."""


def traits_of(n_ratings: NDArray[np.int64], settings: SasrecTextConfig) -> Numbers:
    """Leading parts of the shipped text vectors, and how many ratings, (n_items, parts + 1).

    The count is there so that texts need not say how often films of their kind are picked.
    """
    texts = vectors.unpack((paths.artifacts_dir() / vectors.FILE_NAME).read_bytes())
    parts = leading_parts(texts, min(settings.parts, texts.shape[1]), whiten=settings.whiten)
    counted = np.log1p(n_ratings)
    counted = (counted - counted.mean()) / max(float(counted.std()), 1e-9)
    return np.concatenate([parts, counted[:, None].astype(np.float32)], axis=1)


def started(
    training_set: TrainingData, n_ratings: NDArray[np.int64], settings: SasrecTextConfig
) -> TrainingData:
    """Parts the starting items into what texts predict of them and what is their own.

    Without texts they stay as they are.
    """
    if settings.parts == 0:
        return training_set
    assert training_set.items is not None
    traits = traits_of(n_ratings, settings)
    gram = traits.T @ traits + settings.ridge * np.eye(traits.shape[1], dtype=np.float32)
    trait_map = np.linalg.solve(gram, traits.T @ training_set.items).astype(np.float32)
    believed = (n_ratings / (n_ratings + settings.doubt)).astype(np.float32)
    return replace(
        training_set,
        items=training_set.items - traits @ trait_map,
        weights={"traits": traits, "trait_map": trait_map, "believed": believed},
    )


def folded(model: SasrecText) -> Sasrec:
    """A SASRec with the same answers, whose item table holds the sum."""
    shape = {one.name: getattr(model.shape, one.name) for one in fields(SasrecShape)}
    found = Sasrec(SasrecShape(**shape))
    kept = {name: model.state_dict()[name] for name in found.state_dict()}
    found.load_state_dict({**kept, "items": model.table().detach()})
    found.eval()
    return found


# Links


def text_links(n_ratings: NDArray[np.int64], settings: TextLinks) -> Neighbours:
    """Films that read most like each film; those that few have rated are helped most.

    The others need no help: co-occurrence knows more of them than texts do.
    """
    texts = vectors.unpack((paths.artifacts_dir() / vectors.FILE_NAME).read_bytes())
    direction = directions(texts).astype(np.float32)
    above = np.maximum(direction @ direction.T - settings.alike, 0.0)
    np.fill_diagonal(above, 0.0)
    needed = (settings.doubt / (n_ratings + settings.doubt)).astype(np.float32)
    return training_data.strongest(above * needed, settings.neighbours)


def together(seen: Neighbours, read: Neighbours, scales: tuple[float, float]) -> Neighbours:
    """Links of both kinds, each times its scale."""
    item = np.concatenate([seen.item, read.item], axis=1)
    weight = np.concatenate([seen.weight * scales[0], read.weight * scales[1]], axis=1)
    order = np.argsort(item, axis=1, kind="stable")
    return Neighbours(
        np.take_along_axis(item, order, axis=1),
        np.take_along_axis(weight, order, axis=1).astype(np.float32),
    )


# The runs


def train_for(table: str, path: Path, benchmark_path: Path) -> None:
    """Trains with texts and, for the comparison, without; each for choice, then for shipping."""
    del benchmark_path
    if table != "B":
        raise ValueError(f"{NAME} reads the catalogue's texts, so it answers in table B alone")
    settings = config.section(path, NAME, SasrecTextConfig)
    of_texts = config.section(path, f"{NAME}_links", TextLinks)
    of_ease = config.section(path, SASREC_EASE, Links)
    data = ProductData(config.section(path, "product_reads", ProductReads))
    split = data.split
    scales: dict[str, tuple[float, float]] = {}
    for kind, training in (("choice", split.for_choice), ("shipping", split.for_shipping)):
        valid = split.valid_last_ten if kind == "choice" else None
        seen = links_of(training, of_ease)
        read = text_links(training.popularity, of_texts)
        for name, how in ((NAME, settings), (WITHOUT, replace(settings, parts=0))):
            folder = paths.work_dir() / f"{name}-{kind}"
            training_set = data.of(training, valid, how.dim)
            training_set = started(training_set, training.popularity, how)
            model = folded(cast("SasrecText", load(train(how, training_set, folder))))
            if valid is not None:
                scale = best_scale(model, seen, of_ease, valid)
                tried = [(scale, of_text) for of_text in (0.0, *of_texts.scales)]
                scales[name] = largest_scales(model, seen, read, tried, of_ease.forget, valid)
            scale, of_text = scales[name]
            plain = with_links(model, seen, scale, forget=of_ease.forget)
            print(save(plain, folder / SEEN), flush=True)
            both = together(seen, read, (scale, of_text))
            whole = with_links(model, both, 1.0, forget=of_ease.forget)
            print(save(whole, folder / WHOLE), flush=True)


def largest_scales(
    model: Sasrec,
    seen: Neighbours,
    read: Neighbours,
    tried: Sequence[tuple[float, float]],
    forget: float,
    cases: Cases,
) -> tuple[float, float]:
    """The last pair of scales whose NDCG@10 on `cases` is not below that of the first.

    Links of texts are there for films that few have rated, which hardly any question asks for:
    they may be as large as they cost nothing over all questions.
    """
    reached: list[float] = []
    for scales in tried:
        whole = with_links(model, together(seen, read, scales), 1.0, forget=forget)
        ranks = metrics.target_ranks(runs.score_with(whole), cases)
        reached.append(float(metrics.gains(ranks, k=10).mean()))
        print(f"links of texts at scale {scales[1]:g}: {reached[-1]:.4f}", flush=True)
    return [pair for pair, gain in zip(tried, reached, strict=True) if gain >= reached[0]][-1]


def export(path: Path) -> None:
    """Ships the trained network, asks the test part of B, and compares it by popularity."""
    del path
    checkpoint = paths.work_dir() / f"{NAME}-shipping" / WHOLE
    ship(checkpoint)
    split = splits.load_product()
    minutes = loop.minutes_of(checkpoint.parent)
    record_test(NAME, runs.score_with(load(checkpoint)), split.test_last_ten, minutes=minutes)


def ship(checkpoint: Path) -> None:
    """Puts the network of `checkpoint`, with its links, into the artefacts."""
    model = cast("SasrecEase", load(checkpoint))
    write = partial(sasrec_ease_export.write, model)
    ship_graph(NAME, write, max_history=model.shape.max_history)


# The comparison


def compare() -> list[results.Row]:
    """By the popularity of the answer: against the shipped `sasrec_ease`, and without texts.

    On validation with the networks trained for choice, on test with the shipped files and, where
    there is none, with the network as it was trained.
    """
    split = splits.load_product()
    rows: list[results.Row] = []
    for kind, training, sets in (
        (
            "choice",
            split.for_choice,
            {
                "validation, last ten": split.valid_last_ten,
                "validation, last fifty": split.valid_last_fifty,
            },
        ),
        (
            "shipping",
            split.for_shipping,
            {"test, last ten": split.test_last_ten, "test, last": split.test},
        ),
    ):

        def kept(name: str, part: str, kind: str = kind) -> ScoreBatch:
            return runs.score_with(load(paths.work_dir() / f"{name}-{kind}" / part))

        is_shipped = kind == "shipping"
        scores = {
            NAME: shipped.open_family(NAME).score if is_shipped else kept(NAME, WHOLE),
            SASREC_EASE: shipped.open_family(SASREC_EASE).score
            if is_shipped
            else kept(SASREC_EASE, WHOLE),
            "no texts at all": kept(WITHOUT, SEEN),
            "no links of texts": kept(NAME, SEEN),
        }
        for questions, cases in sets.items():
            rows += compared(Asked(questions, cases, training.popularity), NAME, scores)
    results.record_by_popularity(rows)
    return rows
