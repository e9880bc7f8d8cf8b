"""``hyperspot backup``: make, list, verify and restore copies of the encrypted databases.

Only making one needs the modules: the others are for the day on which the database does not open. What they need is
imported late: the storage costs half a second, which --help and forwarded commands are spared.
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from hyperspot_desktop.cli.output import Output, day_text, size_text
from hyperspot_desktop.cli.session import CommandSession, UsageError
from hyperspot_desktop.control import CommandIO
from hyperspot_desktop.instance import HomeLock
from hyperspot_desktop.profile import resolve_home
from modkit.errors import ErrorKind, HyperSpotError

if TYPE_CHECKING:
    from modkit.keys import DataKey


class NoSuchBackup(HyperSpotError):
    kind = ErrorKind.NOT_FOUND
    action = "List them with: hyperspot backup list"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    group = commands.add_parser("backup", parents=[common], help="make, list, verify and restore backups")
    verbs = group.add_subparsers(title="verbs", required=True, metavar="VERB")
    verbs.add_parser("create", parents=[common], help="copy the database now").set_defaults(run=run_create)
    verbs.add_parser("list", parents=[common], help="newest first").set_defaults(run_alone=run_list)
    verify = verbs.add_parser("verify", parents=[common], help="open and check backups page by page")
    verify.add_argument("name", nargs="?", help="the file name of one backup (default: all)")
    verify.set_defaults(run_alone=run_verify)
    restore = verbs.add_parser("restore", parents=[common], help="put a backup in the place of the database")
    restore.add_argument("backup", help="the file name of a backup, or a path")
    restore.add_argument("--yes", action="store_true", help="do it; the replaced file is kept beside the new one")
    restore.set_defaults(run_alone=run_restore)
    repair = verbs.add_parser("repair", parents=[common], help="put a damaged database together again")
    repair.add_argument("--yes", action="store_true", help="do it; the damaged file is kept beside the new one")
    repair.set_defaults(run_alone=run_repair)


async def run_create(session: CommandSession, args: argparse.Namespace) -> int:
    from modkit.db.backup import create_backup
    from modkit.db.provider import SqlCipherProvider

    for file in session.hub.get(SqlCipherProvider).files:
        if file.rebuildable:
            continue
        backup = await create_backup(file)
        session.out.json(backup)
        session.out.line(f"{backup.path}  {size_text(backup.size_bytes)}, verified")
    return 0


async def run_list(args: argparse.Namespace, io: CommandIO) -> int:
    from modkit.db.backup import list_backups

    out = Output(io, as_json=args.json)
    backups = await asyncio.to_thread(list_backups, _folder(resolve_home(args.home)))
    out.json(backups)
    if not backups:
        out.line("No backups yet. Make one: hyperspot backup create")
        return 0
    out.table(
        ("made", "why", "size", "file"),
        [(day_text(one.created_at), one.label, size_text(one.size_bytes), one.path.name) for one in backups],
    )
    return 0


async def run_verify(args: argparse.Namespace, io: CommandIO) -> int:
    from modkit.db.backup import list_backups
    from modkit.db.errors import BackupDamaged
    from modkit.db.verify import verify_backup
    from modkit.keys import KeyStore

    out, home = Output(io, as_json=args.json), resolve_home(args.home)
    backups = await asyncio.to_thread(list_backups, _folder(home))
    chosen = [one for one in backups if args.name in (None, one.path.name)]
    if not chosen:
        raise UsageError("There is no such backup.", action="List them with: hyperspot backup list")
    key = await KeyStore(home).open()
    damaged = 0
    results = []
    for backup in chosen:
        try:
            verified = await asyncio.to_thread(verify_backup, backup.path, key)
        except BackupDamaged as err:
            damaged += 1
            results.append({"path": backup.path, "error": err.to_dict()})
            out.line(f"✗ {backup.path.name}  {err.sentence}\n  → {err.action}")
        else:
            results.append({"path": backup.path, "rows": verified.rows})
            out.line(f"✓ {backup.path.name}  {sum(verified.rows.values())} rows, every page checked")
    out.json(results)
    return 1 if damaged else 0


async def run_restore(args: argparse.Namespace, io: CommandIO) -> int:
    """Works on a home whose database does not open; nobody else may have the home meanwhile."""
    from modkit.keys import KeyStore

    out, home = Output(io, as_json=args.json), resolve_home(args.home)
    backup = await asyncio.to_thread(_find, home, args.backup)
    target = await asyncio.to_thread(_target, home, args, backup)
    if not args.yes:
        raise UsageError(
            f"This puts {backup} in the place of {target}; what was written since is then only in the replaced file, "
            "which is kept beside it.",
            action="Say that you want it: add --yes.",
        )
    key = await KeyStore(home).open()
    kept = await asyncio.to_thread(_restore_locked, home, backup, target, key)
    out.json({"restored": target, "backup": backup, "kept": kept})
    out.line(f"{target} is restored from {backup.name}; every page of it was checked.")
    if kept is not None:
        out.line(f"The replaced file is kept: {kept}")
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


def _restore_locked(home: Path, backup: Path, target: Path, key: DataKey) -> Path | None:
    from modkit.db.restore import restore_backup

    # The lock is taken on the thread that works: a cancelled command must not give the home back before it has ended.
    with HomeLock(home, "command"):
        return restore_backup(backup, target, key)


def _folder(home: Path) -> Path:
    return home / "backups"


def _find(home: Path, text: str) -> Path:
    """A backup by its name, a replaced file by its name, or any file by its path."""
    for path in (_folder(home) / text, home / text, Path(text).expanduser().absolute()):
        if path.is_file():
            return path
    raise NoSuchBackup(f"There is no backup {text}.")


def _target(home: Path, args: argparse.Namespace, backup: Path) -> Path:
    """The database that a backup is of: the one whose name it begins with, or the only one there is."""
    from hyperspot_desktop.bootstrap import load_desktop_config
    from modkit.db.provider import REBUILDABLE

    config = load_desktop_config(home, args.config, args.overrides, create_home=False)
    found = (config.database_settings(name) for name in config.modules)
    paths = {one.path.absolute() for one in found if one is not None and one.path is not None}
    targets = {path for path in paths if path.name not in REBUILDABLE}
    named = {path for path in targets if backup.name.startswith((f"{path.stem}-", path.name))}
    for candidates in (named, targets):
        if len(candidates) == 1:
            return candidates.pop()
    raise UsageError(
        f"{backup.name} does not say which database it is a backup of.",
        action=f"Give the file the name it had, which begins with one of: "
        f"{', '.join(sorted(path.stem for path in targets))}.",
    )
