"""The steps of `all`: whatever ships is made by one of them, after what it is made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline import cli, paths, steps
from pipeline.evaluate import stored
from pipeline.families import registry
from pipeline.ship import manifest

ARTIFACTS = paths.MODELS_DIR / "artifacts"


def shipped_files(entry: Any) -> Iterator[str]:
    """The paths in a part of the manifest."""
    if isinstance(entry, dict) and "sha256" in entry:
        yield entry["path"]
    elif isinstance(entry, dict):
        for part in entry.values():
            yield from shipped_files(part)


def test_every_shipped_file_is_written_by_exactly_one_step() -> None:
    written = Counter(file for step in steps.steps() for file in step.writes)
    assert [file for file, n in written.items() if n > 1] == []
    listed = set(shipped_files(manifest.read_manifest(ARTIFACTS)))
    assert listed - written.keys() == {"dialogue.lexicon.json"}
    # What the first page shows names what it was made from itself.
    assert written.keys() - listed == {stored.FILE_NAME}


def test_a_step_reads_what_an_earlier_one_wrote() -> None:
    there = set(steps.INPUTS)
    for step in steps.steps():
        assert set(step.reads) <= there, step.name
        there.update(step.writes)


def test_the_inputs_are_there_and_read() -> None:
    assert all((ARTIFACTS / file).exists() for file in steps.INPUTS)
    assert set(steps.INPUTS) <= {file for step in steps.steps() for file in step.reads}


def test_every_family_of_the_manifest_is_registered_and_no_other() -> None:
    assert set(registry.NAMES) == set(manifest.read_manifest(ARTIFACTS)["families"])


@pytest.fixture
def two_steps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """Makes `all` a list of two steps, and keeps what is asked of the command line."""
    asked: list[list[str]] = []

    def command(arguments: list[str]) -> int:
        asked.append(arguments)
        (tmp_path / arguments[0]).touch()
        return 0

    monkeypatch.setenv("GLASSREC_ARTIFACTS", str(tmp_path))
    monkeypatch.setattr(cli, "main", command)
    return asked


FIRST = steps.Step("first", ("first",), (), ("first",), True)
SECOND = steps.Step("second of two", ("second", "--family", "x"), ("first",), ("second",))


def test_steps_run_in_order_and_can_be_taken_up(two_steps: list[list[str]]) -> None:
    config = Path("some.toml")
    assert steps.run([FIRST, SECOND], config) == 0
    assert two_steps == [["first", "--config", "some.toml"], ["second", "--family", "x"]]
    two_steps.clear()
    assert steps.run([FIRST, SECOND], config, first="second of two") == 0
    assert two_steps == [["second", "--family", "x"]]
    with pytest.raises(ValueError, match="there is no step 'third'; there are: first, second"):
        steps.run([FIRST, SECOND], config, first="third")


def test_a_step_without_what_it_reads_is_not_begun(two_steps: list[list[str]]) -> None:
    with pytest.raises(ValueError, match="the step second of two needs first"):
        steps.run([FIRST, SECOND], Path("some.toml"), first="second of two")
    assert two_steps == []


def test_a_step_that_leaves_something_out_ends_the_run(two_steps: list[list[str]]) -> None:
    lazy = steps.Step("lazy", ("lazy",), (), ("lazy", "more"))
    with pytest.raises(ValueError, match="lazy should have written more"):
        steps.run([lazy, FIRST], Path("some.toml"))
    assert two_steps == [["lazy"]]
