"""Commands: the maps of all films."""

from __future__ import annotations

import argparse

from pipeline import paths
from pipeline.commands import Commands


def add_verbs(commands: Commands) -> None:
    """Adds this room's commands."""
    commands.add("map", build)


def build(given: argparse.Namespace) -> int:
    """Lays all films out on two maps, by text and by SASRec, and names their regions."""
    from pipeline.map import film_map

    for name, kept in film_map.build(paths.artifacts_dir()).items():
        print(f"{name}: {kept:.1%} of each film's ten nearest are among its ten nearest on the map")
    return 0
