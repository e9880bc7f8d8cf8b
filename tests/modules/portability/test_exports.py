"""What is written is complete under its name, or not there; and nothing is overwritten unasked."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from modkit.security import SecurityContext
from modules.chat.contract import ConversationNotFound, ConversationTree, MessageStatus
from modules.portability.contract import CannotWrite, ExportFormat, NothingToExport, PdfNotPossible, TargetExists
from modules.portability.domain.exporting import file_name
from modules.portability.domain.ports import Sink
from modules.portability.domain.rendering.html import html_pieces
from modules.portability.domain.rendering.markdown import markdown_pieces
from modules.portability.domain.service import PortabilityService
from modules.portability.infra.sinks import FileSinks
from modules.portability.infra.sources import FileSources
from tests.faults.plugin import MakeDisk
from tests.modules.portability.exchange_support import (
    BEGUN,
    LIMITS,
    Profile,
    long_tree,
    message,
    nothing_to_secure,
    opened_profile,
)

# The one that needs a printer has tests of its own.
EVERY_FORMAT = [one for one in ExportFormat if one is not ExportFormat.PDF]


@pytest.fixture
async def tree(profile: Profile, ctx: SecurityContext) -> ConversationTree:
    stored = long_tree(6)
    await profile.chat.import_conversation(ctx, stored)
    return stored


@pytest.mark.parametrize("format_", EVERY_FORMAT)
async def test_a_file_that_is_there_is_replaced_only_when_one_says_so(
    profile: Profile, ctx: SecurityContext, tmp_path: Path, tree: ConversationTree, format_: ExportFormat
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / "file"
    target.write_text("mine")
    with pytest.raises(TargetExists):
        await profile.portability.export(ctx, target, format_, [tree.conversation.id])
    assert target.read_text() == "mine"
    report = await profile.portability.export(ctx, target, format_, [tree.conversation.id], replace=True)
    assert target.stat().st_size == report.size_bytes > 100
    assert list(folder.iterdir()) == [target]


async def test_a_folder_that_holds_something_is_never_replaced(
    profile: Profile, ctx: SecurityContext, tmp_path: Path, tree: ConversationTree
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    await profile.portability.export(ctx, folder, ExportFormat.MARKDOWN)
    written = list(folder.iterdir())
    with pytest.raises(TargetExists):
        await profile.portability.export(ctx, folder, ExportFormat.MARKDOWN, replace=True)
    with pytest.raises(TargetExists):
        await profile.portability.export_profile(ctx, folder, replace=True)
    assert list(folder.iterdir()) == written == [folder / file_name(tree, "md")]


@pytest.mark.parametrize("format_", EVERY_FORMAT)
async def test_what_cannot_be_completed_leaves_nothing_behind(
    profile: Profile, ctx: SecurityContext, tmp_path: Path, tree: ConversationTree, format_: ExportFormat
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(ConversationNotFound):
        await profile.portability.export(ctx, folder / "file", format_, [tree.conversation.id, uuid4()])
    assert list(folder.iterdir()) == []


async def test_a_place_that_cannot_be_written_is_said(
    profile: Profile, ctx: SecurityContext, tmp_path: Path, tree: ConversationTree
) -> None:
    (tmp_path / "file").write_text("no folder")
    for format_ in EVERY_FORMAT:
        with pytest.raises(CannotWrite, match="cannot be written"):
            await profile.portability.export(
                ctx, tmp_path / "missing" / "x", format_, [tree.conversation.id, tree.conversation.id]
            )
    with pytest.raises(CannotWrite):
        await profile.portability.export(ctx, tmp_path / "missing" / "x", ExportFormat.HTML)


@pytest.mark.parametrize("format_", EVERY_FORMAT)
async def test_a_disk_that_is_full_from_the_first_byte_is_said_and_nothing_stays(
    profile: Profile, ctx: SecurityContext, make_disk: MakeDisk, tree: ConversationTree, format_: ExportFormat
) -> None:
    disk = make_disk(1)
    with (disk / "everything").open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
        while True:
            file.write(bytes(4096))
    with pytest.raises(CannotWrite, match="No space"):
        await profile.portability.export(ctx, disk / "out", format_, [tree.conversation.id])
    assert [path.name for path in disk.iterdir()] == ["everything"]


async def test_without_conversations_there_is_nothing_to_export(
    profile: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    with pytest.raises(NothingToExport):
        await profile.portability.export(ctx, tmp_path / "x", ExportFormat.JSON)
    report = await profile.portability.export_profile(ctx, tmp_path / "x.zip")
    assert (report.conversations, report.files) == (0, 1)


class _Held:
    """A sink that waits in the middle of its writing until it is told to go on."""

    def __init__(self, sink: Sink, reached: threading.Event, go_on: threading.Event) -> None:
        self._sink, self._reached, self._go_on = sink, reached, go_on

    def add(self, name: str, pieces: Iterable[str | bytes]) -> None:
        self._sink.add(name, self._held(pieces))

    def _held(self, pieces: Iterable[str | bytes]) -> Iterator[str | bytes]:
        yield from pieces
        self._reached.set()
        assert self._go_on.wait(60)

    def finish(self) -> tuple[int, int]:
        return self._sink.finish()

    def abandon(self) -> None:
        self._sink.abandon()


class _HeldSinks(FileSinks):
    def __init__(self) -> None:
        self.reached, self.go_on = threading.Event(), threading.Event()

    def file(self, target: Path, *, replace: bool) -> Sink:
        return _Held(super().file(target, replace=replace), self.reached, self.go_on)


async def test_a_cancelled_export_ends_its_writing_and_leaves_nothing_behind(
    profile: Profile, ctx: SecurityContext, tmp_path: Path, tree: ConversationTree
) -> None:
    sinks = _HeldSinks()
    service = PortabilityService(profile.chat, profile.settings, sinks, FileSources(LIMITS), nothing_to_secure)
    folder = tmp_path / "out"
    folder.mkdir()
    export = asyncio.create_task(service.export(ctx, folder / "f", ExportFormat.JSON, [tree.conversation.id]))
    assert await asyncio.to_thread(sinks.reached.wait, 60)
    export.cancel()
    sinks.go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await export
    assert list(folder.iterdir()) == []


def _talk() -> ConversationTree:
    """A question, two answers of which the second is shown and was stopped."""
    tree = long_tree(0, title='<b>Rent & "more"</b>')
    question = message(tree.conversation.id, None, "How <much>?\n\nAnd & when?\nSoon")
    links = "![pixel](http://x.example/p.png) [site](http://x.example) [js](javascript:a)"
    said = f"**Bold** <script>alert(1)</script>\n\n{links}"
    first = message(tree.conversation.id, question, "First", 1)
    second = replace(
        message(tree.conversation.id, question, said, 2), status=MessageStatus.STOPPED, model="local::tiny"
    )
    conversation = replace(tree.conversation, active_leaf_id=second.id)
    return replace(tree, conversation=conversation, messages=(question, first, second))


def test_a_page_runs_no_script_and_loads_nothing() -> None:
    page = "".join(html_pieces(_talk()))
    assert "<script" not in page
    assert "<img" not in page
    assert "javascript:a" not in page.replace("[js](javascript:a)", "")
    assert "default-src 'none'" in page
    assert "<strong>Bold</strong>" in page
    assert '<a href="http://x.example">site</a>' in page


def test_a_page_shows_what_was_typed_as_it_was_typed() -> None:
    page = "".join(html_pieces(_talk()))
    assert "<title>&lt;b&gt;Rent &amp; &quot;more&quot;&lt;/b&gt;</title>" in page
    assert "<p>How &lt;much&gt;?</p>\n<p>And &amp; when?<br>Soon</p>" in page
    assert "(stopped)" in page
    assert "Assistant (tiny)" in page
    assert "1 messages of other versions" in page


def test_a_page_and_a_text_name_the_sources_of_an_answer() -> None:
    tree = long_tree(4)
    assert "<li>[1] /d/Lease.pdf, page 3</li>" in "".join(html_pieces(tree))
    text = "".join(markdown_pieces(tree))
    assert "- [1] /d/Lease.pdf, page 3\n" in text
    assert "## System prompt\n\nBe brief.\nAlways." in text


def test_a_text_has_the_branch_that_is_shown() -> None:
    text = "".join(markdown_pieces(_talk()))
    assert text.startswith('# <b>Rent & "more"</b>\n\n*2024-05-06 07:08 UTC*\n')
    assert "First" not in text
    assert "*(stopped)*" in text
    assert "*1 messages of other versions are not shown here; the JSON export has them.*" in text


@pytest.mark.parametrize("title", ["", "...", 'a/b\\c:d*e?f"g<h>i|j\x00k', "CON", "x" * 300, "日本語 の 題"])
def test_names_of_files_are_possible_everywhere_and_differ(title: str) -> None:
    one, other = (file_name(long_tree(0, title=title), "md") for _ in range(2))
    assert one != other
    assert not set(one) & set('<>:"/\\|?*\x00')
    assert len(one.encode()) < 255
    assert one.endswith(".md")
    assert f"{BEGUN:%Y-%m-%d}" in one


class Echo:
    """A printer that gives back what it was to print; implements PdfPrinter."""

    def print_html(self, html: str, title: str) -> bytes:
        return b"%PDF " + title.encode() + html.encode()


async def test_a_pdf_is_the_page_as_the_printer_draws_it(ctx: SecurityContext, tmp_path: Path) -> None:
    tree = long_tree(6, title="Lease & rent")
    async with opened_profile(tmp_path / "here", printer=Echo()) as profile:
        await profile.chat.import_conversation(ctx, tree)
        report = await profile.portability.export(ctx, tmp_path / "one.pdf", ExportFormat.PDF, [tree.conversation.id])
        folder = await profile.portability.export(ctx, tmp_path / "all", ExportFormat.PDF)
    written = (tmp_path / "one.pdf").read_bytes()
    assert written.startswith(b"%PDF Lease & rent<!doctype html>")
    assert "<h1>Lease &amp; rent</h1>" in written.decode()
    assert (report.size_bytes, folder.files) == (len(written), 1)
    assert [path.suffix for path in (tmp_path / "all").iterdir()] == [".pdf"]


async def test_without_a_printer_no_pdf_is_begun(
    profile: Profile, ctx: SecurityContext, tmp_path: Path, tree: ConversationTree
) -> None:
    with pytest.raises(PdfNotPossible, match="only while the window is open"):
        await profile.portability.export(ctx, tmp_path / "one.pdf", ExportFormat.PDF, [tree.conversation.id])
    assert not (tmp_path / "one.pdf").exists()
