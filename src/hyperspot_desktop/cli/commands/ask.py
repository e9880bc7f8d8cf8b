"""``hyperspot ask``: an answer from your documents, with its sources."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import aclosing

from hyperspot_desktop.cli.session import INTERRUPTED, CommandSession
from modules.rag.contract import AnswerDone, AnswerPiece, Citation, PassagesChosen, Question, RagClient


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("ask", parents=[common], help="ask your documents; the answer cites them")
    parser.add_argument("text", metavar="QUESTION")
    parser.add_argument("--collection", metavar="NAME", action="append", default=[], help="only from this collection")
    parser.add_argument("--model", help="which model answers (default: the default chat model)")
    parser.add_argument("--max-tokens", type=int, default=512, metavar="N", help="the longest answer")
    parser.set_defaults(run=run)


async def run(session: CommandSession, args: argparse.Namespace) -> int:
    question = Question(
        text=args.text, collections=tuple(args.collection), model=args.model, max_output_tokens=args.max_tokens
    )
    answering = asyncio.create_task(_answer(session, question), name="answer")
    interrupted = asyncio.create_task(session.io.interrupted.wait(), name="wait for Ctrl+C")
    try:
        await asyncio.wait({answering, interrupted}, return_when=asyncio.FIRST_COMPLETED)
        if answering.done():
            return answering.result()
        session.out.line()
        return INTERRUPTED
    finally:
        answering.cancel()
        interrupted.cancel()
        await asyncio.gather(answering, interrupted, return_exceptions=True)


async def _answer(session: CommandSession, question: Question) -> int:
    given: tuple[Citation, ...] = ()
    async with aclosing(session.hub.get(RagClient).ask(session.ctx, question)) as events:
        async for event in events:
            match event:
                case PassagesChosen():
                    given = event.passages
                    if event.note:
                        session.out.note(event.note)
                case AnswerPiece() if not session.out.as_json:
                    session.io.out(event.text)
                case AnswerDone():
                    _finish(session, event, given)
            await session.io.flush()
    return 0


def _finish(session: CommandSession, answer: AnswerDone, given: tuple[Citation, ...]) -> None:
    session.out.json({"answer": answer, "passages": given})
    session.out.line()
    if answer.citations:
        session.out.line("\nCited:")
    elif given:
        session.out.line("\nThe answer cites nothing. It was given these passages:")
    for one in answer.citations or given:
        page = f", page {one.page}" if one.page else ""
        start, end = (one.quote_start, one.quote_end) if one.quote else (one.char_start, one.char_end)
        session.out.line(f"[{one.number}] {one.path}{page}, characters {start}-{end}")
        if one.quote:
            session.out.line(f"    {' '.join(one.quote.split())}")
