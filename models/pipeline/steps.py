"""`python -m pipeline all`: everything that ships, built anew by the commands in their order.

Every step names the artefacts that it reads and writes, so that a run can be taken up anywhere.
`results.json` and `manifest.json` are kept by most steps, each its own part, and named by none.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import config, paths
from pipeline.commands import PRODUCT, Commands
from pipeline.evaluate import held_out, stored
from pipeline.families import blend, registry

INPUTS = ("dialogue.lexicon.json", "llm.adapter")
"""Artefacts that no step writes: the word lists are written by hand, and which adapter of those
that `llm-tune` trains is shipped is a person's choice."""
CATALOGUE = ("catalogue.json", "catalogue.details.json")
SMALL_ENCODER = ("encoder.small.wasm.onnx", "encoder.small.webgpu.onnx")


@dataclass(frozen=True)
class Step:
    """One command, and what it does to `models/artifacts`."""

    name: str
    command: tuple[str, ...]
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    is_configured: bool = False
    """Whether it is told which configuration."""


def steps() -> list[Step]:
    """From rating files to all that ships, in order."""
    return [
        Step("data", ("data",), (), (*CATALOGUE, "golden/item_texts.json"), True),
        Step("fit-baselines", ("fit-baselines",), CATALOGUE, _counted(), True),
        Step(
            "encoder",
            ("encoder",),
            CATALOGUE,
            (
                *("encoder.wasm.onnx", "encoder.webgpu.onnx"),
                *("tokenizer.json", "tokenizer.folds.json", "catalogue.vectors"),
                *_golden("encoder", "tokenizer"),
            ),
        ),
        Step(
            "small-encoder",
            ("small-encoder",),
            (*CATALOGUE, "catalogue.vectors", "encoder.wasm.onnx", "itemknn.table"),
            (*SMALL_ENCODER, *_golden("small_encoder")),
            True,
        ),
        *_exported(),
        Step(
            "map",
            ("map",),
            (*CATALOGUE, "catalogue.vectors", "sasrec_ease.onnx"),
            ("text.layout", "model.layout"),
        ),
        Step(
            "fit-dialogue",
            ("fit-dialogue",),
            (*CATALOGUE, "catalogue.vectors", *SMALL_ENCODER, "sasrec_ease.onnx", INPUTS[0]),
            ("dialogue.json", *_golden("dialogue")),
        ),
        Step("llm", ("llm",), (*CATALOGUE, INPUTS[1])),
        Step(
            "llm-golden",
            ("llm-golden",),
            CATALOGUE,
            (*_golden("llm", "llm_tokenizer", "llm_tiny"), "golden/llm_tiny.onnx"),
        ),
        Step(
            "stored-answers",
            ("stored-answers",),
            (*CATALOGUE, *_of_stored()),
            (stored.FILE_NAME,),
            True,
        ),
        Step(
            "held-out",
            ("held-out",),
            (*CATALOGUE, "catalogue.vectors", "popularity.scores", *_of_all()),
            (held_out.FILE_NAME, held_out.GOLDEN_NAME),
        ),
        Step("evaluate", ("evaluate",), is_configured=True),
        Step("modalities", ("modalities",), is_configured=True),
        *(Step(name, (name,)) for name in ("beyond-accuracy", "by-popularity", "faithfulness")),
        Step("own-films", ("own-films",)),
        *(Step(name, (name,)) for name in ("tables", "manifest")),
    ]


def _counted() -> tuple[str, ...]:
    tables = [
        f"{family.name}.table"
        for family in registry.COUNTED
        if not family.table_of and family.name != "popularity"
    ]
    golden = _golden(*(family.name for family in registry.COUNTED))
    return ("popularity.scores", *tables, *golden)


