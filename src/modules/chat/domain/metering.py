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
from modules.chat.domain.answers.writer import model_ref
from modules.chat.domain.clock import utc_now
from modules.chat.domain.context import Window, bytes_worth_loading, usual_prompt_tokens
from modules.chat.domain.ports import ChatStore
from modules.llm_gateway.contract import GatewayModel, LlmGatewayClient, Message

_DRAFT_ID = UUID(int=0)


class Metering:
    """Counts exactly when the model is loaded and idle; else estimates and says so."""

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
        window = Window.of(await self._gateway.context_window(ctx, model_ref(model)), conversation.params)
        branch, not_loaded = await self._branch(ctx, conversation, window)
        if draft.strip():
            branch = [*branch, _as_message(conversation, draft)]
        if not branch:
            return ContextMeter(0, window.size, window.reserve, 0, exact=True)

        async def estimate(messages: Sequence[Message]) -> int:
            return usual_prompt_tokens(messages)

        async def count(messages: Sequence[Message]) -> int:
            return await self._gateway.count_tokens(ctx, model_ref(model), messages)

        arguments = (conversation.id, conversation.system_prompt, branch, not_loaded, window)
        if self._can_count(model):
            try:
                prompt = await self._answering.planner.measure(*arguments, count)
                return replace(prompt.meter(), exact=True)
            except HyperSpotError as err:
                logger.bind(code=err.code).debug("The context could not be counted; it is estimated")
        prompt = await self._answering.planner.measure(*arguments, estimate)
        return replace(prompt.meter(), exact=False)

    def _can_count(self, model: GatewayModel) -> bool:
        return model.ready and not self._answering.desk.busy

    async def _branch(
        self, ctx: SecurityContext, conversation: Conversation, window: Window
    ) -> tuple[list[ChatMessage], int]:
        leaf_id = conversation.active_leaf_id
        leaf = None if leaf_id is None else await self._store.message(ctx, leaf_id)
        if leaf is None:
            return [], 0
        return await self._answering.writer.end_of_branch(ctx, leaf, bytes_worth_loading(window))


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
