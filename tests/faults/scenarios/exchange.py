"""Conversations that go out as archives and come in again."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db import uuid7
from modkit.security import SecurityContext
from modules.chat.contract import ChatClient, ConversationNotFound, ConversationTree
from modules.portability.domain.archive import read_archive
from modules.portability.domain.service import PortabilityService
from modules.portability.infra.sinks import FileSinks
from modules.portability.infra.sources import FileSources
from tests.faults.harness.scenario import KEY, Acknowledge, Fact, Scenario
from tests.modules.portability.exchange_support import (
    LIMITS,
    Profile,
    Remembered,
    long_tree,
    nothing_to_secure,
    opened_profile,
)


@asynccontextmanager
async def profile_on(place: Path) -> AsyncIterator[Profile]:
    """One home whose key is known, as a start brings it up."""
    async with opened_profile(place, key=KEY) as profile:
        yield profile


class ImportScenario(Scenario):
    """A conversation comes in whole or not at all, an archive that has its name is one, and what was there stays."""

    name = "import"
    database = "hyperspot.db"

    async def prepare(self, place: Path) -> None:
        await self.act(place, random.Random(0), lambda _: None, 1)

    async def act(self, place: Path, chance: random.Random, acknowledge: Acknowledge, steps: int) -> None:
        ctx = SecurityContext.local_user()
        async with profile_on(place) as profile:
            for _ in range(steps):
                trees = [long_tree(chance.choice((2, 5, 24))) for _ in range(2)]
                archive = place / f"{uuid7()}.zip"
                await _exporting(profile, trees).export_profile(ctx, archive)
                acknowledge({"archive": archive.name})
                await profile.portability.import_history(ctx, archive)
                for tree in trees:
                    acknowledge({"id": tree.conversation.id.hex, "messages": len(tree.messages)})

    async def check(self, place: Path, facts: Sequence[Fact]) -> list[str]:
        ctx = SecurityContext.local_user()
        archives = sorted(place.glob("*.zip"))
        found = [
            f"archive {fact['archive']} is gone"
            for fact in facts
            if "archive" in fact and place / fact["archive"] not in archives
        ]
        owed = {fact["id"] for fact in facts if "id" in fact}
        async with profile_on(place) as profile:
            for archive in archives:
                trees = _trees_in(archive)
                found += [one for tree in trees for one in await _half(profile, tree, owed)]
                # The same import again ends what the first one began.
                await profile.portability.import_history(ctx, archive)
                everything = {tree.conversation.id.hex for tree in trees}
                found += [one for tree in trees for one in await _half(profile, tree, everything)]
        return found

    def missing(self, connection: sqlcipher.Connection, facts: Sequence[Fact]) -> list[str]:
        kept = dict(
            connection.execute(
                "SELECT conversation_id, count(*) FROM chat_messages GROUP BY conversation_id"
            ).fetchall()
        )
        return [
            f"conversation {fact['id']} has {kept.get(fact['id'], 0)} of {fact['messages']} messages"
            for fact in facts
            if "id" in fact and kept.get(fact["id"]) != fact["messages"]
        ]


def _exporting(profile: Profile, trees: Sequence[ConversationTree]) -> PortabilityService:
    """Exports conversations that are not in the database, so that there is something to import."""
    chat = cast(ChatClient, Remembered(trees))
    return PortabilityService(chat, profile.settings, FileSinks(), FileSources(LIMITS), nothing_to_secure)


def _trees_in(archive: Path) -> list[ConversationTree]:
    with FileSources(LIMITS).open(archive) as source:
        return list(read_archive(source).trees())


async def _half(profile: Profile, tree: ConversationTree, owed: set[str]) -> list[str]:
    conversation_id = tree.conversation.id
    try:
        kept = await profile.chat.tree(SecurityContext.local_user(), conversation_id)
    except ConversationNotFound:
        return [f"conversation {conversation_id} is gone"] if conversation_id.hex in owed else []
    return [] if kept == tree else [f"conversation {conversation_id} is there by half"]
