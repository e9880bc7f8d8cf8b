"""Searches and questions, and what comes back for them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from modules.local_search_index.contract import Hit, SearchMode


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """``collections`` are names; none means all. ``k`` hits at most."""

    text: str
    collections: tuple[str, ...] = ()
    mode: SearchMode = SearchMode.HYBRID
    k: int = 10


@dataclass(frozen=True, slots=True)
class Findings:
    """Hits, best first. ``by_meaning``: vectors took part; if not, ``note`` says why when meaning was wanted."""

    hits: tuple[Hit, ...]
    by_meaning: bool
    any_word: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """``model`` as the gateway names it; None is the default chat model."""

    text: str
    collections: tuple[str, ...] = ()
    model: str | None = None
    max_output_tokens: int = 512


@dataclass(frozen=True, slots=True)
class Citation:
    """Passage ``[number]`` of an answer: characters ``[char_start, char_end)`` of the file's normalised text.

    ``page`` counts from 1, None where the format has none. ``text`` is the passage as the model read it; ``quote`` is
    its sentence that the answer rests on, at characters ``[quote_start, quote_end)``, empty until there is an answer.
    """

    number: int
    file_id: UUID
    passage_id: UUID
    path: str
    file_name: str
    page: int | None
    char_start: int
    char_end: int
    heading_path: tuple[str, ...]
    text: str
    quote: str = ""
    quote_start: int = 0
    quote_end: int = 0


@dataclass(frozen=True, slots=True)
class PassagesChosen:
    """The first event: what the model is given, numbered from 1; empty when nothing relevant was found."""

    model: str
    passages: tuple[Citation, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnswerPiece:
    """Text to be appended; citations in it are of passages that exist."""

    text: str


@dataclass(frozen=True, slots=True)
class AnswerDone:
    """The last event. ``citations`` are those that the answer uses; ``finish_reason`` is the gateway's.

    An answer in which the model cited nothing ends with the passages that support its statements word for word.
    ``from_model`` is false when nothing relevant was found and no model was asked.
    """

    text: str
    citations: tuple[Citation, ...]
    finish_reason: str
    from_model: bool = True


AskEvent = PassagesChosen | AnswerPiece | AnswerDone
