"""The handlers of the child, driven here without a process."""

from __future__ import annotations

from collections.abc import Iterator

import msgpack

from modkit.children import CallContext
from modules.file_parser.domain.pieces import Piece
from modules.file_parser.infra.catalogue import PLUGINS
from modules.file_parser.infra.child import ParserChild, batches
from modules.file_parser.infra.inlines import paragraph


def call_context() -> CallContext:
    return CallContext(lambda value: None, 1 << 20)


def test_chunks_become_one_document_and_an_earlier_one_is_forgotten() -> None:
    child, call = ParserChild(PLUGINS), call_context()
    child.feed({"chunk": b"forgotten", "first": True}, call)
    child.feed({"chunk": b"one ", "first": True}, call)
    child.feed({"chunk": b"two", "first": False}, call)
    unpacker = msgpack.Unpacker()
    unpacker.feed(b"".join(child.parse({"name": "a.txt"}, call)))
    assert [piece[2] for piece in unpacker if piece[0] == "p"] == ["one two"]


def test_a_batch_is_sent_when_it_is_large_enough() -> None:
    pieces: Iterator[Piece] = (paragraph("x" * 50_000) for _ in range(7))
    assert len(list(batches(pieces, call_context()))) == 3


def test_a_cancelled_call_stops_at_the_next_piece() -> None:
    call = call_context()
    call.cancel()
    assert list(batches(iter([paragraph("x")]), call)) == []
