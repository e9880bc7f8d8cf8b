"""A conversation as a file: Markdown to read, JSON to keep."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from modules.chat.contract import ChatMessage, Conversation, MessageStatus
from modules.rag.contract import Citation

JSON_FORMAT = "hyperspot.conversation"
JSON_VERSION = 1
_NAMES = {"user": "You", "assistant": "Assistant", "system": "System"}


def to_markdown(conversation: Conversation, branch: Sequence[ChatMessage]) -> str:
    """The branch that is shown, one section per message; contents stand as they are."""
    parts = [f"# {conversation.title or 'Conversation'}", f"*{conversation.created_at:%Y-%m-%d %H:%M} UTC*"]
    if conversation.system_prompt:
        parts.append(f"## System prompt\n\n{conversation.system_prompt}")
    parts += [_section(message) for message in branch if message.deleted_at is None]
    return "\n\n".join(parts) + "\n"


def to_json(conversation: Conversation, tree: Sequence[ChatMessage], active: Sequence[UUID]) -> str:
    """The whole tree, in format ``hyperspot.conversation`` version 1.

    ``{"format", "version", "conversation": {id, title, title_source, model, system_prompt, params, collections,
    active_leaf_id, created_at, updated_at}, "messages": [{id, parent_id, role, content, status, model, created_at,
    stats, error, citations, active}]}``. Messages stand parents first, siblings oldest first; ``active`` marks the
    branch that is shown; times are ISO 8601 in UTC; params and stats hold what is known. ``citations`` say what
    ``[number]`` in the content stands for: ``{number, file_name, path, page, char_start, char_end, quote}``.
    """
    shown = set(active)
    document = {
        "format": JSON_FORMAT,
        "version": JSON_VERSION,
        "conversation": {
            "id": str(conversation.id),
            "title": conversation.title,
            "title_source": conversation.title_source,
            "model": conversation.model,
            "system_prompt": conversation.system_prompt,
            "params": {name: value for name, value in asdict(conversation.params).items() if value is not None},
            "collections": [str(one) for one in conversation.collections],
            "active_leaf_id": None if conversation.active_leaf_id is None else str(conversation.active_leaf_id),
            "created_at": conversation.created_at.isoformat(),
            "updated_at": conversation.updated_at.isoformat(),
        },
        "messages": [_message(message, message.id in shown) for message in tree],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _section(message: ChatMessage) -> str:
    name = _NAMES[message.role]
    by = f" ({message.model.rpartition('::')[2]})" if message.model else ""
    mark = "" if message.status is MessageStatus.COMPLETE else f"\n\n*({message.status.value})*"
    sources = "".join(f"\n{_source(one)}" for one in message.citations)
    return f"## {name}{by}\n\n{message.content}{mark}" + (f"\n{sources}" if sources else "")


def _source(citation: Citation) -> str:
    page = f", page {citation.page}" if citation.page else ""
    return f"- [{citation.number}] {citation.path}{page}"


def _message(message: ChatMessage, active: bool) -> dict[str, Any]:
    return {
        "id": str(message.id),
        "parent_id": None if message.parent_id is None else str(message.parent_id),
        "role": message.role,
        "content": message.content,
        "status": message.status.value,
        "model": message.model,
        "created_at": message.created_at.isoformat(),
        "stats": None if message.stats is None else asdict(message.stats),
        "error": message.error,
        "citations": [_citation(one) for one in message.citations],
        "active": active,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    quoted = bool(citation.quote)
    return {
        "number": citation.number,
        "file_name": citation.file_name,
        "path": citation.path,
        "page": citation.page,
        "char_start": citation.quote_start if quoted else citation.char_start,
        "char_end": citation.quote_end if quoted else citation.char_end,
        "quote": citation.quote or citation.text,
    }
