"""Reads resources/models/catalogue.json, strictly: a mistake in it is found by a test, not by a user."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from modkit.errors import ErrorKind
from modules.llm_manager.contract.errors import LlmManagerError
from modules.llm_manager.contract.models import CatalogueEntry

_ENTRIES = TypeAdapter(tuple[CatalogueEntry, ...])


class CatalogueUnreadable(LlmManagerError):
    kind = ErrorKind.INTERNAL
    action = "Install the program again, or correct the catalogue file that the configuration names."


class CatalogueFile:
    """Implements CatalogueReader; the file is read once, when it is first asked for."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._entries: tuple[CatalogueEntry, ...] | None = None

    async def entries(self) -> Sequence[CatalogueEntry]:
        """
        Raises:
            CatalogueUnreadable: the file is missing or is not a catalogue.
        """
        if self._entries is None:
            self._entries = await asyncio.to_thread(load_catalogue, self._path or shipped_catalogue())
        return self._entries


def load_catalogue(path: Path) -> tuple[CatalogueEntry, ...]:
    """
    Raises:
        CatalogueUnreadable: the file is missing or is not a catalogue.
    """
    try:
        return _ENTRIES.validate_python(json.loads(path.read_text("utf-8"))["models"])
    except (OSError, ValueError, KeyError, TypeError) as err:
        reason = f"{err.error_count()} mistakes" if isinstance(err, ValidationError) else str(err)
        raise CatalogueUnreadable(f"The model catalogue {path} cannot be read: {reason}.") from err


def shipped_catalogue() -> Path:
    """``resources/models/catalogue.json`` of the frozen program, or of the source tree."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parents[4]
    return root / "resources" / "models" / "catalogue.json"
