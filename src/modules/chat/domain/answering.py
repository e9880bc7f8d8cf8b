"""The verbs that make an answer: what is stored before it begins, and below which message it stands."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from loguru import logger

from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.chat.config import ChatConfig
from modules.chat.contract import (
    AnswerEvent,
    ChatMessage,
    Conversation,
    ConversationNotFound,
    MessageNotFound,
    MessageStatus,
    NoModelInstalled,
    NotPossible,
)
from modules.chat.domain.answers.desk import AnswerDesk
from modules.chat.domain.answers.from_documents import FromDocuments
from modules.chat.domain.answers.notes import Task
from modules.chat.domain.answers.running import RunningAnswer
from modules.chat.domain.answers.titling import Titling
from modules.chat.domain.answers.writer import AnswerWriter
from modules.chat.domain.changes import Changes
from modules.chat.domain.clock import utc_now
from modules.chat.domain.context import ContextPlanner, Window, surely_too_long, too_long, usual_tokens
from modules.chat.domain.ports import AnswerRow, ChatStore, NewMessage
from modules.chat.domain.text import clean_message
from modules.chat.domain.titles import fallback_title
from modules.llm_gateway.contract import GatewayModel, LlmGatewayClient, Message
from modules.llm_gateway.contract import ModelNotFound as GatewayModelNotFound
from modules.rag.contract import Citation

_CUT = "answer_cut"
# Well below the time after which idle models are unloaded.
_AT_HAND_S = 60.0


@dataclass(frozen=True, slots=True)
class _Begun:
    running: RunningAnswer
    user_message: ChatMessage | None


class Answering:
    """Opens answers and hands them to the desk."""

    def __init__(
        self,
        store: ChatStore,
        gateway: LlmGatewayClient,
        changes: Changes,
        config: ChatConfig,
        new_id: Callable[[], UUID],
        documents: FromDocuments,
    ) -> None:
        self.planner = ContextPlanner()
        self.writer = AnswerWriter(store, gateway, self.planner, documents)
        self.desk = AnswerDesk(store, self.writer, config.flush_after_s, self._ended)
        self.titling = Titling(store, gateway, self._titled, config.title_timeout_s)
        self._store = store
        self._gateway = gateway
        self._documents = documents
        self._changes = changes
        self._config = config
        self._new_id = new_id
        self._answered_s: dict[str, float] = {}
        self._opening: set[asyncio.Task[_Begun]] = set()

    async def close(self, grace_s: float) -> None:
        """End all answers, stored as interrupted."""
        if self._opening:
            await asyncio.wait(set(self._opening), timeout=grace_s)
        await self.titling.cancel()
        await self.desk.close(grace_s)

    def send(
        self, ctx: SecurityContext, conversation_id: UUID, text: str, parent_id: UUID | None, *, from_draft: bool
    ) -> AsyncIterator[AnswerEvent]:
        return self._events(lambda: self._send(ctx, conversation_id, text, parent_id, from_draft))

    def regenerate(self, ctx: SecurityContext, message_id: UUID) -> AsyncIterator[AnswerEvent]:
        return self._events(lambda: self._regenerate(ctx, message_id))

    def edit(self, ctx: SecurityContext, message_id: UUID, text: str) -> AsyncIterator[AnswerEvent]:
        return self._events(lambda: self._edit(ctx, message_id, text))

    def continue_answer(self, ctx: SecurityContext, message_id: UUID) -> AsyncIterator[AnswerEvent]:
        return self._events(lambda: self._continue(ctx, message_id))

    async def model_of(self, ctx: SecurityContext, conversation: Conversation) -> GatewayModel:
        """The conversation's model, or the default one.

        Raises:
            NoModelInstalled: it has none chosen, and there is none.
            LlmGatewayError: the chosen one is not there.
        """
        try:
            return await self._gateway.resolve(ctx, conversation.model)
        except GatewayModelNotFound as err:
            if conversation.model is None:
                raise NoModelInstalled(await self._missing_model(ctx)) from err
            raise

    async def _missing_model(self, ctx: SecurityContext) -> str:
        """The name of a chat model whose file is gone, or ""."""
        models = await self._gateway.models(ctx)
        return next((model.name for model in models if model.purpose == "chat" and not model.ready), "")

    def is_at_hand(self, model: GatewayModel) -> bool:
        """Whether the model can be asked small things without loading it or waiting: it answered just now."""
        answered_s = self._answered_s.get(model.id)
        return not self.desk.busy and answered_s is not None and time.monotonic() - answered_s < _AT_HAND_S

    async def _events(self, open_answer: Callable[[], Coroutine[Any, Any, _Begun]]) -> AsyncIterator[AnswerEvent]:
        # A task of ours: a reader that goes away between the stored rows and the first event changes nothing.
        opening = asyncio.create_task(open_answer(), name="open answer")
        self._opening.add(opening)
        opening.add_done_callback(self._opening.discard)
        opening.add_done_callback(_look_at_error)
        begun = await asyncio.shield(opening)
        async for event in begun.running.follow(begun.user_message):
            yield event

    async def _send(
        self, ctx: SecurityContext, conversation_id: UUID, text: str, parent_id: UUID | None, from_draft: bool
    ) -> _Begun:
        text = clean_message(text)
        with self.desk.taking(conversation_id):
            conversation = await self._usable(ctx, conversation_id)
            parent_id = await self._parent(ctx, conversation, parent_id)
            return await self._new_turn(ctx, conversation, text, parent_id, from_draft=from_draft)

    async def _edit(self, ctx: SecurityContext, message_id: UUID, text: str) -> _Begun:
        text = clean_message(text)
        message = await self._shown_message(ctx, message_id)
        if message.role != "user":
            raise NotPossible("Only your own messages can be edited.", action="Regenerate the answer instead.")
        with self.desk.taking(message.conversation_id):
            conversation = await self._usable(ctx, message.conversation_id)
            return await self._new_turn(ctx, conversation, text, message.parent_id, from_draft=False)

    async def _regenerate(self, ctx: SecurityContext, message_id: UUID) -> _Begun:
        message = await self._shown_message(ctx, message_id)
        with self.desk.taking(message.conversation_id):
            conversation = await self._usable(ctx, message.conversation_id)
            question = message
            if message.role != "user":
                if message.parent_id is None:
                    raise NotPossible("There is no message that this could answer.", action="Send a message.")
                question = await self._shown_message(ctx, message.parent_id)
            model = await self.model_of(ctx, conversation)
            answer = self._answer_below(question.id, model)
            (stored,) = await self._append(ctx, conversation, [answer], {})
            return await self._begin(ctx, Task(conversation, model, question), stored, None)

    async def _continue(self, ctx: SecurityContext, message_id: UUID) -> _Begun:
        message = await self._message(ctx, message_id)
        with self.desk.taking(message.conversation_id):
            # Read again now that nobody else can write it.
            message = await self._shown_message(ctx, message_id)
            await self._check_continuable(ctx, message)
            conversation = await self._usable(ctx, message.conversation_id)
            model = await self.model_of(ctx, conversation)
            passages = await self._given_to(ctx, conversation, message)
            end = message
            if not message.content and message.parent_id is not None:
                end = await self._message(ctx, message.parent_id)
            await self._store.save_answer(ctx, message.id, AnswerRow(message.content, MessageStatus.STREAMING))
            await self._store.update(ctx, conversation.id, {"used_at": utc_now()})
            answer = replace(message, status=MessageStatus.STREAMING, error=None, stats=None)
            task = Task(conversation, model, end, continue_last=bool(message.content), passages=passages)
            return await self._begin(ctx, task, answer, None)

    async def _check_continuable(self, ctx: SecurityContext, message: ChatMessage) -> None:
        cut = (message.error or {}).get("code") == _CUT
        if message.role != "assistant" or (message.status is MessageStatus.COMPLETE and not cut):
            raise NotPossible("This message is complete.", action="Regenerate it for another answer.")
        if await self._store.has_replies(ctx, message):
            raise NotPossible("The conversation has gone on below this answer.", action="Regenerate it instead.")

    async def _given_to(
        self, ctx: SecurityContext, conversation: Conversation, message: ChatMessage
    ) -> tuple[Citation, ...]:
        """The passages that an answer from documents goes on from, whatever the conversation's collections are now.

        None for one that says nothing yet and can be searched for again.

        Raises:
            NotPossible: it went over whole files, which cannot be taken up in the middle; or there is no rag.
        """
        if not message.from_documents:
            return ()
        if not message.content and await self._documents.collections(ctx, conversation):
            return ()
        self._documents.client()
        passages = await self._store.passages(ctx, message.id)
        trace = await self._store.trace(ctx, message.id)
        if not passages or (trace is not None and trace.whole_collection):
            raise NotPossible("This answer cannot be gone on with in the middle.", action="Regenerate it instead.")
        return passages

    async def _new_turn(
        self, ctx: SecurityContext, conversation: Conversation, text: str, parent_id: UUID | None, *, from_draft: bool
    ) -> _Begun:
        model = await self.model_of(ctx, conversation)
        await self._check_length(ctx, conversation, model, text, from_draft=from_draft)
        question = NewMessage(self._new_id(), parent_id, "user", text, MessageStatus.COMPLETE)
        answer = self._answer_below(question.id, model)
        changes: dict[str, Any] = {}
        if conversation.title_source == "none" and (title := fallback_title(text)):
            # At once, so that the list never shows a conversation without a name, whatever happens next.
            changes = {"title": title, "title_source": "auto"}
        if from_draft:
            changes["draft"] = ""
        user_message, stored = await self._append(ctx, conversation, [question, answer], changes)
        return await self._begin(ctx, Task(conversation, model, user_message), stored, user_message)

    async def _append(
        self, ctx: SecurityContext, conversation: Conversation, messages: list[NewMessage], changes: dict[str, Any]
    ) -> list[ChatMessage]:
        changes = {**changes, "active_leaf_id": messages[-1].id, "used_at": utc_now()}
        return await self._store.append(ctx, conversation.id, messages, changes)

    async def _begin(
        self, ctx: SecurityContext, task: Task, answer: ChatMessage, user_message: ChatMessage | None
    ) -> _Begun:
        await self.titling.cancel()
        running = self.desk.begin(ctx, task, answer)
        self._changes.publish(ctx, answer.conversation_id, "message", message_id=str(answer.id), status="streaming")
        return _Begun(running, user_message)

    async def _ended(self, running: RunningAnswer, task: Task) -> None:
        answer = running.now()
        if answer.status is MessageStatus.COMPLETE:
            self._answered_s[task.model.id] = time.monotonic()
        self._changes.publish(
            running.ctx, answer.conversation_id, "message", message_id=str(answer.id), status=answer.status.value
        )
        first = task.end.role == "user" and task.end.parent_id is None
        if not (first and self._config.title_from_model and answer.status is MessageStatus.COMPLETE):
            return
        # Another answer may be under way by now, and it needs the model.
        if running.stop_reason is None and not self.desk.busy:
            self.titling.begin(running.ctx, answer.conversation_id, task.model, task.end.content)

    def _titled(self, ctx: SecurityContext, conversation_id: UUID) -> None:
        self._changes.publish(ctx, conversation_id, "updated", title_source="auto")

    def _answer_below(self, question_id: UUID, model: GatewayModel) -> NewMessage:
        return NewMessage(self._new_id(), question_id, "assistant", "", MessageStatus.STREAMING, model.id)

    async def _usable(self, ctx: SecurityContext, conversation_id: UUID) -> Conversation:
        conversation = await self._store.conversation(ctx, conversation_id)
        if conversation is None:
            raise ConversationNotFound(conversation_id)
        if conversation.deleted_at is not None:
            raise NotPossible(
                "This conversation is in the trash.",
                action=f"Restore it: hyperspot conversations restore {conversation_id}",
            )
        return conversation

    async def _parent(self, ctx: SecurityContext, conversation: Conversation, parent_id: UUID | None) -> UUID | None:
        if parent_id is None:
            return conversation.active_leaf_id
        if (await self._message(ctx, parent_id)).conversation_id != conversation.id:
            raise MessageNotFound(parent_id)
        return parent_id

    async def _message(self, ctx: SecurityContext, message_id: UUID) -> ChatMessage:
        message = await self._store.message(ctx, message_id)
        if message is None:
            raise MessageNotFound(message_id)
        return message

    async def _shown_message(self, ctx: SecurityContext, message_id: UUID) -> ChatMessage:
        """
        Raises:
            MessageNotFound, NotPossible: it is not there, or it is in the trash.
        """
        message = await self._message(ctx, message_id)
        if message.deleted_at is not None:
            raise NotPossible("This message was deleted.", action="Restore it from the trash, or send a new one.")
        return message

    async def _check_length(
        self, ctx: SecurityContext, conversation: Conversation, model: GatewayModel, text: str, *, from_draft: bool
    ) -> None:
        """Refuse what cannot be answered before it is stored, so that it stays in the composer.

        Raises:
            MessageTooLong: with an answer, it does not fit into the context window.
        """
        window = Window.of(await self._gateway.context_window(ctx, model.id), conversation.params)
        if surely_too_long(text, window):
            raise too_long(usual_tokens(text), window, about=True)
        if len(text.encode()) <= window.budget:
            return
        if from_draft:
            # Counting may load the model, for minutes: a program that ends meanwhile must not take the text along.
            await self._store.update(ctx, conversation.id, {"draft": text})
        told = (Message.of("system", conversation.system_prompt),) if conversation.system_prompt.strip() else ()
        try:
            tokens = await self._gateway.count_tokens(ctx, model.id, (*told, Message.of("user", text)))
        except HyperSpotError as err:
            # The answer will say what is wrong with the model; the message is worth storing either way.
            logger.bind(code=err.code).warning("A long message could not be counted")
            return
        if tokens > window.longest_prompt:
            raise too_long(tokens, window)


def _look_at_error(opening: asyncio.Task[_Begun]) -> None:
    # Its reader may be gone; then nobody else looks at the error.
    if not opening.cancelled():
        opening.exception()
