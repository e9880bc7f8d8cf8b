"""From one pending file to passages that can be found, and a state with its reason."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from modkit.security import SecurityContext
from modules.file_parser.contract import (
    DocumentEmpty,
    DocumentTooLarge,
    DocumentUnsupported,
    FileParserClient,
    FileParserError,
    ParsedDocument,
)
from modules.local_search_index.contract import InvalidDocument, LocalSearchIndexClient, NewPassage
from modules.rag.contract import FileState
from modules.rag.domain.documents import document_of
from modules.rag.domain.passages import cut
from modules.rag.domain.ports import Content, Disk, FileRecord, RagStore
from modules.rag.domain.readable import readable

_NOT_WANTED = (DocumentEmpty, DocumentTooLarge, DocumentUnsupported)
"""Nothing is wrong with such a file; there is just nothing to index."""
_PAGES_NAMED = 5
_PASSAGES_AT_ONCE = 500


class Reader:
    """Reads one file; everything is stored when ``read`` returns, so a file is never read twice."""

    def __init__(self, store: RagStore, disk: Disk, parser: FileParserClient, index: LocalSearchIndexClient) -> None:
        self._store = store
        self._disk = disk
        self._parser = parser
        self._index = index

    async def read(self, ctx: SecurityContext, record: FileRecord) -> bool:
        """Whether it was parsed: not when its content is known. Only a failing index or database raises."""
        try:
            content = await self._disk.read(record.path)
        except FileNotFoundError:
            return False  # it vanished since the scan; the next one will say what became of it
        except OSError as error:
            await self._give_up(ctx, record, FileState.UNREADABLE, f"{error.strerror or 'It cannot be read'}.")
            return False
        same = content.content_hash == record.content_hash and record.state is not FileState.QUEUED
        seen = replace(
            record,
            pending=False,
            content_hash=content.content_hash,
            size=content.size,
            mtime_ns=content.mtime_ns,
        )
        if same:
            await self._store.save_files(ctx, [seen])
            return False
        if await self._copy(ctx, seen):
            return False
        await self._parse(ctx, seen, content)
        return True

    async def _copy(self, ctx: SecurityContext, record: FileRecord) -> bool:
        """Take over what the same content gave before; False when there is no such file, or its passages are gone."""
        twin = await self._store.twin(ctx, record)
        if twin is None or not twin.passages or Path(twin.path).suffix != Path(record.path).suffix:
            return False
        original = document_of(twin)
        if (await self._index.revisions(ctx, [twin.id])).get(twin.id) != original.revision:
            return False
        passages: list[NewPassage] = []
        while page := await self._index.passages(ctx, twin.id, start=len(passages), limit=_PASSAGES_AT_ONCE):
            passages += [NewPassage(one.text, one.place, one.heading_path, one.kind) for one in page]
        facts = {name: getattr(twin, name) for name in ("parser", "pages", "title", "language", "reason")}
        same = replace(record, **facts)
        await self._put(ctx, same, passages)
        return True

    async def _parse(self, ctx: SecurityContext, record: FileRecord, content: Content) -> None:
        try:
            document = await self._parser.parse_bytes(ctx, content.data, Path(readable(record.path)).name)
            await self._index_document(ctx, _with_facts(record, document), document)
        except FileParserError as error:
            state = FileState.SKIPPED if isinstance(error, _NOT_WANTED) else FileState.UNREADABLE
            await self._give_up(ctx, record, state, error.sentence)
        except InvalidDocument as error:
            await self._give_up(ctx, record, FileState.UNREADABLE, error.sentence)

    async def _index_document(self, ctx: SecurityContext, record: FileRecord, document: ParsedDocument) -> None:
        passages = await asyncio.to_thread(cut, document.blocks)
        if passages:
            await self._put(ctx, replace(record, reason=_missing_pages(document)), passages)
        elif document.needs_ocr:
            await self._give_up(ctx, record, FileState.NEEDS_OCR, "Its pages are pictures without text.")
        else:
            await self._give_up(ctx, record, FileState.SKIPPED, "There is no text in it.")

    async def _put(self, ctx: SecurityContext, record: FileRecord, passages: list[NewPassage]) -> None:
        """First the index, then the record: ended in between, the file is put again, which changes nothing."""
        await self._index.put(ctx, document_of(record), passages)
        found = replace(record, state=FileState.WITHOUT_VECTORS, passages=len(passages))
        await self._store.save_files(ctx, [found])

    async def _give_up(self, ctx: SecurityContext, record: FileRecord, state: FileState, reason: str) -> None:
        """Nothing of an earlier content may be found either."""
        if record.passages:
            await self._index.delete(ctx, [record.id])
        ended = replace(record, state=state, reason=_one_line(reason), pending=False, passages=0)
        await self._store.save_files(ctx, [ended])


def _with_facts(record: FileRecord, document: ParsedDocument) -> FileRecord:
    return replace(
        record,
        parser=document.parser,
        pages=document.page_count,
        title=readable(document.title or ""),
        language=readable(document.language or ""),
    )


def _missing_pages(document: ParsedDocument) -> str:
    pages = document.pages_without_text
    if not pages:
        return ""
    named = ", ".join(map(str, pages[:_PAGES_NAMED])) + (" and more" if len(pages) > _PAGES_NAMED else "")
    return f"Pages without text, which need character recognition: {named}."


def _one_line(sentence: str) -> str:
    return " ".join(readable(sentence).split())
