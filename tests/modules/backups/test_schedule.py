"""Automatic backups: when one is due, what is kept, and what happens when it cannot be made."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from modkit.cancellation import cancel_and_wait
from modkit.db import DatabaseFile
from modkit.keys import KeyStore
from modkit.security import SecurityContext
from modules.backups.contract import BackupFolderUnusable, BackupInfo, SecondFolderUnusable
from modules.backups.domain import schedule as schedule_module
from modules.backups.domain.schedule import DAY, HOUR, Schedule, is_due
from modules.backups.domain.service import BackupsService
from modules.backups.infra.files import BackupFiles
from modules.chat.domain.service import ChatService
from modules.settings.domain.service import SettingsService
from tests.modules.backups.backups_support import stored

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


class TurnedClock:
    """Time that passes when a test says so; ``asked`` tells when somebody waits."""

    def __init__(self) -> None:
        self.offset = timedelta()
        self.waits: list[float] = []
        self.asked = asyncio.Event()
        self._passed = asyncio.Event()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.asked.set()
        await self._passed.wait()
        self._passed.clear()

    async def let_pass(self) -> None:
        """Let the wait that is going on end, and the next one begin."""
        await self.asked.wait()
        self.asked.clear()
        self._passed.set()
        await self.asked.wait()


@pytest.fixture
async def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def schedule(service: BackupsService, clock: TurnedClock) -> Schedule:
    return Schedule(service, clock)


def made(label: str, created_at: datetime) -> BackupInfo:
    return BackupInfo("x", Path("x"), label, "hyperspot", created_at, 1, "good")


async def labels(service: BackupsService, ctx: SecurityContext) -> list[str]:
    return [one.label for one in await service.all(ctx)]


def test_a_backup_is_due_when_none_was_made_by_itself_within_the_hour() -> None:
    assert is_due([], NOON, HOUR)
    assert is_due([made("manual", NOON)], NOON, HOUR)
    assert is_due([made("automatic", NOON - HOUR)], NOON, HOUR)
    assert not is_due([made("automatic", NOON - HOUR + timedelta(seconds=1))], NOON, HOUR)


def test_a_clock_that_was_set_back_neither_stops_backups_nor_makes_one_at_every_look() -> None:
    future = made("automatic", NOON + timedelta(days=400))
    assert is_due([future], NOON, HOUR)
    assert not is_due([future, made("automatic", NOON)], NOON + timedelta(minutes=5), HOUR)


async def test_a_backup_is_made_when_something_changed_and_an_hour_has_passed(
    schedule: Schedule, service: BackupsService, chat: ChatService, ctx: SecurityContext, clock: TurnedClock
) -> None:
    await stored(chat, ctx, "one")
    assert await schedule.look(HOUR)
    await stored(chat, ctx, "two")
    assert not await schedule.look(HOUR)
    clock.offset += timedelta(hours=1, minutes=1)
    assert await schedule.look(HOUR)
    clock.offset += timedelta(hours=2)
    assert not await schedule.look(HOUR)
    assert (await service.all(ctx))[0].conversations == 2


async def test_what_is_switched_off_is_not_made(
    schedule: Schedule,
    service: BackupsService,
    chat: ChatService,
    user_settings: SettingsService,
    ctx: SecurityContext,
) -> None:
    await user_settings.set(ctx, "backups.automatic", False)
    await stored(chat, ctx, "one")
    assert not await schedule.look(HOUR)
    await schedule.at_the_end()
    assert await service.all(ctx) == []
    assert not (await service.status(ctx)).automatic


async def test_the_task_looks_after_a_while_and_again_and_again(
    schedule: Schedule, service: BackupsService, chat: ChatService, ctx: SecurityContext, clock: TurnedClock
) -> None:
    await stored(chat, ctx, "one")
    running = asyncio.create_task(schedule.run())
    async with asyncio.timeout(60):
        await clock.asked.wait()
        assert await service.all(ctx) == []
        await clock.let_pass()
        assert await labels(service, ctx) == ["automatic"]
        await clock.let_pass()
    await cancel_and_wait(running)
    assert clock.waits == [schedule_module.FIRST_LOOK_S, *[schedule_module.LOOK_EVERY_S] * 2]
    assert await labels(service, ctx) == ["automatic"]


async def test_a_short_command_leaves_one_backup_a_day(
    schedule: Schedule, service: BackupsService, chat: ChatService, ctx: SecurityContext, clock: TurnedClock
) -> None:
    await stored(chat, ctx, "one")
    await schedule.at_the_end()
    await stored(chat, ctx, "two")
    clock.offset += DAY - timedelta(hours=1)
    await schedule.at_the_end()
    assert [one.conversations for one in await service.all(ctx)] == [1]
    clock.offset += timedelta(hours=2)
    await schedule.at_the_end()
    assert (await service.all(ctx))[0].conversations == 2


async def test_a_large_database_does_not_hold_a_command_up_at_its_end(
    schedule: Schedule,
    service: BackupsService,
    chat: ChatService,
    ctx: SecurityContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(schedule_module, "SMALL_BYTES", 1000)
    await stored(chat, ctx, "one")
    await schedule.at_the_end()
    assert await service.all(ctx) == []


async def test_a_backup_that_fails_is_said_and_tried_again(
    schedule: Schedule, service: BackupsService, chat: ChatService, home: Path, ctx: SecurityContext
) -> None:
    await stored(chat, ctx, "one")
    (home / "backups").write_text("in the way")
    assert not await schedule.look(HOUR)
    await schedule.at_the_end()
    (home / "backups").unlink()
    status = await service.status(ctx)
    assert "could not be made" in status.problem
    assert status.action
    assert await schedule.look(HOUR)
    assert (await service.status(ctx)).problem == ""


async def test_a_second_folder_gets_the_newest_good_backup_once_it_is_there(
    schedule: Schedule,
    service: BackupsService,
    chat: ChatService,
    user_settings: SettingsService,
    tmp_path: Path,
    ctx: SecurityContext,
) -> None:
    second = tmp_path / "usb"
    await user_settings.set(ctx, "backups.second_folder", str(second))
    await stored(chat, ctx, "one")
    assert not await schedule.look(HOUR)
    assert "it is not there" in (await service.status(ctx)).problem
    assert not second.exists()
    [backup] = await service.all(ctx)
    assert not backup.second_copy
    second.mkdir()
    await schedule.look(HOUR)
    assert (second / backup.name).read_bytes() == backup.path.read_bytes()
    [listed] = await service.all(ctx)
    assert listed.second_copy
    assert (await service.status(ctx)).problem == ""
    assert await service.copy_out() == []


async def test_the_first_folder_cannot_be_the_second(
    service: BackupsService, user_settings: SettingsService, home: Path, tmp_path: Path, ctx: SecurityContext
) -> None:
    await service.create(ctx)
    await user_settings.set(ctx, "backups.second_folder", str(home / "backups"))
    with pytest.raises(SecondFolderUnusable, match="the first one"):
        await service.copy_out()
    (tmp_path / "usb").mkdir()
    await user_settings.set(ctx, "backups.second_folder", str(tmp_path / "usb"))
    [backup] = await service.all(ctx)
    backup.path.write_bytes(backup.path.read_bytes()[::-1])
    with pytest.raises(SecondFolderUnusable, match="could not be made"):
        await service.copy_out()
    assert list((tmp_path / "usb").iterdir()) == []


async def test_a_folder_with_the_backups_of_another_profile_is_refused_and_not_touched(
    service: BackupsService,
    user_settings: SettingsService,
    tmp_path: Path,
    ctx: SecurityContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    await KeyStore(tmp_path / "theirs").create()
    usb = tmp_path / "theirs" / "keys"
    before = {path.name: path.read_bytes() for path in usb.iterdir()}
    await service.create(ctx)
    await user_settings.set(ctx, "backups.second_folder", str(usb))
    with pytest.raises(SecondFolderUnusable, match="another profile"):
        await service.copy_out()
    assert {path.name: path.read_bytes() for path in usb.iterdir()} == before


async def test_a_change_made_while_the_copy_is_made_asks_for_another_one(
    service: BackupsService, chat: ChatService, file: DatabaseFile, ctx: SecurityContext
) -> None:
    await stored(chat, ctx, "one")
    await service.create(ctx)
    assert not service.changed()
    await stored(chat, ctx, "two")
    assert service.changed()
    assert service.size_bytes() == file.path.stat().st_size


async def test_a_folder_that_cannot_be_read_or_tidied_is_said_and_ends_nothing(
    schedule: Schedule,
    service: BackupsService,
    chat: ChatService,
    user_settings: SettingsService,
    tmp_path: Path,
    ctx: SecurityContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> list[object]:
        raise PermissionError(13, "not yours")

    await stored(chat, ctx, "one")
    with monkeypatch.context() as patch:
        patch.setattr("modules.backups.infra.files.list_backups", refuse)
        assert not await schedule.look(HOUR)
        with pytest.raises(BackupFolderUnusable, match="not yours"):
            await service.all(ctx)
    with monkeypatch.context() as patch:
        patch.setattr("modules.backups.infra.files.rotate", refuse)
        assert await schedule.look(HOUR)
    (tmp_path / "usb").mkdir()
    await user_settings.set(ctx, "backups.second_folder", str(tmp_path / "usb"))
    with monkeypatch.context() as patch:
        patch.setattr("modules.backups.infra.files._is_there", refuse)
        assert not await schedule.look(HOUR)
    assert "second folder" in (await service.status(ctx)).problem
    assert await labels(service, ctx) == ["automatic"]


def test_the_size_of_databases_that_are_gone_is_nothing(home: Path) -> None:
    assert BackupFiles(list, home / "backups").size_bytes() == 0


async def test_a_second_folder_that_is_gone_has_no_copies(home: Path) -> None:
    assert await BackupFiles(list, home / "backups").in_second_folder(home / "gone") == frozenset()
