"""Writes conversations out, one after the other: only one is in memory at a time."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from uuid import UUID

from modkit.security import SecurityContext
from modules.chat.contract import ChatClient, ConversationTree
from modules.portability.contract import (
    ExchangeProgress,
    ExportFormat,
    ExportReport,
    NothingToExport,
    PdfNotPossible,
    PdfPrinter,
    Tell,
)
from modules.portability.domain import archive
from modules.portability.domain.collections import NAME as COLLECTIONS
from modules.portability.domain.collections import collections_text
from modules.portability.domain.documents.encode import document_pieces
from modules.portability.domain.ports import Sink, Sinks
from modules.portability.domain.rendering.html import html_pieces
from modules.portability.domain.rendering.markdown import markdown_pieces
from modules.portability.domain.rendering.pdf import pdf_pieces
from modules.portability.domain.threads import on_thread
from modules.rag.contract import RagClient
from modules.settings.contract import SettingsClient

_PAGE = 500
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
Pieces = Callable[[ConversationTree], Iterator[str | bytes]]
_PIECES: dict[ExportFormat, tuple[str, Pieces]] = {
    ExportFormat.JSON: ("json", document_pieces),
    ExportFormat.MARKDOWN: ("md", markdown_pieces),
    ExportFormat.HTML: ("html", html_pieces),
}


class Exporting:
    """The exports of PortabilityClient."""

    def __init__(
        self,
        chat: ChatClient,
        settings: SettingsClient,
        rag: RagClient | None,
        sinks: Sinks,
        printer: PdfPrinter | None,
        tell: Tell,
    ) -> None:
        self._chat = chat
        self._settings = settings
        self._rag = rag
        self._sinks = sinks
        self._printer = printer
        self._tell = tell

    async def conversations(
        self, ctx: SecurityContext, target: Path, format: ExportFormat, ids: Sequence[UUID] | None, *, replace: bool
    ) -> ExportReport:
        chosen = list(dict.fromkeys(ids)) if ids is not None else await self._ids(ctx, trashed=False)
        if not chosen:
            raise NothingToExport("There are no conversations to export.")
        if format is ExportFormat.ARCHIVE:
            return await self._archive(ctx, target, chosen, {}, replace=replace)
        suffix, pieces = self._pieces(format)
        alone = ids is not None and len(chosen) == 1
        if alone:
            sink = await on_thread(self._sinks.file, target, replace=replace)
        else:
            sink = await on_thread(self._sinks.folder, target)
        return await self._write(
            sink, target, len(chosen), self._trees(ctx, chosen), lambda tree: (file_name(tree, suffix), pieces(tree))
        )

    def _pieces(self, format: ExportFormat) -> tuple[str, Pieces]:
        """How a conversation is written, and what its files end with."""
        if format is not ExportFormat.PDF:
            return _PIECES[format]
        printer = self._printer
        if printer is None:
            raise PdfNotPossible("A PDF can be written only while the window is open.")
        return "pdf", lambda tree: pdf_pieces(tree, printer)

    async def profile(self, ctx: SecurityContext, target: Path, *, replace: bool) -> ExportReport:
        chosen = [*await self._ids(ctx, trashed=False), *await self._ids(ctx, trashed=True)]
        settings = {one.spec.key: one.value for one in await self._settings.all(ctx) if not one.is_default}
        document = {"format": archive.SETTINGS_FORMAT, "version": 1, "settings": settings}
        text = json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
        texts = {archive.SETTINGS: text}
        if self._rag is not None and (collections := await collections_text(ctx, self._rag)):
            texts[COLLECTIONS] = collections
        return await self._archive(ctx, target, chosen, texts, replace=replace)

    async def _archive(
        self, ctx: SecurityContext, target: Path, ids: list[UUID], texts: dict[str, str], *, replace: bool
    ) -> ExportReport:
        about = {"format": archive.FORMAT, "version": archive.VERSION, "conversations": len(ids), "messages": 0}
        sink = await on_thread(self._sinks.archive, target, replace=replace, about=about)

        def entry(tree: ConversationTree) -> tuple[str, Iterator[str | bytes]]:
            # The manifest is written last: by then all are counted.
            about["messages"] = int(str(about["messages"])) + len(tree.messages)
            return archive.conversation_path(tree.conversation.id), document_pieces(tree)

        # By their ids, so that the same conversations always give the same archive.
        return await self._write(sink, target, len(ids), self._trees(ctx, sorted(ids)), entry, texts)

    async def _write(
        self,
        sink: Sink,
        target: Path,
        total: int,
        trees: AsyncIterator[ConversationTree],
        entry: Callable[[ConversationTree], tuple[str, Iterator[str | bytes]]],
        texts: dict[str, str] | None = None,
    ) -> ExportReport:
        conversations = messages = 0
        try:
            async for tree in trees:
                await on_thread(sink.add, *entry(tree))
                conversations, messages = conversations + 1, messages + len(tree.messages)
                self._tell(ExchangeProgress("writing", conversations, total))
            for name, text in (texts or {}).items():
                await on_thread(sink.add, name, [text])
            files, size = await on_thread(sink.finish)
        except BaseException:
            # Also when it is cancelled; the thread has ended, so nobody writes there any more.
            await on_thread(sink.abandon)
            raise
        return ExportReport(target, conversations, messages, files, size)

    async def _trees(self, ctx: SecurityContext, ids: Sequence[UUID]) -> AsyncIterator[ConversationTree]:
        for conversation_id in ids:
            yield await self._chat.tree(ctx, conversation_id)

    async def _ids(self, ctx: SecurityContext, *, trashed: bool) -> list[UUID]:
        found: list[UUID] = []
        while page := await self._chat.conversations(ctx, trashed=trashed, limit=_PAGE, offset=len(found)):
            found += [one.id for one in page]
        return list(dict.fromkeys(found))


def file_name(tree: ConversationTree, suffix: str) -> str:
    """A name that every file system takes and that no other conversation has: title, day and the end of the id."""
    title = _NOT_IN_NAMES.sub(" ", tree.conversation.title).strip(" .")[:60].strip(" .") or "Conversation"
    return f"{title} {tree.conversation.created_at:%Y-%m-%d} {tree.conversation.id.hex[-8:]}.{suffix}"
