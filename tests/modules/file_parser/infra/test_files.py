"""Files are read whole or refused in words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from modules.file_parser.contract import DocumentNotFound, DocumentTooLarge, DocumentUnreadable
from modules.file_parser.infra.files import LocalDocumentFiles

FILES = LocalDocumentFiles()


async def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "ü \n.txt").write_bytes(b"abc")
    assert await FILES.read(tmp_path / "ü \n.txt", 3) == b"abc"


async def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"abcd")
    with pytest.raises(DocumentTooLarge, match=r"a\.txt has 4 bytes; 3 are allowed"):
        await FILES.read(tmp_path / "a.txt", 3)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs a file that is longer than it says")
async def test_a_file_that_is_longer_than_it_says_is_not_read() -> None:
    with pytest.raises(DocumentTooLarge, match="grew"):
        await FILES.read(Path("/proc/self/status"), 3)


@pytest.mark.parametrize("name", ["missing.txt", ".", "missing/inner.txt", "nul\0.txt"])
async def test_what_is_no_file_is_not_found(tmp_path: Path, name: str) -> None:
    with pytest.raises(DocumentNotFound):
        await FILES.read(tmp_path / name, 3)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
async def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DocumentNotFound, match="is not a file"):
        await FILES.read(tmp_path / "pipe", 3)


async def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises((DocumentNotFound, DocumentUnreadable)):
        await FILES.read(tmp_path / ("x" * 300), 3)
