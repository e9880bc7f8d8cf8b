"""ChatGPT: ``conversations.json`` of its data export, a list of conversations with a ``mapping`` of nodes."""

from __future__ import annotations

import re
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

# Marks of citations in the private use area; what they point to is not in the export.
_CITATION_MARK = re.compile("\ue200[^\ue201]*\ue201")
_ROLES: dict[str, Role] = {"user": "user", "assistant": "assistant"}


class ChatGptReader:
    """Implements Reader."""

    source = HistorySource.CHATGPT

    def matches(self, value: Any) -> bool:
        return isinstance(first_object(value).get("mapping"), Mapping)

    def trees(self, value: Any, name: str, reading: Reading) -> Iterator[ConversationTree]:
        for where, conversation in objects_of(value, name):
            yield _tree(conversation, where, reading)


def _tree(value: Mapping[str, Any], where: str, reading: Reading) -> ConversationTree:
    foreign_id = required_id(value.get("conversation_id") or value.get("id"), where)
    found = mapping(value.get("mapping"), f"{where}: mapping")
    nodes = [_node(node_id, mapping(node, f"{where}: {node_id}"), where, reading) for node_id, node in found.items()]
    facts = Facts(
        foreign_id,
        text(value.get("title")),
        moment(value.get("create_time"), where),
        moment(value.get("update_time"), where),
        current=optional_text(value.get("current_node")),
    )
    return grow(reading, where, facts, nodes)


def _node(node_id: str, node: Mapping[str, Any], where: str, reading: Reading) -> Node:
    parent = optional_text(node.get("parent"))
    if node.get("message") is None:
        return Node(node_id, parent)
    where = f"{where}: message {node_id}"
    message = mapping(node["message"], where)
    metadata = mapping(message.get("metadata") or {}, f"{where}: metadata")
    said = _said(message, metadata, where, reading)
    if said is None:
        return Node(node_id, parent)
    role, content = said
    created_at = moment(message.get("create_time"), where)
    model = optional_text(metadata.get("model_slug")) if role == "assistant" else None
    return Node(node_id, parent, role, content, created_at, model)


def _said(
    message: Mapping[str, Any], metadata: Mapping[str, Any], where: str, reading: Reading
) -> tuple[Role, str] | None:
    """Who said what; None for what was never shown as a message."""
    author = mapping(message.get("author") or {}, f"{where}: author")
    role = _ROLES.get(text(author.get("role")))
    content = mapping(message.get("content") or {}, f"{where}: content")
    if metadata.get("is_visually_hidden_from_conversation") is True:
        return None
    if role is None:
        if author.get("role") == "tool":
            reading.leave_out("results of tools")
        return None
    if message.get("recipient") not in (None, "all"):
        reading.leave_out("calls of tools")
        return None
    said = _content(content, where, reading)
    return (role, said) if said.strip() else None


def _content(content: Mapping[str, Any], where: str, reading: Reading) -> str:
    kind = content.get("content_type")
    if kind in ("text", "multimodal_text"):
        parts = sequence(content.get("parts"), f"{where}: parts")
        return _CITATION_MARK.sub("", "\n".join(filter(None, (_part(part, reading) for part in parts))))
    if kind == "code":
        return f"```\n{text(content.get('text'))}\n```" if text(content.get("text")).strip() else ""
    if kind in ("thoughts", "reasoning_recap"):
        reading.leave_out("thoughts of the model")
    elif kind not in ("user_editable_context", "model_editable_context", None):
        reading.leave_out("messages of a kind that is not text")
    return ""


def _part(part: Any, reading: Reading) -> str:
    if isinstance(part, str):
        return text(part)
    if isinstance(part, Mapping) and isinstance(part.get("text"), str):
        return text(part["text"])
    reading.leave_out("images, sounds and files")
    return "[A picture, sound or file that is not part of this import]"
