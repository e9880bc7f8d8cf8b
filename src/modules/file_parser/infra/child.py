"""What runs in a parser child: takes a document's bytes, gives its pieces. It never sees a path."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterable, Iterator
from typing import Any

import msgpack

from modkit.children import CallContext, serve
from modules.file_parser.domain.pieces import Given
from modules.file_parser.infra.catalogue import PLUGINS
from modules.file_parser.infra.plugin import ParserPlugin
from modules.file_parser.infra.run_parser import ParserRunner
from modules.file_parser.infra.wire import pack

_BATCH_BYTES = 128 * 1024
_BATCH_S = 0.5


class ParserChild:
    """The handlers: ``feed`` until the whole document is there, then ``parse``. One document at a time."""

    def __init__(self, runner: ParserRunner) -> None:
        self._runner = runner
        self._chunks: list[bytes] = []

    def feed(self, params: dict[str, Any], call: CallContext) -> None:
        """Take the next bytes; ``first`` forgets those of an earlier document."""
        if params["first"]:
            self._chunks.clear()
        self._chunks.append(params["chunk"])

    def parse(self, params: dict[str, Any], call: CallContext) -> Iterator[bytes]:
        """The pieces of the document that was fed, in packed batches."""
        data = b"".join(self._chunks)
        self._chunks.clear()
        return batches(self._runner.run(data, params["name"]), call)


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
    child = ParserChild(ParserRunner(plugins))
    serve({"feed": child.feed, "parse": child.parse})


def main() -> None:
    """Entry of the child kind ``parser``; each parser's library is loaded with its first document."""
    run(PLUGINS)
