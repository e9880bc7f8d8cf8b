"""The folder of prepared starter models: named in the environment, or linked beside the installed program."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from modules.llm_manager.domain.ports import Fetched, PreparedModel
from modules.llm_manager.infra.starter_manifest import StarterFile, read_manifest

VARIABLE = "HYPERSPOT_STARTER_MODELS"


class StarterFolder:
    """Implements StarterModels; without a folder there are none."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @classmethod
    def from_environment(cls) -> StarterFolder:
        """The folder that the environment names (an empty name: none), else where set-up links them."""
        named = os.environ.get(VARIABLE)
        if named is None:
            return cls(Path(sys.prefix) / "share" / "hyperspot" / "starter-models")
        return cls(Path(named) if named.strip() else None)

    async def all(self) -> list[PreparedModel]:
        return [] if self._folder is None else await asyncio.to_thread(_prepared, self._folder)


def _prepared(folder: Path) -> list[PreparedModel]:
    models = [_model(folder, entry) for entry in read_manifest(folder)]
    return [model for model in models if model.file.path.is_file()]


def _model(folder: Path, entry: StarterFile) -> PreparedModel:
    licence_path = folder / entry.licence_file
    return PreparedModel(
        catalogue_id=entry.catalogue_id,
        file=Fetched(folder / entry.file, entry.size_bytes, entry.sha256),
        licence=entry.licence,
        licence_path=licence_path if licence_path.is_file() else None,
    )
