"""Pages without text are read by the program that recognises characters: a stand-in, and the real one where it is."""

from __future__ import annotations

import asyncio
import io
import os
import shutil
import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from pydantic import ValidationError

from modkit.db.ids import uuid7
from modkit.security import SecurityContext
from modules.file_parser.config import OcrConfig
from modules.file_parser.contract import PageImage, ParsedDocument, block_text, document_text
from modules.file_parser.domain.ports import RecognitionFailed
from modules.file_parser.domain.service import FileParserService
from modules.file_parser.infra.files import LocalDocumentFiles
from modules.file_parser.infra.ocr import bounded_run
from modules.file_parser.infra.ocr.bounded_run import ProgramFailed, RunLimits, run_bounded
from modules.file_parser.infra.ocr.tesseract import Tesseract
from modules.file_parser.infra.pool import ParserLimits, ParserPool
from tests.modules.file_parser.documents import portable

ROOT = Path(__file__).resolve().parents[4]
SAMPLES = ROOT / "resources" / "samples"
LIMITS = RunLimits(timeout_s=30.0, memory_bytes=1 << 30)
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script, which Windows cannot start")

DARK = PageImage(page=2, page_count=3, width=1000, height=500, pixels=b"\0\0\0\xff" * 500_000, pixels_per_point=2.0)
BRIGHT = PageImage(page=2, page_count=3, width=100, height=50, pixels=b"\xff\xff\xff\xff" * 5_000)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The stand-in as an executable file."""
    source = (ROOT / "tests/modules/file_parser/stand_in_tesseract.py").read_text()
    path = tmp_path / "tesseract"
    path.write_text(f"#!{Path(sys.executable).resolve()} -ISB\n{source}")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


Make = Callable[..., Tesseract]


@pytest.fixture
def stand_in(program: Path) -> Make:
    def make(*, misbehaving: str = "", **settings: Any) -> Tesseract:
        tesseract = Tesseract(OcrConfig(program=str(program), **settings))
        if misbehaving:
            # The stand-in takes it for a language, but does not list it.
            tesseract._languages, tesseract._program = (misbehaving,), str(program)
        return tesseract

    return make


async def test_recognised_words_are_paragraphs_with_their_places(stand_in: Make) -> None:
    (paragraph,) = await stand_in().recognise(DARK)
    assert block_text(paragraph) == "Read in-eng and divided.\nTotal"
    place = paragraph.place
    assert place is not None
    assert place.box is not None
    assert place.page == 2
    # In points, of which each is two pixels here; noise does not count.
    assert (place.box.left, place.box.top, place.box.right, place.box.bottom) == (50.0, 50.0, 500.0, 225.0)


async def test_a_page_without_words_gives_nothing(stand_in: Make) -> None:
    assert await stand_in().recognise(BRIGHT) == []


async def test_only_installed_languages_are_asked_for(stand_in: Make, program: Path) -> None:
    tesseract = Tesseract(OcrConfig(program=str(program), languages=["deu", "tlh", "eng"]))
    assert await tesseract.languages() == ("deu", "eng")


@pytest.mark.parametrize("path", ["", "no/such/program"])
async def test_a_program_that_is_not_there_recognises_nothing(
    path: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    tesseract = Tesseract(OcrConfig(program=path))
    assert await tesseract.languages() == ()
    with pytest.raises(RecognitionFailed, match="not installed"):
        await tesseract.recognise(DARK)


async def test_a_program_that_does_not_work_is_as_good_as_none(tmp_path: Path) -> None:
    path = tmp_path / "tesseract"
    path.write_text("#!/no/such/interpreter\n")
    path.chmod(0o755)
    assert await Tesseract(OcrConfig(program=str(path))).languages() == ()


@pytest.mark.parametrize(("language", "reason"), [("crash", "failed"), ("hang", "too long"), ("flood", "too much")])
async def test_a_program_that_misbehaves_is_ended(stand_in: Make, language: str, reason: str) -> None:
    with pytest.raises(RecognitionFailed, match=reason):
        await stand_in(misbehaving=language, page_timeout_s=3.0).recognise(DARK)


def script(folder: Path, *lines: str) -> Path:
    path = folder / "wrapper"
    path.write_text("\n".join(("#!/bin/sh", *lines, "exit 0", "")))
    path.chmod(0o755)
    return path


async def test_what_a_script_started_is_ended_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_run, "_DRAIN_S", 600.0)
    wrapper = script(tmp_path, "sleep 600")
    async with asyncio.timeout(30):
        with pytest.raises(ProgramFailed, match="too long"):
            await run_bounded([str(wrapper)], b"", replace(LIMITS, timeout_s=0.5), {})


@pytest.mark.skipif(shutil.which("setsid") is None, reason="here no script can leave its group")
async def test_what_left_the_group_and_keeps_the_output_open_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded_run, "_DRAIN_S", 0.1)
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    # It reads the pipe that nobody writes to, and ends when that is closed.
    held = os.open(fifo, os.O_RDWR)
    wrapper = script(tmp_path, f"setsid cat '{fifo}' &", "wait")
    try:
        async with asyncio.timeout(30):
            with pytest.raises(ProgramFailed, match="too long"):
                await run_bounded([str(wrapper)], b"", replace(LIMITS, timeout_s=3.0, read_paths=[tmp_path]), {})
    finally:
        os.close(held)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere its memory is not limited")
async def test_its_memory_is_limited(stand_in: Make) -> None:
    with pytest.raises(RecognitionFailed, match="failed"):
        await stand_in(misbehaving="hoard", memory_mb=512).recognise(DARK)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is locked in less")
async def test_the_program_may_read_and_write_nothing_and_reach_nobody(program: Path) -> None:
    (program.parent / "secret").write_text("x")
    answer = await run_bounded([str(program), "try", "read", "write"], b"", LIMITS, {})
    assert answer.split() == [b"PermissionError", b"PermissionError"]


async def test_a_program_that_cannot_be_started_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/hyperspot-desktop")
    with pytest.raises(ProgramFailed, match="cannot be started"):
        await run_bounded(["/no/such/program"], b"", LIMITS, {})


def test_names_of_languages_cannot_be_options() -> None:
    with pytest.raises(ValidationError, match="no name of a language"):
        OcrConfig(languages=["--psm"])


async def document(ctx: SecurityContext, data: bytes, name: str, tesseract: Tesseract) -> ParsedDocument:
    parsers, pages = ParserPool(ParserLimits()), ParserPool(ParserLimits())
    service = FileParserService(
        LocalDocumentFiles(), parsers, pages, max_bytes=1 << 24, new_id=uuid7, recogniser=tesseract
    )
    try:
        return await service.parse_bytes(ctx, data, name)
    finally:
        await parsers.stop()
        await pages.stop()


async def test_recognised_pages_stand_in_their_document_and_wait_no_longer(
    ctx: SecurityContext, stand_in: Make
) -> None:
    parsed = await document(ctx, portable.report_pdf(), "report.pdf", stand_in())
    assert (parsed.needs_ocr, parsed.pages_without_text) == (False, ())
    last = parsed.blocks[-1]
    assert last.place is not None
    assert (block_text(last)[:4], last.place.page) == ("Read", 4)
    assert document_text(parsed.blocks)[last.place.start : last.place.end] == block_text(last)


async def test_what_cannot_be_recognised_stays_as_it_is_with_a_note(ctx: SecurityContext, stand_in: Make) -> None:
    parsed = await document(ctx, portable.report_pdf(), "report.pdf", stand_in(misbehaving="crash"))
    assert parsed.pages_without_text == (4,)
    assert "Page 4 could not be recognised: The program for character recognition failed." in parsed.notes


async def test_a_blank_page_has_no_words(ctx: SecurityContext, stand_in: Make) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 60), "white").save(buffer, "PNG")
    parsed = await document(ctx, buffer.getvalue(), "a.png", stand_in())
    assert "Character recognition found no words on page 1." in parsed.notes


async def test_only_so_many_pages_are_recognised(ctx: SecurityContext, stand_in: Make) -> None:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for _ in range(3):
        canvas.rect(10, 10, 500, 700, fill=1)
        canvas.showPage()
    canvas.save()
    parsed = await document(ctx, buffer.getvalue(), "a.pdf", stand_in(max_pages=2))
    assert parsed.pages_without_text == (3,)
    assert "Only the first 2 pages without text were recognised." in parsed.notes
    assert [block.place.page for block in parsed.blocks if block.place and block_text(block)] == [1, 2]


REAL = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed here")


@REAL
async def test_the_real_program_reads_a_scanned_receipt(ctx: SecurityContext) -> None:
    data = (SAMPLES / "receipt-scan.pdf").read_bytes()
    parsed = await document(ctx, data, "receipt-scan.pdf", Tesseract(OcrConfig()))
    text = document_text(parsed.blocks)
    assert "Receipt 0417" in text
    assert "286.40" in text
    assert not parsed.needs_ocr


@REAL
async def test_the_real_program_reads_words_in_an_image(ctx: SecurityContext) -> None:
    image = Image.new("RGB", (900, 300), "white")
    ImageDraw.Draw(image).text((90, 90), "PONTOON CLOSED", fill="black", font_size=72)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    parsed = await document(ctx, buffer.getvalue(), "notice.png", Tesseract(OcrConfig()))
    assert "PONTOON CLOSED" in document_text(parsed.blocks)
