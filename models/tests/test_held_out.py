"""The users that ship: who they are, what is asked of them, and what families reach on them."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from pipeline import paths
from pipeline.data.catalogue import read_catalogue
from pipeline.data.split import Cases, ProductSplit
from pipeline.evaluate import held_out, shipped
from pipeline.evaluate.held_out import HeldOut
from pipeline.ship import manifest

ARTIFACTS = paths.MODELS_DIR / "artifacts"
GOLDEN = json.loads((ARTIFACTS / held_out.GOLDEN_NAME).read_text("utf-8"))
MAX_BYTES = 400_000


def rows(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int32)


def split_of(n_users: int) -> ProductSplit:
    """User `u` has films u, u + 1 and u + 2 and is asked for the last two; the last user's newest
    film cannot be asked for."""
    histories, targets, users, are_last = [], [], [], []
    for user in range(n_users):
        histories += [rows(user), rows(user, user + 1)]
        targets += [user + 1, user + 2]
        users += [user + 7, user + 7]
        are_last += [False, user < n_users - 1]
    asked = Cases(histories, rows(*targets), 0, np.array(users), np.array(are_last))
    training = SimpleNamespace(sequences=[rows(0, 1), rows(1)], sets=[rows(1, 3)])
    made = SimpleNamespace(test_last_ten=asked, for_shipping=training, n_items=5)
    return cast("ProductSplit", made)


def test_users_are_taken_evenly_and_only_where_their_newest_film_can_be_asked() -> None:
    held = held_out.chosen(split_of(6), n_users=3)
    assert [films.tolist() for films in held.users] == [[0, 1, 2], [1, 2, 3], [3, 4, 5]]
    assert held.n_asked == [2, 2, 2]
    assert held.n_holding.tolist() == [1, 3, 0, 1, 0]
    assert held.n_histories == 3
    assert len(held_out.chosen(split_of(6), n_users=99).users) == 5


def test_questions_are_each_users_newest_films_after_all_before_them() -> None:
    held = HeldOut([rows(4, 2, 0), rows(1, 3)], [2, 1], np.zeros(5, np.int64), 1)
    cases = held.cases
    assert [history.tolist() for history in cases.histories] == [[4], [4, 2], [1]]
    assert cases.targets.tolist() == [2, 0, 3]
    assert cases.user.tolist() == [0, 0, 1]
    assert cases.is_last.tolist() == [False, True, True]


def test_the_shipped_users_are_whole_and_within_their_bytes() -> None:
    entry = manifest.read_manifest(ARTIFACTS)["held_out"]
    manifest.check_file(entry["files"]["users"], ARTIFACTS)
    assert entry["files"]["users"]["bytes"] <= MAX_BYTES
    held = held_out.read(ARTIFACTS)
    n_items = read_catalogue(ARTIFACTS).n_items
    assert len(held.users) == entry["n_users"] == held_out.N_USERS
    assert len(held.n_holding) == n_items
    assert 0 < held.n_holding.max() <= held.n_histories
    for films, n_asked in zip(held.users, held.n_asked, strict=True):
        assert 1 <= n_asked <= min(10, len(films) - 1)
        assert len(set(films.tolist())) == len(films)
        assert films.min() >= 0
        assert films.max() < n_items


@pytest.mark.parametrize("name", ["popularity", "ease_recency", "gru4rec"])
def test_the_golden_figures_come_out_again(name: str) -> None:
    again = held_out.reached(name, held_out.read(ARTIFACTS), artifacts=ARTIFACTS)
    stored = GOLDEN["families"][name]
    assert again.keys() == stored.keys()
    for measure, value in stored.items():
        assert again[measure] == pytest.approx(value, abs=GOLDEN["tolerance"]), measure


def test_every_shipped_family_has_golden_figures() -> None:
    assert set(GOLDEN["families"]) == set(shipped.family_names(ARTIFACTS))
