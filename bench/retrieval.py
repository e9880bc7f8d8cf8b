"""How well questions find the passage that answers them: by words, by meaning, and by both.

Two corpora that every installation has: the docstrings of Python's standard library (PSF licence), and the
descriptions of the packages that this program is built with (each under its own free licence). What is better on one
alone was fitted to it.
"""

from __future__ import annotations

import importlib
import inspect
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import distributions
from pathlib import Path
from types import ModuleType
from typing import Any

from bench import _packages_questions, _stdlib_questions
from bench._profiles import host_on, temporary_home, variables
from bench.table import Row
from modkit.host import Host
from modkit.security import SecurityContext
from modules.jobs_manager.contract import JobsClient
from modules.local_search_index.contract import Hit, SearchMode
from modules.rag.contract import Query, RagClient, Scores
from modules.rag.domain.scores import DEPTH, scores_of

Questions = Sequence[tuple[str, tuple[str, ...]]]
_SHORTEST = 15
_FOUND, _OTHER = frozenset({0}), frozenset[int]()
_SHORTEST_DESCRIPTION = 300


@dataclass(frozen=True, slots=True)
class _Corpus:
    """``write`` gives what is in it and ``named`` what a hit is about, both as the questions' answers are named."""

    name: str
    write: Callable[[Path], set[str]]
    questions: Questions
    named: Callable[[Hit], str]


async def bench_retrieval() -> list[Row]:
    """One row for each measure, corpus and mode; hybrid has to be better than the best single mode."""
    rows: list[Row] = []
    for corpus in (
        _Corpus("stdlib", _write_stdlib, _stdlib_questions.QUESTIONS, _section),
        _Corpus("packages", _write_packages, _packages_questions.QUESTIONS, _document),
    ):
        rows += await _measured(corpus)
    return rows


async def _measured(corpus: _Corpus) -> list[Row]:
    with variables(starters=True), temporary_home() as home, tempfile.TemporaryDirectory() as folder:
        known = corpus.write(Path(folder))
        # Not every version of Python documents everything.
        corpus = replace(corpus, questions=[one for one in corpus.questions if known & set(one[1])])
        async with host_on(home) as host:
            began_s = time.perf_counter()
            await _index(host, corpus, Path(folder))
            print(f"{corpus.name} indexed in {time.perf_counter() - began_s:.0f} s", file=sys.stderr)
            scores = {mode: scores_of(await _rankings(host, corpus, mode)) for mode in SearchMode}
    return list(_rows(corpus, scores))


async def _index(host: Host, corpus: _Corpus, folder: Path) -> None:
    ctx = SecurityContext.local_user()
    job_id = await host.client_hub.get(RagClient).add(ctx, corpus.name, [folder])
    await host.client_hub.get(JobsClient).wait(ctx, job_id)


async def _rankings(host: Host, corpus: _Corpus, mode: SearchMode) -> list[tuple[list[frozenset[int]], int]]:
    rag, ctx = host.client_hub.get(RagClient), SecurityContext.local_user()
    rankings = []
    for question, expected in corpus.questions:
        findings = await rag.search(ctx, Query(text=question, collections=(corpus.name,), mode=mode, k=DEPTH))
        if findings.note:
            print(findings.note, file=sys.stderr)
        hits = [_which(corpus.named(hit), expected) for hit in findings.hits]
        if "--missing" in sys.argv and mode is SearchMode.HYBRID and not any(hits[:3]):
            print(f"  {question} -> {[corpus.named(hit) for hit in findings.hits[:3]]}", file=sys.stderr)
        # Several expected are alternatives that are all right: one of them is enough to have found all.
        rankings.append(([_FOUND if hit else _OTHER for hit in hits], 1))
    return rankings


def _which(name: str, expected: Sequence[str]) -> frozenset[int]:
    return frozenset(number for number, one in enumerate(expected) if one == name)


def _rows(corpus: _Corpus, scores: dict[SearchMode, Scores]) -> Iterator[Row]:
    count = len(corpus.questions)
    for measure, field in (("nDCG@10", "ndcg"), ("recall@10", "recall")):
        values: dict[SearchMode, float] = {mode: getattr(one, field) for mode, one in scores.items()}
        single = max(values[SearchMode.KEYWORD], values[SearchMode.VECTOR])
        for mode, value in values.items():
            better = mode is SearchMode.HYBRID
            yield Row(
                f"{corpus.name}: {measure}, {mode.value}",
                value,
                "",
                budget="better than either alone" if better else "",
                ok=value >= single if better else None,
                reference=single if better else None,
                ratio=value / single if better and single else None,
                note=f"{count} questions",
            )
    for mode, one in scores.items():
        yield Row(f"{corpus.name}: first hit right, {mode.value}", one.hits_at[1], "", note=f"MRR {one.mrr:.3f}")


def _section(hit: Hit) -> str:
    return hit.passage.heading_path[-1] if hit.passage.heading_path else ""


def _document(hit: Hit) -> str:
    return hit.passage.document.file_name.removesuffix(".md")


def _write_packages(folder: Path) -> set[str]:
    written = set()
    for one in distributions():
        # The description is the body of the metadata, which is written like a mail.
        text = str(one.read_text("METADATA") or "").partition("\n\n")[2]
        # Our own description is about this program, and changes with it.
        if len(text) >= _SHORTEST_DESCRIPTION and one.name != "hyperspot-desktop":
            (folder / f"{one.name}.md").write_text(f"{one.metadata['Summary']}\n\n{text}", encoding="utf-8")
            written.add(one.name)
    return written


def _write_stdlib(folder: Path) -> set[str]:
    """A file for each module, a section for each function, class and method that says what it does."""
    written: set[str] = set()
    for name in _stdlib_questions.MODULES:
        sections = dict(_documented(importlib.import_module(name), name))
        text = "\n\n".join(f"## {place}\n\n{documentation}" for place, documentation in sections.items())
        (folder / f"{name}.md").write_text(f"# {name}\n\n{text}\n", encoding="utf-8")
        written |= set(sections)
    return written


def _documented(module: ModuleType, name: str) -> Iterator[tuple[str, str]]:
    public = getattr(module, "__all__", None) or [one for one in vars(module) if not one.startswith("_")]
    for one in sorted(public):
        value = getattr(module, one, None)
        if not (inspect.isroutine(value) or inspect.isclass(value)) or not _belongs(value, module):
            continue
        if text := _documentation(value, one):
            yield f"{name}.{one}", text
        if inspect.isclass(value):
            for method, member in sorted(vars(value).items()):
                if not method.startswith("_") and (text := _documentation(member, method)):
                    yield f"{name}.{one}.{method}", text


def _belongs(value: Any, module: ModuleType) -> bool:
    """What a module without a list of its own merely imports is documented elsewhere."""
    return hasattr(module, "__all__") or getattr(value, "__module__", None) in (module.__name__, f"_{module.__name__}")


def _documentation(value: Any, name: str) -> str:
    """Signature and docstring; empty when that says next to nothing."""
    text = inspect.getdoc(value) or ""
    if len(text) < _SHORTEST or not (callable(value) or isinstance(value, property | classmethod | staticmethod)):
        return ""
    try:
        signature = f"{name}{inspect.signature(value)}"
    except (TypeError, ValueError):
        signature = name
    return f"`{signature}`\n\n{text}"
