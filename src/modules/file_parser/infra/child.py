"""What runs in a parser child: takes a document's bytes, gives its pieces. It never sees a path."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

import msgpack

from modkit.children import CallContext, serve
from modules.file_parser.domain.pieces import Given
from modules.file_parser.infra.draw_page import draw_page
from modules.file_parser.infra.drawing_wire import pack_drawn
from modules.file_parser.infra.installed import installed_plugins
from modules.file_parser.infra.plugin import ParserPlugin
from modules.file_parser.infra.run_parser import ParserRunner
from modules.file_parser.infra.wire import pack

_BATCH_BYTES = 128 * 1024
_BATCH_S = 0.5
_NICENESS = 10
_PIXEL_BYTES = 1 << 20


class ParserChild:
    """The handlers: ``feed`` until the whole document is there, then ``parse`` or ``draw``. One at a time."""

    def __init__(self, plugins: Iterable[ParserPlugin]) -> None:
        self._plugins = tuple(plugins)
        self._runner = ParserRunner(self._plugins)
        self._chunks: list[bytes] = []

    def feed(self, params: dict[str, Any], call: CallContext) -> None:
        """Take the next bytes; ``first`` forgets those of an earlier document."""
        if params["first"]:
            self._chunks.clear()
        self._chunks.append(params["chunk"])

    def parse(self, params: dict[str, Any], call: CallContext) -> Iterator[bytes]:
        """The pieces of the document that was fed, in packed batches."""
        return batches(self._runner.run(self._take(), params["name"]), call)

    def draw(self, params: dict[str, Any], call: CallContext) -> Iterator[dict[str, Any] | bytes]:
        """One page: first what it measures, then its pixels in parts that fit into a frame."""
        drawn = draw_page(
            self._take(),
            params["name"],
            self._plugins,
            page=params["page"],
            width=params["width"],
            mark=params["mark"],
        )
        yield pack_drawn(drawn)
        for start in range(0, len(drawn.pixels), _PIXEL_BYTES):
            yield drawn.pixels[start : start + _PIXEL_BYTES]

    def _take(self) -> bytes:
        """The document that was fed; it is forgotten here."""
        data = b"".join(self._chunks)
        self._chunks.clear()
        return data


def batches(pieces: Iterator[Given], call: CallContext) -> Iterator[bytes]:
    """Packed lists of pieces: large enough to be cheap, soon enough to be a sign of life."""
    packer = msgpack.Packer(autoreset=False)
    count, since = 0, time.monotonic()
    for piece in pieces:
        if call.cancelled:
            return
        packer.pack(pack(piece))
        count += 1
        if packer.getbuffer().nbytes >= _BATCH_BYTES or time.monotonic() - since >= _BATCH_S:
            yield _take(packer)
            count, since = 0, time.monotonic()
    if count:
        yield _take(packer)


def _take(packer: Any) -> bytes:
    """All that was packed; the packer begins anew."""
    packed = bytes(packer.getbuffer())
    packer.reset()
    return packed


def run(plugins: Iterable[ParserPlugin]) -> None:
    """Serve with these parsers; never returns."""
    # Blocks make no cycles, and looking for some again and again costs as much as parsing.
    gc.set_threshold(200_000, 20, 20)
    child = ParserChild(plugins)
    serve({"feed": child.feed, "parse": child.parse, "draw": child.draw})


def main() -> None:
    """Entry of the child kind ``parser``; each parser's library is loaded with its first document."""
    _stand_back()
    run(installed_plugins())


def _stand_back() -> None:
    """Whoever types, or waits for an answer, goes first."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            import psutil

            psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        else:
            os.nice(_NICENESS)
