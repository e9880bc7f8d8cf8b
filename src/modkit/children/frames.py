"""The bytes on the pipe: length, type and request id in front of a msgpack payload."""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import Any, Literal, NamedTuple

import msgpack

from modkit.children.errors import ChildFrameTooLarge, ChildProtocolError

PROTOCOL_VERSION = 1
HELLO_LIMIT_BYTES = 256 * 1024
FRAME_OVERHEAD_BYTES = 128
"""What a queued frame costs besides its payload, roughly; flow control counts it so that tiny frames are not free."""
_HEADER = struct.Struct(">IBI")


class FrameType(IntEnum):
    """Below 16 the owner speaks, from 16 on the child."""

    HELLO = 1
    CALL = 2
    CANCEL = 3
    CREDIT = 4
    PING = 5
    READY = 16
    RESULT = 17
    ITEM = 18
    END = 19
    ERROR = 20
    PROGRESS = 21
    LOG = 22
    PONG = 23


FINAL_TYPES = frozenset({FrameType.RESULT, FrameType.END, FrameType.ERROR})


class Frame(NamedTuple):
    """One message; the payload stays packed until somebody wants it, so a queue of frames has a known size."""

    type: FrameType
    request_id: int
    payload: bytes

    @property
    def cost_bytes(self) -> int:
        """What it counts in flow control."""
        return len(self.payload) + FRAME_OVERHEAD_BYTES


def encode(type_: FrameType, request_id: int, value: Any, limit_bytes: int) -> bytes:
    """A frame ready to be written.

    Any Python string can travel, lone surrogates (odd file names) included.

    Raises:
        ChildFrameTooLarge: the payload is over the limit.
        TypeError, ValueError, OverflowError: the value is not plain data.
    """
    payload: bytes = msgpack.packb(value, unicode_errors="surrogatepass")
    if len(payload) > limit_bytes:
        raise ChildFrameTooLarge(f"A message of {len(payload):,} bytes is over the limit of {limit_bytes:,} bytes")
    return _HEADER.pack(len(payload), type_, request_id) + payload


def decode(payload: bytes, *, surrogates: Literal["replace", "surrogatepass"] = "replace") -> Any:
    """The value of a payload. The owner replaces lone surrogates, so that all text from a child is valid Unicode.

    Raises:
        ChildProtocolError: the payload is not msgpack, or not plain data.
    """
    try:
        return msgpack.unpackb(payload, unicode_errors=surrogates, ext_hook=_refuse_extension, strict_map_key=True)
    except (ValueError, TypeError, RecursionError, msgpack.UnpackException) as error:
        raise ChildProtocolError("A message between the program and its helper process is damaged") from error


def _refuse_extension(code: int, data: bytes) -> Any:
    raise ValueError(f"extension type {code} of {len(data)} bytes")


class FrameDecoder:
    """Cuts a byte stream into frames. Holds at most one frame plus what was fed last."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[Frame]:
        """The frames completed by these bytes.

        Raises:
            ChildProtocolError: a length over the limit or an unknown type; the stream is useless from there on.
        """
        self._buffer += data
        frames: list[Frame] = []
        start = 0
        while len(self._buffer) - start >= _HEADER.size:
            length, type_number, request_id = _HEADER.unpack_from(self._buffer, start)
            type_ = self._checked_type(length, type_number)
            end = start + _HEADER.size + length
            if len(self._buffer) < end:
                break
            with memoryview(self._buffer) as view:
                frames.append(Frame(type_, request_id, bytes(view[start + _HEADER.size : end])))
            start = end
        del self._buffer[:start]
        return frames

    def _checked_type(self, length: int, type_number: int) -> FrameType:
        if length > self._limit_bytes:
            raise ChildProtocolError(f"A message announces {length:,} bytes, over the limit of {self._limit_bytes:,}")
        try:
            return FrameType(type_number)
        except ValueError as error:
            raise ChildProtocolError(f"A message has the unknown type {type_number}") from error
