"""Jan: a folder per thread with ``thread.json`` and ``messages.jsonl``, one message a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from modules.chat.contract import ConversationTree, Role
from modules.portability.domain.documents.strict_json import read_json
from modules.portability.domain.importers.foreign import (
    Reading,
    mapping,
    moment,
    optional_text,
    required_id,
    sequence,
    text,
)
from modules.portability.domain.importers.growing import Facts, Node, grow
from modules.portability.domain.ports import Source

_THREAD, _MESSAGES = "thread.json", "messages.jsonl"
_ROLES: dict[str, Role] = {"user": "user", "assistant": "assistant", "system": "system"}


def jan_folders(names: Sequence[str]) -> list[str]:
    """The folders of threads among the files, each as a prefix of their names."""
    return [name.removesuffix(_THREAD) for name in names if name.rpartition("/")[2] == _THREAD]


def jan_trees(source: Source, reading: Reading) -> Iterator[ConversationTree]:
    names = set(source.names())
    for folder in jan_folders(source.names()):
        thread = mapping(read_json(source.read(folder + _THREAD), folder + _THREAD), folder + _THREAD)
        lines = source.read(folder + _MESSAGES).splitlines() if folder + _MESSAGES in names else []
        yield _tree(thread, lines, folder, reading)


def _tree(thread: Mapping[str, Any], lines: Sequence[bytes], folder: str, reading: Reading) -> ConversationTree:
    where = folder + _THREAD
    nodes: list[Node] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            place = f"{folder}{_MESSAGES} line {number}"
            message = mapping(read_json(line, place), place)
            nodes.append(_node(message, nodes[-1].id if nodes else None, place, reading))
    assistants = sequence(thread.get("assistants"), f"{where}: assistants")
    instructions = text(mapping(assistants[0], f"{where}: assistants").get("instructions")) if assistants else ""
    facts = Facts(
        required_id(thread.get("id"), where),
        text(thread.get("title")),
        moment(thread.get("created"), where),
        moment(thread.get("updated"), where),
        instructions,
        nodes[-1].id if nodes else None,
    )
    return grow(reading, where, facts, nodes)


def _node(message: Mapping[str, Any], before: str | None, where: str, reading: Reading) -> Node:
    said: list[str] = []
    for one in sequence(message.get("content"), f"{where}: content"):
        part = mapping(one, f"{where}: content")
        inside = part.get("text")
        if part.get("type") == "text":
            said.append(text(inside.get("value") if isinstance(inside, Mapping) else inside))
        else:
            reading.leave_out("images, sounds and files")
    role = _ROLES.get(text(message.get("role")))
    metadata = mapping(message.get("metadata") or {}, f"{where}: metadata")
    return Node(
        required_id(message.get("id"), where),
        before,
        role,
        "\n\n".join(filter(None, said)),
        moment(message.get("created_at") or message.get("created"), where),
        optional_text(metadata.get("model")) if role == "assistant" else None,
    )
