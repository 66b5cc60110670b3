"""Results: rows replace their older selves, and pages are written between the marks only."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import config, paths
from pipeline.data import made_up
from pipeline.evaluate import overview, results


def row(family: str, ndcg: float, form: str = "shipped") -> results.Row:
    return {
        "family": family,
        "form": form,
        "ndcg@10": ndcg,
        "ndcg@10_low": ndcg - 0.01,
        "ndcg@10_high": ndcg + 0.01,
        "hr@10": 2 * ndcg,
        "n_users": 300,
        "minutes": 1.0,
        "bytes": 1_500_000,
    }


def test_a_row_replaces_its_older_self(tmp_path: Path) -> None:
    results.record("B", row("ease", 0.05), artifacts=tmp_path)
    results.record("B", row("popularity", 0.02), artifacts=tmp_path)
    results.record("B", row("ease", 0.06, "exact"), artifacts=tmp_path)
    results.record("B", row("ease", 0.07), artifacts=tmp_path)
    rows = results.read(tmp_path)["tables"]["B"]["rows"]
    assert [(r["family"], r["form"], r["ndcg@10"]) for r in rows] == [
        ("popularity", "shipped", 0.02),
        ("ease", "exact", 0.06),
        ("ease", "shipped", 0.07),
    ]
    found = results.shipped_row("ease", artifacts=tmp_path)
    assert found is not None
    assert found["ndcg@10"] == 0.07


def test_rounds_are_kept_once_all_their_rows_are_there(tmp_path: Path) -> None:
    ndcg = {None: 0.35, "before the rounds": 0.39, "pre-trained for as long": 0.4}
    ndcg["discriminator"] = 0.05
    for note, reached in ndcg.items():
        assert results.rounds_of("irgan", artifacts=tmp_path) is None
        metrics = {"ndcg@100": reached, "ndcg@100_low": reached - 0.01, "n_users": 9}
        metrics["ndcg@100_high"] = reached + 0.01
        noted = {"note": note} if note else {}
        results.record(
            "C", {"family": "irgan", "form": "exact", **noted, **metrics}, artifacts=tmp_path
        )
    found = results.rounds_of("irgan", artifacts=tmp_path)
    assert found is not None
    assert (found["table"], found["n_users"]) == ("C", 9)
    forms = ("before", "after", "longer", "discriminator")
    assert [found[form]["ndcg@100"] for form in forms] == [0.39, 0.35, 0.4, 0.05]
    assert results.rounds_of("ease", artifacts=tmp_path) is None


def test_differences_stand_below_their_table(tmp_path: Path) -> None:
    results.record("B", row("ease", 0.05), artifacts=tmp_path)
    results.record_difference("B", "ease", "markov", (0.01, -0.002, 0.022), artifacts=tmp_path)
    text = results.markdown(results.read(tmp_path))
    assert text.endswith("- ease - markov: +0.0100 (-0.0020 to +0.0220)")


def test_rows_without_a_form_or_a_table_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no table"):
        results.record("E", row("ease", 0.1), artifacts=tmp_path)
    with pytest.raises(ValueError, match="form"):
        results.record("A", {"family": "ease"}, artifacts=tmp_path)


def test_only_what_is_between_the_marks_changes(tmp_path: Path) -> None:
    results.record("B", row("ease", 0.05), artifacts=tmp_path)
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- results -->\nold\n<!-- /results -->\nafter\n")
    (tmp_path / "models").mkdir()
    long = tmp_path / "models" / "README.md"
    long.write_text("<!-- results -->\nold\n<!-- /results -->\n")
    page = tmp_path / "docs" / "results.md"
    assert results.write_tables(tmp_path, artifacts=tmp_path) == [page, readme, long]
    text = readme.read_text()
    assert text.startswith("before\n<!-- results -->\n| asked | best that counts |")
    assert text.endswith("<!-- /results -->\nafter\n")
    assert "old" not in text
    assert "| `ease` |  | 0.0500 (0.0400–0.0600) |  |  |  |" in long.read_text()
    said = page.read_text()
    assert "| `ease` | shipped | 0.0500 (0.0400–0.0600) | 0.1000 | 300 |  | 1.0 min |" in said


def test_the_summary_has_the_best_first_and_how_far_each_is_ahead(tmp_path: Path) -> None:
    for family, reached in (("markov", 0.05), ("ease_recency", 0.06)):
        results.record("B", row(family, reached), artifacts=tmp_path)
    results.record("C", {**row("markov", 0.3), "ndcg@100": 0.4}, artifacts=tmp_path)
    results.record_difference(
        "B", "markov", "ease_recency", (-0.01, -0.02, 0.0), artifacts=tmp_path
    )
    best, other = results.summary(results.read(tmp_path)).splitlines()[2:]
    assert best == "| `ease_recency` |  | 0.0600 (0.0500–0.0700) |  |  |  |"
    assert other == (
        "| `markov` |  | 0.0500 (0.0400–0.0600) | -0.010 (-0.020 to +0.000) | 0.4000 |  |"
    )


def _measured(tmp_path: Path) -> results.Row:
    for family, reached in (("blend", 0.07), ("ease_recency", 0.06), ("sasrec", 0.055)):
        results.record("B", row(family, reached), artifacts=tmp_path)
    for ours, found in (("blend", (0.01, 0.002, 0.018)), ("sasrec", (-0.005, -0.02, 0.01))):
        results.record_difference("B", ours, "ease_recency", found, artifacts=tmp_path)
    return results.read(tmp_path)


def test_the_overview_sets_the_best_model_beside_the_best_that_counts(tmp_path: Path) -> None:
    (line,) = overview.table(_measured(tmp_path)).splitlines()[2:]
    assert line == (
        "| B: what new readers watch next | `ease_recency` 0.0600 | `blend` 0.0700 "
        "| +0.0100 (+0.0020 to +0.0180) |"
    )


def test_the_picture_claims_what_paired_intervals_bear_out(tmp_path: Path) -> None:
    drawn = overview.picture(_measured(tmp_path))
    claim = "Blend is ahead of the best that counts; 1 cannot be told from it"
    assert drawn.count(claim) == 2
    # One dot is hollow: that of the family whose difference includes 0.
    assert [name for name in ("blend", "ease_recency", "sasrec") if f">{name}<" in drawn]
    assert drawn.count('class="d n"') == 1
    assert drawn.count('class="d k"') == 1
    assert overview.picture({"tables": {}}) == ""


def test_a_readme_without_marks_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("nothing here\n")
    results.write_tables(tmp_path, artifacts=tmp_path)
    assert (tmp_path / "README.md").read_text() == "nothing here\n"


def test_unknown_settings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text("[made_up]\nn_films = 7\n")
    assert config.section(path, "made_up", made_up.MadeUp).n_films == 7
    path.write_text("[made_up]\nn_filmz = 7\n")
    with pytest.raises(config.ConfigError, match="n_filmz"):
        config.section(path, "made_up", made_up.MadeUp)
    path.write_text("[made_upp]\nn_films = 7\n")
    with pytest.raises(config.ConfigError, match="nothing reads"):
        config.section(path, "made_up", made_up.MadeUp)


@pytest.mark.parametrize("name", ["tiny", "product", "benchmark-ml1m"])
def test_every_section_of_the_shipped_configurations_is_read(name: str) -> None:
    assert config.read(paths.MODELS_DIR / "configs" / f"{name}.toml")
