"""How fast documents are read, with all that a child costs, beside the fastest library given the same bytes.

The library gives bare text; ours are blocks with looks and places, over a pipe, from a process that is locked in.
"""

from __future__ import annotations

import asyncio
import csv
import io
import statistics
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from bench import _documents
from bench._profiles import host_on, temporary_home, variables
from bench.table import Row
from modkit.security import SecurityContext
from modules.file_parser.contract import FileParserClient

_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class _Format:
    """``library`` gives the text of a document as bare as it can; ``pages`` counts them where people do."""

    name: str
    make: Callable[[], bytes]
    library: Callable[[bytes], int]
    library_name: str
    pages: int = 0


async def bench_parsing() -> list[Row]:
    """Alternating runs; the ratio is the median of those of each round."""
    with variables(starters=False), temporary_home() as home:
        async with host_on(home) as host:
            parser = host.client_hub.get(FileParserClient)
            return [await _measured(parser, one) for one in _FORMATS]


async def _measured(parser: FileParserClient, one: _Format) -> Row:
    ctx = SecurityContext.local_user()
    data = await asyncio.to_thread(one.make)
    own, direct = [], []
    # The first round starts a child and loads the library in it.
    for _ in range(_ROUNDS + 1):
        own.append(await _seconds_of_parser(parser, ctx, data, f"a.{one.name}"))
        direct.append(await asyncio.to_thread(_seconds, one.library, data))
    amount, unit = (one.pages, "pages/s") if one.pages else (len(data) / 1e6, "MB/s")
    ratio = statistics.median(theirs / ours for ours, theirs in zip(own[1:], direct[1:], strict=True))
    fast_enough = amount / statistics.median(own[1:]) >= 200 if one.pages else None
    return Row(
        f"read {one.name}, {len(data) / 1e6:.1f} MB",
        amount / statistics.median(own[1:]),
        unit,
        budget="200 pages/s" if one.pages else "",
        ok=fast_enough,
        reference=amount / statistics.median(direct[1:]),
        ratio=ratio,
        note=one.library_name,
    )


async def _seconds_of_parser(parser: FileParserClient, ctx: SecurityContext, data: bytes, name: str) -> float:
    started = time.perf_counter()
    await parser.parse_bytes(ctx, data, name)
    return time.perf_counter() - started


def _seconds(library: Callable[[bytes], int], data: bytes) -> float:
    started = time.perf_counter()
    library(data)
    return time.perf_counter() - started


def _pdfium(data: bytes) -> int:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    try:
        return sum(len(page.get_textpage().get_text_range()) for page in pdf)
    finally:
        pdf.close()


def _calamine(data: bytes) -> int:
    from python_calamine import load_workbook

    with load_workbook(io.BytesIO(data)) as workbook:
        return sum(len(workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names)


def _csv(data: bytes) -> int:
    return sum(len(row) for row in csv.reader(io.StringIO(data.decode())))


def _selectolax(data: bytes) -> int:
    from selectolax.lexbor import LexborHTMLParser

    return len(LexborHTMLParser(data).text())


def _lxml(prefix: str) -> Callable[[bytes], int]:
    def read(data: bytes) -> int:
        from lxml import etree

        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [archive.read(name) for name in archive.namelist() if name.startswith(prefix)]
        return sum(len("".join(map(str, etree.fromstring(part).itertext()))) for part in parts)

    return read


def _markdown_it(data: bytes) -> int:
    from markdown_it import MarkdownIt

    return len(MarkdownIt().parse(data.decode()))


def _split(data: bytes) -> int:
    return len(data.decode().split("\n\n"))


_FORMATS = (
    _Format("pdf", _documents.pdf, _pdfium, "pypdfium2", pages=_documents.PDF_PAGES),
    _Format("docx", _documents.docx, _lxml("word/document"), "lxml"),
    _Format("pptx", _documents.pptx, _lxml("ppt/slides/slide"), "lxml"),
    _Format("xlsx", _documents.xlsx, _calamine, "python-calamine"),
    _Format("csv", _documents.csv, _csv, "csv (standard library)"),
    _Format("html", _documents.html, _selectolax, "selectolax"),
    _Format("md", _documents.markdown, _markdown_it, "markdown-it-py"),
    _Format("txt", _documents.text, _split, "decode and split"),
)
