"""A full disk, a read-only home and a clock that is set back, under real chats."""

from __future__ import annotations

import subprocess
import time
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pytest

import modkit.db.types
import modules.chat.domain.clock
from hyperspot_desktop.bootstrap import open_host
from modkit.host import Host
from modkit.security import SecurityContext
from modules.chat.contract import ChatClient, MessageStatus
from modules.llm_manager.contract import LlmManagerClient
from tests.faults.conftest import NO_TITLES
from tests.faults.test_engine_in_trouble import LONG, SHORT, STORY, read
from tests.support.program import Program
from tests.support.starter import starter_models

pytestmark = [pytest.mark.engine, pytest.mark.timeout(300)]


WITHOUT_STARTERS = {"HYPERSPOT_STARTER_MODELS": "", "HYPERSPOT_KEYRING": "off"}


def fill(folder: Path) -> Path:
    """A file that takes every byte that is left."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 1):
            with pytest.raises(OSError, match="No space"):
                while True:
                    file.write(b"x" * size)
    return ballast


async def test_a_disk_that_fills_up_in_mid_answer_costs_no_text_and_chat_goes_on_with_space(
    small_disk: Path, ctx: SecurityContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    [starter] = starter_models().glob("smollm2*.gguf")
    for name, value in WITHOUT_STARTERS.items():
        monkeypatch.setenv(name, value)
    home = small_disk / "home"
    async with open_host(home, overrides=[NO_TITLES]) as host:
        chat, models = host.client_hub.get(ChatClient), host.client_hub.get(LlmManagerClient)
        await models.import_file(ctx, starter, mode="link")
        conversation = await chat.create(ctx, params=LONG)

        answered = await read(chat.send(ctx, conversation.id, STORY), trouble=lambda: fill(small_disk))
        seen = await chat.messages(ctx, conversation.id)
        (small_disk / "ballast").unlink()
        other = await chat.create(ctx, params=SHORT)
        after = await read(chat.send(ctx, other.id, "Say hi."))

    assert answered.finished.answer.content == answered.text != ""
    assert answered.finished.answer.error is not None
    assert "full" in answered.finished.answer.error["sentence"]
    assert answered.finished.answer.error["action"]
    assert seen.messages[-1].content == answered.text
    assert after.text
    async with open_host(home) as host:
        kept = await host.client_hub.get(ChatClient).message(ctx, answered.finished.answer.id)
    assert kept.content == answered.text


def test_a_home_on_a_read_only_disk_is_read_and_a_change_is_refused_with_a_sentence(small_disk: Path) -> None:
    program = Program(small_disk / "home", WITHOUT_STARTERS)
    assert program.run("settings", "set", "appearance.theme", "dark").code == 0
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert program.run("settings", "get", "appearance.theme", "--json").json[0]["value"] == "dark"
    refused = program.run("settings", "set", "appearance.theme", "light")
    assert refused.code == 5
    assert "cannot be written" in refused.err
    assert "→" in refused.err
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert program.run("settings", "get", "appearance.theme", "--json").json[0]["value"] == "dark"


TEN_DAYS = timedelta(days=10)


class Yesterday(datetime):
    """The wall clock after it was set back."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a plain datetime, as callers expect
        return datetime.now(tz) - TEN_DAYS


async def test_a_clock_that_is_set_back_between_two_turns_disturbs_no_conversation(
    host: Host, ctx: SecurityContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = host.client_hub.get(ChatClient)
    conversation = await chat.create(ctx, params=SHORT)
    await read(chat.send(ctx, conversation.id, "Say hi."))

    real_ns = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: real_ns() - int(TEN_DAYS.total_seconds() * 1e9))
    monkeypatch.setattr(modkit.db.types, "datetime", Yesterday)
    monkeypatch.setattr(modules.chat.domain.clock, "datetime", Yesterday)
    second = await read(chat.send(ctx, conversation.id, "Say hi again."))

    page = await chat.messages(ctx, conversation.id)
    assert [message.role for message in page.messages] == ["user", "assistant", "user", "assistant"]
    assert page.messages[2].content == "Say hi again."
    assert page.messages[2].created_at < page.messages[0].created_at - timedelta(days=9)
    # The ids and stamps that order changes went on growing all the same.
    assert sorted(message.id for message in page.messages) == [message.id for message in page.messages]
    assert second.status in (MessageStatus.COMPLETE, MessageStatus.STOPPED)
    assert [one.id for one in await chat.conversations(ctx)] == [conversation.id]
