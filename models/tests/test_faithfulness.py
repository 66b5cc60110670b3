"""Whether an explainer's picks carry the recommendation, on families whose reasons are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from pipeline import paths
from pipeline.data.split import Cases, Rows
from pipeline.evaluate import faithfulness, results, shipped
from pipeline.evaluate.faithfulness import Found
from pipeline.families.linear import Query, ShippedModel
from pipeline.families.text_history import TextHistory
from pipeline.program import Program
from pipeline.ship import manifest
from pipeline.ship.table import pack

N_PICKS = 10
ITEM = 10
"""The film that picks speak for."""
N_ITEMS = 20


def rows(*numbers: int) -> Rows:
    return np.array(numbers, np.int32)


@dataclass(frozen=True)
class MadeUp:
    """Pick i gives film 10 `gains[i]`; films 11 to 19 have 1 whatever was picked."""

    gains: tuple[float, ...]
    looks: tuple[float, ...] | None = None

    def score(self, histories: Sequence[Rows]) -> np.ndarray:
        scores = np.zeros((len(histories), N_ITEMS))
        scores[:, ITEM + 1 :] = 1.0
        scores[:, ITEM] = [sum(self.gains[pick] for pick in history) for history in histories]
        return scores

    def attention(self, history: Rows) -> np.ndarray | None:
        return None if self.looks is None else np.array(self.looks)[history]

    def contributions(self, history: Rows, item: int) -> np.ndarray | None:
        del history, item
        return None


# The oldest pick alone is the reason; the model looks at the newest.
ONE_REASON = MadeUp((5.0,) + (0.0,) * 9, looks=(0.0,) * 9 + (1.0,))
HISTORY = np.arange(N_PICKS, dtype=np.int32)


def of_user(family: MadeUp, program: Program) -> dict[str, list[float]]:
    found = faithfulness.kept_of_user(family, HISTORY, program, user=0)
    return {name: kept.tolist() for name, kept in found.items()}


def test_the_reason_carries_the_recommendation_and_what_was_looked_at_does_not(
    program: Program,
) -> None:
    found = of_user(ONE_REASON, program)
    assert found["leave_one_out"] == [0.0] * 5
    assert found["attention"] == [1.0] * 5
    assert found["most_recent"] == [1.0] * 5
    assert "contributions" not in found
    # The more picks are drawn, the more often the reason is among them.
    assert found["random"][0] > found["random"][-1] > 0.0


def test_a_recommendation_with_many_reasons_survives_until_too_few_are_left(
    program: Program,
) -> None:
    # Nine of ten picks still give 1.17, seven 0.91, which is less than nine other films have.
    found = of_user(MadeUp((0.13,) * 10), program)
    assert found["leave_one_out"] == [1.0, 1.0, 0.0, 0.0, 0.0]


def test_a_share_is_whole_picks_and_at_least_one() -> None:
    assert [faithfulness.n_left_out(10, share) for share in faithfulness.SHARES] == [1, 2, 3, 4, 5]
    assert [faithfulness.n_left_out(5, share) for share in faithfulness.SHARES] == [1, 1, 1, 2, 2]


def test_ties_go_to_the_newer_pick(program: Program) -> None:
    family = MadeUp((2.0, 1.0, 0.0, 1.0), looks=(0.1, 0.1, 0.5, 0.3))
    orders = faithfulness.orders(family, rows(0, 1, 2, 3), ITEM, program, user=0)
    named = {name: orders[name][0].tolist() for name in orders if name != "random"}
    assert named == {
        "leave_one_out": [0, 3, 1, 2],
        "attention": [2, 3, 1, 0],
        "most_recent": [3, 2, 1, 0],
    }


def test_random_draws_are_the_same_every_time_and_differ_between_users(program: Program) -> None:
    def drawn(user: int) -> list[list[int]]:
        orders = faithfulness.orders(ONE_REASON, HISTORY, ITEM, program, user=user)
        return [order.tolist() for order in orders["random"]]

    assert drawn(3) == drawn(3)
    assert drawn(3) != drawn(4)
    assert all(sorted(order) == HISTORY.tolist() for order in drawn(3))


def test_users_with_few_picks_are_not_asked_and_the_choice_stays_the_same() -> None:
    histories = [np.arange(n, dtype=np.int32) for n in (4, 5, 6, 7, 8)]
    test = Cases(histories, rows(9, 9, 9, 9, 9))
    chosen = [len(h) for h in faithfulness.asked_histories(test, n_users=3)]
    assert chosen == [len(h) for h in faithfulness.asked_histories(test, n_users=3)]
    everyone = [len(h) for h in faithfulness.asked_histories(test)]
    assert sorted(everyone) == [5, 6, 7, 8]
    assert chosen == everyone[:3]


def test_histories_are_cut_to_what_the_family_reads() -> None:
    # The oldest and the newest pick are a reason each; cut to nine picks, one reason is left.
    two_reasons = MadeUp((5.0,) + (0.0,) * 8 + (3.0,))

    def first_share(max_history: int) -> float:
        found = faithfulness.measured(two_reasons, [HISTORY], max_history=max_history)
        assert found["most_picks"] == min(max_history, 100)
        return float(found["explainers"]["leave_one_out"]["by_share"][0])

    assert (first_share(500), first_share(9)) == (1.0, 0.0)


def measured() -> Found:
    return faithfulness.measured(ONE_REASON, [HISTORY] * 8, max_history=500)


def test_each_explainer_stands_beside_those_that_explain_nothing() -> None:
    found = measured()
    assert (found["n_users"], found["most_picks"]) == (8, 100)
    ours = found["explainers"]["leave_one_out"]
    assert (ours["kept"], ours["kept_low"], ours["kept_high"]) == (0.0, 0.0, 0.0)
    assert ours["beside"]["most_recent"] == [-1.0, -1.0, -1.0]
    mean, low, high = ours["beside"]["random"]
    assert mean == pytest.approx(-found["explainers"]["random"]["kept"], abs=1e-3)
    assert low < mean < high < 0
    assert "beside" not in found["explainers"]["random"]


def test_results_and_manifest_tell_what_was_measured(tmp_path: Path) -> None:
    results.record_faithfulness("sasrec_ease", measured(), artifacts=tmp_path)
    results.record_faithfulness("ease", {**measured(), "n_users": 7}, artifacts=tmp_path)
    assert list(results.read(tmp_path)["faithfulness"]) == ["ease", "sasrec_ease"]
    results.write_tables(tmp_path, artifacts=tmp_path)
    text = (tmp_path / "docs" / "results.md").read_text("utf-8")
    assert "For 8 test users" in text
    line = "| `sasrec_ease` | leave-one-out | 0.000 (0.000–0.000) | 0.000 | 0.000 | 0.000 | 0.000 |"
    assert line in text
    kept = results.faithfulness_of("sasrec_ease", artifacts=tmp_path)
    assert kept is not None
    assert (kept["n_users"], kept["within"], kept["most_recent"]) == (8, 5, 1.0)
    assert results.faithfulness_of("gru4rec", artifacts=tmp_path) is None


def test_exact_parts_add_up_to_the_score() -> None:
    draw = np.random.default_rng(0)
    weights = draw.normal(size=(6, 6)).astype(np.float32)
    table = pack(weights, n_entries=30, row_weight=np.ones(6, np.float32))
    query = Query((1.0, 0.5), rest_weight=0.1, max_history=3)
    counting = ShippedModel(table, query, np.zeros(6, np.float32))
    texts = TextHistory(weights, query, np.zeros(6, np.float32))
    history = rows(5, 0, 1, 2)
    for family in (counting, texts):
        parts = family.contributions(history, 3)
        assert parts is not None
        assert len(parts) == 3
        assert parts.sum() == pytest.approx(family.score([history])[0, 3], abs=1e-5)
        assert family.attention(history) is None


def test_a_shipped_graph_says_where_it_looked() -> None:
    family = shipped.open_family("sasrec_ease", paths.MODELS_DIR / "artifacts")
    longer = np.arange(120, dtype=np.int32)
    weights = family.attention(longer)
    assert weights is not None
    assert len(weights) == 100
    assert np.array_equal(weights, family.attention(longer[-100:]))
    assert family.contributions(longer, 200) is None
    assert shipped.open_family("gru4rec", paths.MODELS_DIR / "artifacts").attention(longer) is None


def test_the_manifest_holds_the_shares_of_the_results() -> None:
    artifacts = paths.MODELS_DIR / "artifacts"
    for name, entry in manifest.read_manifest(artifacts)["families"].items():
        assert entry.get("faithfulness") == results.faithfulness_of(name, artifacts=artifacts)
