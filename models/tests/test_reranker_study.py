"""The study of the reader's re-ranker: its rows are kept whole, and its sentences follow them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.evaluate import reranker_study, results


def row(n_marks: int, difference: float, ndcg: float = 0.0) -> reranker_study.Row:
    found: reranker_study.Row = dict.fromkeys(reranker_study.FIELDS, 0)
    return {
        **found,
        "n_marks": n_marks,
        "n_readers": 9,
        "difference": difference,
        "low": difference - 0.01,
        "high": difference + 0.01,
        "n_new_readers": 3,
        "ndcg@10_low": ndcg - 0.01,
        "ndcg@10_high": ndcg + 0.01,
    }


def test_rows_are_sorted_and_what_is_not_told_is_dropped(tmp_path: Path) -> None:
    file = tmp_path / "rows.json"
    file.write_text(json.dumps([{**row(50, 0.1), "millis": 7}, row(20, 0.1)]))
    assert reranker_study.read_rows(file) == [row(20, 0.1), row(50, 0.1)]
    file.write_text(json.dumps([{"n_marks": 20}]))
    with pytest.raises(ValueError, match="not what the study printed"):
        reranker_study.read_rows(file)


def test_better_is_said_only_where_the_whole_interval_is_above_0() -> None:
    none = reranker_study.areas_said([row(20, 0.005), row(50, -0.005)])
    assert "never better" in none
    assert "worse" not in none
    some = reranker_study.areas_said([row(20, -0.02), row(50, 0.02)])
    assert "better beyond doubt at 50 marks, worse beyond doubt at 20" in some
    assert "cannot be told apart" in reranker_study.orders_said([row(20, 0.0)])
    assert "worse than EASE's own" in reranker_study.orders_said([row(20, 0.0, -0.02)])
    assert "better than EASE's own" in reranker_study.orders_said([row(20, 0.0, 0.02)])


def test_the_page_of_results_has_the_study(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("")
    results.record_reranker([row(20, 0.0)], artifacts=tmp_path)
    results.write_tables(tmp_path, artifacts=tmp_path)
    page = (tmp_path / "docs" / "results.md").read_text("utf-8")
    assert "### Does the reader's re-ranker help?" in page
    assert "| 20 | 9 | 0.000 | 0.000 | +0.0000 (-0.0100 to +0.0100) | 0 | 0 |" in page
