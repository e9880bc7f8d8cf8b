"""Claude: ``conversations.json`` of its data export, a list of conversations with ``chat_messages``."""

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

_ROLES: dict[str, Role] = {"human": "user", "assistant": "assistant"}
# What first messages name as their parent.
_ROOT = "00000000-0000-4000-8000-000000000000"


class ClaudeReader:
    """Implements Reader."""

    source = HistorySource.CLAUDE

    def matches(self, value: Any) -> bool:
        return isinstance(first_object(value).get("chat_messages"), list)

    def trees(self, value: Any, name: str, reading: Reading) -> Iterator[ConversationTree]:
        for where, conversation in objects_of(value, name):
            yield _tree(conversation, where, reading)


def _tree(value: Mapping[str, Any], where: str, reading: Reading) -> ConversationTree:
    foreign_id = required_id(value.get("uuid"), where)
    nodes: list[Node] = []
    for number, one in enumerate(sequence(value.get("chat_messages"), f"{where}: chat_messages"), 1):
        place = f"{where}: message {number}"
        nodes.append(_node(mapping(one, place), nodes[-1].id if nodes else None, place, reading))
    facts = Facts(
        foreign_id,
        text(value.get("name")),
        moment(value.get("created_at"), where),
        moment(value.get("updated_at"), where),
        current=nodes[-1].id if nodes else None,
    )
    return grow(reading, where, facts, nodes)


def _node(message: Mapping[str, Any], before: str | None, where: str, reading: Reading) -> Node:
    # Older exports name no parents: there every message answers the one before.
    parent = optional_text(message["parent_message_uuid"]) if "parent_message_uuid" in message else before
    role = _ROLES.get(text(message.get("sender")))
    content = "\n\n".join(filter(None, [_content(message, where, reading), *_attached(message, where, reading)]))
    return Node(
        required_id(message.get("uuid"), where),
        None if parent == _ROOT else parent,
        role,
        content,
        moment(message.get("created_at"), where),
    )


def _content(message: Mapping[str, Any], where: str, reading: Reading) -> str:
    texts: list[str] = []
    for block in sequence(message.get("content"), f"{where}: content"):
        kind = mapping(block, f"{where}: content").get("type")
        if kind == "text":
            texts.append(text(block.get("text")))
        elif kind == "thinking":
            reading.leave_out("thoughts of the model")
        else:
            reading.leave_out("calls and results of tools")
    return "\n\n".join(filter(None, texts)) or text(message.get("text"))


def _attached(message: Mapping[str, Any], where: str, reading: Reading) -> Iterator[str]:
    """The text of attachments, which the export holds; of other files it has only the names."""
    attachments = sequence(message.get("attachments"), f"{where}: attachments")
    for one in (mapping(attachment, f"{where}: attachments") for attachment in attachments):
        name = text(one.get("file_name")) or "Attachment"
        inside = text(one.get("extracted_content"))
        if inside:
            yield f"**{name}**\n\n{_fenced(inside)}"
    held = {text(one.get("file_name")) for one in attachments}
    for file in sequence(message.get("files"), f"{where}: files"):
        name = text(mapping(file, f"{where}: files").get("file_name"))
        if name not in held:
            reading.leave_out("images, sounds and files")
            yield f"[File {name}: not part of this import]"


def _fenced(inside: str) -> str:
    fence = "```"
    while fence in inside:
        fence += "`"
    return f"{fence}\n{inside}\n{fence}"
