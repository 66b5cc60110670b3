"""Whether the picks that an explainer names carry a recommendation: take them away and look.

A reader's best recommendation is explained by putting the picks in order, the most important first.
Then the first tenth of that order is left out, the first fifth, and so on up to half. If the
recommendation is still among the first few, those picks did not carry it. So less is better, and an
explainer has to beat leaving out the newest picks, and picks drawn at random.

As on the page, a film that is left out is unseen again and may take a place in the list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.data.split import Cases, Rows, shuffle_key
from pipeline.evaluate import metrics
from pipeline.program import Program

Found = dict[str, Any]
Kept = NDArray[np.float64]
SHARES = (0.1, 0.2, 0.3, 0.4, 0.5)
WITHIN = 5
N_DRAWS = 5
N_USERS = 200
LEAST_PICKS = 5
MOST_PICKS = 100
"""What SASRec reads at most; families that read more are asked about as many."""
EXPLAINERS = {
    "leave_one_out": "leave-one-out",
    "contributions": "exact parts",
    "attention": "attention",
    "most_recent": "most recent",
    "random": "random",
}
BASELINES = ("most_recent", "random")
_SALT = 20


class Explained(Protocol):
    """A shipped family that can be asked what it tells of itself."""

    def score(self, histories: Sequence[Rows]) -> NDArray[np.floating]:
        """Scores of every item, (batch, n_items)."""

    def attention(self, history: Rows) -> NDArray[np.floating] | None:
        """Where the model looked, one weight per pick; None if it has no attention."""

    def contributions(self, history: Rows, item: int) -> NDArray[np.floating] | None:
        """The exact summands of an item's score, one per pick; None if it is no sum."""


def asked_histories(test: Cases, *, n_users: int = N_USERS) -> list[Rows]:
    """The histories of some test users with picks enough, by a shuffle that is always the same."""
    long_enough = [k for k, picks in enumerate(test.histories) if len(picks) >= LEAST_PICKS]
    numbers = np.array(long_enough, np.int32)
    chosen = numbers[np.argsort(shuffle_key(numbers, salt=_SALT), kind="stable")][:n_users]
    return [test.histories[k] for k in chosen]


def n_left_out(n_picks: int, share: float) -> int:
    """So many picks are a share of the history, at least one."""
    return max(1, int(share * n_picks + 1e-9))


def orders(
    family: Explained, history: Rows, item: int, program: Program, *, user: int
) -> dict[str, list[Rows]]:
    """The picks by each explainer, the most important first, as the page puts them in order.

    A list of one order, but for "random", which has several draws.
    """
    without = [np.delete(history, position) for position in range(len(history))]
    named = program.orders(
        history.tolist(),
        score=float(np.float32(family.score([history])[0, item])),
        without=np.asarray(family.score(without)[:, item], np.float32).tolist(),
        attention=_listed(family.attention(history)),
        contributions=_listed(family.contributions(history, item)),
    )
    found = {name: [np.array(picks, np.int32)] for name, picks in named.items()}
    draw = np.random.default_rng([_SALT, user])
    found["random"] = [history[draw.permutation(len(history))] for _ in range(N_DRAWS)]
    return found


def _listed(numbers: NDArray[np.floating] | None) -> list[float] | None:
    if numbers is None:
        return None
    found: list[float] = np.asarray(numbers, np.float32).tolist()
    return found


def kept_of_user(
    family: Explained, history: Rows, program: Program, *, user: int
) -> dict[str, Kept]:
    """For each explainer and share, whether the best recommendation stays in the first few.

    A share of the draws, where an explainer has several.
    """  # (n_shares,) each
    scores = np.array(family.score([history]), np.float64)[0]
    scores[history] = -np.inf
    item = int(np.argmax(scores))
    found = {}
    for name, drawn in orders(family, history, item, program, user=user).items():
        left = [
            history[~np.isin(history, order[: n_left_out(len(history), share)])]
            for order in drawn
            for share in SHARES
        ]
        after = np.array(family.score(left), np.float64)
        ranks = [metrics.rank_of(row, item, rest) for row, rest in zip(after, left, strict=True)]
        is_kept = np.array(ranks).reshape(len(drawn), len(SHARES)) <= WITHIN
        found[name] = is_kept.mean(axis=0)
    return found


def measured(family: Explained, histories: Sequence[Rows], *, max_history: int) -> Found:
    """What each explainer of a family is worth, over all users."""
    longest = min(max_history, MOST_PICKS)
    with Program() as program:
        each = [
            kept_of_user(family, history[-longest:], program, user=user)
            for user, history in enumerate(histories)
        ]
    kept = {name: np.stack([of[name] for of in each]) for name in each[0]}  # (users, shares)
    return {
        "n_users": len(each),
        "most_picks": longest,
        "explainers": {name: _explainer(name, kept) for name in EXPLAINERS if name in kept},
    }


def _explainer(name: str, kept: Mapping[str, Kept]) -> Found:
    per_user = kept[name].mean(axis=1)
    low, high = metrics.bootstrap_interval(per_user)
    found: Found = {
        "kept": round(float(per_user.mean()), 4),
        "kept_low": round(low, 4),
        "kept_high": round(high, 4),
        "by_share": [round(float(share), 4) for share in kept[name].mean(axis=0)],
    }
    if name not in BASELINES:
        found["beside"] = {
            baseline: [
                round(one, 4)
                for one in metrics.paired_difference(per_user, kept[baseline].mean(axis=1))
            ]
            for baseline in BASELINES
        }
    return found


def markdown(families: Mapping[str, Found]) -> str:
    """One table of all families and explainers."""
    heads = ["family", "explainer", "still there", *(f"{share:.0%}" for share in SHARES)]
    heads += ["beside most recent", "beside random"]
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    for family, found in families.items():
        for name, one in found["explainers"].items():
            kept = f"{one['kept']:.3f} ({one['kept_low']:.3f}–{one['kept_high']:.3f})"
            cells = [f"`{family}`", EXPLAINERS[name], kept]
            cells += [f"{share:.3f}" for share in one["by_share"]]
            cells += [_difference(one.get("beside", {}).get(baseline)) for baseline in BASELINES]
            lines.append("| " + " | ".join(cells) + " |")
    n_users = max(found["n_users"] for found in families.values())
    return _HEAD.format(n_users=n_users) + "\n\n" + "\n".join(lines)


def _difference(found: Sequence[float] | None) -> str:
    if found is None:
        return ""
    mean, low, high = found
    return f"{mean:+.3f} ({low:+.3f} to {high:+.3f})"


_HEAD = f"""### Do the picks that an explainer names carry the recommendation?

Printed by `python -m pipeline faithfulness`. For {{n_users}} test users of table B, the best
recommendation of the shipped file is explained, and the picks that an explainer puts first are left
out: the first 10, 20, 30, 40 and 50 % of them, at least one. *still there* is how often the film is
then in the first {WITHIN}, the mean of the five shares with its 95 % bootstrap interval over users;
the shares one by one stand beside it. Lower is better. *leave-one-out* orders picks by the score
that is lost without each of them alone, *exact parts* by the summands of a score that is a sum,
*attention* by the mean over layers of what the last position looked at; *most recent* and *random*
({N_DRAWS} draws) explain nothing and are what an explainer has to beat: the last two columns are
paired differences. Users with fewer than {LEAST_PICKS} picks are left out; histories are cut to the
newest {MOST_PICKS} picks, or what the family reads if that is less. A film that was left out
may come back into the list, as it does on the page."""
