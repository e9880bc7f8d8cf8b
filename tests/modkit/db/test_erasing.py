"""What is deleted and marked is nowhere afterwards; a file is never worse off for it."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest
from sqlmodel import col

from modkit.db import Database
from modkit.db.erasing import erase_deleted
from modkit.db.errors import DatabaseLocked, NotErased
from modkit.keys import DataKey
from modkit.security import SecurityContext
from tests.support.notes_db import MARKER, Note, notes_database
from tests.support.raw_search import files_with

WORD = MARKER.split("-")[0]
CTX = SecurityContext.local_user()


async def _fill(db: Database) -> None:
    """Notes long and short, rewritten and found by words, so that the secret gets into every corner of the file."""
    chance = random.Random(7)
    for part in range(0, 60, 30):
        async with db.write(CTX) as session:
            for number in range(part, part + 30):
                secret = number % 3 == 0
                body = (MARKER if secret else "ordinary") + " word" * chance.randrange(1, 900)
                note = await session.insert(Note(title=f"{'secret' if secret else 'plain'} {number}", body=body))
                await session.execute(
                    "INSERT INTO test_notes_fts (rowid, title, body) VALUES (:n, :t, :b)",
                    {"n": number, "t": note.title, "b": note.body},
                )
                note.body += f" {number}"
                await session.update(note)


async def _delete_secrets(db: Database) -> None:
    async with db.write(CTX) as session:
        await session.execute("DELETE FROM test_notes_fts WHERE title LIKE 'secret%'")
        await session.delete_where(Note, col(Note.title).like("secret%"))
        await session.mark_for_erasing("notes", "test_notes_fts")


async def _titles(db: Database) -> list[str]:
    async with db.read(CTX) as session:
        return [note.title for note in await session.all(session.select(Note).order_by(col(Note.title)))]


async def test_deleted_text_is_in_no_page_of_the_file_and_its_log(db: Database, key: DataKey) -> None:
    await _fill(db)
    assert files_with(MARKER, db.path.parent, key)
    await _delete_secrets(db)
    assert files_with(MARKER, db.path.parent, key), "or the search below proves nothing"

    assert await db.erase_deleted()

    assert files_with(MARKER, db.path.parent, key) == []
    assert files_with("secret", db.path.parent, key) == []


async def test_what_was_not_deleted_is_there_and_the_file_goes_on(db: Database) -> None:
    await _fill(db)
    kept = [title for title in await _titles(db) if title.startswith("plain")]
    await _delete_secrets(db)

    assert await db.erase_deleted()

    assert await _titles(db) == kept
    async with db.write(CTX) as session:
        await session.insert(Note(title="afterwards"))
    assert "afterwards" in await _titles(db)
    async with db.file.reading() as connection:
        found = await connection.exec_driver_sql(
            "SELECT count(*) FROM test_notes_fts WHERE test_notes_fts MATCH 'plain'"
        )
        assert found.scalar_one() == len(kept)


async def test_a_kill_before_erasing_leaves_it_to_the_next_start(db_path: Path, key: DataKey) -> None:
    async with notes_database(db_path, key) as db:
        await _fill(db)
    async with notes_database(db_path, key) as db:
        await _delete_secrets(db)
    assert files_with(WORD, db_path.parent, key), "the full-text index keeps the words of what was deleted"

    async with notes_database(db_path, key) as again:
        assert await again.erase_deleted()

    assert files_with(WORD, db_path.parent, key) == []


async def test_nothing_marked_changes_nothing(db: Database) -> None:
    await _fill(db)

    assert await erase_deleted(db.file) is False

    assert len(await _titles(db)) == 60


async def test_readers_and_writers_at_the_same_time_lose_nothing(db: Database) -> None:
    await _fill(db)
    await _delete_secrets(db)

    async def write(number: int) -> None:
        async with db.write(CTX) as session:
            await session.insert(Note(title=f"meanwhile {number}"))

    async def read() -> None:
        assert len(await _titles(db)) >= 40

    await asyncio.gather(db.erase_deleted(), *(write(number) for number in range(20)), *(read() for _ in range(20)))

    assert [title for title in await _titles(db) if title.startswith("meanwhile")] == sorted(
        f"meanwhile {number}" for number in range(20)
    )


async def test_cancelled_it_still_ends_whole(db: Database, key: DataKey) -> None:
    await _fill(db)
    await _delete_secrets(db)
    erasing = asyncio.create_task(db.erase_deleted())
    while not list(db.path.parent.glob("*.new-*")):
        await asyncio.sleep(0)
    erasing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await erasing

    assert files_with(MARKER, db.path.parent, key) == []
    assert len(await _titles(db)) == 40
    assert list(db.path.parent.glob("*.new-*")) == []


async def test_a_disk_without_room_leaves_it_marked(
    db: Database, key: DataKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _fill(db)
    await _delete_secrets(db)
    with monkeypatch.context() as full:
        full.setattr("modkit.db.rewriting.shutil.disk_usage", lambda _: type("Usage", (), {"free": 0})())
        with pytest.raises(NotErased, match="free space"):
            await erase_deleted(db.file)
        assert await db.erase_deleted() is False
    assert len(await _titles(db)) == 40

    assert await db.erase_deleted()

    assert files_with(MARKER, db.path.parent, key) == []


async def test_a_file_that_another_program_has_open_stays_as_it_is(db: Database, key: DataKey) -> None:
    from modkit.db.connect import raw_connect

    await _fill(db)
    await _delete_secrets(db)
    other = raw_connect(db.path, key, "rw")
    try:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM test_notes").fetchone()
        with pytest.raises((NotErased, DatabaseLocked)):
            await erase_deleted(db.file)
    finally:
        other.close()
    assert len(await _titles(db)) == 40
    assert await db.erase_deleted()
