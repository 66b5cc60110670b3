"""`held-out`: the users whom the site asks about in front of the reader.

Users of table B's test part, in no training file, with their films and nothing else: no number, no
time, no rating. They are all of MovieLens latest, whose terms allow this; no row of ML-1M is here.
The golden figures beside them are what every shipped family reaches on these users in Python.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline import paths
from pipeline.commands import Commands
from pipeline.data.catalogue import read_catalogue
from pipeline.data.split import Cases, ProductSplit, Rows
from pipeline.evaluate import beyond_accuracy, metrics, shipped
from pipeline.evaluate.beyond_accuracy import Films
from pipeline.ship import manifest

FILE_NAME = "held_out.json"
GOLDEN_NAME = "golden/held_out.json"
NAME = "held_out"
VERSION = 1
N_USERS = 200
TOLERANCE = 1e-4
RIGHT = ("ndcg@10", "hr@10")


@dataclass(frozen=True)
class HeldOut:
    """Who is asked, and what is known of the films from training."""

    users: list[Rows]
    """Each user's films of the catalogue, oldest first."""
    n_asked: list[int]
    """How many of the newest of these films are asked for, each after all before it."""
    n_holding: NDArray[np.int64]
    """How many training histories hold each film."""  # (n_items,)
    n_histories: int

    @property
    def cases(self) -> Cases:
        """The questions, user by user, the newest film of each last."""
        histories: list[Rows] = []
        targets: list[int] = []
        users: list[int] = []
        for user, (films, n_asked) in enumerate(zip(self.users, self.n_asked, strict=True)):
            for place in range(len(films) - n_asked, len(films)):
                histories.append(films[:place])
                targets.append(int(films[place]))
                users.append(user)
        number = np.array(users, np.int64)
        is_last = np.append(number[1:] != number[:-1], True)
        return Cases(histories, np.array(targets, np.int32), 0, number, is_last)

    def as_json(self) -> dict[str, Any]:
        """As the file holds it."""
        return {
            "version": VERSION,
            "n_histories": self.n_histories,
            "n_holding": self.n_holding.tolist(),
            "users": [
                {"films": films.tolist(), "n_asked": n}
                for films, n in zip(self.users, self.n_asked, strict=True)
            ],
        }


def add_verbs(commands: Commands) -> None:
    """Adds the command that keeps the users."""
    commands.add("held-out", keep)


def keep(given: argparse.Namespace) -> int:
    """Keeps held-out users for the site, and what every shipped family reaches on them."""
    from pipeline.data import split

    del given
    for name, row in write(split.load_product())["families"].items():
        print(f"{name}: NDCG@10 {row['ndcg@10']:.4f}")
    return 0


def write(product: ProductSplit, *, artifacts: Path | None = None) -> dict[str, Any]:
    """Writes `held_out.json` and its golden figures and registers both; returns the figures."""
    artifacts = artifacts or paths.artifacts_dir()
    held = chosen(product, n_users=N_USERS)
    path, golden = artifacts / FILE_NAME, artifacts / GOLDEN_NAME
    path.write_text(json.dumps(held.as_json(), separators=(",", ":")) + "\n", "utf-8")
    figures = {
        "tolerance": TOLERANCE,
        "families": {
            name: reached(name, held, artifacts=artifacts)
            for name in shipped.family_names(artifacts)
        },
    }
    golden.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    record = manifest.file_record(path, artifacts=artifacts)
    entry = {"files": {"users": record}, "n_users": len(held.users)}
    manifest.register_held_out(entry, artifacts=artifacts)
    manifest.register_golden(NAME, golden, artifacts=artifacts)
    return figures


def chosen(product: ProductSplit, *, n_users: int) -> HeldOut:
    """`n_users` of the test users whose last event can be asked for, evenly along their numbers.

    Of `n` such users in the order of the rating file the ones at `k · n // n_users` are taken, so
    no seed has a say in it; all are taken where there are no more. MovieLens numbers its users in
    no order of time or activity.
    """
    asked = product.test_last_ten
    last = np.flatnonzero(asked.is_last)
    n = min(n_users, len(last))
    taken = last[np.arange(n) * len(last) // max(n, 1)]
    training = product.for_shipping
    histories = [*training.sequences, *training.sets]
    return HeldOut(
        users=[np.append(asked.histories[k], asked.targets[k]) for k in taken],
        n_asked=[int(np.count_nonzero(asked.user == asked.user[k])) for k in taken],
        n_holding=beyond_accuracy.holding(histories, product.n_items),
        n_histories=len(histories),
    )


def read(artifacts: Path | None = None) -> HeldOut:
    """The users that ship."""
    path = (artifacts or paths.artifacts_dir()) / FILE_NAME
    file = json.loads(path.read_text("utf-8"))
    return HeldOut(
        users=[np.array(user["films"], np.int32) for user in file["users"]],
        n_asked=[user["n_asked"] for user in file["users"]],
        n_holding=np.array(file["n_holding"], np.int64),
        n_histories=file["n_histories"],
    )


def reached(name: str, held: HeldOut, *, artifacts: Path | None = None) -> dict[str, Any]:
    """What a shipped family reaches on these users: every measure that the site shows."""
    cases = held.cases
    answered = beyond_accuracy.answers(shipped.open_family(name, artifacts).score, cases)
    measured = beyond_accuracy.measured(answered, cases, films_of(held, artifacts))
    right = metrics.reached_by(answered.ranks, cases)
    return {
        **{measure: round(right[measure], 6) for measure in RIGHT},
        "last": {measure: round(right["last"][measure], 6) for measure in RIGHT},
        **measured["all"],
        "groups": [group["ndcg@10"] for group in measured["groups"]],
    }


def films_of(held: HeldOut, artifacts: Path | None = None) -> Films:
    """Popularity as it was counted, and genres by the catalogue."""
    catalogue = read_catalogue(artifacts)
    genres, n_genres = catalogue.genres, len(catalogue.genre_names)
    return beyond_accuracy.films_counted(held.n_holding, held.n_histories, genres, n_genres)
