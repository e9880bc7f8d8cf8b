"""Types commands into clients in process: what a terminal shows, without the seconds that a start costs."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from hyperspot_desktop.cli.parser import parse
from hyperspot_desktop.cli.run import run_command
from modkit.client_hub import ClientHub


@dataclass
class TypedCommands:
    """Implements CommandIO; keeps what the last command printed."""

    printed: str = field(default="", init=False)
    complained: str = field(default="", init=False)
    interrupted: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    def out(self, text: str) -> None:
        self.printed += text

    def err(self, text: str) -> None:
        self.complained += text

    async def flush(self) -> None:
        """Nothing is held back."""

    async def run(self, hub: ClientHub, folder: Path, words: tuple[str, ...]) -> int:
        """The exit code; what was printed before is forgotten."""
        self.printed = self.complained = ""
        return await run_command(hub, folder, parse(list(words)), self, stdin=None, cwd=folder)
