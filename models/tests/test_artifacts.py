"""What is shipped: the manifest tells the truth, and golden answers come out again."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from pipeline import paths
from pipeline.data.catalogue import read_catalogue
from pipeline.evaluate import shipped
from pipeline.ship import manifest
from pipeline.ship.golden import golden_histories

ARTIFACTS = paths.MODELS_DIR / "artifacts"
MANIFEST = manifest.read_manifest(ARTIFACTS)
COUNTING = ("popularity", "markov", "markov_multilag", "itemknn", "ease", "ease_recency")
MAX_TABLE_BYTES = 6_000_000
MAX_MULTIMODAL_BYTES = 1_500_000


def files() -> dict[str, dict[str, Any]]:
    found = {"catalogue": MANIFEST["catalogue"]["file"], **MANIFEST["golden"]}
    entries = {name: MANIFEST.get(name, {}) for name in ("encoder", "map")}
    for name, entry in {**MANIFEST["families"], **entries}.items():
        found.update({f"{name} {part}": file for part, file in entry.get("files", {}).items()})
    return found


@pytest.mark.parametrize("name", sorted(files()))
def test_every_file_is_the_one_the_manifest_names(name: str) -> None:
    manifest.check_file(files()[name], ARTIFACTS)


def test_every_counting_family_is_shipped_within_its_bytes() -> None:
    assert set(COUNTING) <= set(MANIFEST["families"])
    record = {
        file["path"]: file["bytes"]
        for name in COUNTING
        for file in MANIFEST["families"][name]["files"].values()
    }
    assert sum(record.values()) <= MAX_TABLE_BYTES


def test_the_multimodal_file_is_within_its_bytes() -> None:
    assert MANIFEST["families"]["multimodal"]["files"]["graph"]["bytes"] <= MAX_MULTIMODAL_BYTES


def test_both_ways_of_asking_ease_share_one_table() -> None:
    plain, recency = (MANIFEST["families"][name]["files"] for name in ("ease", "ease_recency"))
    assert plain["table"] == recency["table"]


@pytest.mark.parametrize("name", [n for n in MANIFEST["families"] if n in MANIFEST["golden"]])
def test_golden_answers_come_out_of_the_shipped_file(name: str) -> None:
    golden = json.loads((ARTIFACTS / MANIFEST["golden"][name]["path"]).read_text("utf-8"))
    assert [case["name"] for case in golden["cases"]][:1] == ["short"]
    family = shipped.open_family(name, ARTIFACTS)
    for case in golden["cases"]:
        history = np.array(case["history"], np.int32)
        scores = family.score([history])[0]
        best = shipped.top_unseen(scores, history, len(case["top"]))
        for (_, score), (row, expected) in zip(best, case["top"], strict=True):
            assert score == pytest.approx(expected, abs=golden["tolerance"])
            assert scores[row] == pytest.approx(expected, abs=golden["tolerance"])
            assert row not in case["history"]


@pytest.mark.parametrize("name", COUNTING)
def test_every_counting_family_has_golden_answers_for_long_histories(name: str) -> None:
    golden = json.loads((ARTIFACTS / MANIFEST["golden"][name]["path"]).read_text("utf-8"))
    max_history = MANIFEST["families"][name]["max_history"]
    expected = golden_histories(read_catalogue(ARTIFACTS), max_history=max_history)
    lengths = {case["name"]: len(case["history"]) for case in golden["cases"]}
    assert lengths["short"] == 3
    assert lengths["full"] == max_history
    assert lengths["over-long"] == max_history + 25
    assert [case["history"] for case in golden["cases"]] == [h.tolist() for h in expected.values()]


def test_a_file_that_was_changed_is_refused(tmp_path: Any) -> None:
    (tmp_path / "x.table").write_bytes(b"abc")
    record = manifest.file_record(tmp_path / "x.table", artifacts=tmp_path)
    (tmp_path / "x.table").write_bytes(b"abd")
    with pytest.raises(manifest.ManifestError, match="not the file"):
        manifest.check_file(record, tmp_path)
