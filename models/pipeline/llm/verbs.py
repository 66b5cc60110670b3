"""Commands: the language model built, measured and tuned."""

from __future__ import annotations

import argparse
import json

from pipeline import paths
from pipeline.commands import Commands


def add_verbs(commands: Commands) -> None:
    """Adds this room's commands."""
    commands.add("llm", build_model)
    commands.add("llm-golden", write_golden)
    added = commands.add("llm-check", check_model)
    added.add_argument("--sets", type=int, default=200, help="lists of candidates")
    added = commands.add("llm-rank", rank_lists)
    added.add_argument("--users", type=int, default=200)
    added.add_argument("--long", type=int, default=200, help="users with long lists too")
    added.add_argument("--test", action="store_true", help="ask the test part, and record it")
    added.add_argument("--listed", action="store_true", help="only: candidates in the prompt")
    commands.add("llm-tune", tune, configured=True)


def build_model(given: argparse.Namespace) -> int:
    """Builds the language model from its packages; ends at once if nothing has changed."""
    from pipeline.llm import build

    build.build(paths.llm_dir())
    return 0


def write_golden(given: argparse.Namespace) -> int:
    """Writes the golden answers of the built language model."""
    from pipeline.llm import golden

    golden.write(paths.artifacts_dir())
    return 0


def check_model(given: argparse.Namespace) -> int:
    """Measures how far the built language model is from the package's in full precision."""
    from pipeline.evaluate import results
    from pipeline.llm import check

    found = check.check(n_sets=given.sets)
    results.record_llm("check", found)
    print(json.dumps(found, indent=1))
    return 0


def rank_lists(given: argparse.Namespace) -> int:
    """Measures how the built language model ranks short lists, beside what the site has."""
    from pipeline.evaluate import results
    from pipeline.llm import rank

    if given.listed:
        part, found = "listed", rank.listed()
    else:
        found = rank.measured(n_users=given.users, n_long=given.long, asks_test=given.test)
        part = found["part"]
    results.record_llm(part, found)
    print(json.dumps(found, indent=1))
    return 0


def tune(given: argparse.Namespace) -> int:
    """Tunes the language model on training readers; given again, goes on where it stopped."""
    from pipeline.llm import tuning

    tuning.tune(given.config)
    return 0
