"""Writes the lock files anew from pyproject.toml and requirements/*.in; people do this, set-up never does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from devtools.console import Console
from devtools.errors import CommandFailed, SetupError
from devtools.layout import Layout
from devtools.process import environment, run_logged

OPTIONS = (
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    # Whose index it was is the reader's business: hashes say what a file must be, wherever it comes from.
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-annotate",
    "--no-header",
)
ENGINE = "llama-cpp-python"


def lock_commands(layout: Layout, upgrade: bool) -> dict[str, list[str | Path]]:
    """The uv command for each lock file, in the order in which they build on each other."""
    sources: dict[str, list[str | Path]] = {
        "build": [layout.root / "requirements" / "build.in"],
        "engine": [layout.root / "requirements" / "engine.in", "--no-deps"],
        "starter-models": [layout.root / "requirements" / "starter-models.in", "--no-deps"],
        "runtime": [layout.root / "pyproject.toml", "--no-emit-package", ENGINE, "-c", layout.lock("build")],
        "package": [
            layout.root / "requirements" / "package.in",
            "-c",
            layout.lock("runtime"),
            "-c",
            layout.lock("build"),
        ],
        "dev": ["--group", "dev", "-c", layout.lock("runtime"), "-c", layout.lock("build")],
    }
    more = ["--upgrade"] if upgrade else []
    return {
        name: [layout.script("uv"), "pip", "compile", *source, *OPTIONS, *more, "-o", layout.lock(name)]
        for name, source in sources.items()
    }


def write_locks(layout: Layout, console: Console, arguments: Sequence[str]) -> None:
    """Resolve and write every lock; versions stay where they may unless ``--upgrade`` is given.

    Raises:
        SetupError: uv could not resolve; the sentence has its reason.
    """
    for name, command in lock_commands(layout, "--upgrade" in arguments).items():
        with console.step(f"Locking requirements/{name}.lock") as step:
            try:
                run_logged(command, step=step, log=layout.logs / "lock.log", cwd=layout.root, env=environment())
            except CommandFailed as error:
                reason = " ".join(error.output) or str(error)
                raise SetupError(f"{name}.lock could not be written: {reason}", "Correct it and try again.") from error
