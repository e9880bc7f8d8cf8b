"""Prepares a document for the index: ids for its passages, and the terms they are found by."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from modkit.security import SecurityContext
from modules.local_search_index.contract import IndexDocument, InvalidDocument, NewPassage
from modules.local_search_index.domain.ports import AnalysedPassage
from modules.local_search_index.domain.words import indexed, storable

_MAX_PASSAGE_CHARACTERS = 200_000


def analyse(ctx: SecurityContext, document: IndexDocument, passages: Sequence[NewPassage]) -> list[AnalysedPassage]:
    """The passages in order. Costs about a second for two megabytes of text.

    Raises:
        InvalidDocument: a passage is empty or too long.
    """
    seen: Counter[bytes] = Counter()
    analysed: list[AnalysedPassage] = []
    for ordinal, passage in enumerate(map(_cleaned, passages)):
        _check(ordinal, passage)
        content = _digest("\x1f".join(passage.heading_path), passage.text)
        body, wholes = indexed(passage.text)
        headings, heading_wholes = indexed("\n".join(passage.heading_path))
        analysed.append(
            AnalysedPassage(
                id=_passage_id(ctx, document.id, content, seen[content]),
                ordinal=ordinal,
                passage=passage,
                body=body,
                headings=headings,
                wholes=f"{wholes} {heading_wholes}".strip(),
            )
        )
        seen[content] += 1
    return analysed


def names_of(document: IndexDocument) -> str:
    """The terms of a document's names."""
    parts, wholes = indexed(f"{document.file_name}\n{document.title}")
    return f"{parts} {wholes}".strip()


def _check(ordinal: int, passage: NewPassage) -> None:
    if not passage.text.strip():
        raise InvalidDocument(f"Passage {ordinal} is empty.")
    if len(passage.text) > _MAX_PASSAGE_CHARACTERS:
        raise InvalidDocument(f"Passage {ordinal} has more than {_MAX_PASSAGE_CHARACTERS:,} characters.")


def _cleaned(passage: NewPassage) -> NewPassage:
    """Without what cannot be stored. Its length stays, so its place in the document does too."""
    headings = tuple(map(storable, passage.heading_path))
    return replace(passage, text=storable(passage.text), heading_path=headings)


def cleaned(document: IndexDocument) -> IndexDocument:
    """
    Raises:
        InvalidDocument: the date has no time zone.
    """
    if document.modified_at is not None and document.modified_at.tzinfo is None:
        raise InvalidDocument("The document's date needs a time zone.")
    return replace(
        document,
        revision=storable(document.revision),
        file_name=storable(document.file_name),
        path=storable(document.path),
        type=storable(document.type),
        title=storable(document.title),
        language=storable(document.language),
    )


def _passage_id(ctx: SecurityContext, document_id: UUID, content: bytes, occurrence: int) -> UUID:
    """The same text twice in a document gives two ids; the same document of another user gives others."""
    whose = ctx.subject_tenant_id.bytes + ctx.subject_id.bytes + document_id.bytes
    digest = hashlib.blake2b(whose + content + occurrence.to_bytes(8, "big"), digest_size=16)
    return UUID(bytes=digest.digest())


def _digest(*texts: str) -> bytes:
    digest = hashlib.blake2b(digest_size=16)
    for text in texts:
        encoded = text.encode()
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return digest.digest()
