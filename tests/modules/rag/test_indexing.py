"""What becomes of files: first read, then only what changed, never lost."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import uuid4

import pytest

from modkit.security import SecurityContext
from modules.local_search_index.contract import SearchMode
from modules.rag.contract import FileState, Query
from modules.rag.domain.ports import Content
from modules.rag.infra.disk import LocalDisk
from tests.modules.file_parser.documents.portable import encrypted_pdf, report_pdf
from tests.modules.file_parser.documents.word import report_docx
from tests.modules.rag.conftest import Open
from tests.modules.rag.rag_support import Workplace

WITHOUT_VECTORS, SKIPPED = FileState.WITHOUT_VECTORS, FileState.SKIPPED


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)


def refusing(error: OSError) -> Callable[..., Awaitable[Content]]:
    async def read(self: LocalDisk, path: str) -> Content:
        raise error

    return read


async def found(work: Workplace, text: str) -> list[str]:
    findings = await work.rag.search(work.ctx, Query(text=text, collections=("C",), mode=SearchMode.KEYWORD))
    return [hit.passage.document.file_name for hit in findings.hits]


async def test_every_file_ends_in_a_state_with_a_reason(work: Workplace, docs: Path) -> None:
    write(docs, note="The tide is high at noon.", empty="")
    (docs / "report.docx").write_bytes(report_docx())
    (docs / "report.pdf").write_bytes(report_pdf())
    (docs / "locked.pdf").write_bytes(encrypted_pdf())
    (docs / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (docs / "large.txt").write_bytes(b"x" * (2**20 + 1))
    (docs / "blob.bin").write_bytes(bytes(range(256)))
    result = await work.index()
    files = await work.files()
    assert {name: one.state for name, one in files.items()} == {
        "note.txt": WITHOUT_VECTORS,
        "empty.txt": SKIPPED,
        "report.docx": WITHOUT_VECTORS,
        "report.pdf": WITHOUT_VECTORS,
        "locked.pdf": FileState.UNREADABLE,
        "broken.pdf": FileState.UNREADABLE,
        "large.txt": SKIPPED,
        "blob.bin": SKIPPED,
    }
    reasons = {name: one.reason for name, one in files.items() if not one.passages}
    assert all(reasons.values()), reasons
    assert files["large.txt"].reason == "It is larger than 1 MiB."
    assert "need character recognition" in files["report.pdf"].reason
    assert (result["found"], result["read"], result["embedded"]) == (8, 7, 0)
    assert "No embedding model" in result["note"]
    assert (await work.counts())[SKIPPED] == 3


async def test_hidden_and_ignored_files_and_links_are_left_out(work: Workplace, docs: Path) -> None:
    write(docs, seen="seen")
    (docs / ".secret.txt").write_text("hidden")
    (docs / ".gitignore").write_text("*.log\nbuild/\n")
    (docs / "a.log").write_text("ignored")
    (docs / "build").mkdir()
    write(docs / "build", made="ignored")
    (docs / "link.txt").symlink_to(docs / "seen.txt")
    (docs / "loop").symlink_to(docs, target_is_directory=True)
    await work.index()
    assert await work.states() == {"seen.txt": WITHOUT_VECTORS, "link.txt": SKIPPED, "loop": SKIPPED}


async def test_a_second_run_reads_nothing_and_a_change_reads_one(work: Workplace, docs: Path) -> None:
    write(docs, one="The first is about apples.", two="The second is about pears.", empty="")
    assert (await work.index())["read"] == 3
    again = await work.index()
    assert (again["read"], again["unchanged"]) == (0, 3)
    write(docs, one="The first is about oranges now.")
    assert (await work.index())["read"] == 1
    assert await found(work, "oranges") == ["one.txt"]
    assert await found(work, "apples") == []


async def test_a_new_time_on_the_same_content_reads_nothing(work: Workplace, docs: Path) -> None:
    write(docs, one="The first is about apples.")
    await work.index()
    os.utime(docs / "one.txt", (1, 1))
    assert (await work.index())["read"] == 0
    assert (await work.index())["unchanged"] == 1
    assert await work.states() == {"one.txt": WITHOUT_VECTORS}


async def test_a_renamed_or_moved_file_is_not_read_again(work: Workplace, docs: Path) -> None:
    write(docs, one="The first is about apples.", two="The second is about pears.")
    await work.index()
    before = await work.files()
    (docs / "sub").mkdir()
    (docs / "one.txt").rename(docs / "sub" / "renamed.txt")
    result = await work.index()
    assert (result["moved"], result["read"], result["removed"]) == (1, 0, 0)
    after = await work.files()
    assert after["sub/renamed.txt"].id == before["one.txt"].id
    assert await found(work, "apples") == ["renamed.txt"]


async def test_a_copy_is_not_read_again_and_is_found_too(work: Workplace, docs: Path) -> None:
    write(docs, one="The first is about apples.")
    await work.index()
    write(docs, copy="The first is about apples.")
    assert (await work.index())["read"] == 0
    assert sorted(await found(work, "apples")) == ["copy.txt", "one.txt"]


async def test_a_folder_that_goes_away_and_comes_back_loses_nothing(work: Workplace, docs: Path) -> None:
    write(docs, one="The first is about apples.", empty="")
    await work.index()
    before = await work.states()
    elsewhere = docs.with_name("elsewhere")
    docs.rename(elsewhere)
    result = await work.done(await work.rag.refresh(work.ctx, "C"))
    assert result["away"] == 1
    assert await work.states() == {"one.txt": FileState.AWAY, "empty.txt": FileState.AWAY}
    assert await found(work, "apples") == ["one.txt"]
    elsewhere.rename(docs)
    back = await work.index()
    assert (back["read"], back["unchanged"]) == (0, 2)
    assert await work.states() == before


async def test_what_was_added_before_can_be_added_again_while_it_is_away(work: Workplace, docs: Path) -> None:
    write(docs, one="The first is about apples.")
    await work.index()
    docs.rename(docs.with_name("elsewhere"))
    assert (await work.index())["away"] == 1
    assert await work.states() == {"one.txt": FileState.AWAY}


async def test_an_empty_mount_point_is_away_too(work: Workplace, docs: Path) -> None:
    write(docs, one="The first is about apples.")
    await work.index()
    (docs / "one.txt").unlink()
    assert (await work.index())["away"] == 1
    assert await work.states() == {"one.txt": FileState.AWAY}


async def test_a_deleted_file_is_removed_and_read_anew_when_it_returns(work: Workplace, docs: Path) -> None:
    write(docs, one="The first is about apples.", two="The second is about pears.")
    await work.index()
    (docs / "one.txt").unlink()
    assert (await work.index())["removed"] == 1
    assert (await work.files())["one.txt"].state is FileState.REMOVED
    assert await found(work, "apples") == []
    assert (await work.index())["removed"] == 0
    write(docs, one="The first is about apples.")
    assert (await work.index())["read"] == 1
    assert await found(work, "apples") == ["one.txt"]


async def test_what_no_longer_can_be_read_is_no_longer_found_until_it_is_repaired(work: Workplace, docs: Path) -> None:
    (docs / "report.pdf").write_bytes(report_pdf())
    await work.index()
    (docs / "report.pdf").write_bytes(b"%PDF-1.4 broken")
    await work.index()
    assert await work.states() == {"report.pdf": FileState.UNREADABLE}
    assert await found(work, "water") == []
    assert (await work.done(await work.rag.retry(work.ctx, "C")))["read"] == 1
    (docs / "report.pdf").write_bytes(report_pdf())
    await work.index()
    assert (await work.files())["report.pdf"].passages > 0


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe in a folder is POSIX")
async def test_a_pipe_is_skipped_and_stops_nobody(work: Workplace, docs: Path) -> None:
    os.mkfifo(docs / "pipe.txt")
    os.mkfifo(docs / ".ignore")
    await work.index()
    assert await work.states() == {"pipe.txt": SKIPPED}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such a name")
async def test_a_name_that_is_no_text_is_indexed_and_shown(work: Workplace, docs: Path) -> None:
    strange = os.fsdecode(os.fsencode(str(docs)) + b"/caf\xe9.txt")
    Path(strange).write_text("Coffee is served at noon.")
    await work.index()
    assert (await work.index())["unchanged"] == 1
    assert await found(work, "coffee") == ["caf?.txt"]


async def test_a_file_that_cannot_be_opened_says_why_and_can_be_tried_again(
    work: Workplace, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(docs, one="The first is about apples.")
    with monkeypatch.context() as patched:
        patched.setattr(LocalDisk, "read", refusing(PermissionError(13, "Permission denied")))
        assert (await work.index())["read"] == 0
    assert (await work.files())["one.txt"].reason == "Permission denied."
    assert (await work.done(await work.rag.retry(work.ctx, "C")))["read"] == 1
    assert await work.states() == {"one.txt": WITHOUT_VECTORS}


async def test_a_file_that_vanishes_before_it_is_read_waits(
    work: Workplace, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(docs, one="The first is about apples.", two="The second is about pears.")
    with monkeypatch.context() as patched:
        patched.setattr(LocalDisk, "read", refusing(FileNotFoundError(2, "No such file")))
        await work.index()
    assert set((await work.states()).values()) == {FileState.QUEUED}
    (docs / "one.txt").unlink()
    await work.index()
    assert await work.states() == {"one.txt": FileState.REMOVED, "two.txt": WITHOUT_VECTORS}


async def test_a_document_without_text_is_skipped(work: Workplace, docs: Path) -> None:
    write(docs, blank="  \n \n")
    await work.index()
    assert await work.states() == {"blank.txt": SKIPPED}


async def test_a_folder_inside_another_source_is_not_indexed_twice(work: Workplace, docs: Path) -> None:
    (docs / "sub").mkdir()
    write(docs / "sub", one="The first is about apples.")
    await work.index(docs / "sub")
    assert (await work.index(docs))["read"] == 0
    assert await found(work, "apples") == ["one.txt"]
    await work.rag.remove(work.ctx, "C", docs / "sub")
    assert await found(work, "apples") == ["one.txt"]


async def test_a_lost_index_is_filled_again(open_workplace: Open, docs: Path, home: Path) -> None:
    write(docs, one="The first is about apples.", empty="")
    async with open_workplace() as work:
        await work.index()
    for file in home.glob("index.db*"):
        file.unlink()
    async with open_workplace() as work:
        assert (await work.index())["read"] == 1
        assert await found(work, "apples") == ["one.txt"]
        assert (await work.index())["read"] == 0


async def test_another_user_sees_nothing_of_it(work: Workplace, docs: Path) -> None:
    write(docs, one="The first is about apples.")
    await work.index()
    stranger = SecurityContext(subject_id=uuid4(), subject_tenant_id=work.ctx.subject_tenant_id)
    assert await work.rag.collections(stranger) == []
    assert (await work.rag.search(stranger, Query(text="apples"))).hits == ()
