"""How films' trailers sound and look: numbers by MovieLens id, standardised.

Sound and look are of MMTF-14K (Deldjoo et al., MMSys 2018), Apache 2.0 in the repository they come
from. Style is of the Mise-en-Scène data set (Deldjoo et al., Journal on Data Semantics 5, 2016),
of which no licence is stated: its numbers may train, and nothing made of a film's own ships.
"""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline import paths
from pipeline.data.readers import DataError

Rows = NDArray[np.int32]
FOLDER = "modalities"
SOUND = Path("mmtf14k-slice/fused_llm_mmtf_audio_IVec_splitItem_fold_1_gmm_256_tvDim_40.csv.gz")
LOOK = Path("mmtf14k-slice/fused_llm_mmtf_avf_med.csv.gz")
STYLE = Path("mise-en-scene-13k/LLVisualFeatures13K_Log.csv.gz")
FURTHEST = 3.0
"""Standard deviations from the mean beyond which a number is cut: a few columns have long tails."""


@dataclass(frozen=True)
class Modality:
    """What one modality says of the catalogue's films."""

    features: NDArray[np.float32]
    """Standardised over the films that have them; zeros elsewhere."""  # (n_items, width)
    is_known: NDArray[np.bool_]  # (n_items,)


def read_sound(movie_ids: Rows, folder: Path | None = None) -> Modality:
    """The i-vector of the trailer's sound, 40 numbers."""
    return _placed(_read_embeddings(_path(folder, SOUND)), movie_ids)


def read_look(movie_ids: Rows, folder: Path | None = None) -> Modality:
    """The trailer's aesthetic visual features, 107 numbers, each the median over its frames."""
    return _placed(_read_embeddings(_path(folder, LOOK)), movie_ids)


def read_style(movie_ids: Rows, folder: Path | None = None) -> Modality:
    """Seven numbers of the trailer's shots, colour, motion and light."""
    path = _path(folder, STYLE)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        if next(lines, [])[:1] != ["ML_Id"]:
            raise DataError(f"{path} should begin with ML_Id and the names of its numbers")
        return _placed({int(movie): _numbers(path, told) for movie, *told in lines}, movie_ids)


def _path(folder: Path | None, file: Path) -> Path:
    return (folder or paths.data_dir()) / FOLDER / file


def _read_embeddings(path: Path) -> dict[int, NDArray[np.float64]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file)
        if not {"itemId", "embedding"} <= set(lines.fieldnames or ()):
            raise DataError(f"{path} should have the columns itemId and embedding")
        return {int(line["itemId"]): _numbers(path, line["embedding"].split(",")) for line in lines}


def _numbers(path: Path, told: list[str]) -> NDArray[np.float64]:
    try:
        found = np.array(told, np.float64)
    except ValueError:
        raise DataError(f"{path} should hold numbers, not {told[:3]}") from None
    if not np.isfinite(found).all():
        raise DataError(f"{path} holds a number that is none")
    return found


def _placed(of_movie: dict[int, NDArray[np.float64]], movie_ids: Rows) -> Modality:
    """By catalogue row, standardised."""
    known = [(row, of_movie[m]) for row, m in enumerate(movie_ids.tolist()) if m in of_movie]
    if not known:
        raise DataError("no film of the catalogue has a trailer's numbers")
    rows = np.array([row for row, _ in known])
    numbers = np.stack([found for _, found in known])
    spread = numbers.std(axis=0)
    standard = (numbers - numbers.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    features = np.zeros((len(movie_ids), numbers.shape[1]), np.float32)
    features[rows] = np.clip(standard, -FURTHEST, FURTHEST)
    is_known = np.zeros(len(movie_ids), bool)
    is_known[rows] = True
    return Modality(features, is_known)
