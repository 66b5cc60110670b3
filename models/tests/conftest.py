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
