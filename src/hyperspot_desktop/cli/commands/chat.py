"""``hyperspot chat``: ask, stream the answer, stop it with Ctrl+C and keep it."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from hyperspot_desktop.cli.commands.conversations import find_conversation
from hyperspot_desktop.cli.session import INTERRUPTED, CommandSession, UsageError, exit_code
from hyperspot_desktop.cli.sources import checked_text, print_sources
from modkit.errors import HyperSpotError, RemoteError
from modules.chat.contract import (
    AnswerDelta,
    AnswerFinished,
    AnswerProgress,
    AnswerStarted,
    ChatClient,
    ChatMessage,
    ChatParams,
    Conversation,
    ConversationPatch,
    MessageStatus,
)
from modules.rag.contract import CollectionNotFound, RagClient


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("chat", parents=[common], help="ask a local model and stream its answer")
    parser.add_argument("text", nargs="?", help="the message; - or nothing reads it from standard input")
    parser.add_argument("--model", help="which model answers (default: the conversation's, else the default model)")
    parser.add_argument("--conversation", metavar="ID", help="go on with this conversation (an id, its start, or last)")
    parser.add_argument("--system", help="system prompt of the conversation")
    parser.add_argument(
        "--collection", metavar="NAME", action="append", help="answer from this collection of documents, and cite it"
    )
    parser.add_argument("--temperature", type=float, metavar="T", help="how freely words are picked, 0 to 2")
    parser.add_argument("--max-tokens", type=int, metavar="N", help="the longest answer")
    parser.add_argument(
        "--private", action="store_true", help="keep nothing: question and answer are in memory only, and then gone"
    )
    parser.set_defaults(run=run, reads_stdin=lambda args: args.text in (None, "-"))


async def run(session: CommandSession, args: argparse.Namespace) -> int:
    text = session.stdin if args.text in (None, "-") else args.text
    if text is None:
        raise UsageError("There is no message.", action='Write it behind the command: hyperspot chat "Hello"')
    if args.private and args.conversation is not None:
        raise UsageError("A stored conversation cannot go on in private.", action="Leave --conversation out.")
    chat = session.hub.get(ChatClient)
    conversation = await _conversation(session, chat, args)
    stop = asyncio.create_task(_stop_on_interrupt(session, chat, conversation.id), name="stop on Ctrl+C")
    try:
        answer = await _stream(session, chat, conversation.id, text, private=args.private)
    except HyperSpotError:
        unused = args.conversation is None and (await chat.messages(session.ctx, conversation.id)).total == 0
        if unused and not args.private:
            # Made for this message, which was refused: an empty conversation is of no use to anybody.
            await _forget(session, chat, conversation.id)
        raise
    finally:
        stop.cancel()
        if args.private:
            # The window that runs this command may go on for days.
            await _forget(session, chat, conversation.id)
    return _finish(session, answer)


async def _forget(session: CommandSession, chat: ChatClient, conversation_id: UUID) -> None:
    await chat.trash(session.ctx, conversation_id)
    await chat.delete_for_ever(session.ctx, conversation_id)


async def _conversation(session: CommandSession, chat: ChatClient, args: argparse.Namespace) -> Conversation:
    told = {"temperature": args.temperature, "max_output_tokens": args.max_tokens}
    chosen = {name: value for name, value in told.items() if value is not None}
    if args.conversation is None:
        params = replace(ChatParams(), **chosen)
        ids = await _collection_ids(session, args.collection or [])
        return await chat.create(
            session.ctx,
            model=args.model,
            system_prompt=args.system or "",
            params=params,
            collections=ids,
            private=args.private,
        )
    conversation = await find_conversation(session, args.conversation)
    if args.model is None and args.system is None and args.collection is None and not chosen:
        return conversation
    params = replace(conversation.params, **chosen)
    patch = ConversationPatch(
        model=args.model,
        system_prompt=args.system,
        params=params if chosen else None,
        collections=None if args.collection is None else await _collection_ids(session, args.collection),
    )
    return await chat.update(session.ctx, conversation.id, patch)


async def _collection_ids(session: CommandSession, names: Sequence[str]) -> tuple[UUID, ...]:
    """
    Raises:
        CollectionNotFound
    """
    if not names:
        return ()
    known = {one.name: one.id for one in await session.hub.get(RagClient).collections(session.ctx)}
    unknown = next((name for name in names if name not in known), None)
    if unknown is not None:
        raise CollectionNotFound(unknown)
    return tuple(known[name] for name in names)


async def _stop_on_interrupt(session: CommandSession, chat: ChatClient, conversation_id: UUID) -> None:
    await session.io.interrupted.wait()
    await chat.stop(session.ctx, conversation_id)


async def _stream(
    session: CommandSession, chat: ChatClient, conversation_id: UUID, text: str, *, private: bool
) -> ChatMessage:
    """Print as it comes; the answer is complete when this returns."""
    streamed = ""
    async for event in chat.send(session.ctx, conversation_id, text):
        match event:
            case AnswerStarted():
                session.out.note("private: nothing of this is kept" if private else f"conversation {conversation_id}")
                session.out.json({"event": "started", "conversation_id": conversation_id, "answer": event.answer})
            case AnswerProgress():
                session.out.json({"event": "progress", "note": event.note, "done": event.done, "total": event.total})
                session.out.note(event.note)
            case AnswerDelta():
                streamed += event.text
                session.out.json({"event": "delta", "text": event.text})
                if not session.out.as_json:
                    session.io.out(event.text)
            case AnswerFinished():
                session.out.json({"event": "finished", "answer": event.answer, "meter": event.meter})
                finished = event.answer
        await session.io.flush()
    session.out.line()
    checked_text(session.out, streamed, finished.content)
    print_sources(session.out, "Cited:", finished.citations)
    return finished


def _finish(session: CommandSession, answer: ChatMessage) -> int:
    stats = answer.stats
    if stats is not None and stats.output_tokens:
        dropped = f" · {stats.dropped_messages} oldest messages left out" if stats.dropped_messages else ""
        session.out.note(
            f"{stats.output_tokens} tokens · {stats.tokens_per_s:.1f} tok/s · "
            f"first token {stats.first_token_ms / 1000:.1f} s{dropped}"
        )
    if answer.status is MessageStatus.STOPPED:
        session.out.note("Stopped. The text so far is kept.")
        return INTERRUPTED
    if answer.status is MessageStatus.COMPLETE and answer.error is not None:
        # Complete as far as its length limit allowed: worth saying, but no failure.
        session.out.note(answer.error.get("sentence", ""))
        return 0
    if answer.error is not None:
        error = RemoteError(answer.error)
        session.out.error(error)
        return max(1, exit_code(error))
    return 0
