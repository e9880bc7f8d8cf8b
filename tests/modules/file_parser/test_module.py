"""The module in a host, through its client."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from modkit.config import load_config
from modkit.config.defaults import desktop_defaults
from modkit.database_provider import DatabaseProvider
from modkit.host import Host
from modkit.security import SecurityContext
from modules.file_parser.contract import (
    DocumentEmpty,
    DocumentTooLarge,
    FileParserClient,
    Image,
    LocalPath,
    Uploaded,
    document_to_plain,
)
from modules.file_parser.module import FileParserModule
from tests.modules.file_parser.documents import pictures, portable


@pytest.fixture
async def parser(home: Path, databases: DatabaseProvider) -> AsyncIterator[FileParserClient]:
    config = load_config(
        environ={},
        defaults=desktop_defaults(["file-parser"]),
        overrides={"server.home_dir": str(home), "modules.file-parser.config.max_file_size_mb": 1},
    )
    async with Host(config, [FileParserModule], databases=databases) as host:
        yield host.client_hub.get(FileParserClient)


async def test_a_file_becomes_a_document_and_markdown(
    parser: FileParserClient, ctx: SecurityContext, tmp_path: Path
) -> None:
    path = tmp_path / "note.md"
    path.write_text("# Hello\n\nWords.\n")
    document = await parser.parse(ctx, path)
    assert (document.meta.source, document.title, document.parser) == (LocalPath(path), "note.md", "markdown")
    assert document_to_plain(document)["meta"]["source"] == {"type": "local_path", "path": str(path)}
    assert parser.markdown(document).endswith("# Hello\n\nWords.\n\n")


async def test_an_image_shows_itself(parser: FileParserClient, ctx: SecurityContext) -> None:
    document = await parser.parse_bytes(ctx, pictures.png(), "a.png")
    assert document.meta.source == Uploaded("a.png")
    (image,) = document.blocks
    assert isinstance(image, Image)
    assert image.src == f"data:image/png;base64,{base64.b64encode(pictures.png()).decode()}"


async def test_a_page_of_a_document_is_a_picture(parser: FileParserClient, ctx: SecurityContext) -> None:
    image = await parser.page_image(ctx, portable.report_pdf(), "a.pdf", 1, width=300, mark="A boat with two oars")
    assert (image.width, image.page_count, len(image.marks)) == (300, 4, 1)
    with pytest.raises(DocumentEmpty):
        await parser.page_image(ctx, b"", "a.pdf", 1, width=300)


async def test_limits_hold_before_any_parser_starts(parser: FileParserClient, ctx: SecurityContext) -> None:
    with pytest.raises(DocumentTooLarge):
        await parser.parse_bytes(ctx, b"x" * (1 << 20) + b"y", "a.txt")
    with pytest.raises(DocumentEmpty):
        await parser.parse_bytes(ctx, b"", "a.txt")


async def test_extensions_are_told_per_parser(parser: FileParserClient) -> None:
    assert "docx" in parser.supported_extensions()["docx"]
