"""Trains on a rating file too large to hold: parts of it are read in a new order every epoch.

The film table, one number or two per user and a few thousand questions stay in memory; of the
ratings, `parts_held` parts at a time. Under `torchrun` every process reads parts of its own.

Who is asked follows table B: the users active last are asked their last event, those before them
serve to choose on, and all events of the others, who had left by then, are learned from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline import config, paths
from pipeline.data import rating_parts, readers
from pipeline.data.rating_parts import Part, RatingParts
from pipeline.data.split import Cases, Rows, shuffle_key
from pipeline.evaluate import metrics
from pipeline.families.sasrec.model import SasrecConfig
from pipeline.training import runs
from pipeline.training.next_item import TrainConfig, load
from pipeline.training.processes import is_first, leave
from pipeline.training.train_next_item import train
from pipeline.training.training_data import Matrix
from pipeline.training.windows import Batch, alike, stretch

SECTION = "streamed"


@dataclass(frozen=True)
class Streaming:
    """How rating parts are read, and who is asked."""

    min_ratings: int = 20
    """A film with fewer is left out."""
    parts_held: int = 2
    """How many parts each process mixes at a time."""
    held_out_share: float = 0.1
    """Share of the users who are asked, and as many again to choose on."""
    questions: int = 3000
    """At most so many of each are asked."""


def train_sasrec(path: Path) -> Path:
    """Trains SASRec on the parts, asks the test users once and returns the weights.

    Given again, with as many processes or others, goes on where it stopped.
    """
    how = config.section(path, SECTION, Streaming)
    settings = config.section(path, "sasrec", SasrecConfig)
    streamed = Streamed(rating_parts.open_parts(rating_parts.folder_for(path)), how)
    folder = paths.work_dir() / f"sasrec-{path.stem}"
    best = train(settings, streamed, folder)
    asked = folder / "test.json"
    if is_first() and not asked.exists():
        found = streamed.tested(best)
        asked.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
        print(json.dumps(found, indent=1), flush=True)
    leave()
    return best


class Streamed:
    """TrainingData read part by part; see `pipeline.training.windows.Source`."""

    def __init__(self, parts: RatingParts, how: Streaming) -> None:
        self.parts, self.how = parts, how
        is_known = parts.n_of_film >= how.min_ratings
        self.movie_ids: Rows = parts.movie_id[is_known]
        if len(self.movie_ids) == 0:
            raise readers.DataError(f"no film has {how.min_ratings} ratings in {parts.folder}")
        self._row_of = np.full(int(parts.movie_id.max()) + 1, -1, np.int32)
        self._row_of[self.movie_ids] = np.arange(len(self.movie_ids), dtype=np.int32)
        by_last = np.argsort(parts.last, kind="stable")
        n_asked = int(how.held_out_share * len(by_last))
        n_train = len(by_last) - 2 * n_asked
        train, valid, test = np.split(by_last, [n_train, n_train + n_asked])
        self._is_train = np.zeros(len(by_last), bool)
        self._is_train[train] = True
        self._popularity = self._counted()
        self.valid = self._questions(self._chosen(valid))
        self.test = self._questions(self._chosen(test))
        if not self.popularity().any() or len(self.valid) == 0 or len(self.test) == 0:
            raise readers.DataError(
                f"too few users in {parts.folder} to learn from some and ask others"
            )
        self.most_held = 0
        """Most ratings that were held at a time while reading an epoch."""

    @property
    def n_items(self) -> int:
        return len(self.movie_ids)

    def popularity(self) -> NDArray[np.int64]:
        return self._popularity

    def start(self) -> dict[str, Matrix]:
        return {}

    def batches(self, config: TrainConfig, epoch: int, rank: int, n: int) -> Iterator[Batch]:
        """One random stretch of each sequence, in parts that no other process reads."""
        if self.parts.n_parts < n:
            raise ValueError(f"{n} processes need {n} parts; lower ratings_per_part")
        order = np.random.default_rng((config.seed, epoch)).permutation(self.parts.n_parts)
        mine = order[rank::n].tolist()
        draw = np.random.default_rng((config.seed, epoch, 1, rank))
        n_windows = max(1, int(np.isin(self.parts.part_of[self._is_train], mine).sum()))
        n_read = 0
        for first in range(0, len(mine), self.how.parts_held):
            found = self._stretches(config, mine[first : first + self.how.parts_held], draw)
            for group in alike(found, [False] * len(found), config.batch_tokens // n, draw):
                yield Batch([found[k] for k in group], min(1.0, n_read / n_windows))
                n_read += len(group)

    def tested(self, checkpoint: Path) -> dict[str, dict[str, float]]:
        """What the trained network and popularity reach on the test users."""
        popularity = self._popularity.astype(np.float64)
        scores = {
            "sasrec": runs.score_with(load(checkpoint)),
            "popularity": lambda histories: np.tile(popularity, (len(histories), 1)),
        }
        return {
            name: metrics.sequence_metrics(metrics.target_ranks(score, self.test))
            for name, score in scores.items()
        }

    def _stretches(
        self, config: TrainConfig, numbers: list[int], draw: np.random.Generator
    ) -> list[Rows]:
        """One random stretch of each sequence in these parts that can be learned from."""
        found: list[Rows] = []
        n_held = 0
        for number in numbers:
            part = self.parts.read(number)
            n_held += len(part.item)
            is_train = self._is_train[self.parts.users_of(number)]
            for picks, is_read in zip(self._sequences(part), is_train, strict=True):
                if is_read and len(picks) >= 2:
                    found.append(stretch(config, picks, draw))
        self.most_held = max(self.most_held, n_held)
        return found

    def _sequences(self, part: Part) -> Iterator[Rows]:
        """Each user's films that are known, as rows."""
        rows = self._row_of[part.item]
        for start, end in zip(part.start[:-1], part.start[1:], strict=True):
            yield (of_user := rows[start:end])[of_user >= 0]

    def _chosen(self, users: NDArray[np.intp]) -> NDArray[np.intp]:
        """The users of a held-out tenth who are asked."""
        order = np.argsort(shuffle_key(self.parts.user[users], salt=0), kind="stable")
        return users[order[: self.how.questions]]

    def _questions(self, asked: NDArray[np.intp]) -> Cases:
        """The last event of each of these users, after all before it."""
        histories: list[Rows] = []
        targets: list[int] = []
        for number in np.unique(self.parts.part_of[asked]).tolist():
            part = self.parts.read(number)
            is_asked = np.isin(np.arange(len(self.parts.user))[self.parts.users_of(number)], asked)
            for user in np.flatnonzero(is_asked):
                rows = self._row_of[part.item[part.start[user] : part.start[user + 1]]]
                history = rows[:-1][rows[:-1] >= 0]
                if rows[-1] >= 0 and len(history) > 0:
                    histories.append(history)
                    targets.append(int(rows[-1]))
        return Cases(histories, np.array(targets, np.int32), len(asked) - len(targets))

    def _counted(self) -> NDArray[np.int64]:
        """How often the users who are learned from picked each film."""
        found = np.zeros(self.n_items, np.int64)
        for number in range(self.parts.n_parts):
            part = self.parts.read(number)
            is_train = self._is_train[self.parts.users_of(number)]
            rows = self._row_of[part.item[np.repeat(is_train, np.diff(part.start))]]
            found += np.bincount(rows[rows >= 0], minlength=self.n_items)
        return found
