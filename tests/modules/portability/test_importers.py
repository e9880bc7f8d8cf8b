"""Histories of other programs, from samples made by hand to their formats."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from modkit.security import SecurityContext
from modules.chat.contract import ChatMessage, ConversationTree
from modules.portability.contract import (
    ArchiveDamaged,
    ExportFormat,
    HistorySource,
    UnknownHistory,
)
from modules.portability.domain.history import History
from modules.portability.domain.importers.detect import history_of
from tests.modules.chat.chat_support import told
from tests.modules.portability.exchange_support import SAMPLES, Profile, write_zip

OWNER, SOMEBODY = UUID(int=7), UUID(int=8)


@dataclass
class Files:
    """Implements Source in memory."""

    files: dict[str, bytes]
    name: str = "sample"
    reads: list[str] = field(default_factory=list)

    def names(self) -> list[str]:
        return sorted(self.files)

    def read(self, name: str) -> bytes:
        self.reads.append(name)
        return self.files[name]


def sample(*paths: str) -> Files:
    return Files({path: (SAMPLES / path).read_bytes() for path in paths})


def of_value(value: Any) -> Files:
    return Files({"conversations.json": json.dumps(value).encode()})


def read(source: Files, owner: UUID = OWNER) -> tuple[History, list[ConversationTree]]:
    history = history_of(source, owner)
    return history, list(history.trees())


def shown(tree: ConversationTree) -> list[tuple[str, str]]:
    """Role and content of the branch that is shown."""
    by_id = {message.id: message for message in tree.messages}
    branch: list[ChatMessage] = []
    at = tree.conversation.active_leaf_id
    while at is not None:
        branch.insert(0, by_id[at])
        at = branch[0].parent_id
    return [(message.role, message.content) for message in branch]


def test_chatgpt_keeps_branches_models_and_times_and_bridges_tools() -> None:
    history, [paella, empty] = read(sample("chatgpt.json"))
    assert history.source is HistorySource.CHATGPT
    assert shown(paella) == [
        ("user", "How much rice for six?"),
        ("assistant", "About **600 g** ."),
        ("user", "[A picture, sound or file that is not part of this import]\nLike this?"),
    ]
    other = [message for message in paella.messages if message.content == "Six kilos."]
    assert (len(paella.messages), other[0].model) == (5, "gpt-4o")
    assert paella.conversation.title == "Paella for six"
    assert paella.conversation.created_at.isoformat() == "2024-05-03T14:16:34.500000+00:00"
    assert (empty.messages, empty.conversation.title_source) == ((), "none")
    assert history.notes() == (
        "1 × calls of tools",
        "1 × images, sounds and files",
        "1 × results of tools",
        "1 × thoughts of the model",
    )


def test_claude_keeps_versions_and_the_text_of_attachments() -> None:
    history, [lease, older] = read(sample("claude.json"))
    assert history.source is HistorySource.CLAUDE
    question, first, second = lease.messages
    assert "**lease.txt**\n\n````\nIt ends on 31 May. ``` odd\n````" in question.content
    assert question.content.endswith("[File photo.png: not part of this import]")
    assert first.content == "On 31 May.\n\nShall I remind you?"
    assert (first.parent_id, second.parent_id) == (question.id, question.id)
    assert lease.conversation.active_leaf_id == second.id
    assert shown(older) == [("user", "An older export"), ("assistant", "names no parents.")]
    assert history.notes() == (
        "1 × calls and results of tools",
        "1 × images, sounds and files",
        "1 × thoughts of the model",
    )


def test_open_webui_keeps_the_tree_and_the_system_prompt() -> None:
    history, [garden, old] = read(sample("open-webui.json"))
    assert history.source is HistorySource.OPEN_WEBUI
    assert shown(garden) == [("user", "When to sow beans?"), ("assistant", "After the last frost.")]
    assert [message.model for message in garden.messages] == [None, "llama3.2:3b", "qwen2.5:7b"]
    assert garden.conversation.system_prompt == "Be a gardener."
    assert shown(old) == [("user", "Hi"), ("assistant", "Hello.")]
    assert history.notes() == ("2 × images, sounds and files",)


def test_lm_studio_keeps_all_versions_and_goes_on_below_the_selected_one() -> None:
    history, [haiku] = read(sample("lm-studio/1715000000000.conversation.json"))
    assert history.source is HistorySource.LM_STUDIO
    assert shown(haiku) == [
        ("user", "A haiku about rain"),
        ("assistant", "Drops count the hours"),
        ("user", "Another"),
    ]
    assert [message.model for message in haiku.messages if message.role == "assistant"] == [
        "qwen2.5-7b-instruct",
        "publisher/model",
    ]
    assert haiku.conversation.system_prompt == "Be brief."
    assert history.notes() == ("1 × images, sounds and files", "1 × thoughts of the model")


def test_jan_reads_a_folder_of_threads() -> None:
    folder = "jan/threads/jan_1715000000/"
    history, [trip] = read(sample(folder + "thread.json", folder + "messages.jsonl"))
    assert history.source is HistorySource.JAN
    assert shown(trip) == [("user", "Where to in May?"), ("assistant", "Lisbon.")]
    assert trip.conversation.system_prompt == "You plan trips."
    assert trip.messages[1].model == "llama3.2-3b"
    assert trip.messages[0].created_at.isoformat() == "2024-05-06T12:53:21+00:00"


def test_a_thread_without_messages_is_an_empty_conversation() -> None:
    _, [trip] = read(sample("jan/threads/jan_1715000000/thread.json"))
    assert trip.messages == ()


def test_other_json_is_told_from_a_history() -> None:
    for value in ([], {}, 5, None, [1], {"messages": [{"role": "user"}]}, {"mapping": 3}):
        with pytest.raises(UnknownHistory, match="no conversations"):
            history_of(of_value(value), OWNER)


def test_exports_of_two_programs_are_not_mixed() -> None:
    with pytest.raises(ArchiveDamaged, match="chatgpt and claude"):
        history_of(sample("chatgpt.json", "claude.json"), OWNER)


def test_files_beside_a_history_are_passed_over() -> None:
    source = sample("chatgpt.json")
    source.files |= {"user.json": b"{}", "message_feedback.json": b"[]"}
    assert len(read(source)[1]) == 2


def test_the_same_export_gives_the_same_ids_for_one_user_and_others_for_another() -> None:
    first, again = read(sample("claude.json"))[1], read(sample("claude.json"))[1]
    others = read(sample("claude.json"), SOMEBODY)[1]
    assert first == again
    ids = {tree.conversation.id for tree in first} | {message.id for tree in first for message in tree.messages}
    assert ids.isdisjoint({message.id for tree in others for message in tree.messages})


def _chatgpt(*nodes: dict[str, Any], **values: Any) -> Files:
    mapping = {node["id"]: {"children": [], **node} for node in nodes}
    return of_value([{"id": "c", "title": "T", "create_time": 1.0, "mapping": mapping, **values}])


def _said(text: str, **values: Any) -> dict[str, Any]:
    content = {"content_type": "text", "parts": [text]}
    return {"author": {"role": "user"}, "content": content, "recipient": "all", **values}


A = {"id": "a", "parent": None, "message": _said("A")}
B = {"id": "b", "parent": "a", "message": _said("B")}


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (_chatgpt(A | {"parent": "b"}, B), "circle"),
        (_chatgpt(A | {"parent": "a"}), "circle"),
        (_chatgpt(B), "answers one that is missing"),
        (_chatgpt(A | {"message": _said("A", create_time=1e300)}), "impossible time"),
        (_chatgpt(A | {"message": _said("A", create_time="soon")}), "impossible time"),
        (_chatgpt(A | {"message": _said("A", create_time=[1])}), "time of an unknown form"),
        (_chatgpt(A | {"message": "A"}), "message a is not an object"),
        (_chatgpt(A | {"message": _said("A", content={"content_type": "text", "parts": "A"})}), "parts is not a list"),
        (_chatgpt(A, id=None), "has no id"),
        (of_value([{"mapping": {}, "id": "c"}, 5]), "conversation 2 is not an object"),
        (of_value([{"uuid": "c", "chat_messages": [{"uuid": "m"}, {"uuid": "m"}]}]), "same id"),
        (Files({"c.json": b'[{"mapping": {}, "id": ' + b"9" * 5_000 + b"}]"}), "number of 5000 digits"),
        (Files({"c.json": b"[" * 200_000}), "nested too deeply"),
        (Files({"c.json": '{"mapping": "é"}'.encode("utf-16")}), "not UTF-8"),
        (Files({"c.json": b'{"mapping": {"a": NaN}}'}), "NaN"),
        (Files({"c.json": b'{"mapping": {"a": 1e999}}'}), "beyond all measure"),
        (Files({"c.json": b'{"mapping": {'}), "not valid JSON"),
    ],
)
def test_a_broken_export_is_refused_and_says_why(source: Files, reason: str) -> None:
    with pytest.raises(ArchiveDamaged, match=reason):
        read(source)


def test_a_chain_deeper_than_pythons_stack_is_read() -> None:
    nodes = [A] + [
        {"id": f"n{number}", "parent": f"n{number - 1}" if number else "a", "message": _said(str(number))}
        for number in range(3_000)
    ]
    [tree] = read(_chatgpt(*nodes))[1]
    assert len(shown(tree)) == 3_001


def test_an_answer_older_than_its_question_still_stands_behind_it() -> None:
    early = B | {"message": _said("B", create_time=-5)}
    [tree] = read(_chatgpt(early, A | {"message": _said("A", create_time=100)}, current_node="b"))[1]
    assert shown(tree) == [("user", "A"), ("user", "B")]
    assert [message.content for message in tree.messages] == ["A", "B"]


def test_text_that_would_break_a_terminal_is_cleaned() -> None:
    [tree] = read(_chatgpt(A | {"message": _said("a\x1b[31m\x02b\r\nc\ud800")}))[1]
    assert tree.messages[0].content == "a[31mb\nc"


async def test_an_import_is_stored_recognised_and_can_be_gone_on_with(
    profile: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    write_zip(tmp_path / "export.zip", {"x/conversations.json": (SAMPLES / "chatgpt.json").read_bytes()})
    preview = await profile.portability.preview(ctx, tmp_path / "export.zip")
    assert (preview.new_conversations, preview.new_messages) == (2, 5)
    assert await profile.chat.conversations(ctx) == []
    report = await profile.portability.import_history(ctx, tmp_path / "export.zip")
    again = await profile.portability.import_history(ctx, tmp_path / "export.zip")
    assert (len(report.created), report.messages_added, report.notes) == (2, 5, preview.notes)
    assert (again.created, again.messages_added, again.messages_known) == ((), 0, 5)
    [paella] = [one for one in await profile.chat.conversations(ctx) if one.title]
    answer = await told(profile.chat.send(ctx, paella.id, "Thanks"))
    assert answer.text.endswith("Thanks")
    assert (await profile.chat.search(ctx, "kilos"))[0].conversation_id == paella.id


async def test_what_was_added_meanwhile_in_the_other_program_is_added_here(
    profile: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    folder = tmp_path / "lm"
    shutil.copytree(SAMPLES / "lm-studio", folder)
    await profile.portability.import_history(ctx, folder)
    [file] = folder.iterdir()
    grown = json.loads(file.read_text(encoding="utf-8"))
    said = [{"type": "text", "text": "One more"}]
    grown["messages"].append({"versions": [{"type": "singleStep", "role": "user", "content": said}]})
    file.write_text(json.dumps(grown), encoding="utf-8")
    report = await profile.portability.import_history(ctx, folder)
    assert (report.created, report.extended, report.messages_added) == ((), 1, 1)


async def test_an_imported_history_is_the_same_after_a_round_trip(
    profile: Profile, other: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    await profile.portability.import_history(ctx, SAMPLES / "jan")
    await profile.portability.export(ctx, tmp_path / "a.zip", ExportFormat.ARCHIVE)
    await other.portability.import_history(ctx, tmp_path / "a.zip")
    [trip] = await profile.chat.conversations(ctx)
    assert await other.chat.tree(ctx, trip.id) == await profile.chat.tree(ctx, trip.id)
