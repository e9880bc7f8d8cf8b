"""A removed model comes back with one step, until its file is deleted for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from modkit.security import SecurityContext
from modules.llm_manager.contract import ModelNotFound
from modules.llm_manager.domain import library
from tests.modules.llm_manager.conftest import Open, Workplace


async def test_it_is_out_of_use_and_comes_back(
    work: Workplace, ctx: SecurityContext, model_file: Callable[..., Path]
) -> None:
    model = await work.models.import_file(ctx, model_file())
    await work.models.trash(ctx, model.id)
    assert await work.models.installed(ctx) == []
    with pytest.raises(ModelNotFound):
        await work.models.get(ctx, model.id)
    [trashed] = await work.models.trashed(ctx)
    assert trashed.deleted_at is not None
    assert trashed.path.exists()

    assert (await work.models.restore(ctx, model.id)).path == model.path

    assert [one.id for one in await work.models.installed(ctx)] == [model.id]
    with pytest.raises(ModelNotFound):
        await work.models.restore(ctx, model.id)


async def test_deleted_for_ever_its_file_goes_unless_it_is_linked(
    work: Workplace, ctx: SecurityContext, model_file: Callable[..., Path]
) -> None:
    copied = await work.models.import_file(ctx, model_file("one"))
    linked = await work.models.import_file(ctx, model_file("two"), mode="link")
    for model in (copied, linked):
        await work.models.trash(ctx, model.id)
        await work.models.remove(ctx, model.id)
    assert await work.models.trashed(ctx) == []
    assert (copied.path.exists(), linked.path.exists()) == (False, True)


async def test_the_same_model_added_again_takes_its_place(
    work: Workplace, ctx: SecurityContext, model_file: Callable[..., Path]
) -> None:
    old = await work.models.import_file(ctx, model_file("one"))
    await work.models.trash(ctx, old.id)

    new = await work.models.import_file(ctx, model_file("one"))

    assert new.id == old.id
    assert await work.models.trashed(ctx) == []
    assert [path.name for path in old.path.parent.glob("*.gguf")] == [new.path.name]


async def test_a_linked_file_in_the_trash_is_linked_again(
    work: Workplace, ctx: SecurityContext, model_file: Callable[..., Path]
) -> None:
    file = model_file("one")
    old = await work.models.import_file(ctx, file, mode="link")
    await work.models.trash(ctx, old.id)
    assert (await work.models.import_file(ctx, file, mode="link")).id == old.id
    assert file.exists()


async def test_another_model_of_that_name_leaves_it_in_the_trash(
    work: Workplace, ctx: SecurityContext, model_file: Callable[..., Path]
) -> None:
    old = await work.models.import_file(ctx, model_file("one"), name="Same")
    await work.models.trash(ctx, old.id)
    new = await work.models.import_file(ctx, model_file("two"), name="Same")
    assert new.id != old.id
    assert (await work.models.restore(ctx, old.id)).id == old.id
    assert len(await work.models.installed(ctx)) == 2


async def test_a_start_deletes_what_was_thrown_away_long_ago(
    open_workplace: Open, ctx: SecurityContext, model_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_workplace() as work:
        model = await work.models.import_file(ctx, model_file())
        await work.models.trash(ctx, model.id)
    async with open_workplace() as work:
        assert len(await work.models.trashed(ctx)) == 1
    monkeypatch.setattr(library, "KEPT_IN_TRASH", timedelta(0))
    async with open_workplace() as work:
        assert await work.models.trashed(ctx) == []
    assert not model.path.exists()
