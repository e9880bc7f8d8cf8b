"""``hyperspot ask``: an answer from your documents, with its sources."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import aclosing
from dataclasses import dataclass

from hyperspot_desktop.cli.session import INTERRUPTED, CommandSession
from hyperspot_desktop.cli.sources import checked_text, print_sources
from modules.local_search_index.contract import SearchMode
from modules.rag.contract import (
    AnswerDone,
    AnswerPiece,
    AnswerProgress,
    Candidate,
    PassagesChosen,
    Question,
    RagClient,
    RetrievalSettings,
    RetrievalTrace,
)


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("ask", parents=[common], help="ask your documents; the answer cites them")
    parser.add_argument("text", metavar="QUESTION")
    parser.add_argument("--collection", metavar="NAME", action="append", default=[], help="only from this collection")
    parser.add_argument("--model", help="which model answers (default: the default chat model)")
    parser.add_argument("--max-tokens", type=int, default=512, metavar="N", help="the longest answer")
    parser.add_argument("--mode", choices=[mode.value for mode in SearchMode], default=SearchMode.HYBRID.value)
    parser.add_argument("--passages", type=int, default=8, metavar="N", help="most passages the model is given")
    parser.add_argument("--explain", action="store_true", help="say how the passages were found")
    parser.set_defaults(run=run)


async def run(session: CommandSession, args: argparse.Namespace) -> int:
    question = Question(
        text=args.text,
        collections=tuple(args.collection),
        model=args.model,
        max_output_tokens=args.max_tokens,
        settings=RetrievalSettings(mode=SearchMode(args.mode), passages=args.passages),
    )
    answering = asyncio.create_task(_answer(session, question, explain=args.explain), name="answer")
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


@dataclass(slots=True)
class _Told:
    """What was printed so far."""

    chosen: PassagesChosen | None = None
    text: str = ""


async def _answer(session: CommandSession, question: Question, *, explain: bool) -> int:
    told = _Told()
    async with aclosing(session.hub.get(RagClient).ask(session.ctx, question)) as events:
        async for event in events:
            match event:
                case AnswerProgress():
                    session.out.note(event.note)
                case PassagesChosen():
                    told.chosen = event
                    if event.note:
                        session.out.note(event.note)
                case AnswerPiece():
                    told.text += event.text
                    if not session.out.as_json:
                        session.io.out(event.text)
                case AnswerDone():
                    _finish(session, event, told, explain=explain)
            await session.io.flush()
    return 0


def _finish(session: CommandSession, answer: AnswerDone, told: _Told, *, explain: bool) -> None:
    given = told.chosen.passages if told.chosen else ()
    trace = told.chosen.trace if told.chosen else None
    session.out.json({"answer": answer, "passages": given, "trace": trace})
    session.out.line()
    checked_text(session.out, told.text, answer.text)
    whole = trace is not None and trace.whole_collection
    print_sources(session.out, "Cited:", answer.citations)
    if not answer.citations and not whole:
        print_sources(session.out, "The answer cites nothing. It was given these passages:", given)
    if explain and trace is not None:
        _explain(session, trace)


def _explain(session: CommandSession, trace: RetrievalTrace) -> None:
    session.out.line("\nSearched for:")
    for query in trace.queries:
        session.out.line(f"  {query}")
    if trace.candidates:
        session.out.table(("passage", "fate", "score", "found by"), [_row(one) for one in trace.candidates])
    if trace.tokens is not None:
        session.out.line(f"{trace.tokens} of {trace.token_budget} tokens; found in {trace.took_ms:.0f} ms")
    if trace.whole_collection:
        session.out.line(f"Read {trace.files_read} of {trace.files_total} files")


def _row(one: Candidate) -> tuple[str, str, str, str]:
    place = f"{one.file_name}{f', page {one.page}' if one.page else ''}"
    heading = f" › {one.heading_path[-1]}" if one.heading_path else ""
    fate = one.fate.value.replace("_", " ") + (f" [{one.number}]" if one.number else "")
    stages = ", ".join(f"{stage.stage.value} {stage.rank}" for stage in one.stages)
    score = f"{one.score:.4f}" if one.reranked is None else f"{one.score:.4f} ({one.reranked:.2f})"
    return f"{place}{heading}", fate, score, stages
