"""Every check of the code, each by name, all run even when one fails."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from devtools.console import Console, duration
from devtools.errors import CommandFailed
from devtools.layout import Layout
from devtools.process import environment, run_quiet
from devtools.qml_text import texts_without_format
from devtools.qml_types import lint_qml

PYTHON_PATHS = ("src", "tests", "bench", "devtools", "dev.py")


@dataclass(frozen=True)
class Check:
    """One check: ``run`` gives its complaints, none when all is well."""

    name: str
    run: Callable[[Layout], list[str]]


def run_checks(layout: Layout, console: Console, only: list[str]) -> int:
    """Run all checks (or those named); print the complaints of each that fails; return how many failed."""
    failed = [
        check.name for check in CHECKS if (not only or check.name in only) and not _passes(check, layout, console)
    ]
    if failed:
        console.say(f"Failed: {', '.join(failed)}")
    return len(failed)


def _passes(check: Check, layout: Layout, console: Console) -> bool:
    started = time.monotonic()
    complaints = check.run(layout)
    spent = duration(time.monotonic() - started)
    if not complaints:
        console.say(f"ok      {check.name} ({spent})")
        return True
    print("\n".join(complaints), flush=True)
    console.say(f"FAILED  {check.name} ({spent})")
    return False


def _tool(layout: Layout, name: str, *arguments: str) -> list[str]:
    try:
        run_quiet([layout.script(name), *arguments], env=environment(), cwd=layout.root)
    except CommandFailed as error:
        return error.output or [f"{error}"]
    return []


def _paths(layout: Layout) -> list[str]:
    return [name for name in PYTHON_PATHS if _holds_python(layout.root / name)]


def _holds_python(path: Path) -> bool:
    return path.is_file() or any(path.rglob("*.py"))


def _qml(layout: Layout) -> list[str]:
    return lint_qml(
        layout,
        viewmodels=layout.root / "src" / "hyperspot_desktop",
        qml=layout.root / "resources" / "qml",
        types=layout.root / "build" / "qmltypes",
    )


CHECKS = (
    Check("format", lambda layout: _tool(layout, "ruff", "format", "--check", *_paths(layout))),
    Check("ruff", lambda layout: _tool(layout, "ruff", "check", *_paths(layout))),
    Check("imports", lambda layout: _tool(layout, "lint-imports")),
    Check("qml", _qml),
    Check("text", lambda layout: texts_without_format(layout.root / "resources" / "qml")),
    Check("mypy", lambda layout: _tool(layout, "mypy", *_paths(layout))),
)
