"""A program that fills an index and prints every finished step, to be killed. Arguments: database, key in hex."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from modkit.db import Database, DatabaseFile, migrate, open_database_file
from modkit.keys.data_key import DataKey
from modkit.security import SecurityContext
from modules.local_search_index.domain.service import LocalSearchIndexService
from modules.local_search_index.infra.embedded.migrations import MIGRATIONS
from modules.local_search_index.infra.embedded.recovery import MODULE
from modules.local_search_index.infra.embedded.store import EmbeddedStore
from tests.modules.local_search_index.index_support import document, embed, put

DOCUMENTS = 12
PASSAGES = 5


async def index_everything(file: DatabaseFile, report: Callable[[str], None]) -> None:
    """Put documents, give them vectors, put half of them anew, delete one, swap the generation."""
    ctx = SecurityContext.local_user()
    store = EmbeddedStore(Database(MODULE, file), memory_bytes=2**20)
    index = LocalSearchIndexService(lambda: store)
    first = await index.begin_generation(ctx, "first", 2)
    for number in range(DOCUMENTS):
        for revision in ("1", "2") if number % 2 else ("1",):
            texts = [f"fish {number} {at} {revision if at else 'kept'}" for at in range(PASSAGES)]
            if (await index.revisions(ctx, [document(f"{number}.md").id])).get(document(f"{number}.md").id) != "2":
                await put(index, ctx, f"{number}.md", *texts, revision=revision)
            report(f"put {number} {revision}")
            await embed(index, ctx, first.id, dict.fromkeys(texts, (1.0, number)))
            report(f"embedded {number} {revision}")
    second = await index.begin_generation(ctx, "second", 2)
    while missing := await index.without_vectors(ctx, second.id, limit=20):
        await embed(index, ctx, second.id, {one.text: (0.5, 1.0) for one in missing[:20]})
        report("embedded anew")
    await index.delete(ctx, [document("0.md").id])
    report("deleted")
    await index.activate_generation(ctx, second.id)
    report("activated")


async def main(path: Path, key: DataKey) -> None:
    file = await open_database_file(path, key)
    await migrate(file, MODULE, MIGRATIONS)
    await index_everything(file, lambda line: print(line, flush=True))
    await file.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), DataKey(bytes.fromhex(sys.argv[2]))))
