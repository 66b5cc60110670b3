"""`manifest.json`: what `models/artifacts` holds, with sizes, checksums and results.

Each producer registers its own part; `write_manifest` brings sums and results up to date.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from pipeline import paths
from pipeline.data import catalogue
from pipeline.evaluate import results

VERSION = 1
RENEW = "fetch it again, or build it as models/README.md says"
ENCODERS = {"encoder", "small_encoder"}
# Parts that a site may do without.
OPTIONAL = ENCODERS | {"dialogue", "held_out", "map"}
_RESULT_FIELDS = ("ndcg@10", "ndcg@10_low", "ndcg@10_high", "hr@10", "n_users", "n_questions")


class ManifestError(ValueError):
    """A manifest that does not fit its files; the message names the file."""


def file_record(path: Path, *, artifacts: Path | None = None) -> dict[str, Any]:
    """The `FILE` entry of a file under `models/artifacts`."""
    data = path.read_bytes()
    return {
        "path": path.relative_to(artifacts or paths.artifacts_dir()).as_posix(),
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def register_family(name: str, entry: dict[str, Any], *, artifacts: Path | None = None) -> None:
    """Puts one family's entry in, in place of its older one. Results are added by themselves."""
    _register("families", name, entry, artifacts)


def register_golden(name: str, path: Path, *, artifacts: Path | None = None) -> None:
    """Puts a file of golden answers in."""
    _register("golden", name, file_record(path, artifacts=artifacts), artifacts)


def register_encoder(entry: dict[str, Any], *, artifacts: Path | None = None) -> None:
    """Puts the text encoder in."""
    _register(None, "encoder", entry, artifacts)


def register_small_encoder(entry: dict[str, Any], *, artifacts: Path | None = None) -> None:
    """Puts the small text encoder in; its entry is shaped like the encoder's."""
    _register(None, "small_encoder", entry, artifacts)


def register_map(entry: dict[str, Any], *, artifacts: Path | None = None) -> None:
    """Puts the maps of all films in."""
    _register(None, "map", entry, artifacts)


def register_dialogue(entry: dict[str, Any], *, artifacts: Path | None = None) -> None:
    """Puts what conversations need in."""
    _register(None, "dialogue", entry, artifacts)


def register_held_out(entry: dict[str, Any], *, artifacts: Path | None = None) -> None:
    """Puts the users in whom the site asks about."""
    _register(None, "held_out", entry, artifacts)


def _register(part: str | None, name: str, entry: dict[str, Any], artifacts: Path | None) -> None:
    artifacts = artifacts or paths.artifacts_dir()
    with results.locked(artifacts):
        manifest = _read_or_start(artifacts)
        (manifest[part] if part else manifest)[name] = entry
        _write(manifest, artifacts)


def read_manifest(artifacts: Path | None = None) -> dict[str, Any]:
    """The manifest as it is on disk."""
    file = (artifacts or paths.artifacts_dir()) / "manifest.json"
    if not file.exists():
        raise ManifestError(f"there is no {file}; build the artefacts first")
    try:
        manifest: dict[str, Any] = json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise ManifestError(f"{file} is damaged, {RENEW}: {error}") from error
    if manifest.get("version") != VERSION:
        raise ManifestError(f"{file} is of version {manifest.get('version')}, not {VERSION}")
    return manifest


def family_bytes(name: str, artifacts: Path | None = None) -> int:
    """The size of a family's files and of those of which it is made, each once."""
    families = read_manifest(artifacts)["families"]
    names = [name, *(member["family"] for member in families[name].get("members", []))]
    size = {
        record["path"]: record["bytes"] for it in names for record in families[it]["files"].values()
    }
    return sum(size.values())


def write_manifest(artifacts: Path | None = None) -> dict[str, Any]:
    """Brings every size, checksum and result up to date with the files and `results.json`."""
    artifacts = artifacts or paths.artifacts_dir()
    with results.locked(artifacts):
        manifest = _read_or_start(artifacts)
        manifest["catalogue"] = {
            "file": file_record(artifacts / catalogue.FILE_NAME, artifacts=artifacts),
            "details": file_record(artifacts / catalogue.DETAILS_NAME, artifacts=artifacts),
            "n_items": catalogue.read_catalogue(artifacts).n_items,
        }
        texts = artifacts / "golden" / "item_texts.json"
        manifest["golden"]["item_texts"] = file_record(texts, artifacts=artifacts)
        for name, entry in manifest["families"].items():
            _refresh(entry["files"], artifacts)
            row = results.shipped_row(name, artifacts=artifacts)
            if row is not None:
                entry["results"] = {
                    "table": "B",
                    **{key: row[key] for key in _RESULT_FIELDS if key in row},
                }
            kept = results.faithfulness_of(name, artifacts=artifacts)
            if kept is not None:
                entry["faithfulness"] = kept
            rounds = results.rounds_of(name, artifacts=artifacts)
            if rounds is not None:
                entry["rounds"] = rounds
        for name in OPTIONAL & manifest.keys():
            _refresh(manifest[name]["files"], artifacts)
        _refresh(manifest["golden"], artifacts)
        _write(manifest, artifacts)
    return manifest


def check_file(record: dict[str, Any], artifacts: Path) -> bytes:
    """The bytes of a file, if they are the ones the manifest names."""
    path: Path = artifacts / record["path"]
    if not path.exists():
        raise ManifestError(f"{path} is missing; {RENEW}")
    data = path.read_bytes()
    if len(data) != record["bytes"] or hashlib.sha256(data).hexdigest() != record["sha256"]:
        raise ManifestError(f"{path} is not the file that the manifest names; {RENEW}")
    return data


def _refresh(files: dict[str, dict[str, Any]], artifacts: Path) -> None:
    for part, record in files.items():
        files[part] = file_record(artifacts / record["path"], artifacts=artifacts)


def _read_or_start(artifacts: Path) -> dict[str, Any]:
    if (artifacts / "manifest.json").exists():
        return read_manifest(artifacts)
    return {"version": VERSION, "catalogue": {}, "families": {}, "golden": {}}


def _write(manifest: dict[str, Any], artifacts: Path) -> None:
    ordered = {
        "version": manifest["version"],
        "catalogue": manifest["catalogue"],
        "families": dict(sorted(manifest["families"].items())),
        **{name: manifest[name] for name in sorted(OPTIONAL & manifest.keys())},
        "golden": dict(sorted(manifest["golden"].items())),
    }
    beside = artifacts / "manifest.json.new"
    beside.write_text(json.dumps(ordered, indent=1) + "\n", "utf-8")
    beside.replace(artifacts / "manifest.json")
