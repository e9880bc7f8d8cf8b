"""Wires file-parser: the parser children behind the client."""

from __future__ import annotations

from modkit.cancellation import CancellationToken
from modkit.db.ids import uuid7
from modkit.module import module
from modkit.module_context import ModuleContext
from modules.file_parser.config import FileParserConfig
from modules.file_parser.contract import FileParserClient
from modules.file_parser.domain.service import FileParserService
from modules.file_parser.infra.files import LocalDocumentFiles
from modules.file_parser.infra.ocr.tesseract import Tesseract
from modules.file_parser.infra.pool import ParserLimits, ParserPool
from modules.file_parser.infra.tika import TikaServer


@module(name="file-parser", capabilities=["stateful"], client=FileParserClient)
class FileParserModule:
    """Documents of any format as blocks."""

    def __init__(self) -> None:
        self._pools: tuple[ParserPool, ...] = ()

    async def init(self, ctx: ModuleContext) -> None:
        config = ctx.config(FileParserConfig)
        limits = ParserLimits(
            memory_bytes=config.memory_mb << 20,
            silence_timeout_s=config.silence_timeout_s,
            parse_timeout_s=config.parse_timeout_s,
            documents_per_child=config.documents_per_child,
            idle_timeout_s=config.idle_timeout_s,
        )
        parsers = ParserPool(limits, children=config.children)
        # A page is shown at once, however many documents wait to be parsed.
        pages = ParserPool(limits, children=1)
        self._pools = (parsers, pages)
        service = FileParserService(
            LocalDocumentFiles(),
            parsers,
            pages,
            max_bytes=config.max_file_size_mb << 20,
            new_id=uuid7,
            recogniser=Tesseract(config.ocr) if config.ocr.enabled else None,
            converter=TikaServer(config.tika) if config.tika.url else None,
        )
        ctx.client_hub.register(FileParserClient, service)

    async def start(self, cancel: CancellationToken) -> None:
        """Nothing runs until the first document comes."""

    async def stop(self, cancel: CancellationToken) -> None:
        for pool in self._pools:
            await pool.stop()
