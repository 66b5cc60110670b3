"""Where the pipeline reads and writes. Settings are environment variables.

`GLASSREC_DATA` is the folder of rating files, `GLASSREC_ARTIFACTS` the folder the site ships.
"""

from __future__ import annotations

import os
from pathlib import Path

MODELS_DIR = Path(__file__).resolve().parent.parent
PROJECT_DIR = MODELS_DIR.parent


def data_dir() -> Path:
    """The folder of raw rating files, never part of the project."""
    return Path(os.environ.get("GLASSREC_DATA", PROJECT_DIR.parent / "shared" / "data"))


def artifacts_dir() -> Path:
    """The folder where Python and Rust meet."""
    return Path(os.environ.get("GLASSREC_ARTIFACTS", MODELS_DIR / "artifacts"))


def benchmark_dir() -> Path:
    """The networks of table A, which no site carries."""
    return Path(os.environ.get("GLASSREC_BENCHMARK", MODELS_DIR / "benchmark"))


def llm_dir() -> Path:
    """The language model, built by `make llm` and ignored by git."""
    return Path(os.environ.get("GLASSREC_LLM", MODELS_DIR / "llm"))


def work_dir() -> Path:
    """Checkpoints and caches, ignored by git."""
    return Path(os.environ.get("GLASSREC_WORK", MODELS_DIR / "work"))
