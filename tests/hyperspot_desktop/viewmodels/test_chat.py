"""The chat page's state and verbs, against a chat in memory and a real bridge."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.chat import DemoChat
from hyperspot_desktop.viewmodels.chat import ChatViewModel
from modkit.security import SecurityContext
from modules.chat.contract import MessageStatus
from tests.hyperspot_desktop.conftest import MakeBridge, WaitFor

SCRIPT = "One **bold** answer.\n\nWith two paragraphs."


@pytest.fixture
def chat() -> DemoChat:
    return DemoChat(pace_s=0.0, script=SCRIPT)


@pytest.fixture
def bridge(make_bridge: MakeBridge, chat: DemoChat) -> Bridge:
    return make_bridge(profile.clients(chat=chat))


@pytest.fixture
def page(bridge: Bridge) -> ChatViewModel:
    return ChatViewModel(bridge)


def kinds(page: ChatViewModel) -> list[str]:
    return [row.kind for row in page.rows_now()]


def idle(page: ChatViewModel) -> bool:
    return not page.property("answering") and not page.property("loading")


def test_the_first_message_makes_a_conversation_and_is_answered(
    page: ChatViewModel, chat: DemoChat, wait_for: WaitFor
) -> None:
    page.send("Hello there")
    wait_for(lambda: "footer" in kinds(page))
    assert kinds(page) == ["user", "paragraph", "paragraph", "footer"]
    assert page.rows_now()[1].html == "One <b>bold</b> answer."
    assert page.property("conversationId") != ""


def test_an_empty_message_is_not_sent(page: ChatViewModel) -> None:
    page.send("  \n ")
    assert idle(page)
    assert kinds(page) == []


def test_an_own_message_is_shown_as_typed(page: ChatViewModel, chat: DemoChat, wait_for: WaitFor) -> None:
    page.open(str(chat.seed("x", [("user", "**not bold** <b>nor this</b>")])))
    wait_for(lambda: kinds(page) == ["user"])
    assert page.rows_now()[0].html == "**not bold** &lt;b&gt;nor this&lt;/b&gt;"


def test_while_nothing_has_come_yet_the_page_says_so(page: ChatViewModel, chat: DemoChat, wait_for: WaitFor) -> None:
    chat.pace_s, chat.script = 30.0, "slow answer"
    page.send("Hello")
    wait_for(lambda: kinds(page)[-1:] == ["paragraph"])
    assert page.property("answering")
    assert "footer" not in kinds(page)


def test_stop_keeps_the_text_so_far_and_says_that_it_was_stopped(
    page: ChatViewModel, chat: DemoChat, wait_for: WaitFor
) -> None:
    chat.pace_s, chat.script = 0.02, "word " * 500
    page.send("Go on")
    wait_for(lambda: kinds(page) == ["user", "paragraph"])
    page.stop()
    wait_for(lambda: idle(page))
    footer = page.rows_now()[-1]
    assert (footer.kind, footer.status, footer.can_continue) == ("footer", "stopped", True)


def test_a_stopped_answer_goes_on_in_place(page: ChatViewModel, chat: DemoChat, wait_for: WaitFor) -> None:
    conversation = chat.seed("x", [("user", "q"), ("assistant", "One **bold**")])
    answer = chat.branch(conversation)[-1]
    chat.put(replace(answer, status=MessageStatus.INTERRUPTED))
    page.open(str(conversation))
    wait_for(lambda: kinds(page) == ["user", "paragraph", "footer"])
    assert page.rows_now()[-1].can_continue
    page.continueAnswer(str(answer.id))
    wait_for(lambda: kinds(page) == ["user", "paragraph", "paragraph", "footer"])
    assert page.messageText(str(answer.id)).startswith("One **bold** ")


def test_another_answer_stands_beside_the_first_and_both_can_be_seen(
    page: ChatViewModel, chat: DemoChat, wait_for: WaitFor
) -> None:
    conversation = chat.seed("x", [("user", "q"), ("assistant", "first")])
    page.open(str(conversation))
    wait_for(lambda: kinds(page) == ["user", "paragraph", "footer"])
    page.regenerate(page.rows_now()[-1].message_id)
    wait_for(lambda: kinds(page) == ["user", "paragraph", "paragraph", "footer"])
    assert (page.rows_now()[-1].sibling, page.rows_now()[-1].siblings) == (1, 2)
    page.switchBranch(page.rows_now()[-1].message_id, -1)
    wait_for(lambda: page.rows_now()[1:2] and page.rows_now()[1].plain == "first")
    assert (page.rows_now()[-1].sibling, page.rows_now()[-1].siblings) == (0, 2)


def test_an_edited_message_begins_a_branch_and_what_followed_goes(
    page: ChatViewModel, chat: DemoChat, wait_for: WaitFor
) -> None:
    turns = [("user", "one"), ("assistant", "1"), ("user", "two"), ("assistant", "2")]
    page.open(str(chat.seed("x", turns)))  # type: ignore[arg-type]  # literals in a list of tuples
    wait_for(lambda: kinds(page).count("footer") == 2)
    page.edit(page.rows_now()[0].message_id, "other")
    wait_for(lambda: idle(page) and kinds(page) == ["user", "paragraph", "paragraph", "footer"])
    assert page.rows_now()[0].plain == "other"
    assert page.rows_now()[0].siblings == 2


def test_a_long_conversation_shows_its_end_and_pages_upwards(
    page: ChatViewModel, chat: DemoChat, wait_for: WaitFor
) -> None:
    conversation = chat.seed("long", [("user", f"message {number}") for number in range(5_000)])
    page.open(str(conversation))
    wait_for(lambda: kinds(page))
    assert len(kinds(page)) == 40
    assert page.rows_now()[-1].plain == "message 4999"
    page.loadEarlier()
    wait_for(lambda: len(kinds(page)) == 80)
    assert page.rows_now()[0].plain == "message 4920"
    assert page.property("hasEarlier")


def test_a_found_message_is_paged_in_and_pointed_at(page: ChatViewModel, chat: DemoChat, wait_for: WaitFor) -> None:
    conversation = chat.seed("long", [("user", f"message {number}") for number in range(200)])
    wanted = chat.branch(conversation)[60]
    rows: list[int] = []
    page.rowWanted.connect(rows.append)
    page.openAt(str(conversation), str(wanted.id))
    wait_for(lambda: rows)
    assert page.rows_now()[rows[0]].plain == "message 60"


def test_finding_counts_matches_and_goes_round(page: ChatViewModel, chat: DemoChat, wait_for: WaitFor) -> None:
    page.open(str(chat.seed("x", [("user", "apple"), ("assistant", "pear"), ("user", "apple pie")])))
    wait_for(lambda: "footer" in kinds(page))
    page.find("apple")
    wait_for(lambda: page.property("findText") == "1 / 2")
    page.findNext(1)
    page.findNext(1)
    assert page.property("findText") == "1 / 2"


def test_a_failed_opening_says_why_and_can_be_tried_again(page: ChatViewModel, wait_for: WaitFor) -> None:
    page.open("00000000-0000-0000-0000-000000000000")
    wait_for(lambda: page.property("errorCode") == "conversation_not_found")
    assert page.property("canRetry")
    assert page.property("errorAction") != ""
    page.dismissError()
    assert page.property("errorSentence") == ""


def test_a_refused_message_goes_back_into_the_composer(
    page: ChatViewModel, chat: DemoChat, wait_for: WaitFor, bridge: Bridge
) -> None:
    conversation = chat.seed("x", [("user", "q"), ("assistant", "a")])
    page.open(str(conversation))
    wait_for(lambda: "footer" in kinds(page))
    chat.pace_s, chat.script = 0.05, "word " * 500
    other = ChatViewModel(bridge)
    other.open(str(conversation))
    wait_for(lambda: "footer" in kinds(other))
    other.send("first")
    wait_for(lambda: kinds(other)[-1] == "paragraph")
    page.send("second")
    wait_for(lambda: page.property("errorCode") == "answer_in_progress")
    assert page.property("draft") == "second"
    other.stop()
    wait_for(lambda: idle(other))


def test_a_draft_is_kept_with_its_conversation(
    page: ChatViewModel, chat: DemoChat, wait_for: WaitFor, bridge: Bridge
) -> None:
    first, second = (chat.seed(title, [("user", "q")]) for title in ("one", "two"))
    page.open(str(first))
    wait_for(lambda: kinds(page) == ["user"])
    page.setProperty("draft", "not finished")
    page.open(str(second))
    wait_for(lambda: page.property("title") == "two")
    assert page.property("draft") == ""
    page.open(str(first))
    wait_for(lambda: page.property("title") == "one")
    assert page.property("draft") == "not finished"


def test_a_first_draft_waits_while_another_conversation_is_looked_at(
    page: ChatViewModel, chat: DemoChat, wait_for: WaitFor
) -> None:
    page.setProperty("draft", "a long thought")
    page.open(str(chat.seed("one", [("user", "q")])))
    wait_for(lambda: kinds(page) == ["user"])
    assert page.property("draft") == ""
    page.newChat()
    assert page.property("draft") == "a long thought"


def test_what_is_typed_while_the_last_conversation_opens_is_kept(
    page: ChatViewModel, chat: DemoChat, wait_for: WaitFor
) -> None:
    page.reopen(str(chat.seed("one", [("user", "q")])))
    page.setProperty("draft", "typed at once")
    wait_for(lambda: kinds(page) == ["user"])
    assert page.property("draft") == "typed at once"


def test_switching_between_versions_keeps_what_is_being_typed(
    page: ChatViewModel, chat: DemoChat, wait_for: WaitFor
) -> None:
    page.open(str(chat.seed("x", [("user", "q"), ("assistant", "old")])))
    wait_for(lambda: "footer" in kinds(page))
    page.regenerate(page.rows_now()[1].message_id)
    wait_for(lambda: idle(page) and "footer" in kinds(page))
    page.setProperty("draft", "half a sen")
    page.switchBranch(page.rows_now()[1].message_id, -1)
    wait_for(lambda: page.rows_now()[1].html == "old")
    assert page.property("draft") == "half a sen"


async def test_a_first_draft_that_waits_is_stored_when_the_program_ends(
    page: ChatViewModel, chat: DemoChat, bridge: Bridge, wait_for: WaitFor
) -> None:
    page.setProperty("draft", "a thought")
    page.open(str(chat.seed("one", [("user", "q")])))
    wait_for(lambda: kinds(page) == ["user"])
    page.keep_first_draft()
    assert bridge.close()
    drafts = {conversation.draft for conversation in await chat.conversations(SecurityContext.local_user())}
    assert drafts == {"", "a thought"}


async def test_a_first_draft_gets_a_conversation_when_the_program_ends(
    page: ChatViewModel, chat: DemoChat, bridge: Bridge, wait_for: WaitFor
) -> None:
    page.setProperty("draft", "a thought")
    page.keep_first_draft()
    assert bridge.close()
    (kept,) = await chat.conversations(SecurityContext.local_user())
    assert kept.draft == "a thought"


def test_the_meter_counts_the_draft(page: ChatViewModel, chat: DemoChat, wait_for: WaitFor) -> None:
    page.open(str(chat.seed("x", [("user", "q" * 4_000)])))
    wait_for(lambda: page.property("meterText") == "context 1,000 / 8,192")
    page.setProperty("draft", "w" * 4_000)
    page.measure()
    wait_for(lambda: page.property("meterText") == "context 2,000 / 8,192")
    assert 0.3 < page.property("meterLevel") < 0.4


def test_dropped_messages_are_announced(page: ChatViewModel, chat: DemoChat, wait_for: WaitFor) -> None:
    page.open(str(chat.seed("x", [("user", "q" * 60_000)])))
    wait_for(lambda: "oldest messages" in page.property("meterNotice"))


def test_copying_code_copies_the_whole_block(page: ChatViewModel, chat: DemoChat, wait_for: WaitFor) -> None:
    code = "\n".join(f"line {number}" for number in range(100))
    copied: list[str] = []
    page.textCopied.connect(copied.append)
    page.open(str(chat.seed("x", [("user", "q"), ("assistant", f"```\n{code}\n```")])))
    wait_for(lambda: kinds(page) == ["user", "code", "code", "code", "footer"])
    page.copyCode(1)
    assert copied == [code]


def test_the_chosen_model_is_asked_by_the_conversation(page: ChatViewModel, chat: DemoChat, wait_for: WaitFor) -> None:
    page.chooseModel("smollm2-1.7b")
    page.send("Hello")
    wait_for(lambda: "footer" in kinds(page))
    assert page.property("model") == "smollm2-1.7b"


def test_a_very_long_own_message_is_cut_on_the_page_only(
    page: ChatViewModel, chat: DemoChat, wait_for: WaitFor
) -> None:
    page.open(str(chat.seed("x", [("user", "z" * 50_000)])))
    wait_for(lambda: kinds(page) == ["user"])
    row = page.rows_now()[0]
    assert (len(row.plain), row.notice) == (12_000, "38,000 more characters are not shown")
    assert len(page.messageText(row.message_id)) == 50_000
