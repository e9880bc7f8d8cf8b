"""The window's view-models over a real profile: encrypted store, real engine, real model."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.window.real_host import Profile, opener
from modkit.keys import KeyStore
from tests.hyperspot_desktop.conftest import WaitFor
from tests.support.starter import starter_models

pytestmark = [pytest.mark.engine, pytest.mark.timeout(300)]


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys in a file, and the prepared starter models."""
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    monkeypatch.setenv("HYPERSPOT_STARTER_MODELS", str(starter_models()))


@pytest.fixture
def opened(application: QGuiApplication, home: Path) -> Iterator[Bridge]:
    bridge = Bridge(opener(Profile(home)))
    yield bridge
    assert bridge.dispose()


def test_a_question_is_answered_by_the_starter_model_and_listed(opened: Bridge, wait_for: WaitFor) -> None:
    shown = ViewModels.over(opened)
    opened.start()
    shown.start()
    wait_for(lambda: shown.models.property("hasChatModel"))
    shown.chat.send("Say hi.")
    shown.chat.setProperty("draft", "the next one")
    # So small a model sometimes goes on for a thousand words.
    wait_for(lambda: any(row.html for row in shown.chat.rows_now()[1:]))
    shown.chat.stop()
    wait_for(lambda: not shown.chat.property("answering"))
    assert shown.chat.property("errorSentence") == ""
    assert [row.plain for row in shown.chat.rows_now()[1:] if row.html]
    wait_for(lambda: shown.conversations.rows_now())
    assert shown.conversations.rows_now()[0].conversation_id == shown.chat.property("conversationId")


def test_a_profile_that_a_command_holds_for_good_is_said(home: Path, opened: Bridge, wait_for: WaitFor) -> None:
    from hyperspot_desktop.instance import HomeLock

    with HomeLock(home, "window"):
        opened.start()
        wait_for(lambda: opened.state == "failed")
    assert opened.failure is not None
    assert "in use by the HyperSpot window" in opened.failure.sentence


def test_the_recovery_code_opens_a_profile_whose_key_is_gone(home: Path, opened: Bridge, wait_for: WaitFor) -> None:
    # given: a profile whose key is nowhere but in the recovery code
    keys = KeyStore(home)
    asyncio.run(keys.open_or_create())
    code = keys.fresh_recovery_code
    assert code is not None
    (home / "keys" / "data.key").unlink()
    opened.start()
    wait_for(lambda: opened.state == "failed")
    # a wrong one is refused
    opened.restart(opener(Profile(home), "not the code"))
    wait_for(lambda: opened.state == "failed")
    # then
    opened.restart(opener(Profile(home), code))
    wait_for(lambda: opened.state == "ready")
