"""Room that is kept for a full disk: laid where there is plenty, gone when it is needed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from modkit.db.ballast import Ballast
from modkit.db.errors import ROOM_BYTES, NoSpace
from modkit.keys import DataKey
from modkit.security import SecurityContext
from tests.support.notes_db import Note, notes_database
from tests.support.small_disk import fill, mounted

SIZE = 512 * 1024


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path / "small disk", "4m") as folder:
        yield folder


def free(monkeypatch: pytest.MonkeyPatch, size_bytes: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=size_bytes))


def test_it_is_laid_whole_where_there_is_plenty_of_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ballast = Ballast(tmp_path / "a.ballast", size_bytes=SIZE)
    free(monkeypatch, SIZE * 4 - 1)
    ballast.lay()
    assert not ballast.laid()
    free(monkeypatch, SIZE * 4)
    ballast.lay()
    assert ballast.laid()
    assert ballast.path.stat().st_size == SIZE
    assert [path.name for path in tmp_path.iterdir()] == ["a.ballast"]


def test_it_is_made_of_written_bytes_where_room_cannot_be_reserved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "posix_fallocate", raising=False)
    ballast = Ballast(tmp_path / "a.ballast", size_bytes=SIZE)
    ballast.lay()
    assert ballast.path.stat().st_size == SIZE


def test_it_goes_before_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ballast = Ballast(tmp_path / "a.ballast", size_bytes=SIZE, low_bytes=1000)
    ballast.lay()
    free(monkeypatch, 1000)
    ballast.release_if_low()
    assert ballast.laid()
    free(monkeypatch, 999)
    ballast.release_if_low()
    assert not ballast.laid()
    ballast.release()


def test_where_none_can_be_laid_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ballast = Ballast(tmp_path / "nowhere" / "a.ballast", size_bytes=SIZE)
    ballast.lay()
    ballast.release_if_low()
    assert not ballast.laid()
    assert list(tmp_path.iterdir()) == []


async def test_a_write_on_a_full_disk_has_the_room_that_was_kept(
    small_disk: Path, key: DataKey, ctx: SecurityContext
) -> None:
    async with notes_database(small_disk / "hyperspot.db", key) as db:
        db.file.ballast = Ballast(small_disk / "hyperspot.db.ballast", size_bytes=SIZE, low_bytes=64 * 1024)
        db.file.ballast.lay()
        fill(small_disk)
        async with db.write(ctx) as session:
            await session.insert(Note(title="stored all the same", body="x" * 50_000))
        assert not db.file.ballast.laid()
        async with db.read(ctx) as session:
            assert await session.count(session.select(Note)) == 1


async def test_a_write_that_meets_the_end_frees_the_room_for_the_next_one(
    small_disk: Path, key: DataKey, ctx: SecurityContext
) -> None:
    async with notes_database(small_disk / "hyperspot.db", key) as db:
        # Nothing is seen coming: the disk fills between a look at it and the write.
        db.file.ballast = Ballast(small_disk / "hyperspot.db.ballast", size_bytes=SIZE, low_bytes=0)
        db.file.ballast.lay()
        fill(small_disk)
        with pytest.raises(NoSpace) as caught:
            async with db.write(ctx) as session:
                await session.insert(Note(title="refused", body="x" * 50_000))
        assert "at least 17 MB" in caught.value.action
        assert caught.value.needed_bytes == ROOM_BYTES
        assert caught.value.to_dict()["needed_bytes"] == str(ROOM_BYTES)
        async with db.write(ctx) as session:
            await session.insert(Note(title="stored", body="x" * 50_000))
        async with db.read(ctx) as session:
            assert [note.title for note in await session.all(session.select(Note))] == ["stored"]
