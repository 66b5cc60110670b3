"""A made-up data folder, shared by all tests that read data."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import made_up


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
