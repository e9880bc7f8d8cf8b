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
from hyperspot_desktop.viewmodels.chat_deleting import DeletingConversation
from hyperspot_desktop.viewmodels.chat_draft import Draft, joined
from hyperspot_desktop.viewmodels.chat_find import ChatFind
from hyperspot_desktop.viewmodels.chat_meter import meter_level, meter_notice, meter_text
from hyperspot_desktop.viewmodels.chat_rows import ChatRow
from hyperspot_desktop.viewmodels.rows import RowModel

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.chat.contract import AnswerEvent, ChatMessage, ContextMeter, Conversation

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

PAGE = 40
StartAnswer = Callable[["Clients"], "AsyncIterator[AnswerEvent]"]


@QmlElement
class ChatViewModel(DeletingConversation):
    """State and verbs of the page. Everything slow happens on the host; callbacks bring it here."""

    conversationChanged = Signal()
    answeringChanged = Signal()
    retryChanged = Signal()
    draftChanged = Signal()
    meterChanged = Signal()
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
        self._answering = False
        self._on_its_way = False
        self._draft = Draft(self, self.draftChanged.emit, self.keepDraft)
        self._meter: ContextMeter | None = None
        self._opening: Call[Any] | None = None
        self._opening_id = ""
        self._answer: Call[Any] | None = None
        self._visit = 0
        self._retry: Callable[[], None] | None = None
        self._wanted_message = ""
        self._wanted_block: tuple[int, float] | None = None
        self._place = ""
        self._reopening = ("", "")
        self._first_kept: str | None = None
        self._find = ChatFind(bridge, self._show_found, self._fail)
        self._send_with_enter = True
        self._show_stats = True
        self.collectionsChanged.connect(self.documentedChanged)

    def start(self) -> None:
        """Ask which collections there are, and for the words that had no conversation when the program ended."""
        self._collections.start()
        if self._first_kept is None:
            self._bridge.call(lambda clients: clients.first_draft.read(), self._first_found, _ignore)

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

    @Property(bool, notify=answeringChanged)
    def answering(self) -> bool:
        return self._answering

    @Property(bool, notify=conversationChanged)
    def hasEarlier(self) -> bool:
        return self._start > 0

    @Property(bool, notify=retryChanged)
    def canRetry(self) -> bool:
        return self._retry is not None

    @Property(str, notify=meterChanged)
    def meterText(self) -> str:
        return meter_text(self._meter)

    @Property(float, notify=meterChanged)
    def meterLevel(self) -> float:
        """How full the context will be, from 0 to 1, with room for the answer."""
        return meter_level(self._meter)

    @Property(str, notify=meterChanged)
    def meterNotice(self) -> str:
        return meter_notice(self._meter)

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

    def _get_draft(self) -> str:
        return self._draft.text

    def _set_draft(self, draft: str) -> None:
        self._draft.write(draft)

    draft = Property(str, _get_draft, _set_draft, notify=draftChanged)

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

    def _draft_beside(self, opened: Conversation) -> str:
        """What the composer holds once this is shown: nothing that was typed while it was loading is thrown away."""
        typed = self._draft.text
        if self._conversation is not None and self._conversation.id == opened.id:
            return typed
        return joined(opened.draft, typed)

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
        self._meter = None
        self.meterChanged.emit()

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
                self._meter = update.meter
                self.meterChanged.emit()
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

    # Its newer states, the draft and the meter.

    def adopt(self, conversation: Conversation) -> None:
        """Take over a newer state of the conversation that is shown."""
        if self._conversation is not None and conversation.id == self._conversation.id:
            stored = self._draft.stored
            self._set_conversation(conversation)
            if self._answering:
                # It may be the state from before the message went: its draft is the module's by now.
                self._draft.stored = stored
            self.measure()

    @Slot()
    def keepDraft(self) -> None:
        """Store what is being written, so that it is there after a restart; then measure it."""
        text = self._draft.to_store(has_place=self._conversation is not None)
        if text is not None:
            self._patch(draft=text)
        self._keep_first()

    def _keep_first(self) -> None:
        """Words that belong to no conversation are sealed in a file of their own: they outlive even a crash."""
        if self._first_kept is None or self._opening_id or self._loading:
            # What is opened may be a private conversation: its words go nowhere else.
            return
        words = self._draft.without_place(has_place=self._conversation is not None)
        if words == self._first_kept:
            return
        self._first_kept = words
        self._bridge.call(lambda clients: clients.first_draft.keep(words), failed=_ignore)

    def _first_found(self, words: str) -> None:
        self._first_kept = words
        if words and self._conversation is None and not self._loading:
            self._draft.show(joined(words, self._draft.text))
        else:
            self._draft.first = joined(words, self._draft.first)
        self._keep_first()

    def _first_stored(self) -> None:
        """The first message of a conversation is where it belongs, or back where it was typed."""
        if self._draft.first_sent:
            self._draft.first_sent = ""
            self._keep_first()

    @property
    def sending(self) -> bool:
        """Words have left the composer, and are not known to be stored yet."""
        return self._on_its_way

    def keep_first_draft(self, kept: Callable[[str], None] | None = None) -> None:
        """Before the page goes: a draft without a conversation gets one. Drafts live in the encrypted store.

        ``kept`` is told the id of such a conversation.
        """
        self.keepDraft()
        if self._conversation is None:
            self._draft.put_aside()
        text = self._draft.first
        if not text.strip():
            return
        create = self._creating()

        async def keep(clients: Clients) -> str:
            from modules.chat.contract import ConversationPatch

            made = await create(clients)
            await clients.chat.update(clients.ctx, made.id, ConversationPatch(draft=text))
            if known:
                await clients.first_draft.keep("")
            return str(made.id)

        known = self._first_kept is not None
        self._draft.first, self._first_kept = "", "" if known else None
        self._bridge.call(keep, kept, lambda failure: self._not_kept(text, failure))

    def _not_kept(self, text: str, failure: Failure) -> None:
        self._draft.first = joined(text, self._draft.first)
        self._keep_first()
        self._fail(failure)

    @Slot()
    def measure(self) -> None:
        """Ask how full the context is with the draft."""
        conversation = self._conversation
        if conversation is None or self._answering:
            return
        draft = self._draft.text

        def measured(meter: ContextMeter) -> None:
            if self._shown_id() == str(conversation.id):
                self._meter = meter
                self.meterChanged.emit()

        self._bridge.call(lambda clients: clients.chat.meter(clients.ctx, conversation.id, draft), measured, _ignore)

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

    def _set_conversation(self, conversation: Conversation | None) -> None:
        self._draft.stored = "" if conversation is None else conversation.draft
        self._ask(conversation)
        self.conversationChanged.emit()

    def _set_answering(self, answering: bool) -> None:
        if answering != self._answering:
            self._answering = answering
            self.answeringChanged.emit()

    def _fail(self, failure: Failure | None, retry: Callable[[], None] | None = None) -> None:
        self._retry = retry
        self.retryChanged.emit()
        super()._fail(failure)


def _sending(conversation_id: UUID, text: str) -> StartAnswer:
    return lambda clients: clients.chat.send(clients.ctx, conversation_id, text, from_draft=True)


def _ignore(failure: Failure) -> None:
    """A meter that cannot be read is not worth an error on the page."""
