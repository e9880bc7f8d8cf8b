"""Copies are durable and whole, or not there."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from modules.llm_manager.contract import FileInTheWay, InvalidModelFile, NotEnoughDisk
from modules.llm_manager.domain.ports import DownloadProgress, Fetched
from modules.llm_manager.infra import files as files_module
from modules.llm_manager.infra.durable import publish
from modules.llm_manager.infra.files import LocalModelFiles

CONTENT = b"0123456789" * 1_000_000


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.gguf"
    path.write_bytes(CONTENT)
    return path


async def test_a_copy_tells_its_progress_and_hash(source: Path, tmp_path: Path) -> None:
    reports: list[DownloadProgress] = []
    fetched = await LocalModelFiles().copy(source, tmp_path / "models" / "copy.gguf", reports.append)
    assert fetched.path.read_bytes() == CONTENT
    assert fetched.sha256 == await LocalModelFiles().hash(source)
    assert [report.done_bytes for report in reports] == [4_194_304, 8_388_608, 10_000_000]


async def test_a_cancelled_copy_leaves_nothing(source: Path, tmp_path: Path) -> None:
    begun = asyncio.Event()
    target = tmp_path / "models" / "copy.gguf"
    copy = asyncio.create_task(LocalModelFiles().copy(source, target, lambda _progress: begun.set()))
    await begun.wait()
    copy.cancel()
    await asyncio.gather(copy, return_exceptions=True)
    assert list(target.parent.iterdir()) == []


async def test_a_disk_without_room_is_told_before_anything_is_written(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=20_000_000))
    with pytest.raises(NotEnoughDisk, match="needs 10 MB"):
        await LocalModelFiles().copy(source, tmp_path / "models" / "copy.gguf")
    assert list((tmp_path / "models").iterdir()) == []


async def test_a_disk_that_fills_up_leaves_no_half_copy(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files_module, "publish", full)
    with pytest.raises(NotEnoughDisk, match="is full"):
        await LocalModelFiles().copy(source, tmp_path / "models" / "copy.gguf")
    assert list((tmp_path / "models").iterdir()) == []


async def test_adopting_makes_a_second_name_or_a_copy(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Fetched(source, len(CONTENT), "")
    linked = await LocalModelFiles().adopt(file, tmp_path / "models" / "a.gguf")
    assert linked.path.stat().st_nlink == 2

    def refused(*_: Any) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refused)
    copied = await LocalModelFiles().adopt(file, tmp_path / "models" / "b.gguf")
    assert (copied.path.stat().st_nlink, copied.path.read_bytes()) == (1, CONTENT)


async def test_a_prepared_file_of_another_length_is_not_adopted(source: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidModelFile, match="not as long"):
        await LocalModelFiles().adopt(Fetched(source, 5, ""), tmp_path / "models" / "a.gguf")


async def test_a_copy_never_replaces_another_file(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "models" / "copy.gguf"
    target.parent.mkdir()
    target.write_text("the user's")
    with pytest.raises(FileInTheWay):
        await LocalModelFiles().copy(source, target)
    assert (target.read_text(), list(target.parent.iterdir())) == ("the user's", [target])


async def test_the_same_content_is_taken_as_it_is_and_said_to_be_old(source: Path, tmp_path: Path) -> None:
    first = await LocalModelFiles().copy(source, tmp_path / "copy.gguf")
    again = await LocalModelFiles().copy(source, tmp_path / "copy.gguf")
    assert (first.created, again.created, first.sha256) == (True, False, again.sha256)


async def test_adopting_never_replaces_another_file(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.gguf"
    target.write_text("the user's")
    with pytest.raises(FileInTheWay):
        await LocalModelFiles().adopt(Fetched(source, len(CONTENT), ""), target)
    assert target.read_text() == "the user's"


@pytest.fixture(params=[True, False], ids=["hard links", "no hard links"])
def hard_links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both kinds of file systems."""

    def refused(*_: Any) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    if not request.param:
        monkeypatch.setattr(os, "link", refused)


@pytest.mark.usefixtures("hard_links")
def test_a_published_file_leaves_its_old_name(source: Path, tmp_path: Path) -> None:
    publish(source, tmp_path / "m.gguf")
    assert ((tmp_path / "m.gguf").read_bytes(), list(tmp_path.iterdir())) == (CONTENT, [tmp_path / "m.gguf"])


@pytest.mark.usefixtures("hard_links")
def test_publishing_never_replaces_a_file(source: Path, tmp_path: Path) -> None:
    (tmp_path / "m.gguf").write_text("the user's")
    with pytest.raises(FileInTheWay, match=r"m\.gguf"):
        publish(source, tmp_path / "m.gguf")
    assert ((tmp_path / "m.gguf").read_text(), source.read_bytes()) == ("the user's", CONTENT)
