"""The inspector: what an answer cites, where it stands, and why it was found."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge, Call, Failure
from hyperspot_desktop.links import citation_link, citation_of
from hyperspot_desktop.text_cleaning import clean
from hyperspot_desktop.viewmodels.loading import LoadingViewModel
from hyperspot_desktop.viewmodels.source_cards import card_of, file_icon, long_place
from hyperspot_desktop.viewmodels.source_text import (
    Located,
    SourceText,
    candidate_of,
    locate,
    match_text,
    note_of,
    source_text,
)

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.chat.contract import ChatMessage
    from modules.rag.contract import Citation, RetrievalTrace, Surroundings

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

FindMessage = Callable[[str], "ChatMessage | None"]


@dataclass(frozen=True, slots=True)
class _Found:
    """What the modules know about a citation; each can be missing, and then says nothing."""

    surroundings: Surroundings | None
    trace: RetrievalTrace | None
    failure: Failure | None


async def _look_up(clients: Clients, message: ChatMessage, citation: Citation) -> _Found:
    from modkit.errors import HyperSpotError

    surroundings, trace, failure = None, None, None
    try:
        surroundings = await clients.rag.surroundings(
            clients.ctx, citation.file_id, citation.char_start, citation.char_end
        )
    except HyperSpotError as error:
        failure = Failure.of(error)
    # A score that cannot be read is not worth an error.
    with suppress(HyperSpotError):
        trace = await clients.chat.trace(clients.ctx, message.id)
    return _Found(surroundings, trace, failure)


@QmlElement
class SourcesViewModel(LoadingViewModel):
    """One citation at a time, of one answer. ``shown`` is whether the user wants the pane."""

    shownChanged = Signal()
    sourceChanged = Signal()
    opened = Signal()
    textCopied = Signal(str)

    def __init__(self, bridge: Bridge, find_message: FindMessage, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent, loading=False)
        self._find_message = find_message
        self._shown = False
        self._as_page = False
        self._message: ChatMessage | None = None
        self._citation: Citation | None = None
        self._found: _Found | None = None
        self._located: Located | None = None
        self._text = SourceText()
        self._call: Call[Any] | None = None
        self._offered: UUID | None = None

    # Which one.

    def _get_shown(self) -> bool:
        return self._shown

    def _set_shown(self, shown: bool) -> None:
        if shown != self._shown:
            self._shown = shown
            self.shownChanged.emit()

    shown = Property(bool, _get_shown, _set_shown, notify=shownChanged)

    def _get_as_page(self) -> bool:
        return self._as_page

    def _set_as_page(self, as_page: bool) -> None:
        if as_page != self._as_page:
            self._as_page = as_page
            self.sourceChanged.emit()

    asPage = Property(bool, _get_as_page, _set_as_page, notify=sourceChanged)

    @Property(str, notify=sourceChanged)
    def address(self) -> str:
        """The link of the citation that is shown, or ""."""
        message, citation = self._message, self._citation
        return "" if message is None or citation is None else citation_link(message.id, citation.number)

    @Property(str, notify=sourceChanged)
    def messageId(self) -> str:
        return "" if self._message is None else str(self._message.id)

    @Property(int, notify=sourceChanged)
    def number(self) -> int:
        return 0 if self._citation is None else self._citation.number

    @Property(int, notify=sourceChanged)
    def position(self) -> int:
        """Which of the answer's sources it is, from 1; 0 for none."""
        return self._at() + 1

    @Property(int, notify=sourceChanged)
    def count(self) -> int:
        return 0 if self._message is None else len(self._message.citations)

    @Slot(str, int)
    def show(self, message_id: str, number: int) -> None:
        """Open the pane on ``[number]`` of a message; nothing happens when it cites no such thing."""
        message = self._find_message(message_id)
        citation = next((one for one in message.citations if one.number == number), None) if message else None
        if message is not None and citation is not None:
            self._look_at(message, citation)
            self._set_shown(True)
            self.opened.emit()

    @Slot(int)
    def step(self, step: int) -> None:
        """The next source of the same answer (1), or the one before (-1)."""
        message, at = self._message, self._at() + step
        if message is not None and 0 <= at < len(message.citations):
            self._look_at(message, message.citations[at])

    @Slot()
    def again(self) -> None:
        """Ask once more for what could not be read."""
        if self._message is not None and self._citation is not None:
            self._look_at(self._message, self._citation)

    def offer(self, message: ChatMessage | None) -> None:
        """The newest answer of the page: its first source is shown to a pane that is open already."""
        newest = None if message is None else message.id
        if newest == self._offered and (self._message is not None or not self._shown):
            return
        self._offered = newest
        if message is None or not message.citations or not self._shown:
            self.forget()
        else:
            self._look_at(message, message.citations[0])

    def forget(self) -> None:
        """Another conversation: nothing of it is cited yet."""
        if self._call is not None:
            self._call.cancel()
        self._message = self._citation = self._found = self._located = None
        self._text = SourceText()
        self._set_loading(False)
        self._fail(None)
        self.sourceChanged.emit()

    @Slot(str, result="QVariantMap")
    def card(self, address: str) -> dict[str, Any]:
        """What the pointer is on: a card's number, fileName, place and quote; empty for any other address."""
        wanted = citation_of(address)
        message = self._find_message(wanted[0]) if wanted else None
        if message is None or wanted is None:
            return {}
        return next((card_of(message.id, one) for one in message.citations if one.number == wanted[1]), {})

    # What it says.

    @Property(str, notify=sourceChanged)
    def fileName(self) -> str:
        return "" if self._citation is None else clean(self._citation.file_name)

    @Property(str, notify=sourceChanged)
    def icon(self) -> str:
        return "" if self._citation is None else file_icon(self._citation.file_name)

    @Property(str, notify=sourceChanged)
    def path(self) -> str:
        return "" if self._citation is None else self._citation.path

    @Property(str, notify=sourceChanged)
    def place(self) -> str:
        """Page 12  ·  11.2 Termination for convenience"""
        one = self._citation
        return "" if one is None else long_place(one.file_name, one.page, one.heading_path, headings=1)

    @Property(str, notify=sourceChanged)
    def headings(self) -> str:
        """11. Term and termination › 11.2 Termination for convenience"""
        return "" if self._citation is None else " › ".join(clean(one) for one in self._citation.heading_path)

    @Property(str, notify=sourceChanged)
    def html(self) -> str:
        return self._text.html

    @Property(str, notify=sourceChanged)
    def plain(self) -> str:
        return self._text.plain

    @Property(int, notify=sourceChanged)
    def quoteAt(self) -> int:
        """Where the cited sentence begins in the text."""
        return self._text.quote_at

    @Property(str, notify=sourceChanged)
    def match(self) -> str:
        """Match 0.86  ·  keyword + meaning"""
        found = self._found
        return match_text(candidate_of(self._citation, found.trace)) if found and self._citation else ""

    @Property(str, notify=sourceChanged)
    def note(self) -> str:
        """What is to be said about the file, or ""."""
        found, located = self._found, self._located
        return note_of(found.surroundings, located) if found and located else ""

    @Property(bool, notify=sourceChanged)
    def hasPages(self) -> bool:
        found = self._found
        return bool(found and found.surroundings and found.surroundings.has_pages and self._citation_page())

    @Slot()
    def copy(self) -> None:
        """The cited sentence, with where it stands."""
        one = self._citation
        if one is not None:
            where = ", ".join(text for text in (clean(one.file_name), self._place_words()) if text)
            self.textCopied.emit(f"{clean(one.quote or one.text).strip()}\n({where})")

    @property
    def shown_message(self) -> ChatMessage | None:
        return self._message

    @property
    def shown_citation(self) -> Citation | None:
        return self._citation

    def say_again(self) -> None:
        """Texts made here, in the language that is spoken now."""
        self.sourceChanged.emit()

    def _place_words(self) -> str:
        return str(self.property("place")).replace("  ·  ", ", ")

    def _citation_page(self) -> int:
        return (self._citation.page or 0) if self._citation is not None else 0

    def _at(self) -> int:
        message, citation = self._message, self._citation
        return -1 if message is None or citation is None else message.citations.index(citation)

    def _look_at(self, message: ChatMessage, citation: Citation) -> None:
        if self._call is not None:
            self._call.cancel()
        self._message, self._citation = message, citation
        self._found = self._located = None
        self._text = SourceText()
        self._fail(None)
        self._set_loading(True)
        self.sourceChanged.emit()
        self._call = self._bridge.call(
            lambda clients: _look_up(clients, message, citation),
            lambda found: self._arrived(citation, found),
            lambda failure: self._arrived(citation, _Found(None, None, failure)),
        )

    def _arrived(self, citation: Citation, found: _Found) -> None:
        """Whatever could not be had: what the answer was made from is stored with it, and is shown."""
        self._found = found
        self._located = locate(citation, found.surroundings)
        self._text = source_text(self._located)
        self._set_loading(False)
        self._fail(found.failure)
        self.sourceChanged.emit()
