"""A profile for exports and imports, conversations to fill it, and ways to break an archive."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from modkit.db import Database, migrate, open_database_file, uuid7
from modkit.keys.data_key import DataKey
from modkit.security import SecurityContext
from modules.chat.config import ChatConfig
from modules.chat.contract import (
    ChatMessage,
    ChatParams,
    Conversation,
    ConversationTree,
    MessageStats,
    MessageStatus,
    Role,
)
from modules.chat.domain.service import ChatService
from modules.chat.infra.storage.migrations import MIGRATIONS as CHAT_MIGRATIONS
from modules.chat.infra.storage.repository import SqlChatStore
from modules.portability.contract import PdfPrinter
from modules.portability.domain.service import PortabilityService
from modules.portability.infra.sinks import FileSinks
from modules.portability.infra.sources import FileSources, Limits
from modules.rag.contract import RagClient
from modules.settings.contract import SettingSpec
from modules.settings.domain.service import SettingsService
from modules.settings.infra.storage.migrations import MIGRATIONS as SETTINGS_MIGRATIONS
from modules.settings.infra.storage.repository import SqlSettingStore
from tests.modules.chat.chat_support import ScriptedGateway
from tests.modules.chat.documents_support import PETS, RENT, TRACE

SAMPLES = Path(__file__).parent / "samples"
LIMITS = Limits(file_bytes=64 << 20, total_bytes=128 << 20, files=1_000)
SPECS = (
    SettingSpec("look.theme", "choice", "system", "Theme", "Colours.", choices=("system", "dark", "light")),
    SettingSpec("look.font_scale", "int", 100, "Text size", "Size.", unit="percent", minimum=75, maximum=200),
)
BEGUN = datetime(2024, 5, 6, 7, 8, 9, 123456, tzinfo=UTC)
CTX = SecurityContext.local_user()


@dataclass(frozen=True, slots=True)
class Profile:
    chat: ChatService
    settings: SettingsService
    portability: PortabilityService


@asynccontextmanager
async def opened_profile(
    folder: Path,
    limits: Limits = LIMITS,
    printer: PdfPrinter | None = None,
    rag: RagClient | None = None,
    *,
    key: DataKey | None = None,
) -> AsyncIterator[Profile]:
    """``key``: of the profile that is there; without it, a fresh one is made."""
    if key is None:
        folder.mkdir()
    file = await open_database_file(folder / "hyperspot.db", key or DataKey.generate())
    await migrate(file, "chat", CHAT_MIGRATIONS)
    await migrate(file, "settings", SETTINGS_MIGRATIONS)
    chat = ChatService(
        SqlChatStore(Database("chat", file)), ScriptedGateway(), uuid7, ChatConfig(title_from_model=False)
    )
    settings = SettingsService(SqlSettingStore(Database("settings", file)))
    settings.declare(SPECS)
    sinks, sources = FileSinks(), FileSources(limits)
    portability = PortabilityService(chat, settings, sinks, sources, nothing_to_secure, lambda: printer, rag)
    yield Profile(chat, settings, portability)
    await chat.close(5)
    settings.close()
    await file.close()


async def nothing_to_secure(ctx: SecurityContext) -> None:
    """Where no backup is looked at."""


class Remembered:
    """The part of ChatClient that an export reads, on trees in memory."""

    def __init__(self, trees: Sequence[ConversationTree]) -> None:
        self._trees = {tree.conversation.id: tree for tree in trees}

    async def conversations(
        self, ctx: SecurityContext, *, trashed: bool = False, limit: int = 200, offset: int = 0
    ) -> list[Conversation]:
        found = [tree.conversation for tree in self._trees.values()]
        return [one for one in found if (one.deleted_at is not None) is trashed][offset : offset + limit]

    async def tree(self, ctx: SecurityContext, conversation_id: UUID) -> ConversationTree:
        return self._trees[conversation_id]


def message(tree_id: UUID, parent: ChatMessage | None, text: str, number: int = 0) -> ChatMessage:
    role: Role = "user" if parent is None or parent.role == "assistant" else "assistant"
    made = BEGUN + timedelta(seconds=number)
    above = None if parent is None else parent.id
    return ChatMessage(uuid7(), tree_id, above, role, text, MessageStatus.COMPLETE, made)


def long_tree(length: int, *, title: str = "Long") -> ConversationTree:
    """A conversation of ``length`` messages: now and then an alternative, an answer from documents, a stopped one."""
    tree_id = uuid7()
    messages: list[ChatMessage] = []
    passages, traces = {}, {}
    last: ChatMessage | None = None
    for number in range(length):
        above = last
        if number % 10 == 9 and last is not None:
            above = next(one for one in messages if one.id == last.parent_id) if last.parent_id else None
        one = message(tree_id, above, f"Line {number} — “quotes”, \t tabs, 日本語, \\ and </script>", number)
        if one.role == "assistant":
            one = replace(one, model="local::tiny", stats=MessageStats(3, 4, total_ms=1.25, tokens_per_s=0.1 + 0.2))
        if number % 50 == 3:
            one = replace(one, content="The rent is 900 euros [1].", citations=(RENT,), from_documents=True)
            passages[one.id], traces[one.id] = (RENT, PETS), TRACE
        if number % 50 == 7:
            one = replace(one, status=MessageStatus.STOPPED, error={"code": "stopped", "sentence": "Stopped."})
        messages.append(one)
        last = one
    conversation = Conversation(
        tree_id,
        title,
        "auto",
        "local::tiny",
        "Be brief.\nAlways.",
        ChatParams(temperature=0.7, top_k=3, seed=42),
        messages[-1].id if messages else None,
        BEGUN,
        BEGUN + timedelta(days=1),
        draft="And then",
        collections=(uuid7(),),
    )
    return ConversationTree(conversation, tuple(messages), passages, traces)


def members(path: Path) -> dict[str, bytes]:
    """The files of a ZIP by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change an archive's files by name; a value is bytes, or anything for JSON. The manifest is made to fit."""
    files: dict[str, Any] = dict(members(path))
    manifest = json.loads(files.pop("manifest.json"))
    change(files)
    raw = {name: value if isinstance(value, bytes) else json.dumps(value).encode() for name, value in files.items()}
    manifest["files"] = [
        {"path": name, "size_bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in raw.items()
    ]
    documents = [
        json.loads(data) for name, data in raw.items() if name.startswith("conversations/") and data[:1] == b"{"
    ]
    manifest["conversations"] = sum(name.startswith("conversations/") for name in raw)
    manifest["messages"] = sum(len(one.get("messages", ())) for one in documents)
    write_zip(path, {**raw, "manifest.json": json.dumps(manifest).encode()})


def write_zip(path: Path, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
