"""Answers that the first page shows: every part of one history, and what they rest on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from pipeline import config, paths
from pipeline.__main__ import main
from pipeline.commands import PRODUCT
from pipeline.data import catalogue
from pipeline.errors import InputError
from pipeline.evaluate import shipped, stored
from pipeline.evaluate.stored import Stored
from pipeline.ship import manifest

ARTIFACTS = paths.MODELS_DIR / "artifacts"
SHIPPED = json.loads((ARTIFACTS / stored.FILE_NAME).read_text("utf-8"))


def test_a_history_has_every_part_once_and_the_whole_one_last() -> None:
    parts = stored.parts_of(np.array([7, 3, 5], np.int32))
    assert [part.tolist() for part in parts] == [[7], [3], [7, 3], [5], [7, 5], [3, 5], [7, 3, 5]]


def test_the_shipped_answers_rest_on_the_shipped_files() -> None:
    asked = config.section(PRODUCT, stored.SECTION, Stored)
    assert SHIPPED["made_from"] == stored.made_from(asked.families, artifacts=ARTIFACTS), (
        'run "python -m pipeline stored-answers"'
    )
    history = [film[0] for film in SHIPPED["films"][: SHIPPED["n_history"]]]
    assert history == list(asked.history)


@pytest.mark.parametrize("name", SHIPPED["lists"])
def test_the_shipped_answers_come_out_again(name: str) -> None:
    golden = json.loads((ARTIFACTS / "golden" / f"{name}.json").read_text("utf-8"))
    held = catalogue.read_catalogue(ARTIFACTS)
    rows = held.rows_of([film[0] for film in SHIPPED["films"]])
    parts = stored.parts_of(rows[: SHIPPED["n_history"]])
    scores = shipped.open_family(name, ARTIFACTS).score(parts)
    assert len(SHIPPED["lists"][name]) == len(parts)
    for of, part, listed in zip(scores, parts, SHIPPED["lists"][name], strict=True):
        best = [score for _, score in shipped.top_unseen(of, part, stored.N_LISTED)]
        assert of[rows[listed]] == pytest.approx(best, abs=golden["tolerance"])
        assert not set(rows[listed].tolist()) & set(part.tolist())


def test_films_are_what_the_catalogue_says() -> None:
    held = catalogue.read_catalogue(ARTIFACTS)
    for movie, title, year, genres in SHIPPED["films"]:
        row = held.row_of_id[movie]
        assert (title, year, genres) == (held.title[row], held.year[row], held.genres[row])
    assert SHIPPED["genre_names"] == held.genre_names


def test_the_command_keeps_every_part_and_its_sums(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = manifest.read_manifest(ARTIFACTS)
    files = ("manifest.json", "catalogue.json", "catalogue.details.json", "ease.table")
    for name in files:
        shutil.copy(ARTIFACTS / name, tmp_path / name)
    monkeypatch.setenv("GLASSREC_ARTIFACTS", str(tmp_path))
    asked = tmp_path / "asked.toml"
    asked.write_text('[stored]\nhistory = [1214, 6, 608]\nfamilies = ["ease_recency", "ease"]\n')
    assert main(["stored-answers", "--config", str(asked)]) == 0
    kept = json.loads((tmp_path / stored.FILE_NAME).read_text("utf-8"))
    assert [film[1] for film in kept["films"][: kept["n_history"]]] == ["Alien", "Heat", "Fargo"]
    assert list(kept["lists"]) == ["ease_recency", "ease"]
    for lists in kept["lists"].values():
        assert [len(one) for one in lists] == [stored.N_LISTED] * 7
        assert not set(lists[-1]) & {0, 1, 2}
    assert kept["made_from"]["files"] == {
        "catalogue.json": listed["catalogue"]["file"]["sha256"],
        "ease.table": listed["families"]["ease"]["files"]["table"]["sha256"],
    }
    assert set(kept["made_from"]["settings"]) == {"ease_recency", "ease"}


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (Stored((), ("ease",)), "needs 1 to 6 films: 0"),
        (Stored((1214, 1214), ("ease",)), "twice"),
        (Stored((1214, 4_000_000), ("ease",)), "4000000"),
        (Stored((1214,), ("oracle",)), "oracle"),
    ],
)
def test_what_cannot_be_asked_is_refused(asked: Stored, says: str) -> None:
    with pytest.raises((InputError, shipped.UnknownFamilyError), match=says):
        stored.answered(asked, artifacts=ARTIFACTS)
