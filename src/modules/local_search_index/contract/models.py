"""What the index holds: documents, their passages, and generations of vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexDocument:
    """One document of a collection, as search results show it and filters see it.

    ``id`` is the caller's and stays the same when the content changes; ``revision`` names the content (a hash), and
    the way it was cut. ``path`` is as the user knows it; ``type`` is short and lower case (``pdf``); ``language`` is a
    primary BCP 47 tag (``en``), empty when unknown; ``modified_at`` is aware.
    """

    id: UUID
    collection_id: UUID
    revision: str
    file_name: str
    path: str
    type: str
    title: str = ""
    language: str = ""
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands: characters ``[char_start, char_end)`` of the document's normalised text.

    ``page`` counts from 1 (page, sheet or slide), None where the format has none; ``box`` is left, bottom, right, top
    on that page, in points from its upper left corner.
    """

    char_start: int
    char_end: int
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage to be indexed. ``heading_path`` goes from the document's top heading down; ``kind`` is a block kind."""

    text: str
    place: Place
    heading_path: tuple[str, ...] = ()
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Passage:
    """An indexed passage. ``ordinal`` counts from 0 within its document.

    ``id`` follows from the document, the headings and the text: a passage that an edit did not touch keeps it, and
    keeps its vector.
    """

    id: UUID
    document: IndexDocument
    ordinal: int
    text: str
    place: Place
    heading_path: tuple[str, ...] = ()
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class PassageText:
    """What an embedder needs of a passage that has no vector yet."""

    id: UUID
    document_id: UUID
    text: str
    heading_path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageVector:
    """The meaning of a passage: as many numbers as its generation has dimensions, of any length but zero."""

    passage_id: UUID
    vector: Sequence[float]


@dataclass(frozen=True, slots=True)
class PutReport:
    """What ``put`` did: passages added, kept (with their vectors) and removed."""

    added: int
    kept: int
    removed: int


@dataclass(frozen=True, slots=True)
class Generation:
    """The vectors of one embedder. Exactly one generation of a user is ``active``: the one that search uses."""

    id: int
    embedder: str
    dimensions: int
    active: bool
    vectors: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class IndexStats:
    """How much there is, of one collection or of all.

    ``vectors`` are those of the active generation. ``file_bytes`` (on disk) and ``memory_bytes`` (vector codes held in
    memory) are those of the whole index, whoever's it is; 0 where a plugin cannot know.
    """

    documents: int
    passages: int
    characters: int
    vectors: int
    file_bytes: int
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class IndexState:
    """Whether the index is what its users left in it.

    ``needs_reindexing`` is true for an index that was made new, also because it had been deleted or damaged, until
    ``confirm_reindexing``: everything has to be put again. ``reason`` is a sentence, empty when nothing is needed.
    """

    needs_reindexing: bool
    reason: str = ""
