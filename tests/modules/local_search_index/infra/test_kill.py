"""A kill in the middle of indexing doubles nothing and loses nothing."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from modkit.db import DatabaseFile, migrate, open_database_file
from modkit.keys import DataKey
from modules.local_search_index.infra.embedded.migrations import MIGRATIONS
from modules.local_search_index.infra.embedded.recovery import MODULE
from tests.modules.local_search_index.infra.indexing_program import index_everything

ROOT = Path(__file__).parents[4]
_CONTENT = (
    "SELECT hex(d.id), d.revision, d.passages FROM lsi_documents d ORDER BY 1",
    "SELECT hex(p.id), p.ordinal, p.text FROM lsi_passages p ORDER BY 1",
    "SELECT embedder, state FROM lsi_generations ORDER BY 1",
    "SELECT hex(v.passage_id), hex(v.vector), hex(c.code) FROM lsi_vectors v JOIN lsi_codes c USING (slot) ORDER BY 1",
    "SELECT count(*) FROM lsi_codes",
    "SELECT count(*) FROM lsi_text",
    "SELECT p.text FROM lsi_text t JOIN lsi_passages p ON p.key = t.rowid WHERE lsi_text MATCH 'fish' ORDER BY 1",
)


async def _content(file: DatabaseFile) -> list[list[Any]]:
    async with file.writing() as connection:
        await connection.exec_driver_sql("INSERT INTO lsi_text (lsi_text, rank) VALUES ('integrity-check', 0)")
        return [list((await connection.exec_driver_sql(sql)).all()) for sql in _CONTENT]


async def _killed_after(lines: int, path: Path, key: DataKey) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        str(Path(__file__).with_name("indexing_program.py")),
        str(path),
        key.raw.hex(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=environment,
    )
    assert program.stdout is not None
    async with asyncio.timeout(90):
        for _ in range(lines):
            assert await program.stdout.readline()
        program.kill()
        await program.wait()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[list[Any]]:
    """What a run leaves that nobody kills; the same for all kills."""

    async def run() -> list[list[Any]]:
        file = await open_database_file(tmp_path_factory.mktemp("undisturbed") / "index.db", DataKey.generate())
        await migrate(file, MODULE, MIGRATIONS)
        await index_everything(file, lambda line: None)
        content = await _content(file)
        await file.close()
        return content

    return asyncio.run(run())


@pytest.mark.slow
@pytest.mark.parametrize("steps_before_the_kill", [1, 2, 9, 20, 36, 39])
async def test_after_a_kill_the_same_work_ends_in_the_same_index(
    home: Path, key: DataKey, undisturbed: list[list[Any]], steps_before_the_kill: int
) -> None:
    # when: a run is killed, and another one does the same work
    path = home / "killed.db"
    await _killed_after(steps_before_the_kill, path, key)
    file = await open_database_file(path, key)
    await migrate(file, MODULE, MIGRATIONS)
    await index_everything(file, lambda line: None)
    # then
    assert await _content(file) == undisturbed
    await file.close()
