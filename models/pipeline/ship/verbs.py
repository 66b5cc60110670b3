"""Commands: the manifest."""

from __future__ import annotations

import argparse

from pipeline.commands import Commands


def add_verbs(commands: Commands) -> None:
    """Adds this room's commands."""
    commands.add("manifest", write)


def write(given: argparse.Namespace) -> int:
    """Brings sizes, checksums and results in manifest.json up to date."""
    from pipeline.ship import manifest

    families = manifest.write_manifest()["families"]
    print(", ".join(families))
    return 0
