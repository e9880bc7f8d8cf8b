"""``export`` and ``import`` as one types them, on profiles in this process."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from modkit.client_hub import ClientHub
from modules.chat.contract import ChatClient
from modules.portability.contract import PortabilityClient
from tests.hyperspot_desktop.cli.typed_commands import TypedCommands
from tests.modules.portability.exchange_support import SAMPLES, Profile, opened_profile

CLAUDE = str(SAMPLES / "claude.json")


@dataclass
class Terminal(TypedCommands):
    """Types commands into one profile."""

    profile: Profile
    cwd: Path

    async def type(self, *words: str) -> int:
        hub = ClientHub()
        hub.register(ChatClient, self.profile.chat)
        hub.register(PortabilityClient, self.profile.portability)
        return await self.run(hub, self.cwd, words)

    async def json(self, *words: str) -> Any:
        assert await self.type(*words, "--json") == 0
        return json.loads(self.printed)


@pytest.fixture
async def terminal(tmp_path: Path) -> AsyncIterator[Terminal]:
    (tmp_path / "cwd").mkdir()
    async with opened_profile(tmp_path / "here") as profile:
        yield Terminal(profile, tmp_path / "cwd")


async def test_an_import_is_shown_first_and_stored_when_one_says_so(terminal: Terminal) -> None:
    assert await terminal.type("import", CLAUDE) == 0
    assert "Claude: 2 conversations (2 new), 5 messages (5 new)" in terminal.printed
    assert "Would be left out: 1 × thoughts of the model" in terminal.printed
    assert await terminal.json("conversations", "list") == []
    assert await terminal.type("import", CLAUDE, "--yes") == 0
    assert "Imported from Claude: 2 new conversations, 0 extended, 5 messages added" in terminal.printed
    assert len(await terminal.json("conversations", "list")) == 2


async def test_a_long_list_of_conversations_is_shown_in_part(terminal: Terminal) -> None:
    one = json.loads(Path(CLAUDE).read_text(encoding="utf-8"))[1]
    many = [{**one, "uuid": str(number)} for number in range(23)]
    (terminal.cwd / "many.json").write_text(json.dumps(many), encoding="utf-8")
    assert await terminal.type("import", "many.json") == 0
    assert "23 conversations (23 new)" in terminal.printed
    assert "... and 3 more" in terminal.printed
    (terminal.cwd / "none.json").write_text(json.dumps([{**one, "chat_messages": []}]), encoding="utf-8")
    assert await terminal.type("import", "none.json") == 0
    assert "1 conversations (1 new), 0 messages" in terminal.printed


async def test_a_profile_moves_and_a_file_is_replaced_only_by_force(terminal: Terminal, tmp_path: Path) -> None:
    await terminal.type("import", CLAUDE, "--yes")
    assert await terminal.type("export", "--profile", "--output", "p.zip") == 0
    assert "2 conversations, 5 messages" in terminal.printed
    assert await terminal.type("export", "--profile", "--output", "p.zip") == 4
    assert "exists already" in terminal.complained
    assert (await terminal.json("export", "--profile", "--output", "p.zip", "--force"))["messages"] == 5
    async with opened_profile(tmp_path / "there") as profile:
        report = await Terminal(profile, terminal.cwd).json("import", "p.zip", "--yes")
    assert (len(report["created"]), report["messages_added"]) == (2, 5)


async def test_conversations_are_exported_by_the_start_of_their_ids(terminal: Terminal) -> None:
    await terminal.type("import", CLAUDE, "--yes")
    [lease] = [one for one in await terminal.json("conversations", "list") if one["title"]]
    assert await terminal.type("export", lease["id"][:13], "--format", "html", "--output", "lease.html") == 0
    assert "<h1>Lease questions</h1>" in (terminal.cwd / "lease.html").read_text(encoding="utf-8")
    assert await terminal.type("export", "--all", "--format", "markdown", "--output", "all") == 0
    assert len(list((terminal.cwd / "all").glob("*.md"))) == 2


@pytest.mark.parametrize(
    "words", [("--output", "x"), ("--all", "--profile", "--output", "x"), ("last", "--all", "--output", "x")]
)
async def test_it_has_to_be_clear_what_to_export(terminal: Terminal, words: tuple[str, ...]) -> None:
    assert await terminal.type("export", *words) == 2
    assert "not clear what to export" in terminal.complained


async def test_a_profile_is_an_archive(terminal: Terminal) -> None:
    assert await terminal.type("export", "--profile", "--format", "html", "--output", "x") == 2
    assert "as an archive" in terminal.complained


async def test_what_cannot_be_imported_says_why(terminal: Terminal) -> None:
    (terminal.cwd / "broken.json").write_text('[{"uuid": "c", "chat_messages": [{"uuid": "m"}, {"uuid": "m"}]}]')
    assert await terminal.type("import", "broken.json", "--yes") == 2
    assert "same id" in terminal.complained
    (terminal.cwd / "gpt4all-1.chat").write_bytes(bytes.fromhex("f5d553cc0000000c"))
    assert await terminal.type("import", "gpt4all-1.chat") == 2
    assert "ends in the middle" in terminal.complained
