"""Films that MovieLens holds under two numbers: `merged_films.tsv`, checked by hand.

A merged film's events, facts and links are the kept film's. Knows nothing of catalogue rows.
"""

from __future__ import annotations

import csv
from functools import cache

import numpy as np

from pipeline import paths
from pipeline.data.readers import Events

FILE_NAME = "merged_films.tsv"


@cache
def kept_ids() -> dict[int, int]:
    """MovieLens ids of merged films to those of the films that are kept."""
    with (paths.MODELS_DIR / FILE_NAME).open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {int(row["movieId"]): int(row["same_film_as"]) for row in rows}


def merge(events: Events, kept: dict[int, int]) -> Events:
    """The same events with merged films under the id that is kept.

    A user who has both films keeps the first of the two events. Needs events in order.
    """
    item = events.item.copy()
    for merged, same in kept.items():
        item[events.item == merged] = same
    renamed = np.flatnonzero(np.isin(item, list(kept.values())))
    pairs = np.stack([events.user[renamed], item[renamed]])
    _, first = np.unique(pairs, axis=1, return_index=True)
    is_left = np.ones(len(events), bool)
    is_left[renamed] = False
    is_left[renamed[first]] = True
    return events.with_items(item).where(is_left)
