"""Brings a GGUF file into the profile: checked, copied or linked, named, registered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from modkit.security import SecurityContext
from modules.llm_manager.contract.errors import ModelAlreadyInstalled
from modules.llm_manager.contract.models import CatalogueEntry, InstalledModel, LoadState
from modules.llm_manager.domain.library import Library
from modules.llm_manager.domain.naming import model_id, unique, without_quantization
from modules.llm_manager.domain.ports import Fetched, GgufHeader, ModelFiles, ProgressSink
from modules.llm_manager.domain.preferences import Preferences
from modules.llm_manager.domain.purpose import is_slow_quantization, purpose_of


class Importer:
    """Everything by which a file becomes an installed model ends here."""

    def __init__(self, library: Library, files: ModelFiles, preferences: Preferences) -> None:
        self._library = library
        self._files = files
        self._preferences = preferences

    async def inspect(self, path: Path) -> InstalledModel:
        """What the file would be once imported; its id may still get a number.

        Raises:
            InvalidModelFile: it is not a GGUF that can be trusted.
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
        """
        Raises:
            InvalidModelFile, ModelAlreadyInstalled, NotEnoughDisk
        """
        path = _absolute(path)
        header = await self._files.header(path)
        model = _described(path, header, await self._files.size(path) or 0, name)
        installed = await self._library.all(ctx)
        if same := next((other for other in installed if other.path == path), None):
            raise ModelAlreadyInstalled(f"{path.name} is installed already as {same.id}.")
        if mode == "link":
            digest = await self._files.hash(path, on_progress)
            return await self._register(ctx, replace(model, sha256=digest, linked=True), header)
        target = (await self.folder(ctx)) / f"{unique(model.id, {other.id for other in installed})}.gguf"
        fetched = await self._files.copy(path, target, on_progress)
        # The copy is what will be loaded, so the copy's header counts: the original may have changed meanwhile.
        header = await self._files.header(target)
        model = _described(target, header, fetched.size_bytes, name or model.name)
        return await self._register_or_remove(ctx, replace(model, sha256=fetched.sha256), header)

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
            ModelAlreadyInstalled: under another name; the file is then removed.
        """
        header = await self._files.header(fetched.path)
        model = _described(fetched.path, header, fetched.size_bytes, name or (entry.name if entry else None))
        model = replace(model, id=as_id or model.id, licence=licence or model.licence, sha256=fetched.sha256)
        if entry is not None:
            model = replace(model, id=entry.id, licence=entry.licence, catalogue_id=entry.id)
        return await self._register_or_remove(ctx, model, header)

    async def folder(self, ctx: SecurityContext) -> Path:
        return await self._preferences.models_folder(ctx)

    async def _register_or_remove(
        self, ctx: SecurityContext, model: InstalledModel, header: GgufHeader
    ) -> InstalledModel:
        try:
            return await self._register(ctx, model, header)
        except ModelAlreadyInstalled:
            await self._files.remove(model.path)
            raise

    async def _register(self, ctx: SecurityContext, model: InstalledModel, header: GgufHeader) -> InstalledModel:
        installed = await self._library.all(ctx)
        if same := next((other for other in installed if model.sha256 and other.sha256 == model.sha256), None):
            if same.path == model.path:
                return same
            raise ModelAlreadyInstalled(f"This model is installed already as {same.id}.")
        free_id = unique(model.id, {other.id for other in installed})
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
    )
