"""What every product network reads: histories in order, and sets, which have none.

Movielens-latest knows when, the 32M slice knows more readers and newer films. All start from
co-occurrence in both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.data import split as splits
from pipeline.data.readers import Events
from pipeline.data.split import Cases, ProductSplit, ProductTraining, Rows
from pipeline.training import training_data
from pipeline.training.training_data import TrainingData


@dataclass(frozen=True)
class ProductReads:
    """What an epoch reads, and how often."""

    ml1m_reads: float = 0.2
    """Share of the ML-1M users that an epoch reads."""
    set_reads: float = 0.3
    """Share of the sets that an epoch reads, each in an order drawn anew."""
    recent_from: int = 2010
    """movielens-latest users still active in this year are read more often."""
    recent_reads: float = 3.0
    """So often in an epoch; earlier ones once."""


class ProductData:
    """The product's split, and what networks are given of it."""

    def __init__(self, reads: ProductReads) -> None:
        files = splits.read_files()
        self.split: ProductSplit = splits.load_product(files=files)
        self.reads = reads
        self._years = last_years(files.latest, self.split.movie_ids)

    def of(self, training: ProductTraining, valid: Cases | None, dim: int) -> TrainingData:
        """What a network of width `dim` reads of `training`."""
        return product_training_data(training, valid, self._years, dim, self.reads)


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
    reads: ProductReads,
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
