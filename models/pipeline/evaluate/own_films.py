"""How the blend is best asked with a reader's own films: their age, their stars, and how far back.

The page with a reader's own films asks in the way that is chosen here. Two questions, each of
ratings that hold what the reader saw in order: the next film that the reader liked, as in table D,
and all that the reader liked among the next twenty, which asks for a taste and not for the next
evening.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.data import split
from pipeline.data.readers import Events
from pipeline.data.split import Cases, Rows
from pipeline.evaluate import metrics
from pipeline.families.blend import Blend, places, points
from pipeline.families.linear import ShippedModel

Row = dict[str, Any]
Stars = NDArray[np.float32]
BATCH = 64
N_AHEAD = 20
MOST_QUESTIONS = 5
"""Of one reader, each of twenty films."""
MIN_HISTORY = 5


@dataclass(frozen=True)
class Way:
    """Which films of a history count, and how much. `decay` 0: as the blend has it by itself."""

    name: str
    decay: float = 0.9
    rest: float = 0.1
    star_share: float = 1.0
    """So much of what a film counts each star above the reader's mean adds."""
    newest: int = 500
    least: float | None = None
    """Films rated so far under the mean are left out, whatever they would count."""

    def read(self, history: Rows, stars: Stars) -> tuple[Rows, NDArray[np.float64] | None]:
        """The films that count, oldest first, and their weights."""
        share = np.maximum(1 + self.star_share * (stars - stars.mean()), 0.0)
        is_read = share > 0 if self.least is None else stars - stars.mean() >= self.least
        if not is_read.any():
            is_read[-1] = True
        history, share = history[is_read][-self.newest :], share[is_read][-self.newest :]
        if self.decay == 0:
            return history, None
        ages = np.arange(len(history))[::-1]
        return history, (self.decay**ages + self.rest) * share


WAYS = (
    Way("films alone, by their age as the blend has it", decay=0, star_share=0),
    Way("the same, those under the own mean left out", decay=0, star_share=0, least=0.0),
    Way("older films count more than that", star_share=0),
    Way("and more stars count more: as the page asks"),
    Way("the same, the newest 50", newest=50),
    Way("the same, the newest 20", newest=20),
)


@dataclass(frozen=True)
class Ahead:
    """Questions with several answers: what a reader liked among the next films."""

    histories: list[Rows]
    ratings: list[Stars]
    answers: list[Rows]
    user: NDArray[np.int64]


def liked_ahead(events: Events, movie_ids: Rows) -> Ahead:
    """Of each user the last films in stretches of twenty, each after all before it."""
    histories: list[Rows] = []
    ratings: list[Stars] = []
    answers: list[Rows] = []
    users: list[int] = []
    for user, of_user in events.users():
        rows, stars = split.rows_or_none(events.item[of_user], movie_ids), events.rating[of_user]
        is_answer = (rows >= 0) & split.is_liked(stars)
        for back in range(1, MOST_QUESTIONS + 1):
            cut = len(rows) - back * N_AHEAD
            if cut < MIN_HISTORY:
                break
            held = rows[:cut] >= 0
            stretch = slice(cut, cut + N_AHEAD)
            liked = rows[stretch][is_answer[stretch]]
            if len(liked) == 0 or held.sum() < MIN_HISTORY:
                continue
            histories.append(rows[:cut][held])
            ratings.append(stars[:cut][held])
            answers.append(liked)
            users.append(int(user))
    return Ahead(histories, ratings, answers, np.array(users, np.int64))


def measured(blend: Blend, cases: Cases, ahead: Ahead) -> list[Row]:
    """A row for each way: what it reaches, and how far from the first."""
    assert cases.ratings is not None
    rows: list[Row] = []
    first: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None
    for way in WAYS:
        following = _ranks(blend, way, cases)
        both = metrics.gains(following, k=10), _gains(blend, way, ahead)
        first = first or both
        row: Row = {"way": way.name}
        for name, gain, other, user in zip(
            ("next", "ahead"), both, first, (cases.user, ahead.user), strict=True
        ):
            apart = metrics.paired_difference(gain, other, user=user)
            row[name] = round(float(gain.mean()), 5)
            row[f"{name}_apart"] = [round(it, 5) for it in apart]
        rows.append(row)
    return rows


def _ranks(blend: Blend, way: Way, cases: Cases) -> NDArray[np.int64]:
    assert cases.ratings is not None
    scored = _scores(blend, way, cases.histories, cases.ratings)
    asked = zip(scored, cases.targets, cases.histories, strict=True)
    return np.array([metrics.rank_of(row, int(it), seen) for row, it, seen in asked], np.int64)


def _gains(blend: Blend, way: Way, ahead: Ahead) -> NDArray[np.float64]:
    """NDCG@10 of each question."""
    discount = 1 / np.log2(np.arange(2, 12))
    found = np.zeros(len(ahead.answers))
    for k, scores in enumerate(_scores(blend, way, ahead.histories, ahead.ratings)):
        scores[ahead.histories[k]] = -np.inf
        best = np.argsort(-scores, kind="stable")[:10]
        most = discount[: len(ahead.answers[k])].sum()
        is_hit = np.isin(best, ahead.answers[k])
        found[k] = discount[: len(best)][is_hit].sum() / most
    return found


def _scores(
    blend: Blend, way: Way, histories: Sequence[Rows], ratings: Sequence[Stars]
) -> Iterator[NDArray[np.float64]]:
    """What the blend gives every film, one history after another."""
    for start in range(0, len(histories), BATCH):
        stop = start + BATCH
        pairs = zip(histories[start:stop], ratings[start:stop], strict=True)
        read = [way.read(*it) for it in pairs]
        asked = [history for history, _ in read]
        parts = []
        for member, weight in zip(blend.members, blend.weights, strict=True):
            if isinstance(member, ShippedModel):
                scores = np.stack([_weighed(member, *it) for it in read])
            else:
                scores = np.asarray(member.score(asked))
            placed = places(scores.astype(np.float32), asked)
            parts.append(weight * points(placed, blend.constant))
        yield from np.sum(parts, axis=0).astype(np.float32).astype(np.float64)


def _weighed(
    member: ShippedModel, history: Rows, weights: NDArray[np.float64] | None
) -> NDArray[np.float64]:
    recent = history[-member.query.max_history :]
    if weights is None:
        weights = member.query.weights(len(recent))
    return member.weighted(recent, weights[-len(recent) :])


def markdown(found: dict[str, Any]) -> str:
    """A table: what each way reaches with the readers it was chosen on, and with others."""
    heads = ["way"]
    for part in ("validation", "test"):
        heads += [f"next liked, {part}", "beside the first", f"liked of 20, {part}"]
        heads += ["beside the first"]
    lines = [_HEAD, "", "| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    for chosen, asked in zip(found["validation"], found["test"], strict=True):
        cells = [chosen["way"]]
        for row in (chosen, asked):
            for name in ("next", "ahead"):
                mean, low, high = row[f"{name}_apart"]
                cells += [f"{row[name]:.4f}", f"{mean:+.4f} ({low:+.4f} to {high:+.4f})"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


_HEAD = """### How the blend is asked with a reader's own films

Printed by `python -m pipeline own-films`. The page with a reader's own films asks the blend of
shipped files in another way than Explore: a film counts 0.9^age + 0.1, age 0 the newest, times one
and its stars above the reader's own mean; one a star or more under the mean is left out. Chosen on
the validation readers. *next liked* is table D's question; *liked of 20* asks for all that a reader
liked among the next twenty films, up to five times a reader. NDCG@10; intervals are paired 95 %
bootstrap intervals over readers."""
