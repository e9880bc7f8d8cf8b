"""The verbs of ``hyperspot backup`` that work on files alone, also on those of a profile that does not open.

What they need is imported late: the storage costs half a second, which --help and forwarded commands are spared.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from loguru import logger

from hyperspot_desktop.cli.output import Output, day_text, size_text, to_plain
from hyperspot_desktop.cli.session import UsageError
from hyperspot_desktop.control import CommandIO
from hyperspot_desktop.instance import HomeLock
from hyperspot_desktop.profile import resolve_home
from modkit.errors import ErrorKind, HyperSpotError

if TYPE_CHECKING:
    from modkit.db.backup import Backup
    from modkit.db.errors import BackupDamaged
    from modkit.keys import DataKey


class NoSuchBackup(HyperSpotError):
    kind = ErrorKind.NOT_FOUND
    action = "List them with: hyperspot backup list"


async def run_list(args: argparse.Namespace, io: CommandIO) -> int:
    from modkit.db.backup import list_backups

    out = Output(io, as_json=args.json)
    backups = await asyncio.to_thread(list_backups, _folder(args))
    out.json([to_plain(one) | dict(zip(("conversations", "messages"), _counts(one), strict=True)) for one in backups])
    if not backups:
        out.line("No backups yet. Make one: hyperspot backup create")
        return 0
    out.table(
        ("made", "why", "size", "conversations", "messages", "check", "file"),
        [
            (
                day_text(one.created_at),
                one.label,
                size_text(one.size_bytes),
                *("?" if count is None else str(count) for count in _counts(one)),
                _check_text(one),
                one.path.name,
            )
            for one in backups
        ],
    )
    return 0


async def run_verify(args: argparse.Namespace, io: CommandIO) -> int:
    from modkit.db.backup import check_backup

    out = Output(io, as_json=args.json)
    chosen = await asyncio.to_thread(_chosen, args)
    if not chosen:
        raise UsageError("There is no such backup.", action="List them with: hyperspot backup list")
    key = await _backup_key(args, chosen[0].path)
    damaged = 0
    results = []
    for backup in chosen:
        checked = await asyncio.to_thread(check_backup, backup, key)
        assert checked.check is not None
        if checked.check.ok:
            results.append({"path": backup.path, "rows": checked.check.rows})
            out.line(f"✓ {backup.path.name}  {sum(checked.check.rows.values())} rows, every page checked")
            continue
        damaged += 1
        err = _refusal(backup, checked.check.problem)
        results.append({"path": backup.path, "error": err.to_dict()})
        out.line(f"✗ {backup.path.name}  {err.sentence}\n  → {err.action}")
    out.json(results)
    return 1 if damaged else 0


def _refusal(backup: Backup, problem: str) -> BackupDamaged:
    from modkit.db.errors import BackupDamaged, BackupOfOtherKey

    return BackupOfOtherKey(backup.path) if problem == BackupOfOtherKey.REASON else BackupDamaged(backup.path, problem)


async def run_restore(args: argparse.Namespace, io: CommandIO) -> int:
    """Works on a home whose database does not open; nobody else may have the home meanwhile."""
    out, home = Output(io, as_json=args.json), resolve_home(args.home)
    backup = await asyncio.to_thread(_find, home, args.backup)
    target = await asyncio.to_thread(_target, home, args, backup)
    if not args.yes:
        raise UsageError(
            f"This puts {backup} in the place of {target}; what was written since is then only in the replaced file, "
            "which is kept beside it.",
            action="Say that you want it: add --yes.",
        )
    secret = await _secret(args)
    safety, kept, other_key = await asyncio.to_thread(_restore_locked, home, backup, target, secret)
    out.json({"restored": target, "backup": backup, "kept": kept, "safety": safety})
    out.line(f"{target} is restored from {backup.name}; every page of it was checked.")
    if safety is not None:
        out.line(f"What was there is backed up: {safety}")
    if kept is not None:
        out.line(f"The replaced file is kept: {kept}")
    if other_key:
        out.line("It has the key of this profile now, whose recovery code counts: hyperspot recovery-code")
    return 0


async def run_undo(args: argparse.Namespace, io: CommandIO) -> int:
    """Without the home's lock: nobody who has it open minds, and a start would carry the decision out."""
    from modkit.db.restore import undo_decision

    out = Output(io, as_json=args.json)
    targets = await asyncio.to_thread(_targets, resolve_home(args.home), args)
    undone = any([await asyncio.to_thread(undo_decision, target) for target in sorted(targets)])
    out.json({"undone": undone})
    out.line("The database stays as it is." if undone else "No restore was decided.")
    return 0


async def run_repair(args: argparse.Namespace, io: CommandIO) -> int:
    """Works on a home whose database does not open; nobody else may have the home meanwhile."""
    from hyperspot_desktop.cli.commands.repair import repair_home

    out, home = Output(io, as_json=args.json), resolve_home(args.home)
    if not args.yes:
        raise UsageError(
            f"This repairs the databases in {home}: what can be read of a damaged one is put on top of its newest "
            "sound backup, and the damaged file is kept beside the new one.",
            action="Say that you want it: add --yes. What is damaged: hyperspot doctor.",
        )
    return await repair_home(home, args, out)


def _restore_locked(home: Path, backup: Path, target: Path, secret: str) -> tuple[Path | None, Path | None, bool]:
    # The lock is taken on the thread that works: a cancelled command must not give the home back before it has ended.
    with HomeLock(home, "command"):
        return asyncio.run(_restored(home, backup, target, secret))


