"""Wires chat: storage, the gateway's client, recovery at start, the trash."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from loguru import logger

from modkit.cancellation import CancellationToken, cancel_and_wait
from modkit.db import Migration, uuid7
from modkit.errors import HyperSpotError
from modkit.module import module
from modkit.module_context import ModuleContext
from modkit.security import SecurityContext
from modules.chat.config import ChatConfig
from modules.chat.contract import ChatClient, ConversationCopies
from modules.chat.domain.service import ChatService
from modules.chat.infra.memory.store import MemoryChatStore
from modules.chat.infra.routed import RoutedChatStore
from modules.chat.infra.storage.copies import SqlConversationCopies
from modules.chat.infra.storage.migrations import MIGRATIONS
from modules.chat.infra.storage.repository import SqlChatStore
from modules.llm_gateway.contract import LlmGatewayClient
from modules.rag.contract import RagClient
from modules.settings.contract import SettingsClient, SettingSpec

_STOP_GRACE_S = 20.0
_TRASH_EVERY_S = 6 * 3600.0

TRASH_DAYS = SettingSpec(
    key="chat.trash_days",
    type="int",
    default=30,
    title="Keep deleted conversations",
    description="How long the trash keeps a conversation or message before it is deleted for ever.",
    unit="days",
    minimum=1,
    maximum=3650,
)


@module(
    name="chat",
    deps=["llm-gateway", "settings"],
    capabilities=["db", "stateful"],
    client=ChatClient,
    stop_timeout="30s",
)
class ChatModule:
    """Conversations, answered by a model."""

    def __init__(self) -> None:
        self._service: ChatService | None = None
        self._settings: SettingsClient | None = None
        self._emptying: asyncio.Task[None] | None = None

    def migrations(self) -> Sequence[Migration]:
        return MIGRATIONS

    async def init(self, ctx: ModuleContext) -> None:
        gateway = ctx.client_hub.get(LlmGatewayClient)
        self._settings = ctx.client_hub.get(SettingsClient)
        self._settings.declare([TRASH_DAYS])
        hub = ctx.client_hub
        self._service = ChatService(
            RoutedChatStore(SqlChatStore(ctx.db_required()), MemoryChatStore()),
            gateway,
            uuid7,
            ctx.config(ChatConfig),
            # Asked for at every answer and no dependency: without rag, chats are answered by the model alone.
            rag=lambda: hub.try_get(RagClient),
        )
        ctx.client_hub.register(ChatClient, self._service)
        ctx.client_hub.register(ConversationCopies, SqlConversationCopies(ctx.db_required()))

    async def start(self, cancel: CancellationToken) -> None:
        if self._service is None or self._settings is None:
            return
        try:
            if (interrupted := await self._service.recover()) > 0:
                logger.info("{} answers were interrupted when the program ended last", interrupted)
        except HyperSpotError as err:
            # A read-only or full disk must not keep anybody from reading.
            logger.bind(code=err.code).warning("Interrupted answers could not be marked")
        self._emptying = asyncio.create_task(_empty_trash(self._service, self._settings), name="empty the trash")

    async def stop(self, cancel: CancellationToken) -> None:
        if self._emptying is not None:
            await cancel_and_wait(self._emptying)
        if self._service is not None:
            await self._service.close(_STOP_GRACE_S)


async def _empty_trash(service: ChatService, settings: SettingsClient) -> None:
    while True:
        try:
            days = await settings.get(SecurityContext.local_user(), TRASH_DAYS.key)
            removed = await service.empty_trash(float(days))
            if removed:
                logger.info("{} conversations and messages left the trash for ever", removed)
        except HyperSpotError as err:
            logger.bind(code=err.code).warning("The trash could not be emptied")
        await asyncio.sleep(_TRASH_EVERY_S)
