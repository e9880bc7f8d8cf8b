"""A parser child with the built-in parsers and some that misbehave, each for an extension of its own."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

from modules.file_parser.contract import DocumentTooLarge
from modules.file_parser.domain.pieces import Facts, Piece
from modules.file_parser.infra.catalogue import PLUGINS
from modules.file_parser.infra.child import run
from modules.file_parser.infra.inlines import paragraph
from modules.file_parser.infra.plugin import Input, ParserPlugin

_HERE = "tests.modules.file_parser.hostile_child"


def crash(document: Input) -> Iterator[Piece]:
    """Dies as a native library does, after the first words."""
    yield paragraph("first words")
    os.abort()


def hang(document: Input) -> Iterator[Piece]:
    """Shows no sign of life."""
    yield paragraph("first words")
    time.sleep(600)


def flood(document: Input) -> Iterator[Piece]:
    """Never ends."""
    while True:
        yield paragraph("x" * 50_000)


def hoard(document: Input) -> Iterator[Piece]:
    """Wants more memory than there is."""
    hoarded = [bytearray(64 << 20) for _ in range(64)]
    yield paragraph(str(len(hoarded)))


def process(document: Input) -> Iterator[Piece]:
    """Says which process it is."""
    yield Facts(author=str(os.getpid()))
    yield paragraph("here")


def mistake(document: Input) -> Iterator[Piece]:
    """Has a bug."""
    yield paragraph("first words")
    raise ZeroDivisionError


def refuse(document: Input) -> Iterator[Piece]:
    """Says itself what is wrong."""
    yield paragraph("first words")
    raise DocumentTooLarge("Too much of it.", action="Cut it.")


BAD = tuple(
    ParserPlugin(name, {name: "text/plain"}, f"{_HERE}:{name}")
    for name in ("crash", "hang", "flood", "hoard", "process", "mistake", "refuse")
)


def main() -> None:
    run((*PLUGINS, *BAD))


def main_nonsense() -> None:
    """A child that was taken over: it answers, but nothing that makes sense."""
    from modkit.children import CallContext, serve

    def feed(params: dict[str, object], call: CallContext) -> None:
        return None

    def parse(params: dict[str, object], call: CallContext) -> Iterator[bytes]:
        yield {"a.txt": b"\xc1", "b.txt": b"\x93\xa1p\xc0\x07", "c.txt": b"\x91\xa4evil"}[str(params["name"])]

    def draw(params: dict[str, object], call: CallContext) -> Iterator[object]:
        head = {"page": 1, "page_count": 1, "width": 2, "height": 2, "marks": [], "pixels_per_point": 1.0}
        answers: dict[str, list[object]] = {
            "none.pdf": [b"\0" * 16],
            "short.pdf": [head, b"\0" * 15],
            "long.pdf": [head, b"\0" * 16, b"\0"],
            "huge.pdf": [head | {"width": 1 << 30}],
            "odd.pdf": [head | {"marks": [[1, 2]]}, b"\0" * 16],
        }
        yield from answers[str(params["name"])]

    serve({"feed": feed, "parse": parse, "draw": draw})
