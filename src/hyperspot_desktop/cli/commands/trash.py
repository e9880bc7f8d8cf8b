"""``hyperspot trash``: what was deleted, back again or gone for ever."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from hyperspot_desktop.cli.output import day_text
from hyperspot_desktop.cli.session import CommandSession, UsageError
from modkit.errors import ErrorKind
from modules.chat.contract import ChatClient
from modules.llm_manager.contract import LlmManagerClient
from modules.rag.contract import RagClient

_ALL = 1_000_000
_TITLE = 60


@dataclass(frozen=True, slots=True)
class TrashItem:
    """Something in the trash; ``title`` of messages is how they begin."""

    kind: Literal["conversation", "message", "collection", "model"]
    id: str
    title: str
    deleted_at: datetime


class NotInTrash(UsageError):
    kind = ErrorKind.NOT_FOUND

    def __init__(self, text: str) -> None:
        super().__init__(f"Nothing in the trash is called {text!r}.", action="See what there is: hyperspot trash list")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    group = commands.add_parser(
        "trash", parents=[common], help="what was deleted: bring it back, or delete it for ever"
    )
    verbs = group.add_subparsers(title="verbs", required=True, metavar="VERB")
    verbs.add_parser("list", parents=[common], help="last deleted first").set_defaults(run=run_list)
    restore = verbs.add_parser("restore", parents=[common], help="bring back")
    delete = verbs.add_parser("delete", parents=[common], help="delete for ever, without a trace in any file")
    for parser, run in ((restore, run_restore), (delete, run_delete)):
        parser.add_argument("id", nargs="+", help="ids or their starts")
        parser.set_defaults(run=run)
    verbs.add_parser("empty", parents=[common], help="delete everything in it for ever").set_defaults(run=run_empty)


async def run_list(session: CommandSession, args: argparse.Namespace) -> int:
    items = await _items(session)
    session.out.json(items)
    if not items:
        session.out.line("The trash is empty.")
        return 0
    rows = [(one.kind, one.id, day_text(one.deleted_at), " ".join(one.title.split())[:_TITLE]) for one in items]
    session.out.table(("what", "id", "deleted", "title"), rows)
    return 0


async def run_restore(session: CommandSession, args: argparse.Namespace) -> int:
    for item in await _named(session, args.id):
        await _restore(session, item)
        session.out.line(f"Restored: {item.kind} {item.id}")
    session.out.json({"restored": args.id})
    return 0


async def run_delete(session: CommandSession, args: argparse.Namespace) -> int:
    return await _delete(session, await _named(session, args.id))


async def run_empty(session: CommandSession, args: argparse.Namespace) -> int:
    return await _delete(session, await _items(session))


async def _items(session: CommandSession) -> list[TrashItem]:
    chat, ctx = session.hub.get(ChatClient), session.ctx
    found = [
        TrashItem("conversation", str(one.id), one.title or "Untitled", one.deleted_at or datetime.now(UTC))
        for one in await chat.conversations(ctx, trashed=True, limit=_ALL)
    ]
    found += [
        TrashItem("message", str(one.id), one.text, one.deleted_at)
        for one in await chat.trashed_messages(ctx, limit=10_000)
    ]
    if (rag := session.hub.try_get(RagClient)) is not None:
        found += [
            TrashItem("collection", str(one.collection.id), one.collection.name, one.deleted_at or datetime.now(UTC))
            for one in await rag.overview(ctx, trashed=True)
        ]
    if (models := session.hub.try_get(LlmManagerClient)) is not None:
        found += [
            TrashItem("model", one.id, one.name, one.deleted_at or datetime.now(UTC))
            for one in await models.trashed(ctx)
        ]
    return sorted(found, key=lambda one: one.deleted_at, reverse=True)


async def _named(session: CommandSession, texts: Sequence[str]) -> list[TrashItem]:
    """
    Raises:
        NotInTrash: a text names nothing.
        UsageError: it can mean several things.
    """
    items = await _items(session)
    named: list[TrashItem] = []
    for text in texts:
        exact = [one for one in items if one.id == text]
        found = exact or [one for one in items if one.id.startswith(text.lower())]
        if not found:
            raise NotInTrash(text)
        if len(found) > 1:
            raise UsageError(f"{len(found)} things in the trash start with {text!r}.", action="Give more of the id.")
        named += found
    return list(dict.fromkeys(named))


async def _restore(session: CommandSession, item: TrashItem) -> None:
    hub, ctx = session.hub, session.ctx
    if item.kind == "model":
        await hub.get(LlmManagerClient).restore(ctx, item.id)
    elif item.kind == "collection":
        await hub.get(RagClient).restore(ctx, UUID(item.id))
    elif item.kind == "message":
        await hub.get(ChatClient).restore_message(ctx, UUID(item.id))
    else:
        await hub.get(ChatClient).restore(ctx, UUID(item.id))


async def _delete(session: CommandSession, items: Sequence[TrashItem]) -> int:
    hub, ctx = session.hub, session.ctx
    conversations = [UUID(one.id) for one in items if one.kind == "conversation"]
    erased = await hub.get(ChatClient).delete_for_ever(ctx, *conversations) if conversations else True
    for item in items:
        if item.kind == "message":
            erased = await hub.get(ChatClient).delete_message_for_ever(ctx, UUID(item.id)) and erased
        elif item.kind == "collection":
            erased = await hub.get(RagClient).delete_for_ever(ctx, UUID(item.id)) and erased
        elif item.kind == "model":
            await hub.get(LlmManagerClient).remove(ctx, item.id)
    session.out.json({"deleted": [one.id for one in items], "no_trace_left": erased})
    session.out.line(f"Deleted for ever: {len(items)}. Backups made before still have it until they are replaced.")
    if not erased:
        session.out.note("Its last traces in the database could not be removed yet; that is done later, by itself.")
    return 0
