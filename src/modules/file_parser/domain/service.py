"""From a file, or its bytes, to a document."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable, Mapping
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path, PurePath
from uuid import UUID

from modkit.security import SecurityContext
from modules.file_parser.contract import (
    DocumentEmpty,
    DocumentTooLarge,
    DocumentUnsupported,
    Image,
    LocalPath,
    PageImage,
    ParsedDocument,
    Uploaded,
)
from modules.file_parser.contract.document import Source
from modules.file_parser.domain.assembly import Assembly
from modules.file_parser.domain.markdown import render
from modules.file_parser.domain.pieces import Facts
from modules.file_parser.domain.ports import Converter, DocumentFiles, Pages, Parsers, Recogniser
from modules.file_parser.domain.recognition import PageReading

_CONVERTED = "tika"


class FileParserService:
    """Implements FileParserClient."""

    def __init__(
        self,
        files: DocumentFiles,
        parsers: Parsers,
        pages: Pages,
        *,
        max_bytes: int,
        new_id: Callable[[], UUID],
        recogniser: Recogniser | None = None,
        converter: Converter | None = None,
    ) -> None:
        self._files = files
        self._parsers = parsers
        self._pages = pages
        self._reading = PageReading(pages, recogniser) if recogniser is not None else None
        self._converter = converter
        self._max_bytes = max_bytes
        self._new_id = new_id

    async def parse(self, ctx: SecurityContext, path: Path) -> ParsedDocument:
        data = await self._files.read(path, self._max_bytes)
        return await self._parse(data, path.name, LocalPath(path))

    async def parse_bytes(self, ctx: SecurityContext, data: bytes, name: str) -> ParsedDocument:
        return await self._parse(data, name, Uploaded(name))

    async def page_image(
        self, ctx: SecurityContext, data: bytes, name: str, page: int, *, width: int, mark: str = ""
    ) -> PageImage:
        self._check(data, name)
        return await self._pages.page_image(data, name, page, width=width, mark=mark)

    def markdown(self, document: ParsedDocument) -> str:
        return render(document)

    def supported_extensions(self) -> Mapping[str, tuple[str, ...]]:
        converted = {_CONVERTED: self._converter.extensions} if self._converter is not None else {}
        return {**self._parsers.supported_extensions(), **converted}

    def _check(self, data: bytes, name: str) -> None:
        if len(data) > self._max_bytes:
            raise DocumentTooLarge(f"{name} has {len(data)} bytes; {self._max_bytes} are allowed.")
        if not data:
            raise DocumentEmpty(f"{name} is empty: it has no bytes.")

    async def _parse(self, data: bytes, name: str, source: Source) -> ParsedDocument:
        self._check(data, name)
        assembly = await self._assembled(data, name)
        if self._reading is not None:
            await self._reading.read(assembly, data, name)
        document = await asyncio.to_thread(assembly.document, self._new_id(), source, name)
        return await asyncio.to_thread(_with_own_bytes, document, data)

    async def _assembled(self, data: bytes, name: str) -> Assembly:
        """The document's pieces, from our own parsers if they can."""
        assembly = Assembly()
        try:
            await self._add(assembly, data, name)
        except DocumentUnsupported as err:
            if self._converter is None:
                raise
            page = await self._converted(self._converter, data, name, err)
            # A new one: the first may hold facts about what could not be read.
            assembly = Assembly()
            await self._add(assembly, page, f"{name}.html")
            assembly.add([Facts(parser=_CONVERTED, content_type="application/octet-stream")])
        return assembly

    async def _converted(self, converter: Converter, data: bytes, name: str, refusal: DocumentUnsupported) -> bytes:
        if PurePath(name).suffix.lower().removeprefix(".") not in converter.extensions:
            raise refusal
        return await converter.to_html(data, name)

    async def _add(self, assembly: Assembly, data: bytes, name: str) -> None:
        async with aclosing(self._parsers.parse(data, name)) as batches:
            async for pieces in batches:
                await asyncio.to_thread(assembly.add, pieces)


def _with_own_bytes(document: ParsedDocument, data: bytes) -> ParsedDocument:
    """An image document shows itself, as a data address; its bytes need not travel through the child for that."""
    if document.parser != "image":
        return document
    src = f"data:{document.meta.content_type};base64,{base64.b64encode(data).decode()}"
    shown = (replace(block, src=src) if isinstance(block, Image) else block for block in document.blocks)
    return replace(document, blocks=tuple(shown))
