"""The list of prepared starter models that set-up leaves beside them, for the module to install at its first start."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

MANIFEST = "starter.json"


@dataclass(frozen=True, slots=True)
class StarterFile:
    """One prepared model. Paths are relative to the manifest's folder; the hash saves reading the file again."""

    catalogue_id: str
    file: str
    size_bytes: int
    sha256: str
    licence: str
    licence_file: str
    source: str


def read_manifest(folder: Path) -> list[StarterFile]:
    """What set-up prepared in a folder; nothing when there is no readable manifest."""
    try:
        return [StarterFile(**entry) for entry in json.loads((folder / MANIFEST).read_text("utf-8"))]
    except (OSError, ValueError, TypeError):
        return []


def write_manifest(folder: Path, files: Sequence[StarterFile]) -> None:
    """Replace the manifest in one step."""
    temporary = folder / f"{MANIFEST}.new"
    temporary.write_text(json.dumps([asdict(entry) for entry in files], indent=2) + "\n", "utf-8")
    temporary.replace(folder / MANIFEST)
