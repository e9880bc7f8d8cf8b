"""Loaded models share the memory there is: who gets it, who makes room, and what happens when an engine ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from modkit.security import SecurityContext
from modules.llm_manager.contract import (
    EngineDied,
    LoadState,
    ModelChanged,
    ModelLoadFailed,
    ModelNotFound,
    NotEnoughMemory,
    SamplingParams,
)
from tests.modules.llm_manager.conftest import Workplace
from tests.modules.llm_manager.gguf_support import BERT, GgufFile

ModelFile = Callable[..., Path]
# One tiny model is planned with 96 MiB for its child and its compute buffers: two fit into this limit, three do not.
LIMIT_MIB = 250


@pytest.fixture
async def three(work: Workplace, ctx: SecurityContext, model_file: ModelFile) -> list[str]:
    """The ids of three installed chat models, with memory for two."""
    await work.settings.set(ctx, "models.memory_limit_mib", LIMIT_MIB)
    return [(await work.models.import_file(ctx, model_file(name))).id for name in ("a1", "b2", "c3")]


async def loaded_ids(work: Workplace, ctx: SecurityContext) -> list[str]:
    return [loaded.model_id for loaded in await work.models.loaded(ctx)]


@pytest.fixture
async def changes(work: Workplace, ctx: SecurityContext) -> AsyncIterator[asyncio.Queue[ModelChanged]]:
    """Every change since the beginning of the test."""
    heard: asyncio.Queue[ModelChanged] = asyncio.Queue()

    async def listen() -> None:
        async for change in work.models.watch(ctx):
            heard.put_nowait(change)

    task = asyncio.create_task(listen())
    await asyncio.sleep(0)  # the subscription begins with the task's first step
    yield heard
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def heard(changes: asyncio.Queue[ModelChanged], change: str) -> ModelChanged:
    """The next change of this kind."""
    async with asyncio.timeout(10):
        while True:
            if (found := await changes.get()).change == change:
                return found


async def test_loading_twice_starts_one_engine(work: Workplace, ctx: SecurityContext, three: list[str]) -> None:
    first = await work.models.load(ctx, three[0])
    assert await work.models.load(ctx, three[0]) is first
    assert len(work.engines.engines[three[0]]) == 1
    assert (await work.models.get(ctx, three[0])).state is LoadState.LOADED


async def test_loading_at_the_same_time_starts_one_engine(
    work: Workplace, ctx: SecurityContext, three: list[str]
) -> None:
    await asyncio.gather(*(work.models.load(ctx, three[0]) for _ in range(5)))
    assert len(work.engines.engines[three[0]]) == 1


async def test_the_context_is_capped_by_what_the_model_can(
    work: Workplace, ctx: SecurityContext, three: list[str]
) -> None:
    assert (await work.models.load(ctx, three[0], context_length=1_000_000)).context_length == 2048


async def test_a_larger_context_loads_an_idle_model_again(
    work: Workplace, ctx: SecurityContext, three: list[str]
) -> None:
    await work.models.load(ctx, three[0], context_length=512)
    assert (await work.models.load(ctx, three[0], context_length=1024)).context_length == 1024
    assert work.engines.engines[three[0]][0].stops > 0


async def test_the_model_that_was_idle_longest_makes_room(
    work: Workplace, ctx: SecurityContext, three: list[str]
) -> None:
    await work.models.load(ctx, three[0])
    await work.models.load(ctx, three[1])
    await work.models.load(ctx, three[0])
    await work.models.load(ctx, three[2])
    assert await loaded_ids(work, ctx) == [three[0], three[2]]


async def test_a_leased_model_is_never_evicted(work: Workplace, ctx: SecurityContext, three: list[str]) -> None:
    async with work.models.lease(ctx, three[0]):
        await work.models.load(ctx, three[1])
        await work.models.load(ctx, three[2])
        assert await loaded_ids(work, ctx) == [three[0], three[2]]


async def test_when_all_are_in_use_the_next_one_is_refused_and_nothing_is_unloaded(
    work: Workplace, ctx: SecurityContext, three: list[str]
) -> None:
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(work.models.lease(ctx, three[0]))
        await stack.enter_async_context(work.models.lease(ctx, three[1]))
        with pytest.raises(NotEnoughMemory, match=r"c3 needs 0\.1 GiB"):
            await work.models.load(ctx, three[2])
        assert await loaded_ids(work, ctx) == three[:2]


async def test_a_warm_model_is_evicted_last(work: Workplace, ctx: SecurityContext, three: list[str]) -> None:
    await work.models.load(ctx, three[0], keep_warm=True)
    await work.models.load(ctx, three[1])
    await work.models.load(ctx, three[2])
    assert await loaded_ids(work, ctx) == [three[0], three[2]]


async def test_an_idle_model_is_unloaded_after_its_time(
    work: Workplace, ctx: SecurityContext, three: list[str], changes: asyncio.Queue[ModelChanged]
) -> None:
    await work.settings.set(ctx, "models.idle_unload_minutes", 0.0005)
    await work.models.load(ctx, three[0])
    assert (await heard(changes, "unloaded")).model_id == three[0]
    assert await loaded_ids(work, ctx) == []


async def test_the_embedder_stays_warm(
    work: Workplace, ctx: SecurityContext, three: list[str], tmp_path: Path, changes: asyncio.Queue[ModelChanged]
) -> None:
    embedder = await work.models.import_file(ctx, GgufFile(BERT).write(tmp_path / "e.gguf"))
    await work.settings.set(ctx, "models.idle_unload_minutes", 0.0005)
    await work.models.load(ctx, embedder.id)
    await work.models.load(ctx, three[0])
    await heard(changes, "unloaded")
    assert await loaded_ids(work, ctx) == [embedder.id]


async def test_an_engine_that_refuses_the_file_says_why_and_can_be_tried_again(
    work: Workplace, ctx: SecurityContext, three: list[str], changes: asyncio.Queue[ModelChanged]
) -> None:
    work.engines.refuse = True
    with pytest.raises(ModelLoadFailed, match="sausage"):
        await work.models.load(ctx, three[0])
    failed = await heard(changes, "load_failed")
    assert failed.error is not None
    assert "sausage" in failed.error["sentence"]
    assert (await work.models.get(ctx, three[0])).state is LoadState.ON_DISK
    work.engines.refuse = False
    assert (await work.models.load(ctx, three[0])).model_id == three[0]


async def test_a_model_is_loading_until_its_engine_is_there(
    work: Workplace, ctx: SecurityContext, three: list[str]
) -> None:
    work.engines.gate.clear()
    load = asyncio.create_task(work.models.load(ctx, three[0]))
    await work.engines.begun.wait()
    assert (await work.models.get(ctx, three[0])).state is LoadState.LOADING
    work.engines.gate.set()
    await load


async def test_a_load_that_nobody_waits_for_any_more_is_given_up(
    work: Workplace, ctx: SecurityContext, three: list[str]
) -> None:
    work.engines.gate.clear()
    load = asyncio.create_task(work.models.load(ctx, three[0]))
    await work.engines.begun.wait()
    load.cancel()
    await asyncio.gather(load, return_exceptions=True)
    assert work.engines.cancelled == 1
    assert (await work.models.get(ctx, three[0])).state is LoadState.ON_DISK


async def test_a_load_goes_on_while_somebody_else_waits_for_it(
    work: Workplace, ctx: SecurityContext, three: list[str]
) -> None:
    work.engines.gate.clear()
    one, other = (asyncio.create_task(work.models.load(ctx, three[0])) for _ in range(2))
    await work.engines.begun.wait()
    await asyncio.sleep(0.05)  # both must have joined; there is no fact to see that by
    one.cancel()
    await asyncio.gather(one, return_exceptions=True)
    work.engines.gate.set()
    assert (await other).model_id == three[0]
    assert work.engines.cancelled == 0


async def test_who_comes_while_a_given_up_load_ends_gets_an_engine_of_his_own(
    work: Workplace, ctx: SecurityContext, three: list[str]
) -> None:
    work.engines.gate.clear()
    work.engines.may_end.clear()
    given_up = asyncio.create_task(work.models.load(ctx, three[0]))
    await work.engines.begun.wait()
    given_up.cancel()
    await work.engines.given_up.wait()
    innocent = asyncio.create_task(work.models.load(ctx, three[0]))
    await asyncio.sleep(0.05)  # it must have come before the old load has ended; there is no fact to see that by
    work.engines.gate.set()
    work.engines.may_end.set()
    assert (await innocent).model_id == three[0]
    assert given_up.cancelled()
    assert len(work.engines.engines[three[0]]) == 1


async def test_unloading_does_not_break_off_the_end_of_a_given_up_load(
    work: Workplace, ctx: SecurityContext, three: list[str]
) -> None:
    work.engines.gate.clear()
    work.engines.may_end.clear()
    load = asyncio.create_task(work.models.load(ctx, three[0]))
    await work.engines.begun.wait()
    load.cancel()
    await work.engines.given_up.wait()
    unload = asyncio.create_task(work.models.unload(ctx, three[0]))
    await asyncio.sleep(0.05)  # as above
    work.engines.may_end.set()
    await asyncio.gather(load, unload, return_exceptions=True)
    assert work.engines.ended == 1


async def test_unloading_while_loading_tells_who_waits(work: Workplace, ctx: SecurityContext, three: list[str]) -> None:
    work.engines.gate.clear()
    load = asyncio.create_task(work.models.load(ctx, three[0]))
    await work.engines.begun.wait()
    await work.models.unload(ctx, three[0])
    with pytest.raises(EngineDied, match="was unloaded"):
        await load


async def test_a_dead_engine_is_noticed_and_started_again_at_the_next_use(
    work: Workplace, ctx: SecurityContext, three: list[str], changes: asyncio.Queue[ModelChanged]
) -> None:
    await work.models.load(ctx, three[0])
    work.engines.last(three[0]).die()
    assert (await heard(changes, "unloaded")).error is not None
    assert await loaded_ids(work, ctx) == []
    async with work.models.lease(ctx, three[0]) as session:
        assert [chunk.text async for chunk in session.complete("x", SamplingParams())] == ["hello", ""]


async def test_an_engine_that_dies_in_use_is_cleared_away_when_its_user_is_done(
    work: Workplace, ctx: SecurityContext, three: list[str], changes: asyncio.Queue[ModelChanged]
) -> None:
    async with work.models.lease(ctx, three[0]):
        work.engines.last(three[0]).die()
    await heard(changes, "unloaded")
    assert work.engines.last(three[0]).stops > 0


async def test_removing_a_loaded_model_ends_its_engine(work: Workplace, ctx: SecurityContext, three: list[str]) -> None:
    await work.models.load(ctx, three[0])
    await work.models.remove(ctx, three[0])
    assert work.engines.last(three[0]).stops > 0
    with pytest.raises(ModelNotFound):
        await work.models.get(ctx, three[0])


async def test_the_default_model_is_the_chosen_one_else_a_loaded_one_else_the_largest(
    work: Workplace, ctx: SecurityContext, three: list[str]
) -> None:
    assert (await work.models.default_model(ctx, "chat")).id in three
    await work.models.load(ctx, three[1])
    assert (await work.models.default_model(ctx, "chat")).id == three[1]
    await work.settings.set(ctx, "models.default_chat", three[2])
    assert (await work.models.default_model(ctx, "chat")).id == three[2]
    with pytest.raises(ModelNotFound, match="No embedding model"):
        await work.models.default_model(ctx, "embedding")
