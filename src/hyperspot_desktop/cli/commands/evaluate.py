"""``hyperspot eval``: question sets, their runs, and what changed between two runs."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence

from hyperspot_desktop.cli.output import day_text
from hyperspot_desktop.cli.question_file import read_question_set
from hyperspot_desktop.cli.session import CommandSession
from modules.local_search_index.contract import SearchMode
from modules.rag.contract import EvalRun, RagClient, Scores

_HEADINGS = ("mode", "hits@1", "hits@3", "hits@5", "hits@10", "MRR", "nDCG@10", "recall@10")
_MOST_SHOWN = 20


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    group = commands.add_parser("eval", parents=[common], help="measure how well questions find what they should")
    verbs = group.add_subparsers(title="verbs", required=True, metavar="VERB")
    adding = verbs.add_parser("add", parents=[common], help="save a question set from a YAML or JSON file")
    adding.add_argument("file", metavar="FILE")
    adding.add_argument("--name", metavar="SET", help="its name (default: as in the file, or the file's name)")
    adding.set_defaults(run=run_add)
    listing = verbs.add_parser("list", parents=[common], help="question sets and their last run")
    listing.set_defaults(run=run_list)
    running = verbs.add_parser("run", parents=[common], help="run a set and compare it with the run before")
    running.add_argument("set", metavar="SET")
    running.set_defaults(run=run_run)
    runs = verbs.add_parser("runs", parents=[common], help="earlier runs of a set")
    runs.add_argument("set", metavar="SET")
    runs.set_defaults(run=run_runs)
    removing = verbs.add_parser("remove", parents=[common], help="forget a set and its runs")
    removing.add_argument("set", metavar="SET")
    removing.set_defaults(run=run_remove)
    for parser in (adding, listing, running, runs, removing):
        parser.add_argument("--collection", metavar="NAME", required=True)


async def run_add(session: CommandSession, args: argparse.Namespace) -> int:
    question_set = await asyncio.to_thread(read_question_set, session.path(args.file), args.collection, args.name)
    await session.hub.get(RagClient).save_question_set(session.ctx, question_set)
    session.out.json({"name": question_set.name, "questions": len(question_set.questions)})
    session.out.line(f"Saved {question_set.name!r} with {len(question_set.questions)} questions.")
    return 0


async def run_list(session: CommandSession, args: argparse.Namespace) -> int:
    rag = session.hub.get(RagClient)
    sets = await rag.question_sets(session.ctx, args.collection)
    session.out.json(sets)
    if not sets:
        session.out.line(f"No question set yet. Save one: hyperspot eval add FILE --collection {args.collection}")
        return 0
    rows = []
    for one in sets:
        runs = await rag.eval_runs(session.ctx, args.collection, one.name)
        last = f"{day_text(runs[0].ran_at)}, nDCG@10 {_best(runs[0]):.3f}" if runs else "never"
        rows.append((one.name, str(len(one.questions)), last))
    session.out.table(("set", "questions", "last run"), rows)
    return 0


async def run_run(session: CommandSession, args: argparse.Namespace) -> int:
    rag = session.hub.get(RagClient)
    earlier = await rag.eval_runs(session.ctx, args.collection, args.set)
    run = await rag.evaluate(session.ctx, args.collection, args.set)
    before = earlier[0] if earlier else None
    session.out.json({"run": run, "before": before})
    session.out.table(_HEADINGS, [_row(mode, scores, before) for mode, scores in run.scores.items()])
    if before is not None:
        session.out.line(f"In brackets: the change since {day_text(before.ran_at)}.")
    if SearchMode.HYBRID not in run.scores:
        session.out.note("There are no vectors yet: only words were measured.")
    _print_missing(session, run)
    return 0


async def run_runs(session: CommandSession, args: argparse.Namespace) -> int:
    runs = await session.hub.get(RagClient).eval_runs(session.ctx, args.collection, args.set)
    session.out.json(runs)
    rows = [(day_text(run.ran_at), *_row(mode, scores, None)) for run in runs for mode, scores in run.scores.items()]
    if rows:
        session.out.table(("run", *_HEADINGS), rows)
    else:
        session.out.line("It was never run.")
    return 0


async def run_remove(session: CommandSession, args: argparse.Namespace) -> int:
    await session.hub.get(RagClient).delete_question_set(session.ctx, args.collection, args.set)
    session.out.json({"removed": args.set})
    session.out.line(f"Forgotten: {args.set}")
    return 0


def _row(mode: SearchMode, scores: Scores, before: EvalRun | None) -> tuple[str, ...]:
    earlier = before.scores.get(mode) if before is not None else None
    values = _values(scores)
    old: Sequence[float | None] = _values(earlier) if earlier is not None else [None] * len(values)
    return (mode.value, *(_with_change(new, was) for new, was in zip(values, old, strict=True)))


def _values(scores: Scores) -> list[float]:
    return [*(scores.hits_at[k] for k in (1, 3, 5, 10)), scores.mrr, scores.ndcg, scores.recall]


def _with_change(new: float, was: float | None) -> str:
    return f"{new:.3f}" if was is None else f"{new:.3f} ({new - was:+.3f})"


def _best(run: EvalRun) -> float:
    return max((scores.ndcg for scores in run.scores.values()), default=0.0)


def _print_missing(session: CommandSession, run: EvalRun) -> None:
    mode = SearchMode.HYBRID if SearchMode.HYBRID in run.ranks else SearchMode.KEYWORD
    missing = [one.question for one in run.ranks.get(mode, ()) if one.rank is None]
    if missing:
        session.out.line(f"\nNot found among the first ten ({mode.value}):")
    for question in missing[:_MOST_SHOWN]:
        session.out.line(f"  {question}")
    if len(missing) > _MOST_SHOWN:
        session.out.line(f"  … and {len(missing) - _MOST_SHOWN} more")
