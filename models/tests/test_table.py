"""Tables: what is kept, what it costs, and that broken bytes are refused."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.data.split import Cases
from pipeline.families.linear import LinearModel, Query, Rated, ShippedModel, fading
from pipeline.ship import table


def weights(n_items: int = 40) -> np.ndarray:
    draw = np.random.default_rng(0)
    found = (draw.normal(size=(n_items, n_items)) ** 3).astype(np.float32)
    np.fill_diagonal(found, 0.0)
    return found


def packed(n_entries: int) -> table.ItemTable:
    return table.pack(weights(), n_entries=n_entries, row_weight=np.ones(40, np.float32))


def test_bytes_round_trip_and_are_laid_out_as_agreed() -> None:
    once = packed(300)
    data = once.to_bytes()
    again = table.ItemTable.from_bytes(data)
    assert again.to_bytes() == data
    assert data[:4] == b"GRTB"
    assert np.frombuffer(data, "<u4", 3, 4).tolist() == [1, 40, once.n_entries]
    assert len(data) == 16 + 4 * 41 + 4 * 40 + 3 * once.n_entries
    assert np.array_equal(once.dense(), again.dense())


def test_the_largest_weights_are_kept_within_half_a_step() -> None:
    exact, kept = weights(), packed(40 * 39)
    step = np.abs(exact).max(axis=1, keepdims=True) / 127
    assert (np.abs(exact - kept.dense()) <= step * 0.5001).all()
    few = packed(100).dense()
    least_kept = np.abs(exact[few != 0]).min()
    assert np.abs(exact[few == 0]).max() <= least_kept * 1.5


def test_rows_that_are_used_more_keep_more() -> None:
    use = np.ones(40, np.float32)
    use[:5] = 50.0
    found = table.pack(weights(), n_entries=300, row_weight=use)
    n_kept = np.diff(found.row_start.astype(int))
    assert n_kept[:5].mean() > 2 * n_kept[5:].mean()


def test_an_empty_table_is_possible() -> None:
    found = table.pack(np.zeros((3, 3), np.float32), n_entries=5, row_weight=np.ones(3, np.float32))
    assert table.ItemTable.from_bytes(found.to_bytes()).n_entries == 0


@pytest.mark.parametrize("cut", [3, 15, 100, -1])
def test_cut_tables_are_refused(cut: int) -> None:
    with pytest.raises(table.TableError):
        table.ItemTable.from_bytes(packed(300).to_bytes()[:cut])


def test_tables_that_lie_are_refused() -> None:
    data = bytearray(packed(300).to_bytes())
    with pytest.raises(table.TableError, match="not a table"):
        table.ItemTable.from_bytes(b"XXXX" + bytes(data[4:]))
    far = data.copy()
    far[16 + 4 * 41 + 4 * 40 : 16 + 4 * 41 + 4 * 40 + 2] = b"\xff\xff"
    with pytest.raises(table.TableError, match="item 65535"):
        table.ItemTable.from_bytes(bytes(far))
    unordered = data.copy()
    unordered[20:24] = b"\xff\xff\x00\x00"
    with pytest.raises(table.TableError, match="follow"):
        table.ItemTable.from_bytes(bytes(unordered))


def test_popularity_is_between_nought_and_one() -> None:
    found = table.popularity_scores(np.array([0, 9, 99]))
    assert found.tolist() == pytest.approx([0.0, 0.5, 1.0])


def test_age_weights_start_at_the_newest_pick() -> None:
    assert Query((1.0, 0.5), 0.25).weights(4).tolist() == [0.25, 0.25, 0.5, 1.0]
    assert Query((1.0, 0.5), 0.25).weights(1).tolist() == [1.0]
    assert fading(0.5, 3).weights(5).tolist() == [0.0, 0.0, 0.25, 0.5, 1.0]


def test_the_sum_is_the_agreed_one() -> None:
    exact = weights(6)
    popularity = np.linspace(0, 1, 6, dtype=np.float32)
    model = LinearModel(exact, Query((1.0, 0.5), 0.1, 2.0, max_history=3), popularity)
    history = np.array([5, 4, 3, 0], np.int32)  # 5 is too old to be read
    expected = 2.0 * popularity + exact[0] + 0.5 * exact[3] + 0.1 * exact[4]
    assert model.score([history])[0] == pytest.approx(expected, abs=1e-6)


def test_a_packed_model_scores_like_its_table() -> None:
    kept = packed(40 * 39)
    query, popularity = fading(0.8, 5, rest=0.1), np.zeros(40, np.float32)
    histories = [np.array([3, 9, 7], np.int32), np.arange(20, dtype=np.int32)]
    shipped = ShippedModel(kept, query, popularity).score(histories)
    exact = LinearModel(kept.dense(), query, popularity).score(histories)
    assert shipped == pytest.approx(exact, abs=1e-5)


def test_what_a_reader_rated_higher_counts_more_and_the_disliked_nothing() -> None:
    way = Rated(n_last=2, decay=0.5, rest=0.0, slope=1.0, floor=0.0)
    # The mean is 3: a 5 counts three times, a 3 as it is, a 1 not at all.
    assert way.weights(np.array([5.0, 1.0, 3.0], np.float32)).tolist() == [0.0, 0.0, 1.0]
    assert way.weights(np.array([1.0, 5.0, 3.0], np.float32)).tolist() == [0.0, 1.5, 1.0]
    against = Rated(n_last=2, decay=0.5, rest=0.0, slope=1.0, floor=-0.5)
    assert against.weights(np.array([5.0, 3.0, 1.0], np.float32)).tolist() == [0.0, 0.5, -0.5]


def test_a_target_that_goes_with_what_was_liked_ranks_first() -> None:
    # Film 2 goes with film 0, film 3 with film 1; the reader liked 0 and not 1.
    weights = np.zeros((4, 4), np.float32)
    weights[0, 2] = weights[1, 3] = 1.0
    model = LinearModel(weights, Query(), np.zeros(4, np.float32))
    stars = [np.array([5.0, 1.0], np.float32)]
    asked = Cases([np.array([0, 1], np.int32)], np.array([2], np.int32), ratings=stars)
    assert Rated(slope=0.0, decay=1.0).ranks(model, asked).tolist() == [2]
    assert Rated(slope=1.0, decay=1.0).ranks(model, asked).tolist() == [1]
