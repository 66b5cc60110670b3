"""What `make llm` left in `models/llm/`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.ship import manifest


def read_listed(target: Path) -> dict[str, Any]:
    """What `llm.json` holds."""
    if not (target / "llm.json").exists():
        raise FileNotFoundError(f"there is no {target / 'llm.json'}; run make llm first")
    found: dict[str, Any] = json.loads((target / "llm.json").read_text("utf-8"))
    return found


def joined_parts(target: Path) -> bytes:
    """The graph, its parts joined."""
    parts = read_listed(target)["parts"]
    return b"".join(manifest.check_file(part, target) for part in parts)
