"""Searches and questions, and what comes back for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from modules.llm_gateway.contract import Usage
from modules.local_search_index.contract import Hit, SearchFilter, SearchMode
from modules.rag.contract.inspection import RetrievalSettings, RetrievalTrace


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """``collections`` are names or ids; none means all. Hits ``offset`` to ``offset + k`` at most.

    ``filter`` narrows it further (its collections are not looked at). ``typing``: the last word may be unfinished.
    """

    text: str
    collections: tuple[str | UUID, ...] = ()
    mode: SearchMode = SearchMode.HYBRID
    k: int = 10
    offset: int = 0
    typing: bool = False
    filter: SearchFilter = field(default_factory=SearchFilter)


@dataclass(frozen=True, slots=True)
class Findings:
    """Hits, best first. ``by_meaning``: vectors took part; if not, ``note`` says why when meaning was wanted."""

    hits: tuple[Hit, ...]
    by_meaning: bool
    any_word: bool
    note: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation that a question belongs to."""

    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """``model`` as the gateway names it; None is the default chat model.

    ``history`` is the conversation before the question, oldest first: what is searched follows from both.
    ``instructions`` are the user's own for the whole conversation. None of ``temperature`` and ``seed`` is the default.
    """

    text: str
    collections: tuple[str | UUID, ...] = ()
    model: str | None = None
    max_output_tokens: int = 512
    history: tuple[Turn, ...] = ()
    instructions: str = ""
    temperature: float | None = None
    seed: int | None = None
    settings: RetrievalSettings = field(default_factory=RetrievalSettings)
    conversation_key: str | None = None
    """Lets the model reuse what it read of the conversation before."""
    passages: tuple[Citation, ...] = ()
    """Answer from these, with their numbers, and search nothing: how an answer goes on."""
    begun: str = ""
    """How the answer begins; the pieces go on from there, ``AnswerDone`` has all of it."""


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
    """What the model is given, numbered from 1; empty when nothing relevant was found.

    It comes once, before the first piece. ``trace`` says how they were found.
    """

    model: str
    passages: tuple[Citation, ...]
    note: str = ""
    trace: RetrievalTrace | None = None


@dataclass(frozen=True, slots=True)
class AnswerProgress:
    """Sent while there is no text yet: one short sentence ("Searching Contracts", "Read 5 of 13").

    ``total`` is None as long as nothing can be counted.
    """

    note: str
    done: int = 0
    total: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerPiece:
    """Text to be appended; citations in it are of passages that exist."""

    text: str


@dataclass(frozen=True, slots=True)
class AnswerDone:
    """The last event. ``citations`` are those that the answer uses; ``finish_reason`` is the gateway's.

    ``text`` is the answer as it is to be kept; it can differ from the pieces where a citation was dropped at the end.

    An answer in which the model cited nothing ends with the passages that support its statements word for word.
    ``from_model`` is false when nothing relevant was found and no model was asked.
    """

    text: str
    citations: tuple[Citation, ...]
    finish_reason: str
    from_model: bool = True
    usage: Usage | None = None


AskEvent = AnswerProgress | PassagesChosen | AnswerPiece | AnswerDone
