"""Words that were typed before there was a conversation outlive the program, however it ends."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.chat import DemoChat
from hyperspot_desktop.demo.first_draft import DemoFirstDraft
from hyperspot_desktop.demo.stage import DemoFailure
from hyperspot_desktop.viewmodels.chat import ChatViewModel
from hyperspot_desktop.window.first_draft import NAME, SealedFirstDraft
from modkit.keys import KeyStore
from modkit.security import SecurityContext
from modules.chat.contract import Conversation
from tests.hyperspot_desktop.conftest import MakeBridge, WaitFor

WORDS = "a thought without a place"


class FullDisk(DemoChat):
    """Takes no new conversation."""

    async def create(self, ctx: SecurityContext, **settings: object) -> Conversation:
        raise DemoFailure("The disk is full.")


class Window:
    """A chat page over a profile; ``again`` is the page of the next start."""

    def __init__(self, make_bridge: MakeBridge, wait_for: WaitFor, chat: DemoChat, kept: str = "") -> None:
        self.chat = chat
        self.disk = DemoFirstDraft(kept)
        self._make_bridge, self._wait_for = make_bridge, wait_for
        self.bridge, self.page = self._open()

    def _open(self) -> tuple[Bridge, ChatViewModel]:
        bridge = self._make_bridge(profile.clients(chat=self.chat, first_draft=self.disk))
        page = ChatViewModel(bridge)
        page.start()
        self._wait_for(lambda: page._first_kept is not None)
        return bridge, page

    def again(self) -> ChatViewModel:
        self.bridge, self.page = self._open()
        return self.page

    def kept(self, text: str) -> None:
        self._wait_for(lambda: self.disk.text == text)


@pytest.fixture
def window(make_bridge: MakeBridge, wait_for: WaitFor) -> Window:
    return Window(make_bridge, wait_for, DemoChat(pace_s=0.0, script="An answer."))


def test_words_without_a_conversation_are_kept_after_a_pause(window: Window) -> None:
    window.page.setProperty("draft", WORDS)
    window.kept(WORDS)
    assert window.again().property("draft") == WORDS


def test_words_that_were_taken_back_are_not_kept(window: Window) -> None:
    window.page.setProperty("draft", WORDS)
    window.kept(WORDS)
    window.page.setProperty("draft", "")
    window.kept("")


def test_words_that_wait_for_the_next_new_chat_are_kept_too(window: Window, wait_for: WaitFor) -> None:
    conversation = window.chat.seed("one", [("user", "q")])
    window.page.setProperty("draft", WORDS)
    window.page.open(str(conversation))
    wait_for(lambda: window.page.property("title") == "one")
    window.page.setProperty("draft", "of the conversation")
    window.page.keepDraft()
    window.kept(WORDS)
    wait_for(lambda: window.chat.draft_of(conversation) == "of the conversation")


def test_words_are_found_by_the_next_new_chat_when_a_conversation_is_reopened(
    make_bridge: MakeBridge, wait_for: WaitFor
) -> None:
    chat = DemoChat()
    conversation = chat.seed("one", [("user", "q")])
    bridge = make_bridge(profile.clients(chat=chat, first_draft=DemoFirstDraft(WORDS)))
    page = ChatViewModel(bridge)
    page.reopen(str(conversation))
    page.start()
    wait_for(lambda: page.property("title") == "one" and page._first_kept is not None)
    assert page.property("draft") == ""
    page.newChat()
    assert page.property("draft") == WORDS


def test_words_are_on_the_page_when_the_conversation_is_gone(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    page = ChatViewModel(make_bridge(profile.clients(chat=DemoChat(), first_draft=DemoFirstDraft(WORDS))))
    page.reopen("0192c3a4-0000-7000-8000-000000000000")
    page.start()
    wait_for(lambda: page.property("draft") == WORDS)


def test_what_was_typed_before_the_kept_words_came_stands_below_them(
    make_bridge: MakeBridge, wait_for: WaitFor
) -> None:
    disk = DemoFirstDraft(WORDS)
    page = ChatViewModel(make_bridge(profile.clients(chat=DemoChat(), first_draft=disk)))
    page.setProperty("draft", "typed at once")
    page.start()
    wait_for(lambda: page.property("draft") == f"{WORDS}\ntyped at once")
    wait_for(lambda: disk.text == f"{WORDS}\ntyped at once")


def test_a_first_message_is_kept_until_it_is_stored(window: Window, wait_for: WaitFor) -> None:
    window.page.setProperty("draft", WORDS)
    window.kept(WORDS)
    window.page.send(WORDS)
    wait_for(lambda: len(window.page.rows_now()) >= 2)
    window.kept("")


def test_a_first_message_that_is_refused_stays_kept(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    window = Window(make_bridge, wait_for, FullDisk())
    window.page.setProperty("draft", WORDS)
    window.kept(WORDS)
    window.page.send(WORDS)
    wait_for(lambda: window.page.property("errorSentence") == "The disk is full.")
    assert window.page.property("draft") == WORDS
    window.page.keepDraft()
    assert window.again().property("draft") == WORDS


def test_words_that_got_a_conversation_are_kept_nowhere_else(window: Window, wait_for: WaitFor) -> None:
    window.page.setProperty("draft", WORDS)
    window.kept(WORDS)
    made: list[str] = []
    window.page.keep_first_draft(made.append)
    wait_for(lambda: made)
    assert window.disk.text == ""


def test_words_of_a_private_chat_are_not_kept(window: Window, wait_for: WaitFor) -> None:
    window.page.newPrivateChat()
    wait_for(lambda: window.page.property("private"))
    window.page.setProperty("draft", WORDS)
    window.page.keepDraft()
    seen: list[str] = []
    window.bridge.call(lambda clients: clients.first_draft.read(), seen.append)
    wait_for(lambda: seen)
    assert seen == [""]


async def test_the_file_holds_the_words_and_cannot_be_read_without_the_key(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    await SealedFirstDraft(home, KeyStore(home)).keep(WORDS)
    assert WORDS.encode() not in (home / NAME).read_bytes()
    assert (home / NAME).stat().st_mode & 0o077 == 0
    # another start
    assert await SealedFirstDraft(home, KeyStore(home)).read() == WORDS


async def test_no_words_leave_no_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    draft = SealedFirstDraft(home, KeyStore(home))
    assert await draft.read() == ""
    await draft.keep(WORDS)
    await draft.keep(" \n")
    assert not (home / NAME).exists()


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 100])
async def test_a_damaged_file_is_ignored_and_replaced(
    damage: bytes, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    draft = SealedFirstDraft(home, KeyStore(home))
    (home / NAME).write_bytes(damage)
    assert await draft.read() == ""
    await draft.keep(WORDS)
    assert await draft.read() == WORDS


async def test_words_reach_the_disk_in_the_order_in_which_they_were_typed(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    draft = SealedFirstDraft(home, KeyStore(home))
    await asyncio.gather(*(draft.keep(f"version {number}") for number in range(10)))
    assert await draft.read() == "version 9"


async def test_a_full_disk_leaves_the_words_of_before(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    draft = SealedFirstDraft(home, KeyStore(home))
    await draft.keep("before")
    (home / f"{NAME}.new").mkdir()  # what cannot be written
    with pytest.raises(IsADirectoryError):
        await draft.keep(WORDS)
    assert await draft.read() == "before"
