"""The families that read films' texts."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline import vectors
from pipeline.families import text_history


def rows(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int32)


def unit(n_items: int, dim: int, seed: int = 0) -> np.ndarray:
    found = np.random.default_rng(seed).standard_normal((n_items, dim)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def test_a_file_of_vectors_comes_back_within_its_rounding() -> None:
    wanted = unit(5, 8)
    data = vectors.pack(wanted)
    assert np.abs(vectors.unpack(data) - wanted).max() < 0.005
    for wrong in (data[:-1], data[:10], b"GRTB" + data[4:]):
        with pytest.raises(ValueError, match="vectors"):
            vectors.unpack(wrong)


def test_text_history_is_the_sum_it_says() -> None:
    texts = unit(6, 4)
    settings = text_history.Settings(n_last=2, decay=0.5, popularity_weight=0.3)
    popularity = np.linspace(0, 1, 6, dtype=np.float32)
    found = text_history.directions(texts)
    model = text_history.TextHistory(found, settings.query(), popularity)
    centred = texts - texts.mean(0)

    def cosine(i: int, j: int) -> float:
        a, b = centred[i], centred[j]
        return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))

    # The oldest of three picks is not read.
    scores = model.score([rows(5, 1, 2)])[0]
    wanted = [cosine(2, j) + 0.5 * cosine(1, j) + 0.3 * popularity[j] for j in range(6)]
    assert scores == pytest.approx(wanted, abs=1e-5)


def test_a_text_like_all_others_points_nowhere() -> None:
    found = text_history.directions(np.ones((3, 4), np.float32))
    assert np.isfinite(found).all()
    assert np.abs(found).max() < 1e-3
