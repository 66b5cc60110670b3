"""Commands: the text encoders and the films' vectors."""

from __future__ import annotations

import argparse
import json

from pipeline import paths
from pipeline.commands import Commands


def add_verbs(commands: Commands) -> None:
    """Adds this room's commands."""
    commands.add("encoder", build)
    commands.add("embed", embed)
    commands.add("small-encoder", build_small, configured=True)
    commands.add("encoder-report", report)


def build(given: argparse.Namespace) -> int:
    """Exports the text encoder and the catalogue's vectors."""
    from pipeline.encoder import minilm

    minilm.build(paths.artifacts_dir())
    return 0


def embed(given: argparse.Namespace) -> int:
    """Embeds the films' texts again with the shipped encoder, after facts have changed."""
    from pipeline.encoder import minilm

    minilm.embed(paths.artifacts_dir())
    return 0


def build_small(given: argparse.Namespace) -> int:
    """Distils the small text encoder from the shipped one."""
    from pipeline.encoder import small_encoder

    small_encoder.build(given.config)
    return 0


def report(given: argparse.Namespace) -> int:
    """Prints how well and how fast the small text encoder searches beside the large one."""
    from pipeline.encoder import small_encoder_report

    print(json.dumps(small_encoder_report.report(), indent=1))
    return 0
