"""Exports and imports that touch no file, for pictures."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.portability.contract import (
    ExchangeProgress,
    ExportFormat,
    ExportReport,
    HistorySource,
    ImportPreview,
    ImportReport,
    PreviewedCollection,
    PreviewedConversation,
    Tell,
    UndoReport,
)

_TITLES = (
    ("Plan a week in Lisbon", 14, 0),
    ("Why is my sourdough flat?", 22, 0),
    ("Termination clauses in the MSA", 9, 6),
    ("Explain monads with soup", 31, 31),
    ("Draft reply to supplier about late delivery", 12, 0),
    ("", 4, 0),
    ("Compare heat pumps for a flat from 1928, with the noise rules of three cities", 48, 0),
    ("Regex for ISO dates", 6, 6),
)


class DemoPortability:
    """Implements PortabilityClient. ``held`` keeps exports and imports half way, for pictures of that."""

    def __init__(
        self,
        *,
        held: bool = False,
        failure: HyperSpotError | None = None,
        collections: tuple[PreviewedCollection, ...] = (),
        kept: int = 0,
    ) -> None:
        self._collections = collections
        self._kept = kept
        self._held = held
        self._failure = failure

    async def export(
        self,
        ctx: SecurityContext,
        target: Path,
        format: ExportFormat,
        conversation_ids: Sequence[UUID] | None = None,
        *,
        replace: bool = False,
        tell: Tell | None = None,
    ) -> ExportReport:
        await self._half_way(tell, "writing")
        count = len(conversation_ids) if conversation_ids is not None else 7
        return ExportReport(target, count, count * 2, count, count * 18_400)

    async def export_profile(
        self, ctx: SecurityContext, target: Path, *, replace: bool = False, tell: Tell | None = None
    ) -> ExportReport:
        return await self.export(ctx, target, ExportFormat.ARCHIVE, tell=tell)

    async def preview(self, ctx: SecurityContext, source: Path, *, tell: Tell | None = None) -> ImportPreview:
        if self._failure is not None:
            raise self._failure
        moment = datetime(2025, 3, 9, 14, 5, tzinfo=UTC)
        found = tuple(
            PreviewedConversation(uuid4(), title, messages, known, known > 0, moment, moment)
            for title, messages, known in _TITLES
        )
        notes = ("3 × images, sounds and files", "2 × results of tools")
        return ImportPreview(HistorySource.CHATGPT, found, collections=self._collections, notes=notes)

    async def import_history(self, ctx: SecurityContext, source: Path, *, tell: Tell | None = None) -> ImportReport:
        await self._half_way(tell, "storing")
        preview = await self.preview(ctx, source)
        created = tuple(one.id for one in preview.conversations if not one.exists)
        notes = preview.notes
        return ImportReport(preview.source, created, 1, preview.new_messages, 43, notes=notes, undo_id=uuid4())

    async def undo_import(self, ctx: SecurityContext, undo_id: UUID) -> UndoReport:
        return UndoReport(6 - self._kept, self._kept)

    async def _half_way(self, tell: Tell | None, step: str) -> None:
        if self._held and tell is not None:
            tell(ExchangeProgress("storing" if step == "storing" else "writing", 128, 340))
            await asyncio.Event().wait()
