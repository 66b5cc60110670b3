"""Configuration files: one TOML, one section per part, each a frozen dataclass."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from pipeline.families import registry

T = TypeVar("T")


SECTIONS = frozenset(
    {
        *("made_up", "catalogue", "pack"),
        *(section for family in registry.FAMILIES for section in family.sections),
        *("small_encoder", "small_encoder_texts"),
        *("rating_parts", "streamed"),
        *("llm_tuning", "stored"),
    }
)
"""Every section that something reads."""


class ConfigError(ValueError):
    """A configuration that means nothing; the message names the file, the section and the key."""


def read(path: Path) -> dict[str, dict[str, Any]]:
    """All sections of a file; refuses those that nothing reads."""
    sections = tomllib.loads(path.read_text("utf-8"))
    if unknown := sorted(sections.keys() - SECTIONS):
        raise ConfigError(f"{path}: nothing reads [{'], ['.join(unknown)}]")
    for name, section in sections.items():
        if not isinstance(section, dict):
            raise ConfigError(f"{path}: {name} stands outside any section")
    return sections


def is_streamed(path: Path) -> bool:
    """Whether a configuration is for a rating file too large to hold."""
    return "rating_parts" in read(path)


def section(path: Path, name: str, kind: type[T]) -> T:
    """One section as `kind`; unknown keys are refused, missing ones keep their default."""
    given = read(path).get(name, {})
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    if unknown := sorted(given.keys() - known):
        raise ConfigError(f"{path}: [{name}] does not know {', '.join(unknown)}")
    values = {key: tuple(v) if isinstance(v, list) else v for key, v in given.items()}
    return kind(**values)
