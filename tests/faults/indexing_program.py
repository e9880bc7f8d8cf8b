"""A program to be killed: opens a home and indexes a folder, saying what it has parsed and what it has kept.

Imports cost more than everything else here, so this process makes them once. Then, for every line on stdin, it forks
a copy that is the program: it has a session of its own, no thread and no loop yet, and lives until it is killed.

Prints JSON lines: ``{"program": pid}``, ``{"begun"}`` when the collection's job was started, ``{"parsed": [name,
hash]}`` when a file was given to the parser, ``{"kept": [[name, hash], ...]}`` when files are stored as read,
``{"vectors": [passage, ...]}`` when those are stored, ``{"done": result}``, and ``{"ended": status}`` when the program
was killed.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xxhash

from hyperspot_desktop.bootstrap import open_host
from modkit.home_lock import HomeLock
from modkit.security import SecurityContext
from modules.file_parser.contract import ParsedDocument
from modules.file_parser.domain.service import FileParserService
from modules.jobs_manager.contract import JobsClient
from modules.local_search_index.contract import PassageVector
from modules.local_search_index.domain.service import LocalSearchIndexService
from modules.rag.contract import RagClient
from modules.rag.domain.ports import FileRecord
from modules.rag.infra.storage.repository import SqlRagStore


def say(**what: object) -> None:
    """One write per line: a kill leaves no half line behind."""
    os.write(1, json.dumps(what).encode() + b"\n")


def tell_what_is_read() -> None:
    """The real parser, store and index, overheard."""
    parse, save, set_vectors = (
        FileParserService.parse_bytes,
        SqlRagStore.save_files,
        LocalSearchIndexService.set_vectors,
    )

    async def parse_bytes(self: FileParserService, ctx: SecurityContext, data: bytes, name: str) -> ParsedDocument:
        say(parsed=[name, xxhash.xxh3_128_hexdigest(data)])
        return await parse(self, ctx, data, name)

    async def save_files(self: SqlRagStore, ctx: SecurityContext, records: Sequence[FileRecord]) -> None:
        await save(self, ctx, records)
        kept = [[Path(one.path).name, one.content_hash] for one in records if not one.pending and one.content_hash]
        say(kept=kept)

    async def overheard(
        self: LocalSearchIndexService, ctx: SecurityContext, generation_id: int, vectors: Sequence[PassageVector]
    ) -> int:
        new = await set_vectors(self, ctx, generation_id, vectors)
        say(vectors=[str(one.passage_id) for one in vectors])
        return new

    FileParserService.parse_bytes = parse_bytes  # type: ignore[method-assign]  # this process is made for it
    SqlRagStore.save_files = save_files  # type: ignore[method-assign,assignment]  # as above; inherited
    LocalSearchIndexService.set_vectors = overheard  # type: ignore[method-assign]  # as above


async def index_until_killed(home: Path, folder: Path) -> None:
    tell_what_is_read()
    ctx = SecurityContext.local_user()
    with HomeLock(home, "command"):
        async with open_host(home) as host:
            job_id = await host.client_hub.get(RagClient).add(ctx, "C", [folder])
            say(begun=str(job_id))
            job = await host.client_hub.get(JobsClient).wait(ctx, job_id)
            done: dict[str, Any] = job.result
            say(done=done)
            await asyncio.Event().wait()


def main(home: Path, folder: Path) -> None:
    for _ in sys.stdin:
        assert threading.active_count() == 1, "a process with threads must not be forked"
        program = os.fork()
        if program == 0:
            os.setsid()
            asyncio.run(index_until_killed(home, folder))
            os._exit(1)
        say(program=program)
        say(ended=os.waitpid(program, 0)[1])


if __name__ == "__main__" and sys.platform != "win32":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
