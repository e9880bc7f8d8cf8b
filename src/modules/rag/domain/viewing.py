"""A cited place where it stands: in the text around it, and on its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from uuid import UUID

from modkit.security import SecurityContext
from modules.file_parser.contract import FileParserClient
from modules.local_search_index.contract import LocalSearchIndexClient, Passage
from modules.rag.contract import FileNotAtHand, FileNotFound, PageImage, Surroundings
from modules.rag.domain.ports import Disk, FileRecord, RagStore
from modules.rag.domain.readable import readable
from modules.rag.domain.shown import file_of

_AROUND = 3
"""Passages shown on each side."""
_MOST = 40
"""Passages shown in all, when a long stretch is asked for."""
_DRAWN = frozenset({"pdf", "png", "jpg", "jpeg", "gif", "webp"})


@dataclass(slots=True)
class _Parts:
    """Text before, within and after a range of characters."""

    start: int
    end: int
    before: list[str] = field(default_factory=list)
    within: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    def add_between(self, at: int, text: str) -> None:
        """Text that has no place of its own, in front of what stands at ``at``."""
        part = self.before if at <= self.start else self.within if at < self.end else self.after
        part.append(text)

    def add(self, at: int, text: str) -> None:
        cut_in, cut_out = max(0, self.start - at), max(0, self.end - at)
        self.before.append(text[:cut_in])
        self.within.append(text[cut_in:cut_out])
        self.after.append(text[max(cut_in, cut_out) :])


class Viewing:
    """Implements ``surroundings`` and ``page_image``."""

    def __init__(self, store: RagStore, index: LocalSearchIndexClient, disk: Disk, parser: FileParserClient) -> None:
        self._store = store
        self._index = index
        self._disk = disk
        self._parser = parser

    async def surroundings(self, ctx: SecurityContext, file_id: UUID, char_start: int, char_end: int) -> Surroundings:
        record = await self._record(ctx, file_id)
        start, end = max(0, char_start), max(0, char_start, char_end)
        passages = await self._around(ctx, file_id, start, end)
        if not passages:
            raise FileNotFound
        cited = next((one for one in passages if one.place.char_end > start), passages[-1])
        parts = _parted(passages, start, end)
        return Surroundings(
            file=file_of(record),
            page=cited.place.page,
            heading_path=cited.heading_path,
            before="".join(parts.before),
            passage="".join(parts.within),
            after="".join(parts.after),
            char_start=start,
            char_end=end,
            has_pages=_type_of(record) in _DRAWN,
        )

    async def page_image(self, ctx: SecurityContext, file_id: UUID, page: int, *, width: int, mark: str) -> PageImage:
        record = await self._record(ctx, file_id)
        name = PurePath(readable(record.path)).name
        if record.away:
            raise FileNotAtHand(name, "its folder is not there now")
        try:
            content = await self._disk.read(record.path)
        except OSError as error:
            raise FileNotAtHand(name, (error.strerror or "it cannot be read").lower()) from error
        if record.content_hash and content.content_hash != record.content_hash:
            raise FileNotAtHand(name, "it has changed since it was read")
        return await self._parser.page_image(ctx, content.data, name, page, width=width, mark=mark)

    async def _record(self, ctx: SecurityContext, file_id: UUID) -> FileRecord:
        record = await self._store.file(ctx, file_id)
        if record is None:
            raise FileNotFound
        return record

    async def _around(self, ctx: SecurityContext, file_id: UUID, start: int, end: int) -> list[Passage]:
        """The passages that a range lies in, with some on each side."""
        at = await self._first_ending_behind(ctx, file_id, start)
        first = max(0, at - _AROUND)
        found = await self._index.passages(ctx, file_id, start=first, limit=_MOST)
        last = next((index for index, one in enumerate(found) if one.place.char_start >= end), len(found))
        return found[: max(last, at - first + 1) + _AROUND]

    async def _first_ending_behind(self, ctx: SecurityContext, file_id: UUID, start: int) -> int:
        """The ordinal of the first passage that ends behind a character: passages stand in the order of the text."""
        low, high = 0, 1
        while (there := await self._passage(ctx, file_id, high)) is not None and there.place.char_end <= start:
            low, high = high, high * 2
        while low < high:
            middle = (low + high) // 2
            there = await self._passage(ctx, file_id, middle)
            if there is None or there.place.char_end > start:
                high = middle
            else:
                low = middle + 1
        return low

    async def _passage(self, ctx: SecurityContext, file_id: UUID, ordinal: int) -> Passage | None:
        found = await self._index.passages(ctx, file_id, start=ordinal, limit=1)
        return found[0] if found else None


def _parted(passages: Sequence[Passage], start: int, end: int) -> _Parts:
    parts = _Parts(start, end)
    known: tuple[str, ...] = ()
    at = None
    for passage in passages:
        place = passage.place
        if at is not None:
            parts.add_between(place.char_start, "\n" if place.char_start - at == 1 else "\n\n")
        # A heading is no part of the passages below it, and says where they stand.
        if passage.heading_path and passage.heading_path != known:
            parts.add_between(place.char_start, f"{passage.heading_path[-1]}\n\n")
        known = passage.heading_path
        # A table's repeated header stands before its rows without being at that place.
        parts.add(place.char_start, passage.text[-(place.char_end - place.char_start) :])
        at = place.char_end
    return parts


def _type_of(record: FileRecord) -> str:
    return PurePath(record.path).suffix.lstrip(".").lower()
