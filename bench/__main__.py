"""``python -m bench [NAME ...] [--json]``: run the benchmarks whose names contain one of the words, print one table."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterator
from typing import Any

import bench
from bench.table import Row, as_json, render
from modkit.errors import HyperSpotError

_PREFIX = "bench_"


def main(arguments: list[str]) -> int:
    """The exit code is 0 when every benchmark ran; budgets that were missed are shown, not failed."""
    words = [word for word in arguments if not word.startswith("-")]
    rows: list[Row] = []
    failures = 0
    for name, function in _benchmarks():
        if words and not any(word in name for word in words):
            continue
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            rows += _run(function)
        except HyperSpotError as error:
            failures += 1
            print(f"{name} did not run: {error.sentence} {error.action}", file=sys.stderr)
    print(as_json(rows) if "--json" in arguments else render(rows))
    return 1 if failures else 0


def _benchmarks() -> Iterator[tuple[str, Callable[[], Any]]]:
    for found in sorted(pkgutil.iter_modules(bench.__path__), key=lambda module: module.name):
        if found.name.startswith("_"):
            continue
        module = importlib.import_module(f"bench.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith(_PREFIX) and function.__module__ == module.__name__:
                yield f"{found.name}.{name.removeprefix(_PREFIX)}", function


def _run(function: Callable[[], Any]) -> list[Row]:
    outcome = function()
    rows: list[Row] = asyncio.run(outcome) if inspect.iscoroutine(outcome) else outcome
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
