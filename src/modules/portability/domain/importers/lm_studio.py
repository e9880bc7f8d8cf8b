"""LM Studio: ``*.conversation.json``, messages in a row, each with the versions that were made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from modules.chat.contract import ConversationTree, Role
from modules.portability.contract import HistorySource
from modules.portability.domain.importers.foreign import (
    Reading,
    mapping,
    moment,
    optional_text,
    sequence,
    text,
)
from modules.portability.domain.importers.growing import Facts, Node, grow

_ROLES: dict[str, Role] = {"user": "user", "assistant": "assistant", "system": "system"}


class LmStudioReader:
    """Implements Reader."""

    source = HistorySource.LM_STUDIO

    def matches(self, value: Any) -> bool:
        messages = value.get("messages") if isinstance(value, Mapping) else None
        if not isinstance(messages, list):
            return False
        versioned = all(isinstance(one, Mapping) and isinstance(one.get("versions"), list) for one in messages)
        return versioned and "name" in value and "createdAt" in value

    def trees(self, value: Any, name: str, reading: Reading) -> Iterator[ConversationTree]:
        found = mapping(value, name)
        begun = moment(found.get("createdAt"), name)
        nodes, current = _nodes(found, name, reading)
        # It has no id of its own: its file is named after the moment in which it was made.
        foreign_id = f"{name.rpartition('/')[2].partition('.')[0]}@{found.get('createdAt')}"
        facts = Facts(foreign_id, text(found.get("name")), begun, None, text(found.get("systemPrompt")), current)
        yield grow(reading, name, facts, nodes)


def _nodes(found: Mapping[str, Any], name: str, reading: Reading) -> tuple[list[Node], str | None]:
    """All versions of all messages; what follows stands below the version that was selected."""
    nodes: list[Node] = []
    parent: str | None = None
    for number, one in enumerate(sequence(found.get("messages"), f"{name}: messages"), 1):
        where = f"{name}: message {number}"
        message = mapping(one, where)
        versions = sequence(message.get("versions"), where)
        nodes += [
            _node(mapping(version, where), f"{number}.{place}", parent, where, reading)
            for place, version in enumerate(versions)
        ]
        selected = message.get("currentlySelected")
        if versions:
            chosen = selected if isinstance(selected, int) and 0 <= selected < len(versions) else len(versions) - 1
            parent = f"{number}.{chosen}"
    return nodes, parent


def _node(version: Mapping[str, Any], node_id: str, parent: str | None, where: str, reading: Reading) -> Node:
    role = _ROLES.get(text(version.get("role")))
    content, model = _single(version, where, reading), None
    if version.get("type") == "multiStep":
        content, model = _steps(version, where, reading)
    return Node(node_id, parent, role, content, None, model if role == "assistant" else None)


def _single(version: Mapping[str, Any], where: str, reading: Reading) -> str:
    found: list[str] = []
    for part in sequence(version.get("content"), f"{where}: content"):
        if mapping(part, f"{where}: content").get("type") == "text":
            found.append(text(part.get("text")))
        else:
            reading.leave_out("images, sounds and files")
    return "\n\n".join(filter(None, found))


def _steps(version: Mapping[str, Any], where: str, reading: Reading) -> tuple[str, str | None]:
    """What the steps of an answer say, and the model that said it."""
    said: list[str] = []
    sender = mapping(version.get("senderInfo") or {}, f"{where}: senderInfo")
    model = optional_text(sender.get("senderName"))
    for one in sequence(version.get("steps"), f"{where}: steps"):
        step = mapping(one, f"{where}: steps")
        style = mapping(step.get("style") or {}, f"{where}: style").get("type")
        if step.get("type") != "contentBlock":
            continue
        if style == "thinking":
            reading.leave_out("thoughts of the model")
            continue
        said.append(_single(step, where, reading))
        info = mapping(step.get("genInfo") or {}, f"{where}: genInfo")
        model = model or optional_text(info.get("indexedModelIdentifier"))
    return "\n\n".join(filter(None, said)), model
