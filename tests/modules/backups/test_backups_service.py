"""Backups are made, listed, looked into and restored from, with real files."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from modkit.db import Database, DatabaseFile, migrate, open_database_file
from modkit.db.backup import create_backup
from modkit.db.errors import BackupDamaged
from modkit.keys.data_key import DataKey
from modkit.keys.errors import InvalidRecoveryCode, KeysMissing
from modkit.keys.store import KeyStore
from modkit.security import SecurityContext
from modules.backups.contract import BackupNotFound, NothingToRestore, UnknownDatabase
from modules.backups.domain.service import BackupsService
from modules.backups.infra.files import BackupFiles
from modules.chat.contract import ConversationNotFound
from modules.chat.domain.service import ChatService
from modules.chat.infra.storage.copies import SqlConversationCopies
from modules.chat.infra.storage.migrations import MIGRATIONS
from modules.chat.infra.storage.repository import SqlChatStore
from modules.settings.domain.service import SettingsService
from tests.modules.backups.backups_support import branching, damage, stored, titles


async def lose(chat: ChatService, ctx: SecurityContext, *conversations: object) -> None:
    """Delete them for ever."""
    for one in await chat.conversations(ctx):
        if one.id in conversations:
            await chat.trash(ctx, one.id)
            await chat.delete_for_ever(ctx, one.id)


async def test_a_backup_is_listed_with_its_counts_and_the_result_of_its_check(
    service: BackupsService, chat: ChatService, ctx: SecurityContext
) -> None:
    await stored(chat, ctx, "Tea")
    [made] = await service.create(ctx)
    assert (made.label, made.state, made.conversations, made.messages) == ("manual", "good", 1, 3)
    assert await service.all(ctx) == [made]
    assert made.size_bytes == made.path.stat().st_size
    status = await service.status(ctx)
    assert (status.newest_good, status.automatic, status.second_folder) == (made, True, None)
    assert not status.restore_decided


async def test_a_damaged_backup_is_found_and_listed_as_such(service: BackupsService, ctx: SecurityContext) -> None:
    [made] = await service.create(ctx)
    damage(made.path)
    checked = await service.verify(ctx, made.name)
    assert checked.state == "damaged"
    assert checked.problem
    [listed] = await service.all(ctx)
    assert (listed.state, listed.conversations) == ("damaged", None)
    assert (await service.status(ctx)).newest_good is None
    with pytest.raises(BackupDamaged):
        await service.preview(ctx, made.name)


async def test_before_a_risky_act_only_what_changed_is_backed_up(
    service: BackupsService, chat: ChatService, ctx: SecurityContext
) -> None:
    await stored(chat, ctx, "Tea")
    assert [one.label for one in await service.ensure(ctx, "before-import")] == ["before-import"]
    assert await service.ensure(ctx, "before-import") == []


async def test_a_preview_shows_what_the_backup_has_and_whether_it_is_here(
    service: BackupsService, chat: ChatService, ctx: SecurityContext
) -> None:
    here, trashed, lost = [await stored(chat, ctx, title) for title in ("here", "trashed", "lost")]
    [backup] = await service.create(ctx)
    await chat.trash(ctx, trashed.conversation.id)
    await lose(chat, ctx, lost.conversation.id)
    found = {one.conversation.title: (one.here, one.messages) for one in await service.preview(ctx, backup.name)}
    assert found == {"here": ("present", 3), "trashed": ("trashed", 3), "lost": ("missing", 3)}
    messages = await service.messages(ctx, backup.name, lost.conversation.id)
    assert [message.content for message in messages] == ["What is lost?", "lost is good"]
    assert await service.conversation(ctx, str(backup.path), here.conversation.id) == here


async def test_one_conversation_comes_back_whole_and_the_others_stay_as_they_are(
    service: BackupsService, chat: ChatService, ctx: SecurityContext
) -> None:
    lost, other = [await stored(chat, ctx, title) for title in ("lost", "other")]
    [backup] = await service.create(ctx)
    await lose(chat, ctx, lost.conversation.id, other.conversation.id)
    new = await stored(chat, ctx, "new")
    [restored] = await service.restore_conversations(ctx, backup.name, [lost.conversation.id])
    assert (restored.created, restored.added, restored.known, restored.from_trash) == (True, 3, 0, False)
    assert await chat.tree(ctx, lost.conversation.id) == lost
    assert await chat.tree(ctx, new.conversation.id) == new
    assert await titles(chat, ctx) == {"lost", "new"}
    assert {hit.conversation_title for hit in await chat.search(ctx, "bad", limit=5)} == {"new", "lost"}
    assert (await service.all(ctx))[0].label == "before-restore"


async def test_restoring_again_changes_nothing(
    service: BackupsService, chat: ChatService, ctx: SecurityContext
) -> None:
    tree = await stored(chat, ctx, "Tea")
    [backup] = await service.create(ctx)
    await lose(chat, ctx, tree.conversation.id)
    for added in (3, 0):
        [restored] = await service.restore_conversations(ctx, backup.name, None)
        assert (restored.added, restored.known) == (added, 3 - added)
        assert await chat.tree(ctx, tree.conversation.id) == tree


async def test_what_was_written_since_the_backup_stays(
    service: BackupsService, chat: ChatService, ctx: SecurityContext
) -> None:
    tree = await stored(chat, ctx, "Tea")
    [backup] = await service.create(ctx)
    async for _ in chat.send(ctx, tree.conversation.id, "And milk?"):
        pass
    before = await chat.tree(ctx, tree.conversation.id)
    await service.restore_conversations(ctx, backup.name, [tree.conversation.id])
    assert await chat.tree(ctx, tree.conversation.id) == before


async def test_a_conversation_in_the_trash_comes_out_of_it(
    service: BackupsService, chat: ChatService, ctx: SecurityContext
) -> None:
    tree = await stored(chat, ctx, "Tea")
    [backup] = await service.create(ctx)
    await chat.trash(ctx, tree.conversation.id)
    [trashed_backup] = await service.create(ctx)
    [restored] = await service.restore_conversations(ctx, backup.name, [tree.conversation.id])
    assert restored.from_trash
    assert await titles(chat, ctx) == {"Tea"}
    # and: one that was in the trash when the backup was made, and is gone since
    await lose(chat, ctx, tree.conversation.id)
    await service.restore_conversations(ctx, trashed_backup.name, [tree.conversation.id])
    assert await titles(chat, ctx) == {"Tea"}
    with pytest.raises(NothingToRestore):
        await service.restore_conversations(ctx, trashed_backup.name, None)


async def test_a_choice_that_is_partly_wrong_restores_nothing(
    service: BackupsService, chat: ChatService, ctx: SecurityContext
) -> None:
    tree = await stored(chat, ctx, "Tea")
    [backup] = await service.create(ctx)
    await lose(chat, ctx, tree.conversation.id)
    with pytest.raises(ConversationNotFound):
        await service.restore_conversations(ctx, backup.name, [tree.conversation.id, uuid4()])
    with pytest.raises(NothingToRestore):
        await service.restore_conversations(ctx, backup.name, [])
    with pytest.raises(BackupNotFound):
        await service.restore_conversations(ctx, "hyperspot-gone.db", None)
    assert await titles(chat, ctx) == set()
    assert await service.all(ctx) == [backup]


async def test_an_answer_that_was_being_written_comes_back_as_interrupted(
    service: BackupsService, chat: ChatService, file: DatabaseFile, ctx: SecurityContext
) -> None:
    tree = await stored(chat, ctx, "Tea")
    async with file.writing() as connection:
        await connection.exec_driver_sql("UPDATE chat_messages SET status = 'streaming' WHERE content LIKE '%good'")
        await connection.commit()
    [backup] = await service.create(ctx)
    await lose(chat, ctx, tree.conversation.id)
    await service.restore_conversations(ctx, backup.name, None)
    statuses = [message.status.value for message in (await chat.tree(ctx, tree.conversation.id)).messages]
    assert statuses == ["complete", "interrupted", "complete"]


async def test_a_backup_of_the_first_schema_is_looked_into_and_restored_from(
    service: BackupsService, chat: ChatService, file: DatabaseFile, ctx: SecurityContext, tmp_path: Path
) -> None:
    old = await open_database_file(tmp_path / "old" / "hyperspot.db", file.key)
    await migrate(old, "chat", MIGRATIONS[:1])
    async with old.writing() as connection:
        mine = f"'{ctx.subject_tenant_id.hex}', '{ctx.subject_id.hex}'"
        when = "'2024-02-03T04:05:06.000000Z'"
        await connection.exec_driver_sql(
            "INSERT INTO chat_conversations (id, tenant_id, owner_id, created_at, updated_at, hlc, title, title_source,"
            " system_prompt, params_json, active_leaf_id, used_at, draft)"
            f" VALUES ('{'a' * 32}', {mine}, {when}, {when}, '', 'Old', 'user', '', '{{}}', '{'b' * 32}', {when}, '')"
        )
        await connection.exec_driver_sql(
            "INSERT INTO chat_messages (id, tenant_id, owner_id, created_at, updated_at, hlc, conversation_id, depth,"
            " seq, role, status, content)"
            f" VALUES ('{'b' * 32}', {mine}, {when}, {when}, '', '{'a' * 32}', 0, 1, 'user', 'complete', 'Hello')"
        )
        await connection.commit()
    backup = await create_backup(old)
    await old.close()
    before = backup.path.read_bytes()
    [found] = await service.preview(ctx, str(backup.path))
    assert (found.conversation.title, found.messages, found.here) == ("Old", 1, "missing")
    await service.restore_conversations(ctx, str(backup.path), None)
    [message] = (await chat.tree(ctx, found.conversation.id)).messages
    assert (message.content, message.created_at.year) == ("Hello", 2024)
    assert backup.path.read_bytes() == before


async def test_a_backup_of_another_profile_opens_with_its_recovery_code(
    service: BackupsService, chat: ChatService, ctx: SecurityContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    keys = KeyStore(tmp_path / "theirs")
    theirs = await open_database_file(tmp_path / "theirs" / "hyperspot.db", await keys.create())
    await migrate(theirs, "chat", MIGRATIONS)
    tree = branching("theirs")
    await SqlChatStore(Database("chat", theirs)).import_tree(ctx, tree)
    theirs.companions = (tmp_path / "theirs" / "keys" / "keyring.json",)
    backup = await create_backup(theirs)
    await theirs.close()
    name, code = str(backup.path), keys.fresh_recovery_code or ""
    with pytest.raises(BackupDamaged):
        await service.preview(ctx, name)
    with pytest.raises(InvalidRecoveryCode):
        await service.preview(ctx, name, secret="not the code")
    assert [one.conversation.title for one in await service.preview(ctx, name, secret=code)] == ["theirs"]
    assert (await service.verify(ctx, name, secret=code)).state == "good"
    await service.restore_conversations(ctx, name, None, secret=code)
    assert (await chat.tree(ctx, tree.conversation.id)).messages == tree.messages
    (backup.path.parent / "keyring.json").unlink()
    with pytest.raises(KeysMissing):
        await service.preview(ctx, name, secret=code)


async def test_everything_is_restored_at_the_next_start_and_what_was_there_is_backed_up(
    service: BackupsService, chat: ChatService, file: DatabaseFile, ctx: SecurityContext
) -> None:
    await stored(chat, ctx, "before")
    [backup] = await service.create(ctx)
    await stored(chat, ctx, "after")
    decision = await service.restore_everything(ctx, backup.name)
    assert decision.backup == backup
    assert (decision.safety.label, decision.safety.conversations) == ("before-restore", 2)
    assert (await service.status(ctx)).restore_decided
    assert await titles(chat, ctx) == {"before", "after"}
    await file.close()
    again = await open_database_file(file.path, file.key, create=False)
    assert await titles(ChatService(SqlChatStore(Database("chat", again)), None, uuid4), ctx) == {"before"}  # type: ignore[arg-type]  # reads ask no gateway
    await again.close()


async def test_a_decided_restore_can_be_taken_back(
    service: BackupsService, file: DatabaseFile, ctx: SecurityContext
) -> None:
    [backup] = await service.create(ctx)
    await service.restore_everything(ctx, backup.name)
    assert await service.undo_restore(ctx)
    assert not await service.undo_restore(ctx)
    assert not (await service.status(ctx)).restore_decided


async def test_of_several_databases_a_backup_says_by_its_name_which_it_is_of(
    file: DatabaseFile, chat: ChatService, user_settings: SettingsService, home: Path, ctx: SecurityContext
) -> None:
    other = await open_database_file(home / "other.db", file.key)
    index = await open_database_file(home / "index.db", file.key)
    index.rebuildable = True
    files = BackupFiles(lambda: [file, other, index], home / "backups")
    service = BackupsService(files, chat, SqlConversationCopies(Database("chat", file)), user_settings)
    mine, theirs = await service.create(ctx)
    assert (mine.database, theirs.database, theirs.conversations) == ("hyperspot", "other", None)
    assert await service.preview(ctx, theirs.name) == []
    await service.restore_everything(ctx, theirs.name)
    assert list(home.glob("hyperspot.db.restoring-*")) == []
    nameless = mine.path.rename(mine.path.with_name("copy.db"))
    with pytest.raises(UnknownDatabase, match="does not say which"):
        await service.restore_everything(ctx, nameless.name)
    await other.close()
    await index.close()


async def test_another_key_without_its_code_restores_nothing(
    service: BackupsService, ctx: SecurityContext, tmp_path: Path
) -> None:
    theirs = await open_database_file(tmp_path / "theirs" / "hyperspot.db", DataKey.generate())
    backup = await create_backup(theirs)
    await theirs.close()
    with pytest.raises(BackupDamaged):
        await service.restore_everything(ctx, str(backup.path))
    assert not (await service.status(ctx)).restore_decided
