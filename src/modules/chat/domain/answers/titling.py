"""Asks the model for a conversation's title, after its first answer and out of everybody's way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from uuid import UUID

from loguru import logger

from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.chat.domain.ports import ChatStore
from modules.chat.domain.titles import PROMPT, PROMPT_MESSAGE_CHARACTERS, model_title
from modules.llm_gateway.contract import ChatRequest, GatewayModel, LlmGatewayClient, Message, Params

_MAX_TOKENS = 24
_CANCEL_GRACE_S = 1.0


class Titling:
    """Owns the tasks that make titles. A person who wants an answer does not wait for one of them."""

    def __init__(
        self,
        store: ChatStore,
        gateway: LlmGatewayClient,
        titled: Callable[[SecurityContext, UUID], None],
        timeout_s: float,
    ) -> None:
        self._store = store
        self._gateway = gateway
        self._titled = titled
        self._timeout_s = timeout_s
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, ctx: SecurityContext, conversation_id: UUID, model: GatewayModel, message: str) -> None:
        """Make a title from the first message; does nothing visible when that fails."""
        task = asyncio.create_task(self._make(ctx, conversation_id, model, message), name=f"title {conversation_id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def cancel(self) -> None:
        """Give the model free at once; a model that does not let go is not waited for."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=_CANCEL_GRACE_S)

    async def idle(self) -> None:
        """Return when no title is being made."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _make(self, ctx: SecurityContext, conversation_id: UUID, model: GatewayModel, message: str) -> None:
        request = ChatRequest(
            model=model.id,
            messages=(Message.of("user", PROMPT.format(message=message[:PROMPT_MESSAGE_CHARACTERS])),),
            params=Params(temperature=0.0, max_output_tokens=_MAX_TOKENS, seed=0),
        )
        try:
            async with asyncio.timeout(self._timeout_s):
                title = model_title((await self._gateway.chat(ctx, request)).text)
            if title is None:
                return
            # Only a title that nobody chose is replaced.
            stored = await self._store.update(ctx, conversation_id, {"title": title}, only_title_source="auto")
        except (HyperSpotError, TimeoutError) as err:
            logger.bind(conversation_id=str(conversation_id)).debug("No title was made: {}", type(err).__name__)
            return
        if stored is not None:
            self._titled(ctx, conversation_id)
