"""The owner's side of the parser children: started when needed, replaced when worn out or dead."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgpack
from loguru import logger

from modkit.children import ChildError, ChildProcess, ChildSpec, ChildStopped, ChildTimeout, SandboxProfile
from modkit.errors import RemoteError
from modules.file_parser.contract import (
    DocumentBroken,
    DocumentTooLarge,
    FileParserError,
    PageImage,
    ParserDied,
    ParserTimedOut,
)
from modules.file_parser.contract.errors import BY_CODE
from modules.file_parser.domain.pieces import Piece
from modules.file_parser.infra.drawing_wire import pixel_bytes, unpack_drawn
from modules.file_parser.infra.installed import installed_plugins
from modules.file_parser.infra.wire import unpack

_CHUNK_BYTES = 4 << 20
_SMALL_WEAR = 1 / 20
"""A new child costs as much as a hundred notes; what such a note leaves behind in the old one is nothing."""
_MARK_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class ParserLimits:
    """What one child may use. ``max_result_bytes``: how much it may send back for one document.

    A document that is smaller than ``small_bytes``, together with what it gives, counts a twentieth of one.
    """

    memory_bytes: int = 768 << 20
    silence_timeout_s: float = 20.0
    parse_timeout_s: float = 900.0
    documents_per_child: int = 50
    small_bytes: int = 64 << 10
    idle_timeout_s: float = 60.0
    max_result_bytes: int = 256 << 20


class ParserPool:
    """Implements Parsers and Pages.

    ``target`` replaces the code that children run (``package.module:function``), found below ``python_paths``.
    """

    def __init__(
        self,
        limits: ParserLimits,
        *,
        children: int = 1,
        target: str | None = None,
        python_paths: Sequence[Path] = (),
    ) -> None:
        self._limits = limits
        self._spec = ChildSpec(
            "parser",
            target=target,
            python_paths=python_paths,
            sandbox=SandboxProfile(memory_bytes=limits.memory_bytes),
            silence_timeout_s=limits.silence_timeout_s,
            unresponsive_after_s=limits.silence_timeout_s,
            idle_timeout_s=limits.idle_timeout_s,
            cancel_grace_s=2.0,
            max_frame_bytes=32 << 20,
        )
        self._free = asyncio.Semaphore(children)
        self._idle: list[_Lane] = []
        self._lanes: set[_Lane] = set()
        self._stopped = False

    def supported_extensions(self) -> Mapping[str, tuple[str, ...]]:
        return {plugin.id: tuple(plugin.formats) for plugin in installed_plugins()}

    async def parse(self, data: bytes, name: str) -> AsyncGenerator[Sequence[Piece], None]:
        async with self._lane(name) as lane, aclosing(lane.stream("parse", data, {"name": name})) as batches:
            received = 0
            async for batch in batches:
                received += len(batch)
                if received > self._limits.max_result_bytes:
                    raise DocumentTooLarge(f"{name} holds more text than can be taken over.")
                yield await asyncio.to_thread(_unpack, batch)

    async def page_image(self, data: bytes, name: str, page: int, *, width: int, mark: str) -> PageImage:
        params = {"name": name, "page": page, "width": width, "mark": mark[:_MARK_CHARACTERS]}
        async with self._lane(name) as lane, aclosing(lane.stream("draw", data, params)) as items:
            head: object = None
            pixels = bytearray()
            expected = 0
            async for item in items:
                if head is None:
                    head, expected = item, pixel_bytes(item)
                elif isinstance(item, bytes) and len(pixels) + len(item) <= expected:
                    pixels += item
                else:
                    raise DocumentBroken("The parser of this document answered nonsense.")
            return await asyncio.to_thread(lambda: unpack_drawn(head, bytes(pixels)))

    async def stop(self) -> None:
        """End all children; documents that are being parsed fail."""
        self._stopped = True
        for lane in tuple(self._lanes):
            await self._drop(lane)

    @asynccontextmanager
    async def _lane(self, name: str) -> AsyncGenerator[_Lane, None]:
        """A child for the document of this name; what becomes of it there is named."""
        async with self._free:
            if self._stopped:
                raise ParserDied("The program is ending; no document is parsed any more.", action="Start it again.")
            lane = self._idle.pop() if self._idle else self._new_lane()
            try:
                yield lane
            except RemoteError as err:
                raise _own_error(err) from err
            except ChildError as err:
                await self._drop(lane)
                raise self._death(name, err) from err
            finally:
                if lane.wear >= self._limits.documents_per_child:
                    await self._drop(lane)
                elif lane in self._lanes:
                    self._idle.append(lane)

    def _new_lane(self) -> _Lane:
        lane = _Lane(self._spec, self._limits)
        self._lanes.add(lane)
        return lane

    async def _drop(self, lane: _Lane) -> None:
        """A new child instead of a restarted one: nobody waits out a back-off for another document's crash."""
        self._lanes.discard(lane)
        if lane in self._idle:
            self._idle.remove(lane)
        await lane.child.stop()

    def _death(self, name: str, err: ChildError) -> FileParserError:
        logger.bind(cause=err.code).debug("a parser ended in the middle of a document")
        if isinstance(err, ChildTimeout):
            return ParserTimedOut(f"Reading {name} took too long without any progress.")
        if isinstance(err, ChildStopped):
            return ParserDied("The program is ending; the document was not read.", action="Start it again.")
        return ParserDied(f"The parser crashed, or ran out of memory, while it read {name}.")


class _Lane:
    """One child, and how worn it is: 1 for each document, much less for a small one that gives little."""

    def __init__(self, spec: ChildSpec, limits: ParserLimits) -> None:
        self.child = ChildProcess(spec)
        self.wear = 0.0
        self._limits = limits

    async def stream(self, method: str, data: bytes, params: dict[str, Any]) -> AsyncGenerator[Any, None]:
        """Feed the document, then what ``method`` gives."""
        moved = len(data)
        try:
            for start in range(0, len(data), _CHUNK_BYTES):
                chunk = data[start : start + _CHUNK_BYTES]
                await self.child.call("feed", {"chunk": chunk, "first": start == 0})
            stream = self.child.stream(method, params, timeout_s=self._limits.parse_timeout_s)
            async with aclosing(stream) as items:
                async for item in items:
                    moved += len(item) if isinstance(item, bytes) else 0
                    yield item
        finally:
            self.wear += 1.0 if moved >= self._limits.small_bytes else _SMALL_WEAR


def _unpack(batch: bytes) -> list[Piece]:
    try:
        unpacker = msgpack.Unpacker(strict_map_key=True)
        unpacker.feed(batch)
        return [unpack(packed) for packed in unpacker]
    except (TypeError, ValueError, msgpack.UnpackException) as err:
        raise DocumentBroken("The parser of this document answered nonsense.") from err


def _own_error(err: RemoteError) -> FileParserError:
    """The child's error as the class it was there."""
    kind = BY_CODE.get(err.remote_code, DocumentBroken)
    return kind(err.sentence, action=err.action)