def _exported() -> Iterator[Step]:
    """Every family that is trained and exported by itself."""
    for name in registry.EXPORTED:
        family = registry.family_of(name)
        reads = (*CATALOGUE, "catalogue.vectors") if family.reads_texts else CATALOGUE
        if family.kind is registry.Kind.TEXTS:
            reads = (*reads, "popularity.scores")
        elif family.kind is registry.Kind.BLEND:
            reads = (*reads, *_of_members())
        else:
            yield Step(f"train {name}", ("train", "--family", name), reads, (), True)
        graph = (f"{name}.onnx",) if family.kind is registry.Kind.NETWORK else ()
        writes = (*graph, *family.more_files, *_golden(name))
        yield Step(f"export {name}", ("export", "--family", name), reads, writes, True)


def _of_members() -> Iterator[str]:
    """What the families that the product's blend is made of ship."""
    for name in config.section(PRODUCT, blend.NAME, blend.Settings).members:
        yield from _model_of(name)
        yield from _golden(name)


def _of_stored() -> Iterator[str]:
    """What the families whose answers the first page shows ship, and those they are made of."""
    for name in config.section(PRODUCT, stored.SECTION, stored.Stored).families:
        if registry.family_of(name).kind is registry.Kind.BLEND:
            yield from _of_members()
        yield from _model_of(name)


def _of_all() -> Iterator[str]:
    """What every family ships, each file once."""
    yield from dict.fromkeys(file for name in registry.NAMES for file in _model_of(name))


def _model_of(name: str) -> Iterator[str]:
    family = registry.family_of(name)
    if family.kind is registry.Kind.NETWORK:
        yield f"{name}.onnx"
    elif family.kind is registry.Kind.COUNTING and name != "popularity":
        yield f"{family.table_of or name}.table"


def _golden(*names: str) -> tuple[str, ...]:
    return tuple(f"golden/{name}.json" for name in names)


def run(listed: Sequence[Step], config: Path, *, first: str | None = None) -> int:
    """Runs the steps in order, from the one named `first`; 0 if all went well.

    Raises `ValueError` if there is no such step, or if a step lacks what it reads or leaves out
    what it should write.
    """
    from pipeline import cli  # which imports this module

    names = [step.name for step in listed]
    if first is not None and first not in names:
        raise ValueError(f"there is no step {first!r}; there are: {', '.join(names)}")
    for number, step in enumerate(listed, start=1):
        if first is not None and number <= names.index(first):
            continue
        print(f"-- {number} of {len(listed)}: {step.name}", flush=True)
        began = time.monotonic()
        _check(step, step.reads, "needs")
        configured = ("--config", str(config)) if step.is_configured else ()
        if code := cli.main([*step.command, *configured]):
            print(f'to go on from here: python -m pipeline all --from "{step.name}"', flush=True)
            return code
        _check(step, step.writes, "should have written")
        print(f"   {time.monotonic() - began:.1f} s", flush=True)
    return 0


def _check(step: Step, files: Sequence[str], said: str) -> None:
    missing = [file for file in files if not (paths.artifacts_dir() / file).exists()]
    if missing:
        raise ValueError(f"the step {step.name} {said} {', '.join(missing)}")


def add_verbs(commands: Commands) -> None:
    """Adds the command for all of it."""
    added = commands.add("all", run_all, configured=True)
    added.add_argument("--from", dest="first", metavar="STEP", help="go on from this step")
    added.add_argument("--list", action="store_true", help="only print the steps")


def run_all(given: argparse.Namespace) -> int:
    """Rebuilds all that ships; on made-up data, or a large rating file, what the config is for."""
    if "made_up" in config.read(given.config):
        from pipeline import tiny

        tiny.run(given.config)
        return 0
    listed = steps()
    if config.is_streamed(given.config):
        listed = [Step(name, (name,), is_configured=True) for name in ("data", "train")]
    if given.list:
        for step in listed:
            print(f"{step.name}: {', '.join(step.reads)} -> {', '.join(step.writes)}")
        return 0
    return run(listed, given.config, first=given.first)
