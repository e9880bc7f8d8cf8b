"""Backups that the user deleted lie in a trash, and come back from it."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from modkit.db.checks import check_file
from modkit.security import SecurityContext
from modules.backups.contract import BackupFolderUnusable, BackupInfo, BackupNotFound
from modules.backups.domain.schedule import HOUR, Schedule
from modules.backups.domain.service import BackupsService
from modules.backups.infra.clock import SystemClock
from modules.backups.infra.trash import KEPT
from modules.chat.domain.service import ChatService
from tests.modules.backups.backups_support import stored


@pytest.fixture
async def backup(service: BackupsService, chat: ChatService, ctx: SecurityContext) -> BackupInfo:
    await stored(chat, ctx, "Tea")
    [made] = await service.create(ctx)
    return made


async def test_a_removed_backup_lies_in_the_trash_and_comes_back_as_it_was(
    service: BackupsService, backup: BackupInfo, ctx: SecurityContext
) -> None:
    await service.remove(ctx, backup.name)
    assert await service.all(ctx) == []
    [trashed] = await service.trashed(ctx)
    assert (trashed.backup.name, trashed.backup.state, trashed.backup.messages) == (backup.name, "good", 3)
    assert trashed.gone_at - trashed.trashed_at == KEPT
    assert await service.take_back(ctx, backup.name) == backup
    assert (await service.all(ctx), await service.trashed(ctx)) == ([backup], [])


async def test_what_comes_back_can_be_looked_into_and_checked(
    service: BackupsService, backup: BackupInfo, ctx: SecurityContext
) -> None:
    await service.remove(ctx, backup.name)
    with pytest.raises(BackupNotFound):
        await service.preview(ctx, backup.name)
    await service.take_back(ctx, backup.name)
    assert [one.conversation.title for one in await service.preview(ctx, backup.name)] == ["Tea"]


async def test_a_backup_is_deleted_for_ever_only_from_the_trash(
    service: BackupsService, backup: BackupInfo, ctx: SecurityContext
) -> None:
    with pytest.raises(BackupNotFound):
        await service.delete_for_ever(ctx, backup.name)
    assert backup.path.exists()
    await service.remove(ctx, backup.name)
    await service.delete_for_ever(ctx, backup.name)
    assert await service.trashed(ctx) == []
    left = [path.name for path in backup.path.parent.rglob("*") if path.name.startswith("hyperspot-")]
    assert left == []
    with pytest.raises(BackupNotFound):
        await service.take_back(ctx, backup.name)


async def test_a_file_that_is_no_backup_of_the_profile_is_not_removed(
    service: BackupsService, backup: BackupInfo, ctx: SecurityContext, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "usb"
    elsewhere.mkdir()
    copy = elsewhere / backup.name
    copy.write_bytes(backup.path.read_bytes())
    for name in (str(copy), f"../{backup.path.parent.parent.name}/hyperspot.db", f"trash/../{backup.name}", "nothing"):
        with pytest.raises(BackupNotFound):
            await service.remove(ctx, name)
        with pytest.raises(BackupNotFound):
            await service.take_back(ctx, name)
    assert copy.exists()
    assert backup.path.exists()


async def test_after_thirty_days_the_trash_is_emptied_by_itself(
    service: BackupsService, backup: BackupInfo, ctx: SecurityContext
) -> None:
    [young] = await service.create(ctx)
    await service.remove(ctx, backup.name)
    await service.remove(ctx, young.name)
    old = backup.path.parent / "trash" / backup.name
    long_ago = (backup.created_at - KEPT - timedelta(seconds=1)).timestamp()
    os.utime(old, (long_ago, long_ago))
    await Schedule(service, SystemClock()).look(HOUR)
    assert [one.backup.name for one in await service.trashed(ctx)] == [young.name]
    assert not check_file(old).exists()


async def test_a_folder_that_lets_nothing_be_moved_is_said_and_the_backup_stays(
    service: BackupsService, backup: BackupInfo, ctx: SecurityContext
) -> None:
    # A file in the place of the trash: no right and no disk that fails is needed for the folder to be of no use.
    (backup.path.parent / "trash").write_text("")
    with pytest.raises(BackupFolderUnusable, match="cannot be used"):
        await service.remove(ctx, backup.name)
    assert await service.all(ctx) == [backup]
    assert await service.trashed(ctx) == []
    await service.delete_old()
