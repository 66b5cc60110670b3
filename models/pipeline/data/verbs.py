"""Commands: splits, catalogue, parts of large rating files."""

from __future__ import annotations

import argparse
import json

from pipeline import paths
from pipeline.commands import Commands


def add_verbs(commands: Commands) -> None:
    """Adds this room's commands."""
    added = commands.add("data", write, configured=True)
    added.add_argument("--write-hashes", action="store_true", help="keep these splits' hashes")


def write(given: argparse.Namespace) -> int:
    """Makes the splits, checks them against splits.json and writes the catalogue.

    Or, where the configuration streams a large rating file, writes its parts.
    """
    from pipeline import config
    from pipeline.data import catalogue, item_texts, rating_parts, split, split_hashes
    from pipeline.evaluate import results

    if config.is_streamed(given.config):
        print(rating_parts.write_for(given.config))
        return 0
    files = split.read_files()
    found = split_hashes.split_hashes(
        split.load_benchmark(),
        split.load_product(files=files),
        split.load_sets(files=files),
    )
    if given.write_hashes:
        split_hashes.hashes_file().write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    elif differing := split_hashes.differing_hashes(found):
        raise ValueError(f"these splits are not the committed ones: {', '.join(differing)}")
    written, coverage = catalogue.write_catalogue()
    item_texts.write_golden(written, paths.artifacts_dir())
    results.replace_between(paths.MODELS_DIR / "README.md", "coverage", coverage)
    print(coverage)
    return 0
