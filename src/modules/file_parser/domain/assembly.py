"""Puts a document together from the pieces of its parser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from modules.file_parser.contract import (
    Block,
    DocumentEmpty,
    DocumentMeta,
    Image,
    PageBreak,
    ParsedDocument,
    Row,
    Source,
    Table,
    block_text,
)
from modules.file_parser.domain.pieces import Facts, MoreRows, Note, PageWithoutText, Piece
from modules.file_parser.domain.places import with_ranges


class Assembly:
    """Collects pieces in order; ``document`` gives the whole."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._late_rows: dict[int, list[Row]] = {}
        self._facts: dict[str, Any] = {}
        self._properties: dict[str, str] = {}
        self._pages_without_text: list[int] = []
        self._notes: list[str] = []

    def add(self, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            match piece:
                case MoreRows(rows):
                    self._late_rows.setdefault(len(self._blocks) - 1, []).extend(rows)
                case Facts():
                    self._learn(piece)
                case PageWithoutText(page):
                    self._pages_without_text.append(page)
                case Note(sentence):
                    self._notes.append(sentence)
                case _:
                    self._blocks.append(piece)

    @property
    def pages_without_text(self) -> tuple[int, ...]:
        """So far."""
        return tuple(self._pages_without_text)

    def note(self, sentence: str) -> None:
        """Tell the reader what was left out."""
        self._notes.append(sentence)

    def recognised(self, page: int, blocks: Iterable[Block]) -> None:
        """The words of a page that had none."""
        self._pages_without_text.remove(page)
        self._blocks[self._end_of(page) : self._end_of(page)] = blocks

    def _end_of(self, page: int) -> int:
        """Where the blocks of a page end: before its page break, or at the end of the document."""
        for index, block in enumerate(self._blocks):
            if isinstance(block, PageBreak) and block.place is not None and block.place.page == page:
                return index
        return len(self._blocks)

    def document(self, document_id: UUID, source: Source, filename: str) -> ParsedDocument:
        """The whole; its title is the file's name when the format has none.

        Raises:
            DocumentEmpty: nothing in it could ever be read, not even by character recognition.
        """
        blocks = self._whole_tables()
        images = any(isinstance(block, Image) for block in blocks)
        if not (self._pages_without_text or images or any(map(block_text, blocks))):
            raise DocumentEmpty(f"There is no text in {filename}.")
        facts = self._facts
        return ParsedDocument(
            id=document_id,
            meta=DocumentMeta(
                source=source,
                original_filename=filename,
                content_type=facts.get("content_type"),
                author=facts.get("author"),
                created_at=facts.get("created_at"),
                modified_at=facts.get("modified_at"),
                properties=self._properties,
            ),
            blocks=with_ranges(blocks),
            title=facts.get("title") or Path(filename).name,
            language=facts.get("language"),
            parser=facts.get("parser", ""),
            page_count=facts.get("page_count"),
            pages_without_text=tuple(self._pages_without_text),
            notes=tuple(dict.fromkeys(self._notes)),
        )

    def _learn(self, facts: Facts) -> None:
        found: Mapping[str, Any] = {field.name: getattr(facts, field.name) for field in fields(facts)}
        self._properties |= facts.properties
        self._facts |= {name: value for name, value in found.items() if value not in (None, "", {})}

    def _whole_tables(self) -> list[Block]:
        for index, rows in self._late_rows.items():
            table = self._blocks[index] if index >= 0 else None
            if isinstance(table, Table):
                self._blocks[index] = replace(table, rows=(*table.rows, *rows))
        return self._blocks
