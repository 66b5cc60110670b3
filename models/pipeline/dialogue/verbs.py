"""Commands: conversations fitted and measured."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from pipeline import paths
from pipeline.commands import Commands


def add_verbs(commands: Commands) -> None:
    """Adds this room's commands."""
    fitted = commands.add("fit-dialogue", fit_weights)
    fitted.add_argument("--test", action="store_true", help="ask the testing half as well")
    added = commands.add("judge-conversations", judge_conversations)
    added.add_argument("--file", type=Path, required=True, help="turns as in redial_valid.jsonl")
    added.add_argument("--part", default="all", choices=("all", "choosing", "testing"))
    added.add_argument("--users", type=Path, help="whose last films seekers have in mind")
    added.add_argument("--encoder", default="small_encoder", choices=("small_encoder", "encoder"))
    added.add_argument(
        "--reranked",
        type=int,
        default=0,
        help="turns whose first 20 films `make llm`'s model ranks",
    )
    commands.add("judge-intents", judge_intents)


def fit_weights(given: argparse.Namespace) -> int:
    """Fits the weights of conversations, ships them, measures them and writes golden answers."""
    from pipeline.dialogue import ship

    print(json.dumps(ship.ship(paths.artifacts_dir(), asks_test=given.test), indent=1))
    return 0


def judge_conversations(given: argparse.Namespace) -> int:
    """Prints how often conversations of a file find what was recommended, step by step."""
    from pipeline.dialogue import judge

    found = judge.judge(
        given.file,
        part=given.part,
        users=given.users,
        encoder=given.encoder,
        n_reranked=given.reranked,
    )
    print(json.dumps(found, indent=1, ensure_ascii=False))
    return 0


def judge_intents(given: argparse.Namespace) -> int:
    """Records which intents people marked in conversations, and which the page reads; prints it."""
    from pipeline.dialogue import intents
    from pipeline.evaluate import results

    found = intents.judge(paths.artifacts_dir())
    results.record_intents(found)
    print(intents.markdown(found))
    return 0
