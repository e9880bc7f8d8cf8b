"""Makes a home as the first version left it: ``python -m tests.golden.make FOLDER``.

Only the first migration of every module is applied, and the rows are written in plain SQL, so that what later
versions do to entities cannot reach back. What it made lies beside this file and is never made again: a database of
a released version stays as that version made it.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from modkit.db import DatabaseFile, migrate, open_database_file
from modkit.keys import DataKey, KeyStore
from modkit.security import SecurityContext
from tests.support.schemas import SCHEMAS

_NAMES = UUID("018f0000-0000-7000-8000-00000000901d")
_TIME = "2026-01-02T03:04:05.678901Z"


def golden_id(name: str) -> UUID:
    """The id of a row by a name of ours."""
    return uuid5(_NAMES, name)


async def make(home: Path) -> None:
    """Fill an empty folder."""
    key = await KeyStore(home).create()
    await _make_file(home / "hyperspot.db", key, _history())
    await _make_file(home / "index.db", key, _index())


async def _make_file(path: Path, key: DataKey, rows: list[tuple[str, dict[str, Any]]]) -> None:
    file = await open_database_file(path, key)
    try:
        for schema in SCHEMAS:
            if schema.file == path.name:
                await migrate(file, schema.module, schema.migrations[:1])
        await _insert(file, rows)
    finally:
        await file.close()


async def _insert(file: DatabaseFile, rows: list[tuple[str, dict[str, Any]]]) -> None:
    async with file.writing() as connection:
        for table, row in rows:
            if "hlc" in row:
                row = row | {"hlc": file.clock.tick()}
            names = ", ".join(row)
            await connection.exec_driver_sql(
                f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
            )
        await connection.exec_driver_sql("UPDATE modkit_meta SET value = ? WHERE key = 'hlc'", (file.clock.tick(),))
        await connection.commit()


def _owned(name: str) -> dict[str, Any]:
    ctx = SecurityContext.local_user()
    return {"id": golden_id(name).hex, "tenant_id": ctx.subject_tenant_id.hex, "owner_id": ctx.subject_id.hex}


def _synced(name: str, deleted_at: str | None = None) -> dict[str, Any]:
    return _owned(name) | {"created_at": _TIME, "updated_at": _TIME, "hlc": "", "deleted_at": deleted_at}


def _message(name: str, parent: str | None, seq: int, depth: int, role: str, content: str) -> dict[str, Any]:
    return _synced(name) | {
        "conversation_id": golden_id("conversation").hex,
        "parent_id": golden_id(parent).hex if parent else None,
        "depth": depth,
        "seq": seq,
        "role": role,
        "status": "complete",
        "model": "local::tiny" if role == "assistant" else None,
        "content": content,
    }


def _conversation(name: str, title: str, deleted_at: str | None, leaf: str | None) -> dict[str, Any]:
    return _synced(name, deleted_at) | {
        "title": title,
        "title_source": "user",
        "system_prompt": "Be brief.",
        "params_json": "{}",
        "active_leaf_id": golden_id(leaf).hex if leaf else None,
        "used_at": _TIME,
        "draft": "and then",
    }


def _history() -> list[tuple[str, dict[str, Any]]]:
    file = _owned("file") | {
        "collection_id": golden_id("collection").hex,
        "source_id": golden_id("source").hex,
        "path": "/home/ann/papers/Lease 2025.MD",
        "size": 12,
        "mtime_ns": 1,
        "state": "indexed_without_vectors",
        "reason": "",
        "pending": False,
        "away": False,
        "content_hash": "0" * 32,
        "parser": "markdown",
        "passages": 1,
        "title": "Lease",
        "language": "en",
    }
    job = _owned("job") | {
        "kind": "llm-manager.pull",
        "title": "Download Tiny",
        "state": "succeeded",
        "pausable": True,
        "attempts": 1,
        "interruptions": 0,
        "params_json": "{}",
        "progress_json": "{}",
        "checkpoint_json": "{}",
        "result_json": "{}",
        "created_at": _TIME,
        "updated_at": _TIME,
        "finished_at": _TIME,
    }
    source = _owned("source") | {
        "collection_id": golden_id("collection").hex,
        "path": "/home/ann/papers",
        "away": False,
    }
    return [
        ("settings", _synced("setting") | {"key": "appearance.theme", "value_json": '"dark"'}),
        ("jobs", job),
        ("chat_conversations", _conversation("conversation", "Rivers", None, "answer 2")),
        ("chat_conversations", _conversation("trashed", "Old", _TIME, None)),
        ("chat_messages", _message("question", None, 1, 0, "user", "Where does the Rhine begin?")),
        ("chat_messages", _message("answer 1", "question", 2, 1, "assistant", "In the Alps.")),
        ("chat_messages", _message("answer 2", "question", 3, 1, "assistant", "At Lake Toma, in Switzerland.")),
        ("rag_collections", _synced("collection") | {"name": "Papers"}),
        ("rag_sources", source),
        ("rag_files", file),
    ]


def _index() -> list[tuple[str, dict[str, Any]]]:
    document = {
        "key": 1,
        **_owned("file"),
        "collection_id": golden_id("collection").hex,
        "revision": "1",
        "file_name": "Lease 2025.MD",
        "path": "/home/ann/papers/Lease 2025.MD",
        "type": "md",
        "title": "Lease",
        "language": "en",
        "modified_at": _TIME,
        "passages": 1,
        "characters": 12,
    }
    passage = {
        "key": 1,
        "doc": 1,
        "id": golden_id("passage").bytes,
        "ordinal": 0,
        "kind": "paragraph",
        "char_start": 0,
        "char_end": 12,
        "headings": "[]",
        "text": "Ends in May.",
    }
    return [("lsi_documents", document), ("lsi_passages", passage)]


if __name__ == "__main__":
    os.environ["HYPERSPOT_KEYRING"] = "off"
    asyncio.run(make(Path(sys.argv[1])))
