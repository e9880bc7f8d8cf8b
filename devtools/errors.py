"""The one error that dev.py shows to a person: a sentence and what to do about it."""

from __future__ import annotations


class SetupError(Exception):
    """Set-up cannot go on. ``str(error)`` is the sentence, ``action`` what the person can do."""

    def __init__(self, sentence: str, action: str) -> None:
        super().__init__(sentence)
        self.action = action


class CommandFailed(Exception):
    """A command that set-up ran ended with a non-zero status; ``output`` holds its last lines."""

    def __init__(self, command: list[str], status: int, output: list[str]) -> None:
        super().__init__(f"{command[0]} ended with status {status}")
        self.command = command
        self.status = status
        self.output = output
