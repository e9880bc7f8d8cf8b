"""What is kept beside each point, and how the contract's objects are made of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from modkit.security import SecurityContext
from modules.local_search_index.contract import Generation, IndexDocument, NewPassage, Passage, Place
from modules.local_search_index.domain.ports import AnalysedPassage

BODY_FIELDS = ("body", "headings", "names", "wholes")


def owner_fields(ctx: SecurityContext) -> dict[str, Any]:
    return {"tenant_id": str(ctx.subject_tenant_id), "owner_id": str(ctx.subject_id)}


def belongs_to(ctx: SecurityContext, payload: Mapping[str, Any] | None) -> bool:
    """Whether a point that was fetched by its id is the subject's own."""
    return payload is not None and owner_fields(ctx).items() <= payload.items()


def point_id(ctx: SecurityContext, *names: object) -> str:
    """The same for the same owner and names, so that storing again replaces."""
    text = "\x1f".join(map(str, (ctx.subject_tenant_id, ctx.subject_id, *names)))
    return str(UUID(bytes=hashlib.blake2b(text.encode(), digest_size=16).digest()))


def document_payload(ctx: SecurityContext, document: IndexDocument, passages: int, characters: int) -> dict[str, Any]:
    return {
        **owner_fields(ctx),
        **filter_payload(document),
        "revision": document.revision,
        "file": document.file_name,
        "title": document.title,
        "passages": passages,
        "characters": characters,
    }


def filter_payload(document: IndexDocument) -> dict[str, Any]:
    """What filters look at; also on every passage and vector of the document."""
    return {
        "document_id": str(document.id),
        "collection_id": str(document.collection_id),
        "file_name": document.file_name.lower(),
        "path": document.path,
        "type": document.type,
        "language": document.language,
        "modified_at": None if document.modified_at is None else document.modified_at.isoformat(),
    }


def document_of(payload: Mapping[str, Any]) -> IndexDocument:
    # A server may drop a field whose value is null.
    modified_at = payload.get("modified_at")
    return IndexDocument(
        id=UUID(payload["document_id"]),
        collection_id=UUID(payload["collection_id"]),
        revision=payload["revision"],
        file_name=payload["file"],
        path=payload["path"],
        type=payload["type"],
        title=payload["title"],
        language=payload["language"],
        modified_at=None if modified_at is None else datetime.fromisoformat(modified_at),
    )


def moving_payload(document: IndexDocument, names: str, analysed: AnalysedPassage) -> dict[str, Any]:
    """What of a passage may change while its text stays."""
    place, terms = analysed.passage.place, f"{analysed.body} {analysed.headings} {names} {analysed.wholes}"
    return {
        **filter_payload(document),
        "names": names,
        "terms": sorted(set(terms.split())),
        "ordinal": analysed.ordinal,
        "kind": analysed.passage.kind,
        "page": place.page,
        "char_start": place.char_start,
        "char_end": place.char_end,
        "box": None if place.box is None else list(place.box),
    }


def passage_payload(
    ctx: SecurityContext, document: IndexDocument, names: str, analysed: AnalysedPassage
) -> dict[str, Any]:
    passage: NewPassage = analysed.passage
    return {
        **owner_fields(ctx),
        **moving_payload(document, names, analysed),
        "body": analysed.body,
        "headings": analysed.headings,
        "wholes": analysed.wholes,
        "heading_path": list(passage.heading_path),
        "text": passage.text,
    }


def passage_of(passage_id: UUID, payload: Mapping[str, Any], document: IndexDocument) -> Passage:
    box = payload.get("box")
    return Passage(
        id=passage_id,
        document=document,
        ordinal=payload["ordinal"],
        text=payload["text"],
        place=Place(
            payload["char_start"],
            payload["char_end"],
            payload.get("page"),
            None if box is None else (box[0], box[1], box[2], box[3]),
        ),
        heading_path=tuple(payload["heading_path"]),
        kind=payload["kind"],
    )


def generation_of(payload: Mapping[str, Any], vectors: int) -> Generation:
    created_at = datetime.fromisoformat(payload["created_at"])
    return Generation(payload["id"], payload["embedder"], payload["dimensions"], payload["active"], vectors, created_at)
