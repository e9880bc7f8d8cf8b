"""``hyperspot backup``: make, list and verify copies of the encrypted databases."""

from __future__ import annotations

import argparse
import asyncio

from hyperspot_desktop.cli.output import day_text, size_text
from hyperspot_desktop.cli.session import CommandSession, UsageError
from modkit.db.backup import create_backup, list_backups
from modkit.db.errors import BackupDamaged
from modkit.db.provider import SqlCipherProvider
from modkit.db.verify import verify_backup


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    group = commands.add_parser("backup", parents=[common], help="make, list and verify backups")
    verbs = group.add_subparsers(title="verbs", required=True, metavar="VERB")
    verbs.add_parser("create", parents=[common], help="copy the database now").set_defaults(run=run_create)
    verbs.add_parser("list", parents=[common], help="newest first").set_defaults(run=run_list)
    verify = verbs.add_parser("verify", parents=[common], help="open and check backups page by page")
    verify.add_argument("name", nargs="?", help="the file name of one backup (default: all)")
    verify.set_defaults(run=run_verify)


async def run_create(session: CommandSession, args: argparse.Namespace) -> int:
    for file in session.hub.get(SqlCipherProvider).files:
        if file.rebuildable:
            continue
        backup = await create_backup(file)
        session.out.json(backup)
        session.out.line(f"{backup.path}  {size_text(backup.size_bytes)}, verified")
    return 0


async def run_list(session: CommandSession, args: argparse.Namespace) -> int:
    backups = await asyncio.to_thread(list_backups, session.home / "backups")
    session.out.json(backups)
    if not backups:
        session.out.line("No backups yet. Make one: hyperspot backup create")
        return 0
    session.out.table(
        ("made", "why", "size", "file"),
        [(day_text(one.created_at), one.label, size_text(one.size_bytes), one.path.name) for one in backups],
    )
    return 0


async def run_verify(session: CommandSession, args: argparse.Namespace) -> int:
    backups = await asyncio.to_thread(list_backups, session.home / "backups")
    chosen = [one for one in backups if args.name in (None, one.path.name)]
    if not chosen:
        raise UsageError("There is no such backup.", action="List them with: hyperspot backup list")
    key = session.hub.get(SqlCipherProvider).files[0].key
    damaged = 0
    results = []
    for backup in chosen:
        try:
            verified = await asyncio.to_thread(verify_backup, backup.path, key)
        except BackupDamaged as err:
            damaged += 1
            results.append({"path": backup.path, "error": err.to_dict()})
            session.out.line(f"✗ {backup.path.name}  {err.sentence}\n  → {err.action}")
        else:
            results.append({"path": backup.path, "rows": verified.rows})
            session.out.line(f"✓ {backup.path.name}  {sum(verified.rows.values())} rows, every page checked")
    session.out.json(results)
    return 1 if damaged else 0
