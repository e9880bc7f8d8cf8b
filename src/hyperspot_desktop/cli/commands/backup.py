"""``hyperspot backup``: make, list, verify, look into and restore copies of the encrypted databases.

The verbs that need no modules stand in ``backup_files``: they are for the day on which the database does not open.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from uuid import UUID

from hyperspot_desktop.cli.commands import backup_files
from hyperspot_desktop.cli.commands.conversations import print_branch
from hyperspot_desktop.cli.output import day_text, size_text
from hyperspot_desktop.cli.session import CommandSession, UsageError
from modules.backups.contract import BackupsClient, PreviewedConversation, RestoredConversation
from modules.chat.contract import ConversationNotFound

STDIN = "-"
_HERE = {"present": "yes", "trashed": "in the trash", "missing": "no"}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    group = commands.add_parser("backup", parents=[common], help="make, list, verify, look into and restore backups")
    verbs = group.add_subparsers(title="verbs", required=True, metavar="VERB")
    verbs.add_parser("create", parents=[common], help="copy the database now").set_defaults(run=run_create)
    listing = verbs.add_parser("list", parents=[common], help="newest first, with what their last check found")
    listing.add_argument("--folder", metavar="DIR", help="the backups in this folder (default: the profile's)")
    listing.set_defaults(run_alone=backup_files.run_list)
    verify = verbs.add_parser("verify", parents=[common], help="open and check backups page by page")
    verify.add_argument("name", nargs="?", help="the file name of one backup, or a path (default: all)")
    verify.add_argument("--folder", metavar="DIR", help="the backups in this folder (default: the profile's)")
    _add_secret(verify)
    verify.set_defaults(run_alone=backup_files.run_verify)
    preview = verbs.add_parser("preview", parents=[common], help="show the conversations in a backup")
    preview.add_argument("backup", help="the file name of a backup, or a path")
    preview.add_argument("--conversation", metavar="ID", help="print the messages of this one")
    _add_secret(preview)
    preview.set_defaults(run=run_preview)
    _add_restore(verbs, common)
    undo = verbs.add_parser("undo-restore", parents=[common], help="take back: restore ... --at-next-start")
    undo.set_defaults(run_alone=backup_files.run_undo)
    repair = verbs.add_parser("repair", parents=[common], help="put a damaged database together again")
    repair.add_argument("--yes", action="store_true", help="do it; the damaged file is kept beside the new one")
    repair.set_defaults(run_alone=backup_files.run_repair)


def _add_restore(verbs: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    restore = verbs.add_parser(
        "restore", parents=[common], help="bring back conversations, or put a backup in the place of the database"
    )
    restore.add_argument("backup", help="the file name of a backup, or a path")
    restore.add_argument(
        "--conversation",
        metavar="ID",
        nargs="+",
        action="extend",
        dest="conversations",
        help="bring back only these; nothing else is touched, nothing is overwritten",
    )
    restore.add_argument(
        "--all-conversations", action="store_true", help="bring back every conversation, beside what is there"
    )
    restore.add_argument("--yes", action="store_true", help="replace everything; the replaced file is kept")
    restore.add_argument(
        "--at-next-start", action="store_true", help="replace everything when HyperSpot starts next, for while it runs"
    )
    _add_secret(restore)
    restore.set_defaults(settle=_settle_restore)


def _add_secret(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--recovery-code",
        metavar="CODE",
        default="",
        help="the recovery code or passphrase of a backup that another profile made, which lies in one folder with "
        f"its keyring.json; {STDIN} reads it from stdin, where no other program can see it",
    )
    parser.set_defaults(reads_stdin=lambda args: args.recovery_code == STDIN)


def _settle_restore(args: argparse.Namespace) -> None:
    if args.conversations or args.all_conversations:
        args.run = run_restore_conversations
    elif args.at_next_start:
        args.run = run_restore_later
    else:
        args.run_alone = backup_files.run_restore


async def run_create(session: CommandSession, args: argparse.Namespace) -> int:
    for backup in await session.hub.get(BackupsClient).create(session.ctx):
        session.out.json(backup)
        session.out.line(f"{backup.path}  {size_text(backup.size_bytes)}, verified")
    return 0


async def run_preview(session: CommandSession, args: argparse.Namespace) -> int:
    client, name, secret = session.hub.get(BackupsClient), await _name(session, args.backup), _secret(session, args)
    found = await client.preview(session.ctx, name, secret=secret)
    if args.conversation is not None:
        chosen = _matching(found, args.conversation)
        messages = await client.messages(session.ctx, name, chosen.conversation.id, secret=secret)
        session.out.json({"conversation": chosen.conversation, "messages": messages})
        print_branch(session.out, chosen.conversation, messages)
        return 0
    session.out.json(found)
    if not found:
        session.out.line("There are no conversations in this backup.")
        return 0
    session.out.table(
        ("id", "changed", "messages", "here now", "title"),
        [
            (
                str(one.conversation.id),
                day_text(one.conversation.updated_at),
                str(one.messages),
                _HERE[one.here],
                (one.conversation.title or "Untitled") + (" (in the trash)" if one.conversation.deleted_at else ""),
            )
            for one in found
        ],
    )
    return 0


async def run_restore_conversations(session: CommandSession, args: argparse.Namespace) -> int:
    client, name, secret = session.hub.get(BackupsClient), await _name(session, args.backup), _secret(session, args)
    wanted: list[UUID] | None = None
    if args.conversations:
        found = await client.preview(session.ctx, name, secret=secret)
        wanted = [_matching(found, text).conversation.id for text in args.conversations]
    restored = await client.restore_conversations(session.ctx, name, wanted, secret=secret)
    session.out.json(restored)
    for one in restored:
        session.out.line(f"{one.conversation_id}  {one.title or 'Untitled'}: {_outcome(one)}")
    return 0


def _outcome(restored: RestoredConversation) -> str:
    done = [f"{restored.added} messages restored"] if restored.added or restored.created else []
    done += ["taken out of the trash"] if restored.from_trash else []
    return ", ".join(done) or "nothing was missing"


async def run_restore_later(session: CommandSession, args: argparse.Namespace) -> int:
    name = await _name(session, args.backup)
    if not args.yes:
        raise UsageError(
            f"This puts {args.backup} in the place of the database when HyperSpot starts next; what was written since "
            "is then only in the replaced file, which is kept beside it.",
            action="Say that you want it: add --yes.",
        )
    client = session.hub.get(BackupsClient)
    decision = await client.restore_everything(session.ctx, name, secret=_secret(session, args))
    session.out.json(decision)
    session.out.line(f"{decision.backup.name} takes the place of the database when HyperSpot starts next.")
    session.out.line(f"What is there now is backed up: {decision.safety.name}")
    session.out.line("Take it back until then: hyperspot backup undo-restore")
    return 0


async def _name(session: CommandSession, text: str) -> str:
    """A file as the caller meant it, whose folder may be another than this process's; else a name."""
    path = session.path(text)
    return str(path) if await asyncio.to_thread(path.is_file) else text


def _secret(session: CommandSession, args: argparse.Namespace) -> str:
    code: str = args.recovery_code
    return (session.stdin or "").strip() if code == STDIN else code


def _matching(found: Sequence[PreviewedConversation], text: str) -> PreviewedConversation:
    matching = [one for one in found if str(one.conversation.id).startswith(text.lower())]
    if not matching:
        raise ConversationNotFound(text)
    if len(matching) > 1:
        raise UsageError(f"{len(matching)} conversations start with {text!r}.", action="Give more of the id.")
    return matching[0]
