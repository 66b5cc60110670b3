"""The whole pipeline on made-up data: rating files in, judged artefacts out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from pipeline import config, paths
from pipeline.evaluate import results, shipped, stored
from pipeline.ship import manifest

TINY = paths.MODELS_DIR / "configs" / "tiny.toml"


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, float]]:
    from pipeline import tiny

    folder = tmp_path_factory.mktemp("tiny")
    return folder, tiny.run(TINY, folder=folder)


@pytest.mark.training
def test_models_that_see_an_order_find_it(walked: tuple[Path, dict[str, float]]) -> None:
    _, judged = walked
    assert judged["markov"] > 0.4
    assert judged["sasrec"] > 5 * judged["popularity"]
    assert judged["sasrec_ease"] > 5 * judged["popularity"]
    assert judged["ease_recency"] > judged["ease"]


@pytest.mark.training
def test_all_that_was_built_is_listed_and_right(walked: tuple[Path, dict[str, float]]) -> None:
    artifacts = walked[0] / "artifacts"
    listed = manifest.read_manifest(artifacts)
    assert set(listed["families"]) == set(walked[1])
    assert set(listed["golden"]) == {*walked[1], "item_texts"}
    answers = json.loads((artifacts / stored.FILE_NAME).read_text("utf-8"))
    asked = config.section(TINY, stored.SECTION, stored.Stored)
    assert answers["made_from"] == stored.made_from(asked.families, artifacts=artifacts)
    assert {name: len(lists) for name, lists in answers["lists"].items()} == dict.fromkeys(
        asked.families, 7
    )
    for name, entry in listed["families"].items():
        assert entry["results"]["table"] == "B"
        for record in entry["files"].values():
            manifest.check_file(record, artifacts)
        golden = json.loads(manifest.check_file(listed["golden"][name], artifacts))
        family = shipped.open_family(name, artifacts)
        for case in golden["cases"]:
            history = np.array(case["history"], np.int32)
            for row, expected in case["top"]:
                found = family.score([history])[0][row]
                assert found == pytest.approx(expected, abs=golden["tolerance"])


@pytest.mark.training
def test_exact_and_shipped_forms_are_both_recorded(walked: tuple[Path, dict[str, float]]) -> None:
    tables = results.read(walked[0] / "artifacts")["tables"]
    for table, families in (("A", 8), ("B", 6), ("C", 3)):
        exact = {row["family"] for row in tables[table]["rows"] if row["form"] == "exact"}
        packed = {row["family"] for row in tables[table]["rows"] if row["form"] == "shipped"}
        assert len(exact) == families
        assert exact <= packed
    networks = {"sasrec", "gru4rec"}
    assert {row["family"] for row in tables["A"]["rows"] if "bytes" in row} == networks
    assert {"mult_vae", "diffrec", "irgan"} <= {row["family"] for row in tables["C"]["rows"]}
    for name in ("B", "D"):
        asked = {row["family"] for row in tables[name]["rows"] if row["form"] == "shipped"}
        assert asked == set(walked[1])
    assert "Table C" in (walked[0] / "docs" / "results.md").read_text("utf-8")
