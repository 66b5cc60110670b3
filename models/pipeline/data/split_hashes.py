"""The hashes of splits A to D, of which `splits.json` keeps the committed ones."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pipeline import paths
from pipeline.data.split import ProductSplit, Rows, SequenceSplit, SetSplit


def split_hashes(benchmark: SequenceSplit, product: ProductSplit, sets: SetSplit) -> dict[str, str]:
    """One sha256 per part of each split, over film ids and so independent of how rows are kept."""
    a, b, c = benchmark, product, sets
    return {
        "A/train": _digest(a.movie_ids, a.train),
        "A/valid": _digest(a.movie_ids, a.valid.histories, [a.valid.targets]),
        "A/test": _digest(a.movie_ids, a.test.histories, [a.test.targets]),
        "B/for_choice": _digest(b.movie_ids, b.for_choice.sequences, b.for_choice.sets),
        "B/for_shipping": _digest(b.movie_ids, b.for_shipping.sequences, b.for_shipping.sets),
        "B/valid": _digest(b.movie_ids, b.valid.histories, [b.valid.targets]),
        "B/valid_last_ten": _digest(
            b.movie_ids, b.valid_last_ten.histories, [b.valid_last_ten.targets]
        ),
        "B/valid_last_fifty": _digest(
            b.movie_ids, b.valid_last_fifty.histories, [b.valid_last_fifty.targets]
        ),
        "B/test_last_ten": _digest(
            b.movie_ids, b.test_last_ten.histories, [b.test_last_ten.targets]
        ),
        "D/valid": _digest(b.movie_ids, b.valid_liked.histories, [b.valid_liked.targets]),
        "D/test": _digest(b.movie_ids, b.test_liked.histories, [b.test_liked.targets]),
        "B/test": _digest(b.movie_ids, b.test.histories, [b.test.targets]),
        "C/train": _digest(c.movie_ids, c.train),
        "C/valid": _digest(c.movie_ids, c.valid.shown, c.valid.asked),
        "C/test": _digest(c.movie_ids, c.test.shown, c.test.asked),
    }


def _digest(movie_ids: Rows, *parts: Sequence[Rows]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(np.array([len(rows) for rows in part], "<i4").tobytes())
        for rows in part:
            digest.update(movie_ids[rows].astype("<i4").tobytes())
    return digest.hexdigest()


def hashes_file() -> Path:
    return paths.MODELS_DIR / "splits.json"


def differing_hashes(found: dict[str, str], file: Path | None = None) -> list[str]:
    """Names of the parts whose hash is not the committed one."""
    kept = json.loads((file or hashes_file()).read_text())
    return sorted(name for name in kept.keys() | found.keys() if kept.get(name) != found.get(name))
