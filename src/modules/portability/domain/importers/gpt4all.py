"""GPT4All: a ``*.chat`` file per chat, in the binary form of Qt's QDataStream.

The form is not documented and has grown with the versions: a header with creation time, id, names and model, the state
of the engine, the number of messages, and the messages. What stands between the fields that matter here is another in
every version; but a message has always been its name (``Prompt: ``, ``Response: ``) followed by its text. So messages
are looked for by their names, and their number, which stands before the first one, says whether all were found.

Strings are a 32-bit length in bytes and UTF-16, numbers are big-endian: https://doc.qt.io/qt-6/datastreamformat.html
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NoReturn

from modules.chat.contract import ConversationTree, Role
from modules.portability.contract import ArchiveDamaged, UnsupportedHistory
from modules.portability.domain.importers.foreign import Reading, moment, optional_text, required_id, text
from modules.portability.domain.importers.growing import Facts, Node, grow
from modules.portability.domain.ports import Source

_SUFFIX = ".chat"
_MAGIC = bytes.fromhex("f5d553cc")
_NULL_STRING = 0xFFFFFFFF
_UINT32, _INT32, _INT64 = struct.Struct(">I"), struct.Struct(">i"), struct.Struct(">q")
_ROLES: dict[str, Role] = {"System": "system", "Prompt": "user", "Response": "assistant"}
_TOOLS = "calls and results of tools"
# Parts of the response before them, and how they are counted when they are left out; text is not.
_PARTS = {"Text": "", "Think": "thoughts of the model", "ToolCall": _TOOLS}
_RESULT = "ToolResponse"


def _stored(name: str) -> bytes:
    data = f"{name}: ".encode("utf-16-be")
    return _UINT32.pack(len(data)) + data


_NAMES = {_stored(name): name for name in (*_ROLES, *_PARTS, _RESULT)}
_END_OF_NAME = ": ".encode("utf-16-be")


def gpt4all_files(source: Source) -> list[str]:
    """The files of chats, when there are such."""
    names = [name for name in source.names() if name.endswith(_SUFFIX)]
    return names if any(source.read(name).startswith(_MAGIC) for name in names) else []


def gpt4all_trees(source: Source, names: Sequence[str], reading: Reading) -> Iterator[ConversationTree]:
    """The chats; those in which there is no message are left out and counted.

    Raises:
        ArchiveDamaged: a file is cut off or no chat.
        UnsupportedHistory: its messages stand in a form that is not known.
    """
    for name in names:
        stream = _Stream(source.read(name), name)
        facts, model = _header(stream)
        items = _items(stream)
        if not items:
            reading.leave_out("chats in which no message was found")
            continue
        if items[0].name == "System":
            facts = replace(facts, system_prompt=items.pop(0).value)
        yield grow(reading, name, facts, _nodes(items, model, reading))


@dataclass(slots=True)
class _Item:
    name: str
    value: str
    parts: list[_Item] = field(default_factory=list)


class _Stream:
    """Reads on from ``at``; ``name`` is what errors call the file."""

    def __init__(self, data: bytes, name: str) -> None:
        self.data, self.name, self.at = data, name, 0

    def number(self, form: struct.Struct) -> int:
        end = self.at + form.size
        if end > len(self.data):
            self._cut()
        (value,) = form.unpack_from(self.data, self.at)
        self.at = end
        assert isinstance(value, int)
        return value

    def string(self) -> str:
        size = self.number(_UINT32)
        if size == _NULL_STRING:
            return ""
        end = self.at + size
        if size % 2:
            raise ArchiveDamaged(f"{self.name} has a text of an impossible length.")
        if end > len(self.data):
            self._cut()
        found = self.data[self.at : end].decode("utf-16-be", "surrogatepass")
        self.at = end
        return text(found)

    def _cut(self) -> NoReturn:
        raise ArchiveDamaged(f"{self.name} ends in the middle of a chat.")


def _next_name(data: bytes, at: int) -> tuple[int, str] | None:
    """Where the next name of a message or part begins, and which one it is."""
    # An engine's state may be hundreds of megabytes: this looks at few places of it.
    while (at := data.find(_END_OF_NAME, at)) >= 0:
        at += len(_END_OF_NAME)
        for stored, name in _NAMES.items():
            if data.endswith(stored, 0, at):
                return at - len(stored), name
    return None


def _header(stream: _Stream) -> tuple[Facts, str | None]:
    """What is known of the chat, and the model that it used last."""
    if not stream.data.startswith(_MAGIC):
        raise ArchiveDamaged(f"{stream.name} is no chat of GPT4All.")
    stream.at = len(_MAGIC)
    stream.number(_INT32)  # The version: the messages are found in all of them, or not.
    created = moment(stream.number(_INT64), stream.name)
    chat_id = required_id(stream.string(), stream.name)
    named, renamed, model = stream.string(), stream.string(), stream.string()
    return Facts(chat_id, renamed or named, created), optional_text(model)


def _items(stream: _Stream) -> list[_Item]:
    """The messages with their parts.

    Raises:
        UnsupportedHistory: they are not as many as the file says.
    """
    found: list[_Item] = []
    announced: int | None = None
    while named := _next_name(stream.data, stream.at):
        start, name = named
        if announced is None:
            # The number of messages, then the first one's own, then its name.
            stream.at = max(start - 2 * _INT32.size, stream.at)
            announced = stream.number(_INT32)
        stream.at = start
        stream.string()
        item = _Item(name, stream.string())
        if item.name not in _PARTS:
            found.append(item)
        elif found:
            found[-1].parts.append(item)
    results = sum(item.name == _RESULT for item in found)
    if announced is None and stream.data.find(_END_OF_NAME, stream.at) < 0:
        # Nothing is called anything: a new chat, which ends with its number of messages.
        (announced,) = _INT32.unpack(stream.data[-_INT32.size :])
    if announced not in (len(found), len(found) - results):
        raise UnsupportedHistory(
            f"{stream.name} does not hold its messages in a form that is known here, or is cut off.",
            action="In GPT4All, see whether the chat opens; if so, copy it and paste it into a new one here.",
        )
    return found


def _nodes(items: Sequence[_Item], model: str | None, reading: Reading) -> list[Node]:
    nodes: list[Node] = []
    for number, item in enumerate(items, 1):
        role = _ROLES.get(item.name)
        if role is None:
            reading.leave_out(_TOOLS)
        before = nodes[-1].id if nodes else None
        nodes.append(
            Node(str(number), before, role, _said(item, reading), None, model if role == "assistant" else None)
        )
    return nodes


def _said(item: _Item, reading: Reading) -> str:
    """The text of a message: what its parts say, which its own text repeats with thoughts and calls among them."""
    said = []
    for part in item.parts:
        if left_out := _PARTS[part.name]:
            reading.leave_out(left_out)
        else:
            said.append(part.value)
    repeated = all(one in item.value for one in said)
    return "\n\n".join(filter(str.strip, said if said and repeated else [item.value, *said]))
