"""The chat page: one conversation, its window of messages, and the answer that is being written."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge, Call, Failure
from hyperspot_desktop.viewmodels import answers
from hyperspot_desktop.viewmodels.chat_branch import ShownBranch
from hyperspot_desktop.viewmodels.chat_draft import joined
from hyperspot_desktop.viewmodels.chat_drafting import DraftingConversation
from hyperspot_desktop.viewmodels.chat_find import ChatFind
from hyperspot_desktop.viewmodels.chat_rows import ChatRow
from hyperspot_desktop.viewmodels.rows import RowModel

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.chat.contract import AnswerEvent, ChatMessage, Conversation

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

PAGE = 40
StartAnswer = Callable[["Clients"], "AsyncIterator[AnswerEvent]"]


@QmlElement
class ChatViewModel(DraftingConversation):
    """State and verbs of the page. Everything slow happens on the host; callbacks bring it here."""

    conversationChanged = Signal()
    retryChanged = Signal()
    opened = Signal()
    earlierLoaded = Signal()
    textCopied = Signal(str)
    sent = Signal()
    answered = Signal()
    documentedChanged = Signal()
    rowWanted = Signal(int)
    placeWanted = Signal(int, float)
    """A row to be read on from, and how many pixels of it are above the page."""
    placeChanged = Signal()
    findChanged = Signal()
    configured = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent)
        self._branch = ShownBranch(self)
        self._start = 0
        self._loading_earlier = False
        self._on_its_way = False
        self._opening: Call[Any] | None = None
        self._opening_id = ""
        self._answer: Call[Any] | None = None
        self._visit = 0
        self._retry: Callable[[], None] | None = None
        self._wanted_message = ""
        self._wanted_block: tuple[int, float] | None = None
        self._place = ""
        self._reopening = ("", "")
        self._find = ChatFind(bridge, self._show_found, self._fail)
        self._send_with_enter = True
        self._show_stats = True
        self.collectionsChanged.connect(self.documentedChanged)

    def start(self) -> None:
        """Ask which collections there are, and for the words that had no conversation when the program ended."""
        self._collections.start()
        self._find_first_words()

    # What the page shows.

    @Property(QObject, constant=True)
    def rows(self) -> RowModel:
        return self._branch.rows

    def rows_now(self) -> list[ChatRow]:
        """What the list shows, for Python."""
        return list(self._branch.rows.rows)

    @Property(str, notify=conversationChanged)
    def conversationId(self) -> str:
        return self._shown_id()

    @Property(bool, notify=conversationChanged)
    def hasEarlier(self) -> bool:
        return self._start > 0

    @Property(bool, notify=retryChanged)
    def canRetry(self) -> bool:
        return self._retry is not None

    @Property(bool, notify=configured)
    def sendWithEnter(self) -> bool:
        """Off: Ctrl+Enter sends, and Enter breaks the line."""
        return self._send_with_enter

    @Property(bool, notify=configured)
    def showStats(self) -> bool:
        return self._show_stats

    def configure(self, *, send_with_enter: bool, show_stats: bool) -> None:
        """The user's settings for this page."""
        if (send_with_enter, show_stats) != (self._send_with_enter, self._show_stats):
            self._send_with_enter, self._show_stats = send_with_enter, show_stats
            self.configured.emit()

    # Opening and paging.

    @Slot(str)
    def open(self, conversation_id: str) -> None:
        """Show a conversation, at its end; a running answer is followed."""
        if conversation_id == self._shown_id() and not self._failure:
            return
        self._leave()
        wanted = UUID(conversation_id)
        self._opening_id = conversation_id
        self._set_conversation(None)
        self._draft.show("")
        self._set_loading(True)

        def failed(failure: Failure) -> None:
            self._opening_id = ""
            self._set_loading(False)
            self.conversationChanged.emit()
            self._fail(failure, lambda: self.open(conversation_id))

        self._opening = self._bridge.call(lambda clients: answers.load(clients, wanted, limit=PAGE), self._show, failed)

    @Slot(str, str)
    def openAt(self, conversation_id: str, message_id: str) -> None:
        """Show a conversation at one of its messages ("" for its end)."""
        self._wanted_message, self._wanted_block = message_id, None
        if conversation_id == self._shown_id() and message_id and not self._loading:
            self._go_to_wanted()
        else:
            self.open(conversation_id)

    def _go_to_wanted(self) -> None:
        """Page upwards until the wanted message is there, then show it."""
        if not self._wanted_message:
            return
        row = self.rowOf(self._wanted_message)
        if row < 0 and self._start > 0:
            self.loadEarlier()
            return
        message_id, self._wanted_message = self._wanted_message, ""
        wanted, self._wanted_block = self._wanted_block, None
        if row >= 0 and wanted is not None:
            self.placeWanted.emit(self._branch.row_at(message_id, wanted[0]), wanted[1])
        elif row >= 0:
            self.rowWanted.emit(row)

    @Slot()
    def newChat(self) -> None:
        """An empty page; the conversation is made with its first message."""
        self._leave()
        self._set_conversation(None)
        self._draft.begin_anew()

    @Slot()
    def loadEarlier(self) -> None:
        """The messages before the first one shown."""
        conversation = self._conversation
        if conversation is None or self._start <= 0 or self._loading_earlier:
            return
        self._loading_earlier = True
        before = self._start

        def arrived(earlier: answers.Opened) -> None:
            self._loading_earlier = False
            if self._conversation is None or self._conversation.id != conversation.id or self._start != before:
                return
            self._start = earlier.start
            self._branch.put_before(earlier.shown)
            self.conversationChanged.emit()
            self.earlierLoaded.emit()
            self._go_to_wanted()

        def failed(failure: Failure) -> None:
            self._loading_earlier = False
            self._fail(failure, self.loadEarlier)

        self._bridge.call(
            lambda clients: answers.load(clients, conversation.id, before=before, limit=PAGE), arrived, failed
        )

    def reopen(self, conversation_id: str, place: str = "") -> None:
        """As the program starts: the conversation of the last time, where it was read; silently nothing if it is gone.

        A start that fails forgets neither: ``conversation_to_reopen`` goes on to name them.
        """
        try:
            wanted = UUID(conversation_id)
        except ValueError:
            return
        self._reopening = (conversation_id, place)
        message_id, _, rest = place.partition(":")
        block, _, offset = rest.partition(":")
        if block.isdecimal() and offset.removeprefix("-").isdecimal():
            self._wanted_message, self._wanted_block = message_id, (int(block), float(offset))
        self._set_loading(True)

        def failed(_: Failure) -> None:
            self._set_loading(False)
            self._wanted_message, self._wanted_block = "", None
            if self._bridge.state == "ready":
                self._reopening = ("", "")
                if not self._draft.text:
                    self._draft.begin_anew()

        self._opening = self._bridge.call(lambda clients: answers.load(clients, wanted, limit=PAGE), self._show, failed)

    @Slot(int, float)
    def notePlace(self, row: int, offset: float) -> None:
        """The first row that is seen, and how many pixels of it are above the page; -1 at the end."""
        place = self._branch.place_of(row, offset)
        if place != self._place:
            self._place = place
            self.placeChanged.emit()

    def conversation_to_reopen(self) -> tuple[str, str]:
        """The conversation for the next start, and the place in it. Not a private one: even its id would be a trace."""
        if self._is_private():
            return "", ""
        return self._reopening if self._reopening[0] else (self._shown_id(), self._place)

    def reload(self) -> None:
        """Read the messages that are shown again: some were deleted, or came back."""
        conversation = self._conversation
        if conversation is None or self._answering:
            return
        visit, limit = self._visit, max(PAGE, self._branch.count)

        def arrived(opened: answers.Opened) -> None:
            if visit == self._visit and not self._answering:
                self._set_conversation(opened.conversation)
                self._start = opened.start
                self._branch.replace(opened.shown)
                self.conversationChanged.emit()
                self.documentedChanged.emit()
                self.measure()

        self._bridge.call(lambda clients: answers.load(clients, conversation.id, limit=limit), arrived, self._fail)

    def _shown_id(self) -> str:
        """The conversation on the page, or the one that is about to be."""
        return self._opening_id if self._conversation is None else str(self._conversation.id)

    def _show(self, opened: answers.Opened) -> None:
        self._place = self._reopening[1]
        self._reopening = ("", "")
        self._set_loading(False)
        draft = self._draft_beside(opened.conversation)
        self._set_conversation(opened.conversation)
        self._draft.show(draft)
        self._start = opened.start
        self._branch.replace(opened.shown)
        self.conversationChanged.emit()
        self.documentedChanged.emit()
        self.opened.emit()
        self._go_to_wanted()
        self.measure()
        self._keep_first()
        if opened.shown and opened.shown[-1].message.status == "streaming":
            wanted = opened.conversation.id
            self._run(lambda clients: clients.chat.attach(clients.ctx, wanted))

    def _leave(self) -> None:
        """Let go of what is shown; an answer that runs goes on without being watched."""
        self._visit += 1
        if self._conversation is None:
            self._draft.put_aside()
        self.keepDraft()
        for call in (self._opening, self._answer):
            if call is not None:
                call.cancel()
        self._opening = self._answer = None
        self._opening_id, self._place, self._reopening = "", "", ("", "")
        self._on_its_way = False
        self._set_loading(False)
        self._loading_earlier = False
        self._set_answering(False)
        self._fail(None)
        self._branch.replace([])
        self._start = 0
        self._show_meter(None)

    # Answers.

    @Slot(str)
    def send(self, text: str) -> None:
        """Ask; the first message makes the conversation."""
        if not text.strip() or self._answering or self._loading:
            return
        self._draft.hand_over()
        if self._conversation is not None:
            self._run(_sending(self._conversation.id, text), text)
        else:
            self._send_first(text)

    def _send_first(self, text: str) -> None:
        """Make the conversation, then ask in it; also when the page has moved on meanwhile."""
        visit = self._visit

        def created(made: Conversation) -> None:
            if visit != self._visit:
                self._bridge.stream(_sending(made.id, text), lambda _: self._first_stored(), failed=self._fail)
                return
            self._forget_next()
            self._set_conversation(made)
            self._run(_sending(made.id, text), text)

        def failed(failure: Failure) -> None:
            if visit == self._visit:
                self._answer_failed(failure, text)
            else:
                self._draft.first = joined(text, self._draft.first)
                self._first_stored()
                self._fail(failure)

        self._draft.first_sent = text
        self._set_answering(True)
        self._bridge.call(self._creating(), created, failed)

    @Slot()
    def stop(self) -> None:
        """End the running answer and keep its text."""
        if self._conversation is not None and self._answering:
            wanted = self._conversation.id
            self._bridge.call(lambda clients: clients.chat.stop(clients.ctx, wanted), failed=self._fail)

    @Slot(str)
    def regenerate(self, message_id: str) -> None:
        """Another answer beside this one."""
        wanted = UUID(message_id)
        self._run(lambda clients: clients.chat.regenerate(clients.ctx, wanted))

    @Slot(str, str)
    def edit(self, message_id: str, text: str) -> None:
        """Another version of an own message, with its answer."""
        wanted = UUID(message_id)
        if text.strip():
            self._run(lambda clients: clients.chat.edit(clients.ctx, wanted, text))

    @Slot(str)
    def continueAnswer(self, message_id: str) -> None:
        """Go on where a stopped or interrupted answer ended."""
        wanted = UUID(message_id)
        self._run(lambda clients: clients.chat.continue_answer(clients.ctx, wanted))

    @Slot(str, int)
    def switchBranch(self, message_id: str, step: int) -> None:
        """Show the version before (-1) or after (+1)."""
        wanted = UUID(message_id)

        async def switch(clients: Clients) -> answers.Opened:
            conversation = await clients.chat.switch_branch(clients.ctx, wanted, "next" if step > 0 else "previous")
            return await answers.load(clients, conversation.id, limit=PAGE)

        if not self._answering:
            self._bridge.call(switch, self._show, self._fail)

    @Slot()
    def retry(self) -> None:
        """Do again what failed."""
        retry = self._retry
        self._fail(None)
        if retry is not None:
            retry()

    @property
    def sending(self) -> bool:
        """Words have left the composer, and are not known to be stored yet."""
        return self._on_its_way

    def _run(self, start: StartAnswer, text: str = "") -> None:
        if self._answer is not None:
            self._answer.cancel()
        self._fail(None)
        self._set_answering(True)
        self._on_its_way = bool(text)
        self._answer = self._bridge.stream(
            lambda clients: answers.follow(start(clients)),
            self._apply,
            lambda: self._set_answering(False),
            lambda failure: self._answer_failed(failure, text),
        )
        self.sent.emit()

    def _answer_failed(self, failure: Failure, text: str) -> None:
        """The answer never began: what was typed goes back into the composer."""
        self._set_answering(False)
        self._on_its_way = False
        if text:
            self._draft.take_back(text)
            self._draft.first_sent = ""
        self._fail(failure)

    def _apply(self, updates: list[answers.Update]) -> None:
        for position, update in enumerate(updates):
            newer = position + 1 < len(updates) and updates[position + 1].step != "started"
            if update.step == "text" and newer:
                continue  # the next one carries this text too
            self._on_its_way = False
            self._first_stored()
            if update.step == "started":
                self._branch.begin(update)
            self._branch.put(update.answer)
            if update.meter is not None:
                self._show_meter(update.meter)
            if update.step == "finished":
                self._set_answering(False)
                self.measure()
                self.documentedChanged.emit()
                self.answered.emit()

    def say_again(self) -> None:
        """Texts made here, in the language that is spoken now."""
        self._branch.say_again()
        self.meterChanged.emit()
        self.findChanged.emit()
        self.collectionsChanged.emit()

    # The documents that it is answered from.

    @Property(bool, notify=documentedChanged)
    def documented(self) -> bool:
        """Documents play a part here: some are chosen, or an answer was made from some."""
        return bool(self._collections.here(self._chosen())) or self.last_cited() is not None

    def ask_about(self, collection_ids: Sequence[UUID]) -> None:
        """A new chat that is answered from these collections."""
        self.newChat()
        self._choose(tuple(collection_ids))

    def ask_about_named(self, name: str) -> None:
        """The same, by the name of one; a name that is not known chooses nothing."""
        self.ask_about(self._collections.named(name))

    def message(self, message_id: str) -> ChatMessage | None:
        """A message that is shown."""
        return self._branch.message(message_id)

    def last_cited(self) -> ChatMessage | None:
        """The newest of the messages shown that was made from documents."""
        return self._branch.last_cited()

    # Finding within the conversation.

    @Property(str, notify=findChanged)
    def findText(self) -> str:
        """2 / 5, or that there is none."""
        return self._find.text

    @Slot(str)
    def find(self, query: str) -> None:
        """Look for words in all messages of this conversation, newest first."""
        self._find.look_for(query, None if self._conversation is None else self._conversation.id)

    @Slot(int)
    def findNext(self, step: int) -> None:
        """Show the next match (1) or the one before (-1), around the end."""
        self._find.step(step)

    def _show_found(self, message_id: str) -> None:
        if message_id:
            self._wanted_message = message_id
            self._go_to_wanted()
        self.findChanged.emit()

    # Copying.

    @Slot(str, result=str)
    def messageText(self, message_id: str) -> str:
        return self._branch.text_of(message_id)

    @Slot(str)
    def copyMessage(self, message_id: str) -> None:
        self.textCopied.emit(self.messageText(message_id))

    @Slot(int)
    def copyCode(self, row: int) -> None:
        """The whole code block that begins at a row."""
        self.textCopied.emit(self._branch.code_from(row))

    @Slot(str, result=int)
    def rowOf(self, message_id: str) -> int:
        """The first row of a message, or -1 when it is not loaded."""
        return self._branch.row_of(message_id)

    # State.

    def _is_opening(self) -> bool:
        return bool(self._opening_id) or self._loading

    def _set_conversation(self, conversation: Conversation | None) -> None:
        self._draft.stored = "" if conversation is None else conversation.draft
        self._ask(conversation)
        self.conversationChanged.emit()

    def _fail(self, failure: Failure | None, retry: Callable[[], None] | None = None) -> None:
        self._retry = retry
        self.retryChanged.emit()
        super()._fail(failure)


def _sending(conversation_id: UUID, text: str) -> StartAnswer:
    return lambda clients: clients.chat.send(clients.ctx, conversation_id, text, from_draft=True)
