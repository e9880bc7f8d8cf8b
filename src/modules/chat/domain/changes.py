"""Tells watchers what changed, each only of their own conversations."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from modkit.events import Broadcaster, Subscription
from modkit.security import SecurityContext
from modules.chat.contract import ConversationChanged

Change = Literal["created", "updated", "trashed", "restored", "deleted", "message"]


@dataclass(frozen=True, slots=True)
class _Owned:
    tenant_id: UUID
    subject_id: UUID
    changed: ConversationChanged


class Changes:
    """The channel behind ``ChatClient.watch``."""

    def __init__(self) -> None:
        self._channel: Broadcaster[_Owned] = Broadcaster(256)

    def publish(self, ctx: SecurityContext, conversation_id: UUID, change: Change, **details: str) -> None:
        changed = ConversationChanged(conversation_id, change, details)
        self._channel.publish(_Owned(ctx.subject_tenant_id, ctx.subject_id, changed))

    def watch(self, ctx: SecurityContext) -> AsyncIterator[ConversationChanged]:
        # Subscribed here and not in the generator, which would only begin when it is first read.
        return _of_subject(self._channel.subscribe(), ctx)

    def close(self) -> None:
        self._channel.close()


async def _of_subject(changes: Subscription[_Owned], ctx: SecurityContext) -> AsyncIterator[ConversationChanged]:
    async with changes:
        async for owned in changes:
            if (owned.tenant_id, owned.subject_id) == (ctx.subject_tenant_id, ctx.subject_id):
                yield owned.changed
