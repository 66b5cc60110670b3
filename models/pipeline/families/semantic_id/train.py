"""The run of the decoder of semantic IDs, and how well it tells each code."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch

from pipeline import config, paths
from pipeline.data import split as splits
from pipeline.data.split import Cases, ProductSplit
from pipeline.evaluate import metrics, results
from pipeline.families.semantic_id.model import (
    NAME,
    SemanticId,
    SemanticIdConfig,
    codes_of,
    node_shares,
)
from pipeline.ship import manifest
from pipeline.ship.export import record_test, ship_graph
from pipeline.training import loop, runs, training_data
from pipeline.training.next_item import load, padded
from pipeline.training.train_next_item import train
from pipeline.training.training_data import TrainingData

CODES_FILE = "semantic_id.codes.json"


# The run


def training_data_of(
    split: ProductSplit, settings: SemanticIdConfig, *, for_shipping: bool
) -> TrainingData:
    """Ordered histories, and sets in the order in which ordered readers meet their films."""
    training = split.for_shipping if for_shipping else split.for_choice
    guessed = training_data.likely_orders(
        training.sets, training.sequences, training.n_items, seed=settings.seed
    )
    return TrainingData(
        n_items=training.n_items,
        sequences=[*training.sequences, *guessed],
        n_always=training.n_latest,
        valid=None if for_shipping else split.valid_last_ten,
        weights=node_shares(codes_of(settings)[0], training.popularity),
    )


def train_for(table: str, path: Path, benchmark_path: Path) -> None:
    """Trains for choice, to see what validation says, then for shipping in the same way."""
    del benchmark_path
    if table != "B":
        raise ValueError(f"{NAME} reads the catalogue's texts, so it answers in table B alone")
    settings = config.section(path, NAME, SemanticIdConfig)
    split = splits.load_product()
    for kind in ("choice", "shipping"):
        training_set = training_data_of(split, settings, for_shipping=kind == "shipping")
        best = train(settings, training_set, paths.work_dir() / f"{NAME}-{kind}")
        print(best, (best.parent / "train.log").read_text("utf-8").splitlines()[-1], flush=True)


def export(path: Path) -> None:
    """Ships the trained decoder, asks the test part of B, and says the perplexity of each level."""
    del path
    folder = paths.work_dir() / f"{NAME}-shipping"
    ship(folder / "best.pt")
    model, test = load(folder / "best.pt"), splits.load_product().test_last_ten
    assert isinstance(model, SemanticId)
    minutes = loop.minutes_of(folder)
    record_test(NAME, runs.score_with(model), test, minutes=minutes)
    perplexities = quality(model, test)
    for row in [row for row in results.read()["tables"]["B"]["rows"] if row["family"] == NAME]:
        results.record("B", {**row, **perplexities})


def ship(checkpoint: Path) -> None:
    """Puts the decoder of `checkpoint` and the films' codes into the artefacts."""
    from pipeline.families.semantic_id import export as semantic_id_export

    model = load(checkpoint)
    assert isinstance(model, SemanticId)
    artifacts = paths.artifacts_dir()
    kept = {"version": 1, "sizes": list(model.shape.sizes), "codes": model.codes.tolist()}
    file = artifacts / CODES_FILE
    file.write_text(json.dumps(kept, separators=(",", ":")) + "\n", "utf-8")
    write = partial(semantic_id_export.write, model)
    ship_graph(NAME, write, max_history=model.shape.max_history)
    entry = manifest.read_manifest()["families"][NAME]
    entry["files"]["codes"] = manifest.file_record(file, artifacts=artifacts)
    manifest.register_family(NAME, entry)


@torch.no_grad()  # type: ignore[untyped-decorator]
def quality(model: SemanticId, cases: Cases) -> dict[str, Any]:
    """Collision rate, and the perplexity of each code of the answers, given the codes before."""
    log_probs = []
    for start in range(0, len(cases), 64):
        recent = metrics.last_picks(cases.histories[start : start + 64], model.shape.max_history)
        history = torch.from_numpy(padded(recent))
        states = model.states(history, model.table())
        last = (history > 0).sum(dim=1) - 1
        target = torch.from_numpy(cases.targets[start : start + 64].astype(np.int64))
        state = states[torch.arange(len(history)), last]
        log_probs.append(model.log_probabilities(state, target))
    alike = float(model.is_alike().float().mean())
    perplexity = torch.cat(log_probs).mean(dim=0).neg().exp()
    return {"collision_rate": alike, "perplexity": [round(float(one), 3) for one in perplexity]}
