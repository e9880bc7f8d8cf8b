"""Formats that nothing here reads go to a Tika server, if one is configured, and to no other computer by mistake."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from pydantic import ValidationError

from modkit.db.ids import uuid7
from modkit.security import SecurityContext
from modules.file_parser.config import TikaConfig
from modules.file_parser.contract import (
    ConverterUnavailable,
    DocumentBroken,
    DocumentEmpty,
    DocumentEncrypted,
    DocumentTooLarge,
    DocumentUnsupported,
    FileParserError,
    Heading,
    Paragraph,
    Table,
)
from modules.file_parser.domain.service import FileParserService
from modules.file_parser.infra import tika as tika_module
from modules.file_parser.infra.files import LocalDocumentFiles
from modules.file_parser.infra.pool import ParserLimits, ParserPool
from modules.file_parser.infra.tika import TikaServer
from tests.modules.file_parser.stand_in_tika import StandInTika, running_tika

OLD_DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.fixture
async def tika() -> AsyncIterator[StandInTika]:
    async with running_tika() as server:
        yield server


@pytest.fixture
async def pool() -> AsyncIterator[ParserPool]:
    pool = ParserPool(ParserLimits())
    yield pool
    await pool.stop()


def service(pool: ParserPool, url: str) -> FileParserService:
    converter = TikaServer(TikaConfig(url=url)) if url else None
    return FileParserService(LocalDocumentFiles(), pool, pool, max_bytes=1 << 20, new_id=uuid7, converter=converter)


async def test_an_old_document_becomes_blocks(ctx: SecurityContext, tika: StandInTika, pool: ParserPool) -> None:
    document = await service(pool, tika.url).parse_bytes(ctx, OLD_DOC, "minutes.doc")
    assert [type(block) for block in document.blocks] == [Heading, Paragraph, Table]
    assert (document.title, document.parser, document.meta.original_filename) == ("Old minutes", "tika", "minutes.doc")
    ((line, headers, body),) = tika.requests
    assert (line, headers["accept"], body) == ("PUT /tika HTTP/1.1", "text/html", OLD_DOC)


async def test_what_a_parser_here_reads_stays_here(ctx: SecurityContext, tika: StandInTika, pool: ParserPool) -> None:
    parser = service(pool, tika.url)
    await parser.parse_bytes(ctx, b"just words", "notes.doc")
    with pytest.raises(DocumentUnsupported):
        await parser.parse_bytes(ctx, bytes(range(256)) * 10, "thing.bin")
    assert tika.requests == []


async def test_without_a_server_old_formats_are_refused(ctx: SecurityContext, pool: ParserPool) -> None:
    with pytest.raises(DocumentUnsupported, match="old Office format"):
        await service(pool, "").parse_bytes(ctx, OLD_DOC, "minutes.doc")
    assert "tika" not in service(pool, "").supported_extensions()


async def test_its_formats_are_named(pool: ParserPool, tika: StandInTika) -> None:
    assert "doc" in service(pool, tika.url).supported_extensions()["tika"]


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (422, b"", DocumentUnsupported),
        (415, b"", DocumentUnsupported),
        (422, b"org.apache.tika.exception.EncryptedDocumentException: x", DocumentEncrypted),
        (500, b"", DocumentBroken),
        (204, b"", DocumentEmpty),
        (200, b"  ", DocumentEmpty),
        (302, b"", ConverterUnavailable),
        (404, b"", ConverterUnavailable),
    ],
)
async def test_each_refusal_of_the_server_has_its_own_error(
    tika: StandInTika, status: int, body: bytes, error: type[FileParserError]
) -> None:
    tika.answers["a.doc"] = (status, body)
    with pytest.raises(error) as caught:
        await TikaServer(TikaConfig(url=tika.url)).to_html(OLD_DOC, "a.doc")
    assert caught.value.action


async def test_a_server_that_does_not_answer_is_named() -> None:
    with pytest.raises(ConverterUnavailable, match="does not answer"):
        await TikaServer(TikaConfig(url="http://127.0.0.1:9", timeout_s=2)).to_html(OLD_DOC, "a.doc")


async def test_an_answer_may_not_be_endless(tika: StandInTika, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tika_module, "_LARGEST_ANSWER_BYTES", 100)
    with pytest.raises(DocumentTooLarge):
        await TikaServer(TikaConfig(url=tika.url)).to_html(OLD_DOC, "a.doc")


def test_another_computer_must_be_meant() -> None:
    with pytest.raises(ValidationError, match="another computer"):
        TikaConfig(url="http://tika.example:9998")
    assert TikaConfig(url="https://tika.example", allow_other_computers=True).url
    with pytest.raises(ValidationError, match="no address of a server"):
        TikaConfig(url="file:///etc/passwd")
