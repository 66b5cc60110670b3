"""A made-up data folder, shared by all tests that read data."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import paths
from pipeline.data import made_up
from pipeline.program import Program


@pytest.fixture(scope="session", autouse=True)
def core() -> Iterator[None]:
    """The core's program, built without the release's long optimising."""
    with pytest.MonkeyPatch.context() as patch:
        if "GLASSREC_CORE" not in os.environ:
            command = ["cargo", "build", "--locked", "--quiet", "--package", "glassrec-core"]
            subprocess.run(command, cwd=paths.PROJECT_DIR, check=True)
            target = os.environ.get("CARGO_TARGET_DIR", str(paths.PROJECT_DIR / "target"))
            patch.setenv("GLASSREC_CORE", str(Path(target) / "debug" / "glassrec-core"))
        yield


@pytest.fixture(scope="session")
def program(core: None) -> Iterator[Program]:
    """One that runs for all tests."""
    with Program(paths.MODELS_DIR / "artifacts") as running:
        yield running


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    made_up.write_data(made_up.MadeUp(), folder)
    return folder


@pytest.fixture
def made_up_folders(data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands read the made-up data and write into the test's own folder."""
    monkeypatch.setenv("GLASSREC_DATA", str(data_folder))
    monkeypatch.setenv("GLASSREC_WORK", str(tmp_path / "work"))
    monkeypatch.setenv("GLASSREC_ARTIFACTS", str(tmp_path / "artifacts"))
    monkeypatch.setenv("GLASSREC_BENCHMARK", str(tmp_path / "benchmark"))
