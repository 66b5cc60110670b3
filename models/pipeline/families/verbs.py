"""Commands: families chosen, fitted, trained and exported."""

from __future__ import annotations

import argparse

from pipeline.commands import BENCHMARK, Commands
from pipeline.families import registry


def add_verbs(commands: Commands) -> None:
    """Adds this room's commands."""
    added = commands.add("choose", choose, configured=True)
    added.add_argument("--family", action="append", help="all with settings if left out")
    added.add_argument("--table", default="B", choices=("A", "B", "D"))
    commands.add("choose-blend", choose_blend, configured=True)
    added = commands.add("fit-baselines", fit_baselines, configured=True)
    added.add_argument("--leave-test", action="store_true", help="ship without asking B's test")
    added = commands.add("train", train, configured=True)
    added.add_argument("--family", default="sasrec", choices=registry.EXPORTED)
    added.add_argument("--table", default="B", choices=("A", "B", "C"), help="which to train for")
    added = commands.add("export", export, configured=True)
    added.add_argument("--family", default="sasrec", choices=registry.EXPORTED)


def choose(given: argparse.Namespace) -> int:
    """Prints what other settings of the counting families reach on validation."""
    from pipeline.data import split
    from pipeline.evaluate import choose
    from pipeline.families import counting
    from pipeline.families.linear import Evidence

    settings = counting.read_config(given.config)
    if given.table == "A":
        benchmark = split.load_benchmark()
        evidence = Evidence(benchmark.n_items, benchmark.train, [])
        cases = benchmark.valid
    else:
        product = split.load_product()
        evidence = counting.product_evidence(product.for_choice)
        cases = product.valid_last_ten
        if given.table == "D":
            for line in choose.rated(evidence, settings, product.valid_liked):
                print(line, flush=True)
            return 0
    for tried in choose.tried(evidence, settings, cases, families=given.family or ()):
        print(tried, flush=True)
    return 0


def choose_blend(given: argparse.Namespace) -> int:
    """Prints what rank fusion of families reaches on validation."""
    from pipeline.evaluate import blends

    for tried in blends.tried(given.config):
        print(tried, flush=True)
    return 0


def fit_baselines(given: argparse.Namespace) -> int:
    """Fits and ships the counting families; `evaluate` fits them for tables A and C."""
    from pipeline.data import split
    from pipeline.families import counting

    settings = counting.read_config(given.config)
    counting.ship(split.load_product(), settings, ask_test=not given.leave_test)
    return 0


def train(given: argparse.Namespace) -> int:
    """Trains a network for one table; given again, goes on where it stopped."""
    from pipeline import config

    if config.is_streamed(given.config):
        from pipeline.training import streamed

        if given.family != "sasrec":
            raise ValueError(f"only sasrec is trained on streamed ratings, not {given.family}")
        streamed.train_sasrec(given.config)
        return 0
    registry.run_of(given.family).train_for(given.table, given.config, BENCHMARK)
    return 0


def export(given: argparse.Namespace) -> int:
    """Exports, quantises, registers and measures a trained product network."""
    registry.run_of(given.family).export(given.config)
    return 0
