"""How a room's verbs become commands of `python -m pipeline`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from pipeline import paths

PRODUCT = paths.MODELS_DIR / "configs" / "product.toml"
BENCHMARK = paths.MODELS_DIR / "configs" / "benchmark-ml1m.toml"
Run = Callable[[argparse.Namespace], int]


class Commands:
    """The commands so far."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._parsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(self, name: str, run: Run, *, configured: bool = False) -> argparse.ArgumentParser:
        """Adds a command that `run` answers, whose docstring is its help.

        One that is `configured` takes a TOML file.
        """
        added = self._parsers.add_parser(name, help=run.__doc__, description=run.__doc__)
        added.set_defaults(run=run)
        if configured:
            added.add_argument("--config", type=Path, default=PRODUCT)
        return added
