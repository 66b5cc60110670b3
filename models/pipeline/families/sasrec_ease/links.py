"""EASE's links: counted on sets, put beside a trained SASRec, their scale chosen on validation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

import torch

from pipeline import paths
from pipeline.data import split as splits
from pipeline.data.split import Cases, ProductTraining
from pipeline.evaluate import metrics
from pipeline.families.sasrec.model import Sasrec
from pipeline.families.sasrec_ease.model import SasrecEase, SasrecEaseShape
from pipeline.training import runs, training_data
from pipeline.training.next_item import load, save
from pipeline.training.training_data import Neighbours

LINKED = "linked.pt"


@dataclass(frozen=True)
class Links:
    """Which links are added to a network's scores, and how."""

    neighbours: int = 16
    """Links per film."""
    ridge: float = 300.0
    """Of the EASE they come from, fitted on sets alone."""
    forget: float = 0.7
    """A pick `age` picks ago counts `forget ** age`."""
    scales: tuple[float, ...] = (10.0, 20.0, 30.0, 45.0, 70.0, 100.0)
    """Scales of the links to try; validation chooses."""


def links_of(training: ProductTraining, settings: Links) -> Neighbours:
    """The strongest links of an EASE fitted on the sets."""
    sets = training_data.together(training.sets, training.n_items)
    weights = training_data.ease_weights(sets, ridge=settings.ridge)
    return training_data.strongest(weights, settings.neighbours)


def with_links(model: Sasrec, links: Neighbours, scale: float, *, forget: float) -> SasrecEase:
    """The same network, adding `links` to its scores at `scale`."""
    shape = SasrecEaseShape(**asdict(model.shape), neighbours=links.item.shape[1], forget=forget)
    found = SasrecEase(shape)
    found.load_state_dict(model.state_dict(), strict=False)
    found.prior.item.copy_(torch.from_numpy(links.item))
    found.prior.weight.copy_(torch.from_numpy(links.weight))
    found.prior.scale.fill_(scale)
    found.eval()
    return found


def best_scale(model: Sasrec, links: Neighbours, settings: Links, cases: Cases) -> float:
    """The scale with the highest NDCG@10 on `cases`."""
    reached: dict[float, float] = {}
    for scale in settings.scales:
        linked = with_links(model, links, scale, forget=settings.forget)
        ranks = metrics.target_ranks(runs.score_with(linked), cases)
        reached[scale] = float(metrics.gains(ranks, k=10).mean())
        print(f"links at scale {scale:g}: {reached[scale]:.4f}", flush=True)
    return max(reached, key=lambda scale: reached[scale])


def linked_both(networks: Sequence[Path], settings: Links, family: str) -> tuple[Path, Path]:
    """Puts links beside a network for choice and one for shipping, at the scale the first chooses.

    Returns their weights, in the folders of `family`.
    """
    chosen, shipping = (cast("Sasrec", load(one)) for one in networks)
    split = splits.load_product()
    links = links_of(split.for_choice, settings)
    scale = best_scale(chosen, links, settings, split.valid_last_ten)
    linked = with_links(chosen, links, scale, forget=settings.forget)
    first = save(linked, paths.work_dir() / f"{family}-choice" / LINKED)
    links = links_of(split.for_shipping, settings)
    linked = with_links(shipping, links, scale, forget=settings.forget)
    return first, save(linked, paths.work_dir() / f"{family}-shipping" / LINKED)
