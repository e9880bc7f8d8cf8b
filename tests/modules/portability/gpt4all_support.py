"""Chats as GPT4All writes them, made with Qt's own QDataStream; the fields of two of its versions.

Without a description of the format: what is known of its published source, an old version and a new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QDataStream, QIODeviceBase

OLD, NEW = 6, 12
CREATED = 1_715_000_000


@dataclass(frozen=True, slots=True)
class Message:
    """``name`` without its colon; ``parts`` are names and texts, which only new versions have."""

    name: str
    value: str
    parts: Sequence[tuple[str, str]] = ()


def chat_file(
    messages: Sequence[Message],
    *,
    version: int = NEW,
    chat_id: str = "b7a3",
    name: str = "Rice for six",
    renamed: str = "",
    state: bytes = b"",
    announced: int | None = None,
) -> bytes:
    """A whole file; ``announced`` is the number of messages that it claims to have."""
    data = QByteArray()
    stream = QDataStream(data, QIODeviceBase.OpenModeFlag.WriteOnly)
    stream.setVersion(QDataStream.Version.Qt_6_2)
    stream.writeUInt32(0xF5D553CC)
    stream.writeInt32(version)
    stream.writeInt64(CREATED)
    for one in (chat_id, name, renamed, "Llama-3.2-3B-Instruct-Q4_0.gguf"):
        stream.writeQString(one)
    stream.writeQStringList(["My documents"])
    if version == OLD:
        _write_state(stream, state)
    stream.writeInt32(len(messages) if announced is None else announced)
    for message in messages:
        _write_message(stream, message, version)
    return bytes(data.data())


def _write_state(stream: QDataStream, state: bytes) -> None:
    """What the engine had in its memory, which later versions do not keep."""
    stream.writeBool(True)
    stream.writeInt32(1)
    stream.writeQString("the last response: Prompt: ")
    stream << QByteArray(state)


def _write_message(stream: QDataStream, message: Message, version: int) -> None:
    stream.writeInt32(0)
    stream.writeQString(f"{message.name}: ")
    stream.writeQString(message.value)
    if version == OLD:
        stream.writeQString("")
        stream.writeQString("")
    for _ in range(4):
        stream.writeBool(False)
    if version == NEW:
        stream.writeInt32(0)
        stream.writeInt64(len(message.parts))
        for name, value in message.parts:
            stream.writeQString(f"{name}: ")
            stream.writeQString(value)
