"""``hyperspot conversations``: list, show, search, delete, restore, export."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from hyperspot_desktop.cli.output import Output, day_text
from hyperspot_desktop.cli.session import CommandSession, UsageError
from modules.backups.contract import BackupsClient
from modules.chat.contract import ChatClient, ChatMessage, Conversation, ConversationNotFound, MessageStatus

_ALL = 1_000_000


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    group = commands.add_parser("conversations", parents=[common], help="list, read, search, delete and export chats")
    verbs = group.add_subparsers(title="verbs", required=True, metavar="VERB")
    listing = verbs.add_parser("list", parents=[common], help="newest first")
    listing.add_argument("--trash", action="store_true", help="show what was deleted instead")
    listing.set_defaults(run=run_list)
    show = verbs.add_parser("show", parents=[common], help="print the messages of the current branch")
    show.add_argument("id", help="an id, its start, or last")
    show.set_defaults(run=run_show)
    search = verbs.add_parser("search", parents=[common], help="find words in all messages")
    search.add_argument("query")
    search.add_argument("--limit", type=int, default=20)
    search.set_defaults(run=run_search)
    delete = verbs.add_parser("delete", parents=[common], help="move to the trash")
    delete.add_argument("id", nargs="*", help="ids, their starts, or last")
    delete.add_argument("--all", action="store_true", help="every conversation")
    delete.set_defaults(run=run_delete)
    restore = verbs.add_parser("restore", parents=[common], help="take back from the trash")
    restore.add_argument("id")
    restore.set_defaults(run=run_restore)
    export = verbs.add_parser("export", parents=[common], help="write Markdown, or JSON with all branches")
    export.add_argument("id")
    export.add_argument("--format", choices=("markdown", "json"), default="markdown")
    export.add_argument("--output", metavar="FILE", help="write a file instead of printing")
    export.set_defaults(run=run_export)


async def find_conversation(session: CommandSession, text: str, *, trashed: bool = False) -> Conversation:
    """By id, by the unambiguous start or end of one, or ``last``.

    Raises:
        ConversationNotFound: nothing matches.
        UsageError: several match.
    """
    chat = session.hub.get(ChatClient)
    try:
        conversation_id = UUID(text)
    except ValueError:
        pass
    else:
        return await chat.get(session.ctx, conversation_id)
    known = await chat.conversations(session.ctx, trashed=trashed, limit=1 if text == "last" else 10_000)
    needle = text.lower()
    found = [one for one in known if needle == "last" or str(one.id).startswith(needle)]
    if (
        not found
        and not trashed
        and any(
            str(one.id).startswith(needle) for one in await chat.conversations(session.ctx, trashed=True, limit=10_000)
        )
    ):
        raise UsageError("This conversation is in the trash.", action=f"hyperspot conversations restore {text}")
    if not found:
        raise ConversationNotFound(text)
    if len(found) > 1:
        raise UsageError(f"{len(found)} conversations start with {text!r}.", action="Give more of the id.")
    return found[0]


async def run_list(session: CommandSession, args: argparse.Namespace) -> int:
    found = await session.hub.get(ChatClient).conversations(session.ctx, trashed=args.trash)
    session.out.json(found)
    if not found:
        session.out.line("The trash is empty." if args.trash else 'No conversations yet. Begin: hyperspot chat "Hello"')
        return 0
    session.out.table(
        ("id", "changed", "title"), [(str(one.id), day_text(one.updated_at), one.title or "Untitled") for one in found]
    )
    return 0


async def all_messages(session: CommandSession, conversation_id: UUID) -> list[ChatMessage]:
    """The whole active branch, read in pages."""
    chat = session.hub.get(ChatClient)
    page = await chat.messages(session.ctx, conversation_id, limit=500)
    messages = list(page.messages)
    while page.start > 0:
        page = await chat.messages(session.ctx, conversation_id, before=page.start, limit=500)
        messages[:0] = page.messages
    return messages


async def run_show(session: CommandSession, args: argparse.Namespace) -> int:
    conversation = await find_conversation(session, args.id)
    messages = await all_messages(session, conversation.id)
    session.out.json({"conversation": conversation, "messages": messages})
    print_branch(session.out, conversation, messages)
    return 0


def print_branch(out: Output, conversation: Conversation, messages: Sequence[ChatMessage]) -> None:
    """A conversation's title and its messages, one below the other."""
    out.line(f"{conversation.title or 'Untitled'}  ({conversation.id})")
    for message in messages:
        mark = "" if message.status is MessageStatus.COMPLETE else f" [{message.status.value}]"
        versions = f" {message.sibling_index + 1}/{message.sibling_count}" if message.sibling_count > 1 else ""
        out.line(f"\n{message.role}{mark}{versions}  {day_text(message.created_at)}")
        out.line(message.content)


async def run_search(session: CommandSession, args: argparse.Namespace) -> int:
    if not args.query.strip() or args.limit < 1:
        raise UsageError("There is nothing to look for.", action="Give at least one word, and a limit of 1 or more.")
    hits = await session.hub.get(ChatClient).search(session.ctx, args.query, limit=args.limit)
    session.out.json(hits)
    if not hits:
        session.out.line("Nothing found.")
    for hit in hits:
        snippet = hit.snippet.replace("\x02", "[").replace("\x03", "]").replace("\n", " ")
        where = "title" if hit.in_title else hit.role
        session.out.line(f"{hit.conversation_id}  {hit.conversation_title or 'Untitled'}\n    {where}: {snippet}")
    return 0


async def run_delete(session: CommandSession, args: argparse.Namespace) -> int:
    if bool(args.id) is args.all:
        raise UsageError("Name the conversations to delete, or say --all.", action="hyperspot conversations list")
    chat = session.hub.get(ChatClient)
    if args.all:
        found = await chat.conversations(session.ctx, limit=_ALL)
    else:
        found = [await find_conversation(session, one) for one in args.id]
    backups = session.hub.try_get(BackupsClient)
    if len(found) > 1 and backups is not None:
        # Many at once may be a slip that is noticed late. Not before deleting for ever: it would keep what is to go.
        await backups.ensure(session.ctx, "before-delete")
    trashed = await chat.trash_many(session.ctx, [one.id for one in found])
    session.out.json({"trashed": found[0].id if len(args.id) == 1 else list(trashed)})
    if len(found) == 1:
        session.out.line(f"In the trash for 30 days. Undo: hyperspot conversations restore {found[0].id}")
    else:
        session.out.line(f"{len(trashed)} conversations are in the trash for 30 days. See them: hyperspot trash list")
    return 0


async def run_restore(session: CommandSession, args: argparse.Namespace) -> int:
    conversation = await find_conversation(session, args.id, trashed=True)
    await session.hub.get(ChatClient).restore(session.ctx, conversation.id)
    session.out.json({"restored": conversation.id})
    session.out.line(f"Restored: {conversation.title or 'Untitled'}")
    return 0


async def run_export(session: CommandSession, args: argparse.Namespace) -> int:
    conversation = await find_conversation(session, args.id)
    format_: Literal["markdown", "json"] = "json" if session.out.as_json and args.output is None else args.format
    text = await session.hub.get(ChatClient).export(session.ctx, conversation.id, format_)
    if args.output is None:
        session.io.out(text if text.endswith("\n") else text + "\n")
        return 0
    path = session.path(args.output)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as err:
        raise UsageError(f"{path} cannot be written: {err.strerror}.", action="Choose another file.") from err
    session.out.json({"written": path})
    session.out.line(f"Written: {path}")
    return 0
