"""Chats of GPT4All: found in any version by what stands in all of them, and refused when one message is missing."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from uuid import UUID

import pytest

from modkit.security import SecurityContext
from modules.chat.contract import ConversationTree
from modules.portability.contract import ArchiveDamaged, HistorySource, UnsupportedHistory
from modules.portability.domain.importers.detect import history_of
from tests.modules.portability.exchange_support import Profile
from tests.modules.portability.gpt4all_support import CREATED, NEW, OLD, Message, chat_file
from tests.modules.portability.test_importers import OWNER, Files, read, shown

TALK = (
    Message("Prompt", "How much rice for six? 🍚"),
    Message("Response", "About **600 g**."),
    Message("Prompt", "Prompt: "),
    Message("Response", "Say it again, please."),
)


def of(*chats: bytes) -> Files:
    return Files({f"gpt4all-{number}.chat": chat for number, chat in enumerate(chats)})


def only(*messages: Message, version: int = NEW) -> tuple[ConversationTree, tuple[str, ...]]:
    history, [tree] = read(of(chat_file(messages, version=version)))
    return tree, history.notes()


@pytest.mark.parametrize("version", [OLD, NEW])
def test_the_messages_of_every_version_are_found(version: int) -> None:
    state = b"\0" * 1000 + ": ".encode("utf-16-be") * 50 + bytes(range(256))
    history, [tree] = read(of(chat_file(TALK, version=version, state=state)))
    assert history.source is HistorySource.GPT4ALL
    assert shown(tree) == [
        ("user", "How much rice for six? 🍚"),
        ("assistant", "About **600 g**."),
        ("user", "Prompt: "),
        ("assistant", "Say it again, please."),
    ]
    assert {one.model for one in tree.messages} == {None, "Llama-3.2-3B-Instruct-Q4_0.gguf"}
    assert (tree.conversation.title, tree.conversation.created_at.timestamp()) == ("Rice for six", CREATED)
    assert history.notes() == ()


def test_a_name_of_the_users_is_the_title() -> None:
    _, [tree] = read(of(chat_file(TALK, renamed="Paella\n")))
    assert (tree.conversation.title, tree.conversation.title_source) == ("Paella", "user")


def test_the_system_message_becomes_the_instructions() -> None:
    tree, _ = only(Message("System", "You cook."), *TALK[:2])
    assert tree.conversation.system_prompt == "You cook."
    assert [role for role, _ in shown(tree)] == ["user", "assistant"]


def test_thoughts_and_tools_are_left_out_and_counted() -> None:
    parts = [("Think", "Hm, how many?"), ("Text", "I count."), ("ToolCall", "print(6)"), ("Text", "Six.")]
    raw = "<think>Hm, how many?</think>I count.print(6)Six."
    tree, notes = only(TALK[0], Message("Response", raw, parts), Message("ToolResponse", "6"), TALK[3])
    assert shown(tree)[1:] == [("assistant", "I count.\n\nSix."), ("assistant", "Say it again, please.")]
    assert notes == ("2 × calls and results of tools", "1 × thoughts of the model")


def test_no_text_of_a_response_is_lost_whether_it_has_parts_or_not() -> None:
    tree, _ = only(
        TALK[0], Message("Response", "At first.", [("Text", "Then.")]), Message("Response", "", [("Text", "So")])
    )
    assert [content for _, content in shown(tree)][1:] == ["At first.\n\nThen.", "So"]


def test_a_chat_without_messages_is_counted_and_the_others_come_in() -> None:
    history, [tree] = read(of(chat_file([]), chat_file(TALK)))
    assert len(tree.messages) == 4
    assert history.notes() == ("1 × chats in which no message was found",)


@pytest.mark.parametrize(
    "chat",
    [
        chat_file(TALK, announced=5),
        chat_file(TALK, announced=3),
        chat_file([Message("Question", "A name that no version here has")]),
    ],
)
def test_messages_that_cannot_be_found_refuse_the_chat(chat: bytes) -> None:
    with pytest.raises(UnsupportedHistory, match=r"gpt4all-0\.chat") as caught:
        read(of(chat))
    assert "paste" in caught.value.action


@pytest.mark.parametrize("version", [OLD, NEW])
def test_a_chat_that_is_cut_off_is_refused_wherever_a_message_is_lost(version: int) -> None:
    whole = chat_file(TALK, version=version, state=b"state")
    # Behind the last text only flags follow.
    last = whole.rindex("please.".encode("utf-16-be")) + len("please.") * 2
    for length in range(4, last):
        # A part of a header may end in what says "no messages"; then none are taken over, and that is said.
        with suppress(ArchiveDamaged, UnsupportedHistory):
            history, trees = read(of(whole[:length]))
            assert (trees, history.notes()) == ([], ("1 × chats in which no message was found",))


def test_damaged_texts_and_other_files_are_refused() -> None:
    whole = chat_file(TALK)
    odd = whole.replace((8).to_bytes(4, "big") + "b7a3".encode("utf-16-be"), (7).to_bytes(4, "big") + b"1234567")
    with pytest.raises(ArchiveDamaged, match="impossible length"):
        read(of(odd))
    with pytest.raises(ArchiveDamaged, match=r"gpt4all-1\.chat is no chat"):
        read(of(whole, b"something else"))
    with pytest.raises(ArchiveDamaged, match="has no id"):
        read(of(chat_file(TALK, chat_id="")))
    with pytest.raises(ArchiveDamaged, match="impossible time"):
        read(of(whole[:8] + b"\x7f" * 8 + whole[16:]))


def test_lone_surrogates_and_controls_do_not_come_in() -> None:
    whole = chat_file([Message("Prompt", "a\x07b"), TALK[1]])
    broken = whole.replace("a\x07b".encode("utf-16-be"), b"\0a\xd8\0\0b")
    [tree] = history_of(of(broken), OWNER).trees()
    assert shown(tree)[0] == ("user", "ab")
    [tree] = history_of(of(whole), OWNER).trees()
    assert shown(tree)[0] == ("user", "ab")


async def test_a_folder_of_chats_is_stored_once(profile: Profile, ctx: SecurityContext, tmp_path: Path) -> None:
    folder = tmp_path / "GPT4All"
    folder.mkdir()
    (folder / "gpt4all-1.chat").write_bytes(chat_file(TALK[:2]))
    (folder / "gpt4all-2.chat").write_bytes(chat_file(TALK, chat_id="c8b4", name="Another"))
    (folder / "Llama-3.2-3B-Instruct-Q4_0.gguf").write_bytes(b"GGUF")
    first = await profile.portability.import_history(ctx, folder)
    again = await profile.portability.import_history(ctx, folder)
    assert (len(first.created), again.created, again.messages_known) == (2, (), 6)
    stored = await profile.chat.conversations(ctx)
    assert {one.title for one in stored} == {"Rice for six", "Another"}
    assert all(isinstance(one.id, UUID) for one in stored)
