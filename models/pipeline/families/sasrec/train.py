"""SASRec's two runs: the benchmark on ML-1M, and the product, which starts from nothing of it.

Every part keeps its checkpoints in its own folder under `GLASSREC_WORK`, so that one command,
given again, goes on wherever it stopped.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

import numpy as np

from pipeline import config, paths
from pipeline.data import split as splits
from pipeline.data.readers import Events
from pipeline.data.split import Cases, ProductTraining, Rows
from pipeline.families.gru4rec.model import NAME as GRU4REC
from pipeline.families.gru4rec.model import Gru4recConfig
from pipeline.families.sasrec import export as sasrec_export
from pipeline.families.sasrec.model import Sasrec, SasrecConfig
from pipeline.ship import quantize
from pipeline.ship.export import record_test, ship_graph
from pipeline.training import loop, runs, training_data
from pipeline.training.next_item import load
from pipeline.training.train_next_item import train
from pipeline.training.training_data import TrainingData

NAME = "sasrec"


@dataclass(frozen=True)
class ProductTrainingData:
    """What the product network reads, and how often."""

    ml1m_reads: float = 0.2
    """Share of the ML-1M users that an epoch reads."""
    set_reads: float = 0.3
    """Share of the sets that an epoch reads, each in an order drawn anew."""
    recent_from: int = 2010
    """movielens-latest users still active in this year are read more often."""
    recent_reads: float = 3.0
    """So often in an epoch; earlier ones once."""


def train_for(table: str, path: Path, benchmark_path: Path) -> None:
    """Trains what table A or B asks for; given again, goes on where it stopped."""
    if table == "A":
        benchmark(benchmark_path)
    else:
        print(*product(path))


def benchmark(path: Path) -> None:
    """Trains every seed of table A, from GRU4Rec's items, and records their mean on test."""
    settings = config.section(path, NAME, SasrecConfig)
    recurrent = config.section(path, GRU4REC, Gru4recConfig)
    make_data = partial(runs.known_items, recurrent, settings.dim)
    runs.benchmark(settings, config.section(path, "sasrec_seeds", runs.Seeds).seeds, make_data)


def product(path: Path) -> tuple[Path, Path]:
    """Trains for choice and for shipping; returns the weights of both."""
    settings = config.section(path, NAME, SasrecConfig)
    reads = config.section(path, "sasrec_training_data", ProductTrainingData)
    files = splits.read_files()
    split = splits.load_product(files=files)
    years = last_years(files.latest, split.movie_ids)

    def trained(training: ProductTraining, valid: Cases | None, kind: str) -> Path:
        training_set = product_training_data(training, valid, years, settings.dim, reads)
        return train(settings, training_set, paths.work_dir() / f"{NAME}-{kind}")

    chosen = trained(split.for_choice, split.valid_last_ten, "choice")
    return chosen, trained(split.for_shipping, None, "shipping")


def last_years(events: Events, movie_ids: Rows) -> dict[bytes, int]:
    """The year of each user's last event, by the user's catalogue rows."""
    found: dict[bytes, int] = {}
    for _, of_user in events.users():
        films = events.item[of_user]
        rows = np.searchsorted(movie_ids, films[np.isin(films, movie_ids)]).astype(np.int32)
        moment = np.datetime64(int(events.time[of_user][-1]), "s")
        found[rows.tobytes()] = int(str(moment)[:4])
    return found


def product_training_data(
    training: ProductTraining,
    valid: Cases | None,
    years: dict[bytes, int],
    dim: int,
    reads: ProductTrainingData,
) -> TrainingData:
    """Ordered histories and shuffled sets, starting from co-occurrence.

    Half of the ordered readers left before 2005, and ML-1M's before 2004. A film that nobody had
    seen in a reader's time is no wrong answer to that reader: else the network learns that new
    films are never picked. The sets, which know no time, show how films share readers.
    """
    latest = training.sequences[: training.n_latest]
    n_ml1m = len(training.sequences) - training.n_latest
    year = np.array([years[rows.tobytes()] for rows in latest])
    first_year = np.full(training.n_items, 9999)
    for rows, seen in zip(latest, year, strict=True):
        first_year[rows] = np.minimum(first_year[rows], seen)
    all_years = np.arange(year.min(), year.max() + 1)
    ml1m_open = np.bincount(
        np.concatenate(training.sequences[training.n_latest :]), minlength=training.n_items
    )
    is_open = [first_year <= one for one in all_years]
    is_open += [ml1m_open > 0, np.ones(training.n_items, np.bool_)]
    era = [year - year.min(), np.full(n_ml1m, len(all_years))]
    era.append(np.full(len(training.sets), len(all_years) + 1))
    often = [np.where(year >= reads.recent_from, reads.recent_reads, 1.0)]
    often += [np.full(n_ml1m, reads.ml1m_reads), np.full(len(training.sets), reads.set_reads)]
    everything = training_data.together([*training.sequences, *training.sets], training.n_items)
    return TrainingData(
        n_items=training.n_items,
        sequences=[*training.sequences, *training.sets],
        n_always=training.n_latest,
        valid=valid,
        items=training_data.starting_items(everything, dim, spread=0.05),
        reads=np.concatenate(often).astype(np.float32),
        n_ordered=len(training.sequences),
        era=np.concatenate(era).astype(np.int32),
        is_open=np.stack(is_open),
    )


def export(path: Path) -> None:
    """Ships the trained product network and asks the test part of B of it."""
    checkpoint = paths.work_dir() / f"{NAME}-shipping" / "best.pt"
    ship(path, checkpoint)
    test = splits.load_product().test_last_ten
    minutes = loop.minutes_of(checkpoint.parent)
    record_test(NAME, runs.score_with(load(checkpoint)), test, minutes=minutes)


def ship(path: Path, checkpoint: Path) -> None:
    """Puts the network of `checkpoint` into the artefacts."""
    model = cast("Sasrec", load(checkpoint))
    bits = config.section(path, "sasrec_bits", quantize.Bits)
    write = partial(sasrec_export.write, model)
    ship_graph(NAME, write, max_history=model.shape.max_history, bits=bits)
