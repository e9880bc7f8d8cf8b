"""What was read stays as long as nobody knows better, and goes when somebody does."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from modules.local_search_index.contract import SearchMode
from modules.rag.contract import FileState, Query
from modules.rag.domain.ports import Content
from modules.rag.infra.disk import LocalDisk
from tests.modules.rag.rag_support import Workplace


async def found(work: Workplace, text: str) -> list[str]:
    findings = await work.rag.search(work.ctx, Query(text=text, collections=("C",), mode=SearchMode.KEYWORD))
    return [hit.passage.document.file_name for hit in findings.hits]


def stamped(path: Path) -> None:
    """As if it had been written again."""
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 10**9))


async def test_a_file_that_grew_too_large_is_found_no_more_and_again_when_it_shrank(
    work: Workplace, docs: Path
) -> None:
    note = docs / "note.txt"
    note.write_text("The tide is high at noon.")
    await work.index()
    note.write_bytes(b"x" * (2**20 + 1))
    await work.index()
    assert (await work.files())["note.txt"].state is FileState.SKIPPED
    assert (await work.files())["note.txt"].passages == 0
    assert await found(work, "tide") == []
    note.write_text("The tide is high at noon.")
    await work.index()
    assert await found(work, "tide") == ["note.txt"]


async def test_what_the_disk_refuses_for_a_while_is_kept_and_tried_by_the_next_scan(
    work: Workplace, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = docs / "note.txt"
    note.write_text("The tide is high at noon.")
    await work.index()

    async def refused(self: LocalDisk, path: str) -> Content:
        raise OSError(errno.EIO, "Input/output error")

    stamped(note)
    with monkeypatch.context() as broken:
        broken.setattr(LocalDisk, "read", refused)
        await work.index()
    seen = (await work.files())["note.txt"]
    assert (seen.state, seen.reason) == (
        FileState.UNREADABLE,
        "Input/output error. What was read before is kept.",
    )
    assert await found(work, "tide") == ["note.txt"]
    await work.index()
    assert (await work.files())["note.txt"].state is FileState.WITHOUT_VECTORS


async def test_a_folder_that_cannot_be_opened_is_away_not_removed(
    work: Workplace, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (docs / "inner").mkdir()
    (docs / "inner" / "note.txt").write_text("The tide is high at noon.")
    (docs / "outer.txt").write_text("The boat is out.")
    await work.index()
    scandir: Callable[[str], Iterator[os.DirEntry[str]]] = os.scandir

    def closed(path: str) -> Any:
        if path.endswith("inner"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return scandir(path)

    with monkeypatch.context() as broken:
        broken.setattr("modules.rag.infra.disk.os.scandir", closed)
        await work.index()
    states = await work.states()
    assert states["inner/note.txt"] is FileState.AWAY
    assert await found(work, "tide") == ["note.txt"]
    result = await work.index()
    assert (await work.states())["inner/note.txt"] is FileState.WITHOUT_VECTORS
    assert result["read"] == 0


async def test_a_file_that_gets_another_type_is_read_by_that_types_parser(work: Workplace, docs: Path) -> None:
    (docs / "notes.bin").write_bytes(b"# Tide\n\nHigh at noon.\n")
    await work.index()
    (docs / "notes.bin").rename(docs / "notes.md")
    await work.index()
    seen = await work.files()
    assert seen["notes.md"].parser == "markdown"
    assert seen["notes.md"].passages == 1
