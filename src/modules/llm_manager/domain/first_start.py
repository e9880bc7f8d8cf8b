"""Installs the models that set-up prepared, so that a new home can chat at once."""

from __future__ import annotations

from pathlib import Path

from loguru import logger

from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.llm_manager.contract.errors import FileInTheWay, ModelAlreadyInstalled, ModelNotFound
from modules.llm_manager.contract.models import CatalogueEntry
from modules.llm_manager.domain.catalogue import Catalogue
from modules.llm_manager.domain.import_model import Importer
from modules.llm_manager.domain.ports import Fetched, ModelFiles, ModelStore, PreparedModel, StarterModels


class FirstStart:
    """Each prepared model is installed once per profile: a starter that the user removed does not come back."""

    def __init__(
        self, prepared: StarterModels, importer: Importer, catalogue: Catalogue, store: ModelStore, files: ModelFiles
    ) -> None:
        self._prepared = prepared
        self._importer = importer
        self._catalogue = catalogue
        self._store = store
        self._files = files

    async def install(self, ctx: SecurityContext) -> None:
        """Never fails the start: what cannot be installed is logged and tried again next time."""
        offered = await self._store.offered(ctx)
        for model in await self._prepared.all():
            if model.catalogue_id in offered:
                continue
            entry = await self._entry(model)
            if entry is not None and not entry.starter:
                continue  # prepared for those who ask for it
            try:
                await self._install(ctx, model, entry)
            except HyperSpotError as err:
                logger.bind(model_id=model.catalogue_id).warning("A starter model was not installed: {}", err.sentence)
                continue
            await self._store.set_offered(ctx, model.catalogue_id)

    async def _install(self, ctx: SecurityContext, model: PreparedModel, entry: CatalogueEntry | None) -> None:
        folder = await self._importer.folder(ctx)
        fetched = await self._adopt(ctx, model.file, folder, entry)
        if model.licence_path is not None:
            await self._copy_licence(model.licence_path, folder / "licences" / f"{model.catalogue_id}.txt")
        try:
            await self._importer.register(ctx, fetched, entry=entry, licence=model.licence)
        except ModelAlreadyInstalled:
            logger.bind(model_id=model.catalogue_id).debug("A starter model is installed already")

    async def _adopt(self, ctx: SecurityContext, file: Fetched, folder: Path, entry: CatalogueEntry | None) -> Fetched:
        try:
            return await self._files.adopt(file, folder / file.path.name)
        except FileInTheWay:
            async with self._importer.place(
                ctx, file.path.stem, entry.format if entry is not None else "gguf"
            ) as target:
                return await self._files.adopt(file, target)

    async def _copy_licence(self, text: Path, target: Path) -> None:
        try:
            await self._files.copy(text, target)
        except FileInTheWay as err:
            logger.warning("A licence text was not copied: {}", err.sentence)

    async def _entry(self, model: PreparedModel) -> CatalogueEntry | None:
        try:
            return await self._catalogue.entry(model.catalogue_id)
        except ModelNotFound:
            return None
