"""Blend as a family: worked by hand, out of shipped files, and refused where it cannot be."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline import config, paths, steps
from pipeline.commands import PRODUCT
from pipeline.evaluate import shipped
from pipeline.families import blend, registry
from pipeline.families.blend import Blend, Settings
from pipeline.ship import manifest

ARTIFACTS = paths.MODELS_DIR / "artifacts"
TINY = paths.MODELS_DIR / "configs" / "tiny.toml"


def rows(*numbers: int) -> NDArray[np.int32]:
    return np.array(numbers, np.int32)


class Says:
    """A member that always gives the same scores."""

    def __init__(self, *scores: float) -> None:
        self.scores = np.array(scores, np.float32)

    def score(self, histories: Sequence[NDArray[np.int32]]) -> NDArray[np.floating]:
        return np.tile(self.scores, (len(histories), 1))


def test_three_films_and_two_members_by_hand() -> None:
    # The first places them 0, 1, 2; the second, twice as heavy, 2, 0, 1. Points: 1, 2/3, 1/2.
    family = Blend((Says(9.0, 5.0, 1.0), Says(0.2, 0.1, 0.3)), (1.0, 2.0), 1.0)
    none, picked = family.score([rows(), rows(2)])
    assert none == pytest.approx([1 + 2 * 2 / 3, 2 / 3 + 2 / 2, 1 / 2 + 2])
    # Without film 2 both say 0 before 1.
    assert picked == pytest.approx([3.0, 3 * 2 / 3, 0.0])
    assert family.attention(rows(0)) is None
    assert family.contributions(rows(0), 1) is None


def test_a_variant_of_the_history_is_asked_of_every_member() -> None:
    class Counts:
        """Scores the film after the newest pick, and remembers what it was asked."""

        def __init__(self) -> None:
            self.asked: list[list[int]] = []

        def score(self, histories: Sequence[NDArray[np.int32]]) -> NDArray[np.floating]:
            self.asked += [history.tolist() for history in histories]
            found = np.zeros((len(histories), 4), np.float32)
            for k, history in enumerate(histories):
                found[k, (history[-1] + 1) % 4] = 1
            return found

    members = (Counts(), Counts())
    family = Blend(members, (1.0, 1.0), 20.0)
    whole, without = family.score([rows(0, 1), rows(0)])
    assert [member.asked for member in members] == [[[0, 1], [0]], [[0, 1], [0]]]
    assert int(np.argmax(whole)) == 2
    assert int(np.argmax(without)) == 1


def test_doubt_is_what_near_scores_may_move() -> None:
    # Films 0 and 1 may change places, film 2 is safe; the other member is sure of all.
    family = Blend((Says(1.0, 0.9999, 0.0), Says(3.0, 2.0, 1.0)), (2.0, 1.0), 0.0)
    assert family.doubt(rows(), (1e-4, 1e-4)) == pytest.approx([1.0, 1.0, 0.0])
    assert family.doubt(rows(1), (1e-4, 1e-4)).tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"members": ("ease",), "weights": (1.0,)}, "two members"),
        ({"members": ("ease", "ease"), "weights": (1.0, 1.0)}, "each once"),
        ({"members": ("ease", "oracle"), "weights": (1.0, 1.0)}, "cannot blend oracle"),
        ({"members": ("ease", "blend"), "weights": (1.0, 1.0)}, "cannot blend blend"),
        ({"members": ("ease", "markov"), "weights": (1.0,)}, "a weight for each"),
        ({"members": ("ease", "markov"), "weights": (1.0, 0.0)}, "above 0"),
        ({"members": ("ease", "markov"), "weights": (1.0, 1.0), "constant": -1.0}, "0 or more"),
    ],
)
def test_settings_that_mean_nothing_are_refused(settings: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Settings(**settings)  # type: ignore[arg-type]


@pytest.mark.parametrize("path", [PRODUCT, TINY])
def test_both_configurations_name_families_that_can_be_blended(path: Path) -> None:
    settings = config.section(path, blend.NAME, Settings)
    assert len(settings.members) >= 2
    assert registry.family_of(blend.NAME).kind is registry.Kind.BLEND


def test_what_is_shipped_is_what_the_configuration_says() -> None:
    listed = manifest.read_manifest(ARTIFACTS)["families"]
    settings, entry = config.section(PRODUCT, blend.NAME, Settings), listed[blend.NAME]
    assert {key: entry[key] for key in ("members", "constant")} == settings.entry()
    assert entry["files"] == {}
    assert entry["max_history"] == max(listed[name]["max_history"] for name in settings.members)
    records = [record for name in settings.members for record in listed[name]["files"].values()]
    size = {record["path"]: record["bytes"] for record in records}
    assert manifest.family_bytes(blend.NAME, ARTIFACTS) == sum(size.values())


def test_the_shipped_blend_is_its_shipped_members_by_place() -> None:
    settings = config.section(PRODUCT, blend.NAME, Settings)
    golden = json.loads((ARTIFACTS / "golden" / f"{blend.NAME}.json").read_text("utf-8"))
    history = np.array(golden["cases"][0]["history"], np.int32)
    expected = 0.0
    row = golden["cases"][0]["top"][0][0]
    for name, weight in zip(settings.members, settings.weights, strict=True):
        scores = shipped.open_family(name, ARTIFACTS).score([history])[0]
        scores = np.delete(scores, history[history != row])
        place = 1 + int((scores > scores[row - int((history < row).sum())]).sum())
        expected += weight * (settings.constant + 1) / (settings.constant + place)
    found = shipped.open_family(blend.NAME, ARTIFACTS).score([history])[0]
    assert found[row] == pytest.approx(expected, abs=1e-6)
    assert found[history].tolist() == [0.0] * len(history)


def test_it_is_exported_after_its_members() -> None:
    names = [step.name for step in steps.steps()]
    settings = config.section(PRODUCT, blend.NAME, Settings)
    networks = [name for name in settings.members if name in registry.EXPORTED]
    before = [names.index(f"export {name}") for name in networks]
    assert max(before, default=names.index("fit-baselines")) < names.index("export blend")
    assert "train blend" not in names


def test_members_have_to_be_shipped_first(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"version": 1, "families": {}}', "utf-8")
    with pytest.raises(ValueError, match="export first: ease_recency, gru4rec"):
        blend.ship(_with("ease_recency", "gru4rec", folder=tmp_path), artifacts=tmp_path)


def _with(*members: str, folder: Path) -> Path:
    path = folder / "some.toml"
    weights = [1.0] * len(members)
    path.write_text(f"[blend]\nmembers = {list(members)}\nweights = {weights}\n", "utf-8")
    return path
