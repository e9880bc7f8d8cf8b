"""Commands of macOS: made as values, so that they can be printed where there is no Mac and run where there is."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from devtools.console import Console
from devtools.errors import CommandFailed, SetupError
from devtools.process import environment, run_logged


@dataclass(frozen=True)
class Secret:
    """A word of a command that is never printed; ``name`` is."""

    name: str
    value: str

    def __repr__(self) -> str:
        return f"Secret({self.name!r})"


Word = str | Path | Secret


@dataclass(frozen=True)
class Command:
    """One command, and why it is run.

    ``accept`` gets what it said and raises SetupError when that is bad news, for tools that end with 0 all the same.
    """

    about: str
    words: Sequence[Word]
    accept: Callable[[Sequence[str]], None] | None = None

    def shown(self) -> str:
        """As one would type it in a shell; a secret is the variable that holds it."""
        return " ".join(_shown(word) for word in self.words)


def script(commands: Iterable[Command]) -> str:
    """All of them as a shell script, each below its reason."""
    return "\n".join(f"# {command.about}\n{command.shown()}" for command in commands)


def run_all(commands: Iterable[Command], console: Console, log: Path) -> None:
    """Run them in their order; the first that fails is the last.

    Raises:
        SetupError: a command failed; the sentence has the last that it said.
    """
    for command in commands:
        words = [word.value if isinstance(word, Secret) else str(word) for word in command.words]
        try:
            with console.step(command.about) as step:
                said = run_logged(words, step=step, log=log, env=environment())
        except (CommandFailed, OSError) as error:
            last = " / ".join(error.output[-6:]) if isinstance(error, CommandFailed) else str(error)
            raise SetupError(f"{command.about} failed: {last or error}", f"All that was said is in {log}.") from error
        if command.accept is not None:
            command.accept(said)


def _shown(word: Word) -> str:
    if isinstance(word, Secret):
        return f'"${word.name}"'
    return re.sub(r"^'(--?[\w-]+=)", r"\1'", shlex.quote(str(word)))
