"""The retrieval inspector: how the passages of an answer were found, and what another search would find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge, Call, Failure
from hyperspot_desktop.text_cleaning import clean
from hyperspot_desktop.viewmodels.loading import LoadingViewModel
from hyperspot_desktop.viewmodels.retrieval_rows import (
    CandidateRow,
    comparison,
    figures,
    rows_of,
    settings_text,
    whole_text,
)
from hyperspot_desktop.viewmodels.rows import RowModel

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.rag.contract import RetrievalSettings, RetrievalTrace, Turn

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

MOST_PASSAGES = 24
LONGEST_HISTORY = 12
"""Earlier messages that a search is made from."""


async def _search_again(clients: Clients, message_id: UUID, changes: dict[str, Any]) -> RetrievalTrace:
    """Search for the question of an answer as it was asked, with other settings."""
    from modules.local_search_index.contract import SearchMode
    from modules.rag.contract import Question, RetrievalSettings

    chat, ctx = clients.chat, clients.ctx
    answer = await chat.message(ctx, message_id)
    conversation = await chat.get(ctx, answer.conversation_id)
    asked = await chat.message(ctx, answer.parent_id) if answer.parent_id else answer
    settings = RetrievalSettings(**{**changes, "mode": SearchMode(changes["mode"])})
    question = Question(
        text=asked.content,
        collections=conversation.collections,
        model=conversation.model,
        history=await _history(clients, asked.parent_id),
        instructions=conversation.system_prompt,
        settings=settings,
    )
    return await clients.rag.inspect(ctx, question)


async def _history(clients: Clients, message_id: UUID | None) -> tuple[Turn, ...]:
    """The messages before the question, oldest first."""
    from modules.rag.contract import Turn

    turns: list[Turn] = []
    while message_id is not None and len(turns) < LONGEST_HISTORY:
        message = await clients.chat.message(clients.ctx, message_id)
        if message.role != "system":
            turns.append(Turn(message.role, message.content))
        message_id = message.parent_id
    return tuple(reversed(turns))


@QmlElement
class RetrievalViewModel(LoadingViewModel):
    """One answer's trace, and the last other try beside it."""

    traceChanged = Signal()
    formChanged = Signal()
    tryingChanged = Signal()
    opened = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent, loading=False)
        self._message_id: UUID | None = None
        self._trace: RetrievalTrace | None = None
        self._tried: RetrievalTrace | None = None
        self._trying = False
        self._form: dict[str, Any] = {}
        self._rows = RowModel(CandidateRow, self)
        self._call: Call[Any] | None = None

    @Slot(str)
    def show(self, message_id: str) -> None:
        """Open it on an answer."""
        wanted = self._message_id = UUID(message_id)
        self._let_go()
        self._trace = self._tried = None
        self._rows.replace([])
        self._fail(None)
        self._set_loading(True)
        self.traceChanged.emit()
        self.opened.emit()
        self._call = self._bridge.call(
            lambda clients: clients.chat.trace(clients.ctx, wanted), self._arrived, self._not_loaded
        )

    @Slot()
    def again(self) -> None:
        """Read it once more, after an error."""
        if self._message_id is not None:
            self.show(str(self._message_id))

    # What was found.

    @Property(QObject, constant=True)
    def rows(self) -> RowModel:
        return self._rows

    def rows_now(self) -> list[CandidateRow]:
        """What the table shows, for Python."""
        return list(self._rows.rows)

    @Property(bool, notify=traceChanged)
    def known(self) -> bool:
        """There is a trace to be shown."""
        return self._trace is not None

    @Property(bool, notify=traceChanged)
    def tried(self) -> bool:
        """Another search stands beside the answer's own."""
        return self._tried is not None

    @Property("QStringList", notify=traceChanged)  # type: ignore[arg-type]  # the stubs know no QStringList
    def queries(self) -> list[str]:
        shown = self._shown()
        return [clean(query) for query in shown.queries] if shown else []

    @Property(str, notify=traceChanged)
    def settingsText(self) -> str:
        shown = self._shown()
        if shown is None:
            return ""
        return settings_text(shown.settings, reranked=any(one.reranked is not None for one in shown.candidates))

    @Property("QVariantList", notify=traceChanged)  # type: ignore[arg-type]  # the stubs know no QVariantList
    def figures(self) -> list[dict[str, str]]:
        """label and value of each."""
        shown = self._shown()
        return figures(shown) if shown else []

    @Property(str, notify=traceChanged)
    def note(self) -> str:
        shown = self._shown()
        return clean(shown.note) if shown else ""

    @Property(str, notify=traceChanged)
    def wholeText(self) -> str:
        """That files were gone through instead of searched, or ""."""
        shown = self._shown()
        return whole_text(shown) if shown else ""

    @Property(str, notify=traceChanged)
    def comparison(self) -> str:
        """ "2 came in, 1 went, 4 stayed."; "" before another try."""
        return comparison(self._rows.rows) if self._tried else ""

    @Property(bool, notify=traceChanged)
    def reranked(self) -> bool:
        """A reranker took part: its column is shown."""
        return any(row.reranked for row in self._rows.rows)

    # Another try.

    @Property(bool, notify=tryingChanged)
    def trying(self) -> bool:
        return self._trying

    @Property("QVariantMap", notify=formChanged)  # type: ignore[arg-type]  # the stubs know no QVariantMap
    def form(self) -> dict[str, Any]:
        """mode, passages, rerank, neighbours, use_history: what the next try is made with."""
        return dict(self._form)

    @Slot(str, "QVariant")
    def set(self, name: str, value: Any) -> None:
        """Change a field of the form."""
        if name == "passages":
            value = min(MOST_PASSAGES, max(1, int(value)))
        if name in self._form and self._form[name] != value:
            self._form[name] = value
            self.formChanged.emit()

    @Slot()
    def search(self) -> None:
        """Search again with the form's settings, without asking the model."""
        message_id, changes = self._message_id, dict(self._form)
        if message_id is None or self._trace is None:
            return
        self._let_go()
        self._set_trying(True)
        self._fail(None)
        self._call = self._bridge.call(
            lambda clients: _search_again(clients, message_id, changes), self._tried_again, self._not_tried
        )

    @Slot()
    def back(self) -> None:
        """Only the answer's own search again."""
        self._let_go()
        self._show_traces(self._trace, None)
        if self._trace is not None:
            self._fill_form(self._trace.settings)

    @Slot()
    def leave(self) -> None:
        """It is closed: nothing is waited for any more."""
        self._let_go()
        self._set_loading(False)

    def say_again(self) -> None:
        """Texts made here, in the language that is spoken now."""
        self._show_traces(self._trace, self._tried)

    def _shown(self) -> RetrievalTrace | None:
        return self._tried or self._trace

    def _arrived(self, trace: RetrievalTrace | None) -> None:
        self._loaded()
        self._show_traces(trace, None)
        if trace is not None:
            self._fill_form(trace.settings)

    def _tried_again(self, trace: RetrievalTrace) -> None:
        self._set_trying(False)
        self._show_traces(self._trace, trace)

    def _not_tried(self, failure: Failure) -> None:
        self._set_trying(False)
        self._fail(failure)

    def _show_traces(self, trace: RetrievalTrace | None, tried: RetrievalTrace | None) -> None:
        self._trace, self._tried = trace, tried
        if trace is None:
            self._rows.replace([])
        else:
            self._rows.replace(rows_of(tried, trace) if tried is not None else rows_of(trace))
        self.traceChanged.emit()

    def _fill_form(self, settings: RetrievalSettings) -> None:
        self._form = {
            "mode": str(settings.mode),
            "passages": settings.passages,
            "rerank": settings.rerank,
            "neighbours": settings.neighbours,
            "use_history": settings.use_history,
        }
        self.formChanged.emit()

    def _set_trying(self, trying: bool) -> None:
        if trying != self._trying:
            self._trying = trying
            self.tryingChanged.emit()

    def _let_go(self) -> None:
        if self._call is not None:
            self._call.cancel()
        self._set_trying(False)
