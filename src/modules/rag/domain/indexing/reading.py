"""From one pending file to what is to be stored of it: its passages, and a state with its reason."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from modkit.security import SecurityContext
from modules.file_parser.contract import (
    DocumentEmpty,
    DocumentTooLarge,
    DocumentUnsupported,
    FileParserClient,
    FileParserError,
    ParsedDocument,
    document_text,
)
from modules.local_search_index.contract import LocalSearchIndexClient, NewPassage
from modules.rag.contract import FileState
from modules.rag.domain.cutting.passages import cut
from modules.rag.domain.cutting.rulers import Rulers
from modules.rag.domain.documents import document_of
from modules.rag.domain.ports import Content, Disk, FileRecord, RagStore
from modules.rag.domain.readable import readable

_NOT_WANTED = (DocumentEmpty, DocumentTooLarge, DocumentUnsupported)
"""Nothing is wrong with such a file; there is just nothing to index."""
_PAGES_NAMED = 5
_PASSAGES_AT_ONCE = 500
_FEW_BLOCKS = 50
"""Documents with fewer are cut at once: a thread would take longer to begin."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: its record, and all its passages; None when those that it has stay."""

    record: FileRecord
    passages: Sequence[NewPassage] | None = None
    parsed: bool = False


class Reader:
    """Reads one file. Nothing is stored: that is the Keeper's."""

    def __init__(
        self,
        store: RagStore,
        disk: Disk,
        parser: FileParserClient,
        index: LocalSearchIndexClient,
        rulers: Rulers,
    ) -> None:
        self._store = store
        self._disk = disk
        self._parser = parser
        self._index = index
        self._rulers = rulers

    async def read(self, ctx: SecurityContext, record: FileRecord, known: Set[str]) -> Outcome | None:
        """None when it vanished since it was found. ``known`` are hashes of contents that may have been read before."""
        try:
            content = await self._disk.read(record.path)
        except FileNotFoundError:
            return None  # the next scan will say what became of it
        except OSError as error:
            return _refused(record, error)
        same = content.content_hash == record.content_hash and record.state is not FileState.QUEUED
        seen = replace(
            record,
            pending=False,
            content_hash=content.content_hash,
            size=content.size,
            mtime_ns=content.mtime_ns,
        )
        if same:
            return Outcome(seen)
        if content.content_hash in known and (copied := await self._copied(ctx, seen)) is not None:
            return copied
        return replace(await self._parsed(ctx, seen, content), parsed=True)

    async def _copied(self, ctx: SecurityContext, record: FileRecord) -> Outcome | None:
        """What the same content gave before; None when there is no such file, or its passages are gone."""
        twin = await self._store.twin(ctx, record)
        if twin is None or not twin.passages or Path(twin.path).suffix != Path(record.path).suffix:
            return None
        original = document_of(twin)
        if (await self._index.revisions(ctx, [twin.id])).get(twin.id) != original.revision:
            return None
        passages: list[NewPassage] = []
        while page := await self._index.passages(ctx, twin.id, start=len(passages), limit=_PASSAGES_AT_ONCE):
            passages += [NewPassage(one.text, one.place, one.heading_path, one.kind) for one in page]
        facts = {name: getattr(twin, name) for name in ("parser", "pages", "title", "language", "reason")}
        return _found(replace(record, **facts), passages)

    async def _parsed(self, ctx: SecurityContext, record: FileRecord, content: Content) -> Outcome:
        try:
            document = await self._parser.parse_bytes(ctx, content.data, Path(readable(record.path)).name)
        except FileParserError as error:
            state = FileState.SKIPPED if isinstance(error, _NOT_WANTED) else FileState.UNREADABLE
            return _given_up(record, state, error.sentence)
        few = len(document.blocks) < _FEW_BLOCKS and len(content.data) < 1 << 16
        text = document_text(document.blocks) if few else await asyncio.to_thread(document_text, document.blocks)
        ruler = await self._rulers.ruler(ctx, text)
        passages = cut(document.blocks, ruler) if few else await asyncio.to_thread(cut, document.blocks, ruler)
        seen = _with_facts(record, document)
        if passages:
            return _found(replace(seen, reason=_missing_pages(document)), passages)
        if document.needs_ocr:
            return _given_up(seen, FileState.NEEDS_OCR, "Its pages are pictures without text.")
        return _given_up(seen, FileState.SKIPPED, "There is no text in it.")


def _found(record: FileRecord, passages: Sequence[NewPassage]) -> Outcome:
    return Outcome(replace(record, state=FileState.WITHOUT_VECTORS, passages=len(passages)), passages)


def _given_up(record: FileRecord, state: FileState, reason: str) -> Outcome:
    """Nothing of an earlier content may be found either."""
    return Outcome(replace(record, state=state, reason=_one_line(reason), pending=False, passages=0), ())


def _refused(record: FileRecord, error: OSError) -> Outcome:
    """The disk did not give it now: what was read before stays, and without a hash every scan tries again."""
    kept = " What was read before is kept." if record.passages else ""
    reason = _one_line(f"{error.strerror or 'It cannot be read'}.{kept}")
    return Outcome(replace(record, state=FileState.UNREADABLE, reason=reason, pending=False, content_hash=""))


def without_index(outcome: Outcome, reason: str) -> Outcome:
    """The same file when the index refused its passages."""
    return _given_up(outcome.record, FileState.UNREADABLE, reason)


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
