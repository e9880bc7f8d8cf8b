"""Brings a model file into the profile: checked, copied or linked, named, registered."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.llm_manager.contract.errors import ModelAlreadyInstalled
from modules.llm_manager.contract.models import CatalogueEntry, InstalledModel, LoadState, ModelFormat
from modules.llm_manager.domain.library import Library
from modules.llm_manager.domain.naming import model_id, unique, without_quantization
from modules.llm_manager.domain.places import Places
from modules.llm_manager.domain.ports import Fetched, GgufHeader, ModelFiles, ProgressSink
from modules.llm_manager.domain.purpose import is_slow_quantization, purpose_of


class Importer:
    """Everything by which a file becomes an installed model ends here."""

    def __init__(self, library: Library, files: ModelFiles, places: Places) -> None:
        self._library = library
        self._files = files
        self._places = places
        self._registering = asyncio.Lock()

    async def inspect(self, path: Path) -> InstalledModel:
        """What the file would be once imported; its id may still get a number.

        Raises:
            InvalidModelFile: it is not a model file that can be trusted.
        """
        path = _absolute(path)
        return _described(path, await self._files.header(path), await self._files.size(path) or 0)

    async def import_file(
        self,
        ctx: SecurityContext,
        path: Path,
        *,
        mode: Literal["copy", "link"],
        name: str | None,
        on_progress: ProgressSink | None = None,
    ) -> InstalledModel:
        """A file that lies in the models folder already is not copied but linked: it stays the user's own.

        Raises:
            InvalidModelFile, ModelAlreadyInstalled, NotEnoughDisk, FileInTheWay
        """
        path = _absolute(path)
        header = await self._files.header(path)
        model = _described(path, header, await self._files.size(path) or 0, name)
        installed = await self._library.all(ctx)
        for other in installed:
            if other.path == path or await self._files.same(other.path, path):
                raise ModelAlreadyInstalled(f"{path.name} is installed already as {other.id}.")
        if mode == "link" or await self._files.same(path.parent, await self.folder(ctx)):
            digest = await self._files.hash(path, on_progress)
            return await self._register(ctx, replace(model, sha256=digest, linked=True), header)
        stem = unique(model.id, {other.id for other in installed})
        async with self.place(ctx, stem, header.format) as target:
            fetched = await self._files.copy(path, target, on_progress)
            return await self._register_copy(ctx, fetched, name or model.name)

    async def register(
        self,
        ctx: SecurityContext,
        fetched: Fetched,
        *,
        entry: CatalogueEntry | None = None,
        name: str | None = None,
        as_id: str | None = None,
        licence: str | None = None,
    ) -> InstalledModel:
        """Install a file that already lies, complete and checked, where it is to stay.

        A catalogue ``entry`` knows name, id and licence better than the file; ``as_id`` and ``licence`` are for
        files without one.

        Raises:
            InvalidModelFile
            ModelAlreadyInstalled: under another name; the file is then removed, if it was created for this.
        """
        header = await self._files.header(fetched.path)
        model = _described(fetched.path, header, fetched.size_bytes, name or (entry.name if entry else None))
        model = replace(model, id=as_id or model.id, licence=licence or model.licence, sha256=fetched.sha256)
        if entry is not None:
            model = replace(model, id=entry.id, licence=entry.licence, catalogue_id=entry.id)
        try:
            return await self._register(ctx, model, header)
        except ModelAlreadyInstalled:
            await self._remove_created(fetched)
            raise

    async def folder(self, ctx: SecurityContext) -> Path:
        return await self._places.folder(ctx)

    def place(self, ctx: SecurityContext, stem: str, kind: ModelFormat = "gguf") -> AbstractAsyncContextManager[Path]:
        """A free path for a new model file; see ``Places.reserved``."""
        return self._places.reserved(ctx, stem, kind)

    async def _register_copy(self, ctx: SecurityContext, copy: Fetched, name: str) -> InstalledModel:
        try:
            # The copy is what will be loaded, so the copy's header counts: the original may have changed meanwhile.
            header = await self._files.header(copy.path)
            model = _described(copy.path, header, copy.size_bytes, name)
            return await self._register(ctx, replace(model, sha256=copy.sha256), header)
        except HyperSpotError:
            await self._remove_created(copy)
            raise

    async def _remove_created(self, fetched: Fetched) -> None:
        if fetched.created:
            await self._files.remove(fetched.path)

    async def _register(self, ctx: SecurityContext, model: InstalledModel, header: GgufHeader) -> InstalledModel:
        # One at a time: two that looked at the same moment would choose the same id, or install the same content twice.
        async with self._registering:
            installed = await self._library.all(ctx)
            if same := next((other for other in installed if model.sha256 and other.sha256 == model.sha256), None):
                if same.path == model.path:
                    return same
                raise ModelAlreadyInstalled(f"This model is installed already as {same.id}.")
            await self._library.make_way(ctx, model)
            # What is left in the trash keeps its name: it may come back.
            known = [*installed, *await self._library.trashed(ctx)]
            free_id = unique(model.id, {other.id for other in known})
            return await self._library.add(ctx, replace(model, id=free_id, added_at=datetime.now(UTC)), header)


def _absolute(path: Path) -> Path:
    # Not resolved: a link in the path is the user's way to move models later.
    return path.expanduser().absolute()


def _described(path: Path, header: GgufHeader, size_bytes: int, name: str | None = None) -> InstalledModel:
    shown = (name or "").strip() or without_quantization(path.stem) or header.name or "Model"
    return InstalledModel(
        id=model_id(shown, header.quantization, ()),
        name=shown,
        purpose=purpose_of(header),
        path=path,
        size_bytes=size_bytes,
        sha256="",
        architecture=header.architecture,
        parameters=header.parameters,
        quantization=header.quantization,
        context_length=header.context_length,
        embedding_length=header.embedding_length,
        licence=header.licence or "not stated",
        chat_template=header.chat_template,
        linked=False,
        state=LoadState.ON_DISK,
        added_at=datetime.now(UTC),
        slow_quantization=is_slow_quantization(header.quantization),
        format=header.format,
    )
