"""Real parser children: what they give, and how their crashes, hangs and floods end."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from pathlib import Path

import pytest

from modkit.children import ChildProcess, ChildSpec, SandboxProfile
from modules.file_parser.contract import (
    DocumentBroken,
    DocumentTooLarge,
    DocumentUnsupported,
    FileParserError,
    ParserDied,
    ParserTimedOut,
    Uploaded,
    block_text,
)
from modules.file_parser.domain.assembly import Assembly
from modules.file_parser.domain.markdown import render
from modules.file_parser.domain.pieces import Facts, Piece
from modules.file_parser.infra.pool import ParserLimits, ParserPool
from tests.modules.file_parser.documents import portable
from tests.modules.file_parser.documents.samples import SAMPLES
from tests.modules.file_parser.parser_support import SOME_ID, parse_here

ROOT = Path(__file__).resolve().parents[4]
LIMITS = ParserLimits(
    silence_timeout_s=2.0, documents_per_child=3, small_bytes=0, max_result_bytes=4 << 20, memory_bytes=768 << 20
)
Pools = Callable[..., ParserPool]


@pytest.fixture
async def pools() -> AsyncIterator[Pools]:
    made: list[ParserPool] = []

    def make(limits: ParserLimits = LIMITS, *, children: int = 1, main: str = "main") -> ParserPool:
        target = f"tests.modules.file_parser.hostile_child:{main}"
        made.append(ParserPool(limits, children=children, target=target, python_paths=[ROOT]))
        return made[-1]

    yield make
    for pool in made:
        await pool.stop()


async def pieces_of(pool: ParserPool, data: bytes, name: str) -> list[Piece]:
    return [piece async for batch in pool.parse(data, name) for piece in batch]


async def process_of(pool: ParserPool) -> str | None:
    pieces = await pieces_of(pool, b"x", "a.process")
    return next(piece.author for piece in pieces if isinstance(piece, Facts) and piece.author)


async def test_a_child_gives_what_its_code_gives_here(pools: Pools) -> None:
    pool = pools(ParserLimits())
    for name in SAMPLES:  # one child for all: starting one per format would take half a minute
        assembly = Assembly()
        assembly.add(await pieces_of(pool, SAMPLES[name](), name))
        document = assembly.document(SOME_ID, Uploaded(name), name)
        assert render(document) == render(parse_here(SAMPLES[name](), name)), name


async def test_the_child_of_the_registered_kind_is_locked_in_completely() -> None:
    spec = ChildSpec("parser", sandbox=SandboxProfile(memory_bytes=768 << 20))
    async with ChildProcess(spec) as child:
        report = await child.sandbox_report()
    assert report.failed == ()


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("crash", ParserDied),
        ("hang", ParserTimedOut),
        ("flood", DocumentTooLarge),
        ("hoard", DocumentTooLarge),
        ("mistake", DocumentBroken),
        ("refuse", DocumentTooLarge),
    ],
)
async def test_a_parser_that_misbehaves_fails_its_document_and_no_other(
    pools: Pools, kind: str, error: type[FileParserError]
) -> None:
    pool = pools()
    with pytest.raises(error) as caught:
        await pieces_of(pool, b"x", f"a.{kind}")
    assert caught.value.action
    assert block_text_of(await pieces_of(pool, b"next one", "b.txt")) == ["next one"]


def block_text_of(pieces: list[Piece]) -> list[str]:
    return [block_text(piece) for piece in pieces if not isinstance(piece, Facts)]  # type: ignore[arg-type]  # of text


async def test_an_error_of_the_parser_keeps_its_words(pools: Pools) -> None:
    with pytest.raises(DocumentTooLarge, match="Too much of it") as caught:
        await pieces_of(pools(), b"x", "a.refuse")
    assert caught.value.action == "Cut it."


@pytest.mark.parametrize("name", ["a.txt", "b.txt", "c.txt"])
async def test_nonsense_from_a_child_is_no_document(pools: Pools, name: str) -> None:
    with pytest.raises(DocumentBroken, match="nonsense"):
        await pieces_of(pools(main="main_nonsense"), b"x", name)


async def test_a_child_is_replaced_after_its_share_of_documents(pools: Pools) -> None:
    pool = pools()
    processes = [await process_of(pool) for _ in range(4)]
    assert processes[0] == processes[1] == processes[2] != processes[3]


async def test_documents_are_parsed_side_by_side(pools: Pools) -> None:
    pool = pools(children=2)
    async with aclosing(pool.parse(b"x", "a.flood")) as first:
        await anext(first)
        assert block_text_of(await pieces_of(pool, b"other", "b.txt")) == ["other"]


async def test_a_reader_that_leaves_early_frees_the_child(pools: Pools) -> None:
    pool = pools()
    async with aclosing(pool.parse(b"x", "a.flood")) as batches:
        await anext(batches)
    assert block_text_of(await pieces_of(pool, b"next", "b.txt")) == ["next"]


async def test_stopping_fails_what_is_being_parsed_and_what_comes_later(pools: Pools) -> None:
    pool = pools(ParserLimits())
    async with aclosing(pool.parse(b"x", "a.flood")) as batches:
        await anext(batches)
        stopping = asyncio.create_task(pool.stop())
        with pytest.raises(ParserDied, match="program is ending"):
            await drain(batches)
        await stopping
    with pytest.raises(ParserDied, match="program is ending"):
        await pieces_of(pool, b"x", "b.txt")


async def drain(batches: AsyncIterator[object]) -> None:
    async for _ in batches:
        pass


async def test_a_document_larger_than_a_frame_arrives_whole(pools: Pools) -> None:
    data = (b"words and words " * 64 + b"\n\n") * (1 << 14)
    pool = pools(ParserLimits())
    assert len(block_text_of(await pieces_of(pool, data, "a.txt"))) == 1 << 14


async def test_a_long_pdf_shows_signs_of_life(pools: Pools) -> None:
    pieces = await pieces_of(pools(ParserLimits()), portable.many_pages_pdf(60), "a.pdf")
    assert sum(isinstance(piece, Facts) and piece.page_count == 60 for piece in pieces) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the address space is not limited")
async def test_a_page_that_wants_too_much_memory_says_so(pools: Pools) -> None:
    page = b"<html>" + b"<p>words and <b>bold</b></p>" * 1_500_000
    with pytest.raises(DocumentTooLarge, match="memory"):
        await pieces_of(pools(ParserLimits()), page, "a.html")


async def test_a_page_is_drawn_in_the_child(pools: Pools) -> None:
    image = await pools(ParserLimits()).page_image(
        portable.report_pdf(), "a.pdf", 2, width=2_000, mark="A second paragraph"
    )
    assert (image.page, image.page_count, image.width, len(image.marks)) == (2, 4, 2_000, 1)
    assert len(image.pixels) == image.width * image.height * 4 > 4 << 20


async def test_a_page_that_cannot_be_drawn_says_why(pools: Pools) -> None:
    pool = pools()
    with pytest.raises(DocumentUnsupported, match="no page 9"):
        await pool.page_image(portable.report_pdf(), "a.pdf", 9, width=100, mark="")
    assert block_text_of(await pieces_of(pool, b"next one", "b.txt")) == ["next one"]


@pytest.mark.parametrize("name", ["none.pdf", "short.pdf", "long.pdf", "huge.pdf", "odd.pdf"])
async def test_a_picture_that_is_none_is_refused(pools: Pools, name: str) -> None:
    with pytest.raises(DocumentBroken, match="nonsense"):
        await pools(main="main_nonsense").page_image(b"x", name, 1, width=2, mark="")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the address space is not limited")
async def test_a_small_pdf_that_wants_gigabytes_fails_alone(pools: Pools) -> None:
    data = portable.bomb_pdf()
    assert len(data) < 4_000
    pool = pools(ParserLimits(silence_timeout_s=30))
    with pytest.raises(ParserDied) as parsed:
        await blocks_of_bomb(pool, data)
    with pytest.raises(ParserDied) as drawn:
        await pool.page_image(data, "bomb.pdf", 1, width=500, mark="x")
    assert (parsed.value.action, drawn.value.action) != ("", "")
    assert block_text_of(await pieces_of(pool, b"next one", "b.txt")) == ["next one"]


async def blocks_of_bomb(pool: ParserPool, data: bytes) -> None:
    assembly = Assembly()
    assembly.add(await pieces_of(pool, data, "bomb.pdf"))
    assembly.document(SOME_ID, Uploaded("bomb.pdf"), "bomb.pdf")


def test_every_extension_is_named_under_its_parser() -> None:
    supported = ParserPool(LIMITS).supported_extensions()
    assert supported["xlsx"][:4] == ("xlsx", "xls", "xlsm", "xlsb")
    assert "pptx" in supported["pptx"]
    assert len(supported["source_code"]) > 40
