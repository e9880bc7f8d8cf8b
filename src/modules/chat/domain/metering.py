"""Says how full a conversation's context window is, without making anybody wait for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from loguru import logger

from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.chat.contract import ChatMessage, ContextMeter, Conversation, MessageStatus
from modules.chat.domain.answering import Answering
from modules.chat.domain.clock import utc_now
from modules.chat.domain.context import Window, bytes_worth_loading, usual_prompt_tokens, usual_tokens
from modules.chat.domain.ports import ChatStore
from modules.llm_gateway.contract import LlmGatewayClient, Message

_DRAFT_ID = UUID(int=0)


class Metering:
    """Counts exactly when that needs no loading and no waiting; else estimates and says so."""

    def __init__(self, gateway: LlmGatewayClient, answering: Answering, store: ChatStore) -> None:
        self._gateway = gateway
        self._answering = answering
        self._store = store

    async def meter(self, ctx: SecurityContext, conversation: Conversation, draft: str) -> ContextMeter:
        """The window as the next turn with this draft would find it.

        Raises:
            NoModelInstalled, LlmGatewayError: there is no model to measure by.
        """
        model = await self._answering.model_of(ctx, conversation)
        window = Window.of(await self._gateway.context_window(ctx, model.id), conversation.params)
        branch, not_loaded = await self._branch(ctx, conversation, window)
        if draft.strip():
            branch = [*branch, _as_message(conversation, draft)]
        if not branch:
            return ContextMeter(0, window.size, window.reserve, 0, exact=True)

        async def estimate(messages: Sequence[Message]) -> int:
            return usual_prompt_tokens(messages)

        async def count(messages: Sequence[Message]) -> int:
            return await self._gateway.count_tokens(ctx, model.id, messages)

        arguments = (conversation.id, conversation.system_prompt, branch, not_loaded, window)
        # What documents will add is known only from the last answer.
        if self._answering.is_at_hand(model) and not conversation.collections:
            try:
                prompt = await self._answering.planner.measure(*arguments, count)
                return replace(prompt.meter(), exact=True)
            except HyperSpotError as err:
                logger.bind(code=err.code).debug("The context could not be counted; it is estimated")
        if (known := _from_last_answer(branch, window)) is not None:
            return known
        prompt = await self._answering.planner.measure(*arguments, estimate)
        return replace(prompt.meter(), exact=False)

    async def _branch(
        self, ctx: SecurityContext, conversation: Conversation, window: Window
    ) -> tuple[list[ChatMessage], int]:
        leaf_id = conversation.active_leaf_id
        leaf = None if leaf_id is None else await self._store.message(ctx, leaf_id)
        if leaf is None:
            return [], 0
        return await self._answering.writer.end_of_branch(ctx, leaf, bytes_worth_loading(window))


def _from_last_answer(branch: Sequence[ChatMessage], window: Window) -> ContextMeter | None:
    """What the last answer measured, plus the draft; None when that does not fit or nothing was measured."""
    last = branch[-1] if branch[-1].id != _DRAFT_ID else branch[-2] if len(branch) > 1 else None
    if last is None or last.stats is None or last.stats.context_length != window.size:
        return None
    if last.stats.input_tokens == 0:
        # Answered from documents without a model: nothing was measured.
        return None
    draft = usual_tokens(branch[-1].content) if last is not branch[-1] else 0
    used = last.stats.input_tokens + last.stats.output_tokens + draft
    if used > window.budget:
        return None
    return ContextMeter(used, window.size, window.reserve, last.stats.dropped_messages, exact=False)


def _as_message(conversation: Conversation, draft: str) -> ChatMessage:
    return ChatMessage(
        id=_DRAFT_ID,
        conversation_id=conversation.id,
        parent_id=conversation.active_leaf_id,
        role="user",
        content=draft,
        status=MessageStatus.COMPLETE,
        created_at=utc_now(),
    )
