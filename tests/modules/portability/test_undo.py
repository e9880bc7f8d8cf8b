"""An import that is cancelled, fails or is undone leaves what was there before."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast
from uuid import UUID, uuid4

import pytest

from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.chat.contract import ChatClient, ConversationTree, ImportedConversation
from modules.portability.contract import ExchangeProgress, ExportFormat, NothingToUndo
from modules.portability.domain.service import PortabilityService
from modules.portability.infra.sinks import FileSinks
from modules.portability.infra.sources import FileSources
from tests.modules.chat.chat_support import told
from tests.modules.portability.exchange_support import LIMITS, Profile, long_tree, nothing_to_secure


async def archived(profile: Profile, ctx: SecurityContext, path: Path, trees: Sequence[ConversationTree]) -> Path:
    for tree in trees:
        await profile.chat.import_conversation(ctx, tree)
    await profile.portability.export_profile(ctx, path)
    return path


async def everything(profile: Profile, ctx: SecurityContext) -> list[ConversationTree]:
    """All conversations, those in the trash too."""
    found = [*await profile.chat.conversations(ctx), *await profile.chat.conversations(ctx, trashed=True)]
    return [await profile.chat.tree(ctx, one.id) for one in found]


class DiskFull(HyperSpotError):
    """What a store says when there is no room."""


class Interrupted:
    """The chat, whose imports after the first ones end in another way."""

    def __init__(self, chat: ChatClient, good: int, ending: BaseException) -> None:
        self._chat, self._good, self._ending = chat, good, ending

    def __getattr__(self, name: str) -> object:
        return getattr(self._chat, name)

    async def import_conversation(self, ctx: SecurityContext, tree: ConversationTree) -> ImportedConversation:
        if not self._good:
            raise self._ending
        self._good -= 1
        return await self._chat.import_conversation(ctx, tree)


def service_over(chat: object, profile: Profile) -> PortabilityService:
    sources = FileSources(LIMITS)
    return PortabilityService(cast(ChatClient, chat), profile.settings, FileSinks(), sources, nothing_to_secure)


async def test_an_undone_import_is_in_the_trash_and_settings_are_as_before(
    profile: Profile, other: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    await profile.settings.set(ctx, "look.theme", "dark")
    path = await archived(profile, ctx, tmp_path / "a.zip", [long_tree(4), long_tree(6)])
    report = await other.portability.import_history(ctx, path)
    assert report.undo_id is not None
    undone = await other.portability.undo_import(ctx, report.undo_id)
    assert (undone.taken_back, undone.kept) == (2, 0)
    assert await other.chat.conversations(ctx) == []
    assert {one.id for one in await other.chat.conversations(ctx, trashed=True)} == set(report.created)
    assert await other.settings.get(ctx, "look.theme") == "system"


async def test_messages_that_were_added_are_gone_after_the_undo(
    profile: Profile, other: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    tree = long_tree(60)
    path = await archived(profile, ctx, tmp_path / "a.zip", [tree])
    short = replace(tree, messages=tree.messages[:2], passages={}, traces={})
    await other.chat.import_conversation(ctx, short)
    before = await other.chat.tree(ctx, tree.conversation.id)
    report = await other.portability.import_history(ctx, path)
    assert report.undo_id is not None
    assert report.extended == 1
    await other.portability.undo_import(ctx, report.undo_id)
    assert await other.chat.tree(ctx, tree.conversation.id) == before
    assert await other.chat.search(ctx, '"Line 5"') == []
    await other.portability.import_history(ctx, path)
    assert (await other.chat.tree(ctx, tree.conversation.id)).traces == tree.traces


async def test_the_branch_that_an_undone_import_had_begun_is_shown_no_more(
    profile: Profile, other: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    tree = long_tree(4)
    path = await archived(profile, ctx, tmp_path / "a.zip", [tree])
    await other.chat.import_conversation(ctx, replace(tree, messages=()))
    report = await other.portability.import_history(ctx, path)
    assert report.undo_id is not None
    await other.portability.undo_import(ctx, report.undo_id)
    now = await other.chat.tree(ctx, tree.conversation.id)
    assert (now.messages, now.conversation.active_leaf_id) == ((), None)


async def test_what_was_written_since_the_import_is_kept(
    profile: Profile, other: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    trees = [long_tree(4, title="Goes on"), long_tree(2, title="Left alone"), long_tree(6, title="Extended")]
    path = await archived(profile, ctx, tmp_path / "a.zip", trees)
    await other.chat.import_conversation(ctx, replace(trees[2], messages=trees[2].messages[:2], passages={}, traces={}))
    report = await other.portability.import_history(ctx, path)
    assert report.undo_id is not None
    await told(other.chat.send(ctx, trees[0].conversation.id, "And then?"))
    await told(other.chat.send(ctx, trees[2].conversation.id, "Go on", parent_id=trees[2].messages[5].id))
    undone = await other.portability.undo_import(ctx, report.undo_id)
    assert (undone.taken_back, undone.kept) == (1, 2)
    assert {one.title for one in await other.chat.conversations(ctx)} == {"Goes on", "Extended"}
    assert len((await other.chat.tree(ctx, trees[2].conversation.id)).messages) == 8


async def test_an_import_is_undone_once(profile: Profile, other: Profile, ctx: SecurityContext, tmp_path: Path) -> None:
    with pytest.raises(NothingToUndo):
        await other.portability.undo_import(ctx, uuid4())
    path = await archived(profile, ctx, tmp_path / "a.zip", [long_tree(2)])
    report = await other.portability.import_history(ctx, path)
    assert report.undo_id is not None
    await other.portability.undo_import(ctx, report.undo_id)
    with pytest.raises(NothingToUndo):
        await other.portability.undo_import(ctx, report.undo_id)


async def test_only_the_last_imports_are_remembered(
    profile: Profile, other: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    path = await archived(profile, ctx, tmp_path / "a.zip", [long_tree(2)])
    undo_ids = [(await other.portability.import_history(ctx, path)).undo_id for _ in range(9)]
    assert None not in undo_ids
    with pytest.raises(NothingToUndo):
        await other.portability.undo_import(ctx, cast(UUID, undo_ids[0]))
    assert (await other.portability.undo_import(ctx, cast(UUID, undo_ids[1]))).taken_back == 0


async def test_a_setting_that_was_changed_since_is_left_alone_by_the_undo(
    profile: Profile, other: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    await profile.settings.set(ctx, "look.theme", "dark")
    path = await archived(profile, ctx, tmp_path / "a.zip", [])
    report = await other.portability.import_history(ctx, path)
    assert report.undo_id is not None
    await other.settings.set(ctx, "look.theme", "light")
    await other.portability.undo_import(ctx, report.undo_id)
    assert await other.settings.get(ctx, "look.theme") == "light"


async def test_a_conversation_that_is_gone_by_now_does_not_stop_the_undo(
    profile: Profile, other: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    path = await archived(profile, ctx, tmp_path / "a.zip", [long_tree(2), long_tree(2)])
    report = await other.portability.import_history(ctx, path)
    assert report.undo_id is not None
    await other.chat.trash(ctx, report.created[0])
    await other.chat.delete_for_ever(ctx, report.created[0])
    undone = await other.portability.undo_import(ctx, report.undo_id)
    assert (undone.taken_back, undone.kept) == (1, 1)


async def test_an_import_that_fails_in_the_middle_leaves_nothing(
    profile: Profile, other: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    path = await archived(profile, ctx, tmp_path / "a.zip", [long_tree(3), long_tree(3), long_tree(3)])
    full = Interrupted(other.chat, 2, DiskFull("The disk is full."))
    with pytest.raises(DiskFull):
        await service_over(full, other).import_history(ctx, path)
    assert await everything(other, ctx) == []


async def test_a_cancelled_import_leaves_nothing(
    profile: Profile, other: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    path = await archived(profile, ctx, tmp_path / "a.zip", [long_tree(3), long_tree(3), long_tree(3)])
    storing = asyncio.Event()

    def tell(progress: ExchangeProgress) -> None:
        if (progress.step, progress.done) == ("storing", 1):
            storing.set()

    task = asyncio.ensure_future(other.portability.import_history(ctx, path, tell=tell))
    await storing.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await everything(other, ctx) == []
    assert len((await other.portability.import_history(ctx, path)).created) == 3


async def test_what_was_being_stored_when_it_was_cancelled_is_taken_out_too(
    profile: Profile, other: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    # given: an import whose store has done its work, but has not come back yet
    path = await archived(profile, ctx, tmp_path / "a.zip", [long_tree(3)])
    stored, may_return = asyncio.Event(), asyncio.Event()

    class Slow(Interrupted):
        async def import_conversation(self, ctx: SecurityContext, tree: ConversationTree) -> ImportedConversation:
            one = await self._chat.import_conversation(ctx, tree)
            stored.set()
            await may_return.wait()
            return one

    task = asyncio.ensure_future(service_over(Slow(other.chat, 0, OSError()), other).import_history(ctx, path))
    await stored.wait()
    # when
    task.cancel()
    await asyncio.sleep(0)
    may_return.set()
    # then
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await everything(other, ctx) == []


async def test_what_cannot_be_taken_out_again_does_not_hide_why_the_import_failed(
    profile: Profile, other: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    path = await archived(profile, ctx, tmp_path / "a.zip", [long_tree(3), long_tree(3)])

    class Stuck(Interrupted):
        async def take_back(self, ctx: SecurityContext, imported: ImportedConversation) -> bool:
            raise DiskFull("The disk is full, still.")

    with pytest.raises(DiskFull, match=r"The disk is full\."):
        await service_over(Stuck(other.chat, 1, DiskFull("The disk is full.")), other).import_history(ctx, path)


async def test_progress_is_told_conversation_by_conversation(
    profile: Profile, other: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    heard: list[ExchangeProgress] = []
    for tree in (long_tree(2), long_tree(2)):
        await profile.chat.import_conversation(ctx, tree)
    await profile.portability.export(ctx, tmp_path / "all", ExportFormat.JSON, tell=heard.append)
    await other.portability.preview(ctx, tmp_path / "all", tell=heard.append)
    await other.portability.import_history(ctx, tmp_path / "all", tell=heard.append)
    assert heard == [
        ExchangeProgress("writing", 1, 2),
        ExchangeProgress("writing", 2, 2),
        ExchangeProgress("checking", 1),
        ExchangeProgress("checking", 2),
        ExchangeProgress("checking", 1),
        ExchangeProgress("checking", 2),
        ExchangeProgress("storing", 1, 2),
        ExchangeProgress("storing", 2, 2),
    ]
