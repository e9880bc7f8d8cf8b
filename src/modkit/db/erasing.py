"""Makes deleted text unreadable: what a table no longer has may still stand in index segments, free pages and the log.

SQLite's ``secure_delete``, which SQLCipher switches on, is not enough: pages that are rearranged keep stale copies of
cells in their gaps. So the file is written anew from what is alive, checked, and takes the place of the old one and its
log.
"""

from __future__ import annotations

from typing import Any

from modkit.db.engine import DatabaseFile
from modkit.db.rewriting import ERASE_MARK, Marks, write_anew

_MERGED_PAGES = 400
"""Pages of a full-text index that are merged in one transaction: some ten milliseconds."""


async def erase_deleted(file: DatabaseFile) -> bool:
    """Work off what was marked; gives whether there was anything.

    Writers wait while the file is written anew, readers only while it changes places.

    Raises:
        NotErased: it stays marked, and nothing is lost.
        DatabaseLocked: somebody read or wrote for longer than 30 s; it stays marked.
    """
    marks = await _marks(file)
    if not marks:
        return False
    for table in {table for _, value in marks for table in value.split(" ")[0].split(",") if table}:
        await _merge(file, table)
    await file.replaced_by(lambda path, key, fresh: write_anew(path, key, fresh, marks))
    return True


async def _marks(file: DatabaseFile) -> Marks:
    async with file.reading() as connection:
        rows: Any = await connection.exec_driver_sql(
            f"SELECT key, value FROM modkit_meta WHERE key GLOB '{ERASE_MARK}*' ORDER BY key"
        )
        return [(str(key), str(value)) for key, value in rows.all()]


async def _merge(file: DatabaseFile, table: str) -> None:
    """Merge a full-text index into one segment: that is what removes the words of deleted rows from it.

    In steps, as FTS5 describes it: a negative number begins with all segments, and it is over when a step hardly
    changes anything. Source: https://www.sqlite.org/fts5.html#the_merge_command
    """
    pages = -_MERGED_PAGES
    while True:
        async with file.writing() as connection:
            before = (await connection.exec_driver_sql("SELECT total_changes()")).scalar_one()
            await connection.exec_driver_sql(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', {pages})")
            after = (await connection.exec_driver_sql("SELECT total_changes()")).scalar_one()
            await connection.commit()
        if after - before < 2:
            return
        pages = _MERGED_PAGES
