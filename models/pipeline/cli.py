"""`python -m pipeline COMMAND`: every step from rating files to checked artefacts."""

from __future__ import annotations

import argparse
import sys

from pipeline import steps
from pipeline.commands import Commands, Run
from pipeline.data import verbs as data
from pipeline.dialogue import verbs as dialogue
from pipeline.encoder import verbs as encoder
from pipeline.evaluate import held_out, stored
from pipeline.evaluate import verbs as evaluate
from pipeline.families import verbs as families
from pipeline.llm import verbs as llm
from pipeline.map import verbs as film_maps
from pipeline.ship import verbs as ship

ROOMS = (data, families, encoder, film_maps, evaluate, stored, held_out, ship, llm, dialogue, steps)


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; 0 if it went well, 2 if the input was at fault."""
    parser = argparse.ArgumentParser(prog="python -m pipeline", description=__doc__)
    commands = Commands(parser)
    for room in ROOMS:
        room.add_verbs(commands)
    given = parser.parse_args(arguments)
    run: Run = given.run
    try:
        return run(given)
    except (ValueError, FileNotFoundError) as error:
        print(f"{given.command}: {error}", file=sys.stderr)
        return 2
