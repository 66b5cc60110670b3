"""Configuration files: one TOML, one section per part, each a frozen dataclass."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class ConfigError(ValueError):
    """A configuration that means nothing; the message names the file, the section and the key."""


def read(path: Path) -> dict[str, dict[str, Any]]:
    """All sections of a file."""
    sections = tomllib.loads(path.read_text("utf-8"))
    for name, section in sections.items():
        if not isinstance(section, dict):
            raise ConfigError(f"{path}: {name} stands outside any section")
    return sections


def section(path: Path, name: str, kind: type[T]) -> T:
    """One section as `kind`; unknown keys are refused, missing ones keep their default."""
    given = read(path).get(name, {})
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    if unknown := sorted(given.keys() - known):
        raise ConfigError(f"{path}: [{name}] does not know {', '.join(unknown)}")
    values = {key: tuple(v) if isinstance(v, list) else v for key, v in given.items()}
    return kind(**values)


def check_sections(path: Path, known: set[str]) -> None:
    """Refuses sections that nothing reads."""
    if unknown := sorted(read(path).keys() - known):
        raise ConfigError(f"{path}: nothing reads [{'], ['.join(unknown)}]")
