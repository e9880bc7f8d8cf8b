"""Homes for benchmarks: temporary, with or without the starter models, and with very many messages."""

from __future__ import annotations

import itertools
import os
import random
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import UUID

from modkit.db import Database, uuid7
from modkit.db.provider import SqlCipherProvider
from modkit.host import Host
from modkit.security import SecurityContext
from modules.chat.contract import ChatClient

_REPOSITORY = Path(__file__).resolve().parents[1]
_WORDS_PER_MESSAGE = 40
VOCABULARY = 20_000


@contextmanager
def variables(*, starters: bool) -> Iterator[dict[str, str]]:
    """The environment of programs on such homes, also set in this process meanwhile: keys in files, no network."""
    folder = os.environ.get("HYPERSPOT_STARTER_MODELS", str(_REPOSITORY / ".cache" / "models"))
    wanted = {"HYPERSPOT_KEYRING": "off", "HYPERSPOT_STARTER_MODELS": folder if starters else ""}
    before = dict(os.environ)
    os.environ.update(wanted)
    try:
        yield dict(os.environ)
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def temporary_home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="hyperspot-bench-") as folder:
        yield Path(folder) / "home"


@asynccontextmanager
async def host_on(home: Path) -> AsyncIterator[Host]:
    """The desktop's modules on a home; with what a window or a command would have."""
    from hyperspot_desktop.bootstrap import open_host

    async with open_host(home, overrides=["logging.default.console_level=error"]) as host:
        yield host


def word(rank: int) -> str:
    """The word that is the ``rank``-th most frequent: six letters, none the beginning of another."""
    scrambled = rank * 7_919_317 % 26**5
    return "w" + "".join(chr(97 + scrambled // 26**place % 26) for place in range(5))


def texts(count: int) -> Iterator[str]:
    """Messages whose words are as unequally frequent as those of a language (Zipf)."""
    chance = random.Random(1)
    ranks = range(1, VOCABULARY + 1)
    weights = list(itertools.accumulate(1 / rank for rank in ranks))
    vocabulary = [word(rank) for rank in ranks]
    for _ in range(count):
        yield " ".join(chance.choices(vocabulary, cum_weights=weights, k=_WORDS_PER_MESSAGE))


_INSERT = """
INSERT INTO chat_messages
  (id, tenant_id, owner_id, created_at, updated_at, hlc, conversation_id, depth, seq, parent_id, role, status, content)
SELECT :id, tenant_id, owner_id, created_at, updated_at, hlc, id, :depth, :depth, :parent, :role, 'complete', :content
FROM chat_conversations WHERE id = :conversation
"""


async def fill(host: Host, conversations: int, messages_each: int) -> list[UUID]:
    """Conversations of one long branch each. Indexed by the tables' own triggers, but not logged for sync."""
    ctx = SecurityContext.local_user()
    chat = host.client_hub.get(ChatClient)
    database = Database("chat", host.client_hub.get(SqlCipherProvider).files[0])
    content = texts(conversations * messages_each)
    made: list[UUID] = []
    for number in range(conversations):
        conversation = (await chat.create(ctx, title=f"Conversation {number}")).id.hex
        ids = [uuid7().hex for _ in range(messages_each)]
        rows = [
            {
                "id": ids[depth],
                "conversation": conversation,
                "depth": depth,
                "parent": ids[depth - 1] if depth else None,
                "role": "assistant" if depth % 2 else "user",
                "content": next(content),
            }
            for depth in range(messages_each)
        ]
        async with database.write(ctx) as session:
            await session.execute(_INSERT, rows)
            await session.execute(
                "UPDATE chat_conversations SET active_leaf_id = :leaf WHERE id = :id",
                {"leaf": ids[-1], "id": conversation},
            )
        made.append(UUID(conversation))
    return made
