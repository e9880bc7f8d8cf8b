"""Looking at a folder: what is seen, what is left out, and what cannot be read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from modules.rag.infra.disk import LocalDisk


@pytest.fixture
def disk() -> LocalDisk:
    return LocalDisk(max_bytes=1000)


async def seen(disk: LocalDisk, folder: Path) -> list[str]:
    return sorted(Path(one.path).relative_to(folder).as_posix() for one in await disk.look(folder) or [])


async def test_inner_rules_come_before_outer_ones(disk: LocalDisk, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    (inner / "node_modules").mkdir(parents=True)
    (tmp_path / ".gitignore").write_text("*.log\n/top.txt\n")
    (inner / ".gitignore").write_text("!keep.log\n")
    for name in ("a.log", "top.txt", "b.txt", "inner/keep.log", "inner/top.txt", "inner/c.log", "inner/~$x.docx"):
        (tmp_path / name).write_text("x")
    (inner / "node_modules" / "lib.js").write_text("x")
    assert await seen(disk, tmp_path) == ["b.txt", "inner/keep.log", "inner/top.txt"]


async def test_a_folder_of_three_hundred_levels_is_walked_to_its_end(disk: LocalDisk, tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 300)
    deep.mkdir(parents=True)
    (deep / "end.txt").write_text("x")
    [found] = await disk.look(tmp_path) or []
    assert found.path.endswith("end.txt")


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() == 0, reason="nothing is closed to root")
async def test_a_closed_folder_is_named(disk: LocalDisk, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    [found] = await disk.look(tmp_path) or []
    assert "cannot be opened" in found.skip


async def test_what_is_not_there_is_away(disk: LocalDisk, tmp_path: Path) -> None:
    assert await disk.look(tmp_path / "nothing") is None


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes as POSIX has them")
async def test_links_and_pipes_are_not_read(disk: LocalDisk, tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("x")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link.txt", "pipe"):
        with pytest.raises(OSError, match=r".+"):
            await disk.read(str(tmp_path / name))


async def test_a_file_that_grew_over_the_limit_is_not_read(disk: LocalDisk, tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(bytes(1001))
    with pytest.raises(OSError, match="changed"):
        await disk.read(str(tmp_path / "large"))


async def test_a_hash_is_that_of_the_content(disk: LocalDisk, tmp_path: Path) -> None:
    file = tmp_path / "one"
    file.write_bytes(b"abc")
    content = await disk.read(str(file))
    assert (content.data, content.size) == (b"abc", 3)
    assert await disk.content_hash(str(file)) == content.content_hash == "06b05ab6733a618578af5f94892f3950"