async def _restored(home: Path, backup: Path, target: Path, secret: str) -> tuple[Path | None, Path | None, bool]:
    """The safety copy, the replaced file, and whether the backup was made with another key than the home's."""
    from modkit.db.restore import restore_backup

    key, backup_key = await _keys(home, backup, secret)
    safety = await _safety_copy(home, target, key) if target.exists() else None  # noqa: ASYNC240  # a loop of its own
    kept = restore_backup(backup, target, key, backup_key=backup_key)
    return safety, kept, backup_key is not None and backup_key.fingerprint != key.fingerprint


async def _keys(home: Path, backup: Path, secret: str) -> tuple[DataKey, DataKey | None]:
    """The key of the home, and the backup's own when it may be another one.

    A home without keys takes over those of the backup; one whose keyring is lost is unlocked.
    """
    from modkit.keys import KeyStore
    from modkit.keys.elsewhere import key_beside, keys_beside
    from modkit.keys.errors import KeysMissing, KeysNotCreated, KeyUnavailable

    store = KeyStore(home)
    if not secret:
        return await store.open(), None
    try:
        key = await store.open()
    except (KeysNotCreated, KeysMissing):
        keys_file, _ = await asyncio.to_thread(keys_beside, backup, secret)
        return await store.adopt(keys_file, secret), None
    except KeyUnavailable:
        key = await store.unlock(secret)
    try:
        return key, key_beside(backup, secret)
    except KeysMissing:
        return key, None


async def _safety_copy(home: Path, target: Path, key: DataKey) -> Path | None:
    """Back up what is about to be replaced; None when it cannot be copied any more."""
    from modkit.db.backup import create_backup
    from modkit.db.engine import open_database_file
    from modkit.db.errors import DatabaseError

    # Nobody set a log file up, and what would be logged is printed as the command's result.
    logger.disable("modkit.db.backup")
    try:
        file = await open_database_file(target, key, create=False)
        try:
            file.companions = (home / "keys" / "keyring.json",)
            return (await create_backup(file, home / "backups", label="before-restore")).path
        finally:
            await file.close()
    except DatabaseError as err:
        # Most restores are made because of that; the file itself is kept in any case.
        logger.bind(code=err.code).warning("What is replaced could not be backed up: {}", err.sentence)
        return None
    finally:
        logger.enable("modkit.db.backup")


async def _backup_key(args: argparse.Namespace, backup: Path) -> DataKey:
    from modkit.keys import KeyStore
    from modkit.keys.elsewhere import key_beside

    secret = await _secret(args)
    if secret:
        return await asyncio.to_thread(key_beside, backup, secret)
    return await KeyStore(resolve_home(args.home)).open()


async def _secret(args: argparse.Namespace) -> str:
    """The recovery code or passphrase, "" when none was given."""
    code: str = args.recovery_code
    if code != "-":
        return code
    typed: str = await asyncio.to_thread(sys.stdin.readline)
    return typed.strip()


def _counts(backup: Backup) -> tuple[int | None, int | None]:
    """Conversations and messages in a backup that is known to be good."""
    from modules.chat.contract import CONVERSATIONS_TABLE, MESSAGES_TABLE

    rows = backup.check.rows if backup.check is not None and backup.check.ok else {}
    return rows.get(CONVERSATIONS_TABLE), rows.get(MESSAGES_TABLE)


def _check_text(backup: Backup) -> str:
    if backup.check is None:
        return "not checked"
    return f"{'good' if backup.check.ok else 'DAMAGED'} {day_text(backup.check.checked_at)}"


def _folder(args: argparse.Namespace) -> Path:
    if args.folder is not None:
        return Path(args.folder).expanduser().absolute()
    return resolve_home(args.home) / "backups"


def _chosen(args: argparse.Namespace) -> list[Backup]:
    from modkit.db.backup import describe_backup, list_backups

    folder = _folder(args)
    if args.name is None:
        return list_backups(folder)
    paths = (folder / args.name, Path(args.name).expanduser().absolute())
    return [describe_backup(path) for path in paths if path.is_file()][:1]


def _find(home: Path, text: str) -> Path:
    """A backup by its name, a replaced file by its name, or any file by its path."""
    for path in (home / "backups" / text, home / text, Path(text).expanduser().absolute()):
        if path.is_file():
            return path
    raise NoSuchBackup(f"There is no backup {text}.")


def _target(home: Path, args: argparse.Namespace, backup: Path) -> Path:
    """The database that a backup is of: the one whose name it begins with, or the only one there is."""
    targets = _targets(home, args)
    named = {path for path in targets if backup.name.startswith((f"{path.stem}-", path.name))}
    for candidates in (named, targets):
        if len(candidates) == 1:
            return candidates.pop()
    raise UsageError(
        f"{backup.name} does not say which database it is a backup of.",
        action=f"Give the file the name it had, which begins with one of: "
        f"{', '.join(sorted(path.stem for path in targets))}.",
    )


def _targets(home: Path, args: argparse.Namespace) -> set[Path]:
    """The databases that cannot be made again, as the configuration says."""
    from hyperspot_desktop.bootstrap import load_desktop_config
    from modkit.db.provider import REBUILDABLE

    config = load_desktop_config(home, args.config, args.overrides, create_home=False)
    found = (config.database_settings(name) for name in config.modules)
    paths = {one.path.absolute() for one in found if one is not None and one.path is not None}
    return {path for path in paths if path.name not in REBUILDABLE}
