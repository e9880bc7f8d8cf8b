"""An embedder that goes or is exchanged in the middle of the work: what is done stays, and the rest is done later."""

from __future__ import annotations

import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from modkit.db import Database
from modkit.db.provider import SqlCipherProvider
from modules.llm_manager.contract import LlmManagerClient
from modules.local_search_index.contract import Generation, LocalSearchIndexClient
from modules.rag.contract import FileState
from modules.rag.domain.embedding import NO_EMBEDDER, Embedder
from modules.rag.domain.ports import FileRecord
from modules.rag.infra.storage.repository import SqlRagStore
from modules.settings.contract import SettingsClient
from tests.modules.rag.rag_support import Workplace

pytestmark = [pytest.mark.engine, pytest.mark.slow]

FILES, SECTIONS = 3, 40


@pytest.fixture
async def read(gguf_embedder: Path, embedder: Path, work: Workplace, docs: Path) -> Workplace:
    """Files that are read, whose passages wait for an embedder."""
    for number in range(FILES):
        sections = [f"# Part {part}\n\nThing {part} of file {number}.\n" for part in range(SECTIONS)]
        (docs / f"{number}.md").write_text("\n".join(sections))
    await work.index()
    return work


def embedder_of(work: Workplace) -> Embedder:
    """As the module has it, with small batches."""
    store = SqlRagStore(Database("rag", work.hub.get(SqlCipherProvider).files[0]))
    return Embedder(store, work.hub.get(LocalSearchIndexClient), work.hub.get(LlmManagerClient), batch=4)


def once(act: Callable[[], Awaitable[None]]) -> Callable[[FileRecord | None, int], Awaitable[None]]:
    """Told of batches: acts at the second one."""
    heard = 0

    async def tell(_record: FileRecord | None, _made: int) -> None:
        nonlocal heard
        heard += 1
        if heard == 2:
            await act()

    return tell


async def ignore(_record: FileRecord | None, _made: int) -> None:
    """A batch that nobody wants to hear of."""


async def generations(work: Workplace) -> list[Generation]:
    return await work.hub.get(LocalSearchIndexClient).generations(work.ctx)


async def installed(work: Workplace, path: Path, name: str) -> str:
    models = work.hub.get(LlmManagerClient)
    return (await models.import_file(work.ctx, path, mode="link", name=name)).id


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kills a process the POSIX way")
async def test_an_embedder_whose_file_goes_is_done_without_until_it_is_back(
    read: Workplace, embedder: Path, tmp_path: Path
) -> None:
    # given: an embedder whose file and process vanish after some batches
    file, away = tmp_path / "mine.onnx", tmp_path / "away"
    file.write_bytes(embedder.read_bytes())
    await installed(read, file, "mine")
    models = read.hub.get(LlmManagerClient)

    async def vanish() -> None:
        file.rename(away)
        [loaded] = await models.loaded(read.ctx)
        os.kill(loaded.pid, signal.SIGKILL)

    # when
    embedding = embedder_of(read)
    made, note = await embedding.embed_all(read.ctx, once(vanish))
    # then: what was made is there, and of the rest there is a sentence
    [before] = await generations(read)
    assert (0 < made < FILES * SECTIONS, before.vectors, note) == (True, made, NO_EMBEDDER)
    assert await embedding.embed_all(read.ctx, ignore) == (0, NO_EMBEDDER)
    # and: once it is back, only the rest is made
    away.rename(file)
    made, note = await embedding.embed_all(read.ctx, ignore)
    assert (made + before.vectors, note) == (FILES * SECTIONS, "")
    assert await read.counts() == {FileState.INDEXED: FILES}


async def test_another_embedder_in_the_middle_is_built_beside_the_one_in_use(
    read: Workplace, embedder: Path, gguf_embedder: Path
) -> None:
    # given: half of the vectors by one embedder, when the user chooses another
    first, second = await installed(read, embedder, "first"), await installed(read, gguf_embedder, "second")
    settings = read.hub.get(SettingsClient)
    await settings.set(read.ctx, "models.default_embedder", first)

    async def choose() -> None:
        await settings.set(read.ctx, "models.default_embedder", second)

    seen: list[Generation] = []

    async def look(_record: FileRecord | None, _made: int) -> None:
        seen.extend(one for one in await generations(read) if one.active)

    embedding = embedder_of(read)
    switching = once(choose)

    async def tell(record: FileRecord | None, made: int) -> None:
        await switching(record, made)
        await look(record, made)

    # when
    made, _ = await embedding.embed_all(read.ctx, tell)
    # then: all the time the old one was searched, and now the new one is, complete
    assert all(one.embedder.startswith("first") for one in seen)
    [last] = await generations(read)
    assert (last.embedder.startswith("second"), last.active, last.vectors) == (True, True, FILES * SECTIONS)
    assert made > FILES * SECTIONS
    assert await read.counts() == {FileState.INDEXED: FILES}


async def test_back_at_the_first_embedder_nothing_is_missing(
    read: Workplace, embedder: Path, gguf_embedder: Path
) -> None:
    first, second = await installed(read, embedder, "first"), await installed(read, gguf_embedder, "second")
    settings = read.hub.get(SettingsClient)
    await settings.set(read.ctx, "models.default_embedder", first)
    there_and_back = [second, first]

    async def choose(_record: FileRecord | None, _made: int) -> None:
        if there_and_back:
            await settings.set(read.ctx, "models.default_embedder", there_and_back.pop(0))

    await embedder_of(read).embed_all(read.ctx, choose)
    active = next(one for one in await generations(read) if one.active)
    assert (active.embedder.startswith("first"), active.vectors) == (True, FILES * SECTIONS)
    assert await read.counts() == {FileState.INDEXED: FILES}


async def test_two_at_once_make_no_vector_twice(read: Workplace, embedder: Path) -> None:
    await installed(read, embedder, "mine")
    first, second = await read.rag.refresh(read.ctx, "C"), await read.rag.add(read.ctx, "D", [read.docs])
    made = [(await read.done(first))["embedded"], (await read.done(second))["embedded"]]
    [generation] = await generations(read)
    assert sum(made) == generation.vectors == 2 * FILES * SECTIONS
