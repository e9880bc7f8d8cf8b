"""Open WebUI: its chat export, a list of records whose ``chat.history`` is a tree of messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from modules.chat.contract import ConversationTree, Role
from modules.portability.contract import HistorySource
from modules.portability.domain.importers.foreign import (
    Reading,
    first_object,
    mapping,
    moment,
    objects_of,
    optional_text,
    required_id,
    sequence,
    text,
)
from modules.portability.domain.importers.growing import Facts, Node, grow

_ROLES: dict[str, Role] = {"user": "user", "assistant": "assistant", "system": "system"}


class OpenWebUiReader:
    """Implements Reader."""

    source = HistorySource.OPEN_WEBUI

    def matches(self, value: Any) -> bool:
        chat = first_object(value).get("chat")
        return isinstance(chat, Mapping) and ("history" in chat or "messages" in chat)

    def trees(self, value: Any, name: str, reading: Reading) -> Iterator[ConversationTree]:
        for where, record in objects_of(value, name):
            yield _tree(record, where, reading)


def _tree(record: Mapping[str, Any], where: str, reading: Reading) -> ConversationTree:
    chat = mapping(record.get("chat"), f"{where}: chat")
    history = mapping(chat.get("history") or {}, f"{where}: history")
    found = mapping(history.get("messages") or {}, f"{where}: messages")
    nodes = [_node(mapping(one, f"{where}: {key}"), key, where, reading) for key, one in found.items()]
    if not nodes:
        nodes = list(_in_a_row(chat, where, reading))
    params = mapping(chat.get("params") or {}, f"{where}: params")
    facts = Facts(
        required_id(record.get("id") or chat.get("id"), where),
        text(record.get("title")) or text(chat.get("title")),
        moment(record.get("created_at") or chat.get("timestamp"), where),
        moment(record.get("updated_at"), where),
        text(chat.get("system")) or text(params.get("system")),
        optional_text(history.get("currentId")),
    )
    return grow(reading, where, facts, nodes)


def _in_a_row(chat: Mapping[str, Any], where: str, reading: Reading) -> Iterator[Node]:
    """The messages of an old record, which has only those of one branch."""
    before: str | None = None
    for number, one in enumerate(sequence(chat.get("messages"), f"{where}: messages")):
        message = mapping(one, f"{where}: message {number + 1}")
        node_id = optional_text(message.get("id")) or str(number)
        yield _node({**message, "parentId": before}, node_id, where, reading)
        before = node_id


def _node(message: Mapping[str, Any], node_id: str, where: str, reading: Reading) -> Node:
    where = f"{where}: message {node_id}"
    for _ in sequence(message.get("files"), f"{where}: files"):
        reading.leave_out("images, sounds and files")
    role = _ROLES.get(text(message.get("role")))
    return Node(
        node_id,
        optional_text(message.get("parentId")),
        role,
        _content(message.get("content"), where, reading),
        moment(message.get("timestamp"), where),
        optional_text(message.get("model")) if role == "assistant" else None,
    )


def _content(content: Any, where: str, reading: Reading) -> str:
    """Text, or a list of parts as the OpenAI interface has them."""
    if not isinstance(content, list):
        return text(content)
    parts = [mapping(part, f"{where}: content") for part in content]
    for part in parts:
        if part.get("type") != "text":
            reading.leave_out("images, sounds and files")
    return "\n\n".join(filter(None, (text(part.get("text")) for part in parts)))
