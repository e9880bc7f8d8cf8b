"""What is stored about models comes back, for its owner only, also after the home was moved."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from modkit.db import Database, DatabaseFile, migrate, open_database_file
from modkit.keys.data_key import DataKey
from modkit.security import SecurityContext
from modules.llm_manager.contract import Benchmark, InstalledModel, LoadState, ModelAlreadyInstalled
from modules.llm_manager.infra.gguf import read_header
from modules.llm_manager.infra.storage.migrations import MIGRATIONS
from modules.llm_manager.infra.storage.repository import SqlModelStore
from tests.modules.llm_manager.gguf_support import GgufFile

NEIGHBOUR = SecurityContext(UUID(int=7), UUID(int=8))


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    file: DatabaseFile = await open_database_file(tmp_path / "hyperspot.db", DataKey.generate())
    await migrate(file, "llm-manager", MIGRATIONS)
    yield Database("llm-manager", file)
    await file.close()


@pytest.fixture
def model(tmp_path: Path) -> InstalledModel:
    header = read_header(GgufFile().write(tmp_path / "m.gguf"))
    return InstalledModel(
        id="m-f32",
        name="M",
        purpose="chat",
        path=tmp_path / "home" / "models" / "m.gguf",
        size_bytes=7,
        sha256="0" * 64,
        architecture=header.architecture,
        parameters=header.parameters,
        quantization=header.quantization,
        context_length=header.context_length,
        embedding_length=header.embedding_length,
        licence="mit",
        chat_template=header.chat_template,
        linked=False,
        state=LoadState.ON_DISK,
        added_at=datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC),
    )


async def test_a_model_and_its_header_come_back_as_they_were(
    database: Database, model: InstalledModel, tmp_path: Path, ctx: SecurityContext
) -> None:
    store, header = SqlModelStore(database, tmp_path / "home"), read_header(tmp_path / "m.gguf")
    await store.add(ctx, model, header)
    assert await store.all(ctx) == [model]
    assert await store.header(ctx, model.id) == header


async def test_a_moved_home_finds_its_models(
    database: Database, model: InstalledModel, tmp_path: Path, ctx: SecurityContext
) -> None:
    linked = replace(model, id="linked", path=tmp_path / "elsewhere" / "x.gguf", linked=True)
    header = read_header(tmp_path / "m.gguf")
    await SqlModelStore(database, tmp_path / "home").add(ctx, model, header)
    await SqlModelStore(database, tmp_path / "home").add(ctx, linked, header)
    moved = await SqlModelStore(database, tmp_path / "moved").all(ctx)
    paths = {one.id: one.path for one in moved}
    assert paths == {"m-f32": tmp_path / "moved" / "models" / "m.gguf", "linked": linked.path}


async def test_another_user_sees_nothing_of_it(
    database: Database, model: InstalledModel, tmp_path: Path, ctx: SecurityContext
) -> None:
    store, header = SqlModelStore(database, tmp_path), read_header(tmp_path / "m.gguf")
    await store.add(ctx, model, header)
    assert await store.all(NEIGHBOUR) == []
    await store.delete(NEIGHBOUR, model.id)
    assert len(await store.all(ctx)) == 1
    await store.add(NEIGHBOUR, model, header)


async def test_an_id_is_given_once(
    database: Database, model: InstalledModel, tmp_path: Path, ctx: SecurityContext
) -> None:
    store, header = SqlModelStore(database, tmp_path), read_header(tmp_path / "m.gguf")
    await store.add(ctx, model, header)
    with pytest.raises(ModelAlreadyInstalled):
        await store.add(ctx, model, header)


async def test_a_measurement_is_kept(
    database: Database, model: InstalledModel, tmp_path: Path, ctx: SecurityContext
) -> None:
    store = SqlModelStore(database, tmp_path)
    await store.add(ctx, model, read_header(tmp_path / "m.gguf"))
    benchmark = Benchmark(900.5, 150.25, None, datetime(2026, 1, 2, tzinfo=UTC))
    await store.set_benchmark(ctx, model.id, benchmark)
    assert (await store.all(ctx))[0].benchmark == benchmark
