"""The message that is being written: kept with its conversation, sealed when it has none yet, and measured."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot

from hyperspot_desktop.bridge import Bridge, Failure
from hyperspot_desktop.viewmodels.chat_deleting import DeletingConversation
from hyperspot_desktop.viewmodels.chat_draft import Draft, joined
from hyperspot_desktop.viewmodels.chat_meter import meter_level, meter_notice, meter_text

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.chat.contract import ContextMeter, Conversation


class DraftingConversation(DeletingConversation):
    """Whatever ends the program, the words in the composer are there at the next start."""

    answeringChanged = Signal()
    draftChanged = Signal()
    meterChanged = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent)
        self._answering = False
        self._draft = Draft(self, self.draftChanged.emit, self.keepDraft)
        self._meter: ContextMeter | None = None
        self._first_kept: str | None = None
        """The sealed words that belong to no conversation; None until they are known."""

    def _is_opening(self) -> bool:
        """Another conversation is about to be on the page."""
        raise NotImplementedError

    def _set_conversation(self, conversation: Conversation | None) -> None:
        raise NotImplementedError

    @Property(bool, notify=answeringChanged)
    def answering(self) -> bool:
        return self._answering

    def _set_answering(self, answering: bool) -> None:
        if answering != self._answering:
            self._answering = answering
            self.answeringChanged.emit()

    def _get_draft(self) -> str:
        return self._draft.text

    def _set_draft(self, draft: str) -> None:
        self._draft.write(draft)

    draft = Property(str, _get_draft, _set_draft, notify=draftChanged)

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

    # Words that belong to no conversation yet.

    def _find_first_words(self) -> None:
        """Ask for the words that had no conversation when the program ended."""
        if self._first_kept is None:
            self._bridge.call(lambda clients: clients.first_draft.read(), self._first_found, _ignore)

    def _keep_first(self) -> None:
        """Words that belong to no conversation are sealed in a file of their own: they outlive even a crash."""
        if self._first_kept is None or self._is_opening():
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

    def _draft_beside(self, opened: Conversation) -> str:
        """What the composer holds once this is shown: nothing that was typed while it was loading is thrown away."""
        typed = self._draft.text
        if self._conversation is not None and self._conversation.id == opened.id:
            return typed
        return joined(opened.draft, typed)

    # How full the context is.

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

    def _show_meter(self, meter: ContextMeter | None) -> None:
        self._meter = meter
        self.meterChanged.emit()

    @Slot()
    def measure(self) -> None:
        """Ask how full the context is with the draft."""
        conversation = self._conversation
        if conversation is None or self._answering:
            return
        draft = self._draft.text

        def measured(meter: ContextMeter) -> None:
            if self._conversation is not None and self._conversation.id == conversation.id:
                self._show_meter(meter)

        self._bridge.call(lambda clients: clients.chat.meter(clients.ctx, conversation.id, draft), measured, _ignore)


def _ignore(failure: Failure) -> None:
    """A meter or a file that cannot be read is not worth an error on the page."""
