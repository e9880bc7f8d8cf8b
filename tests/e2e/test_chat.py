"""Chatting from a shell, as a user would."""

from __future__ import annotations

import shutil
import signal
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import Program

MARKER = "xylophonmarkerzebra"


def test_an_answer_streams_and_the_next_turn_remembers(hyperspot: Program) -> None:
    first = hyperspot.run("chat", "--json", "My name is Ada Lovelace. Say hello to me by name.")
    assert first.code == 0, first.err
    events = first.json_lines
    started, finished = events[0], events[-1]
    streamed = "".join(event["text"] for event in events if event["event"] == "delta")
    assert streamed == finished["answer"]["content"] != ""
    assert finished["answer"]["status"] == "complete"
    assert len(events) > 4

    second = hyperspot.run("chat", "--conversation", started["conversation_id"], "What is my name? Answer in one word.")
    assert second.code == 0, second.err
    assert "Ada" in second.out
    shown = hyperspot.run("conversations", "show", started["conversation_id"], "--json").json
    assert [message["role"] for message in shown["messages"]] == ["user", "assistant", "user", "assistant"]
    assert shown["messages"][3]["stats"]["cached_tokens"] >= 0


def test_the_message_can_come_from_standard_input(hyperspot: Program) -> None:
    answer = hyperspot.run("chat", "-", stdin="Say hi.\n")
    assert answer.code == 0, answer.err
    assert answer.out.strip()


@pytest.mark.parametrize("text", ["", "   \n", "\x01\x02\x1b"])
def test_a_message_without_text_is_refused_with_a_sentence(hyperspot: Program, text: str) -> None:
    refused = hyperspot.run("chat", text)
    assert refused.code == 2
    assert "no text" in refused.err
    assert "→" in refused.err


def test_a_message_that_cannot_fit_is_refused_and_the_program_goes_on(hyperspot: Program) -> None:
    refused = hyperspot.run("chat", "-", stdin="word " * 2_000_000)
    assert refused.code == 1
    assert "→" in refused.err
    assert hyperspot.run("chat", "Say hi.").code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT to one process is POSIX")
def test_ctrl_c_stops_the_answer_and_keeps_it(hyperspot: Program) -> None:
    process = hyperspot.start("chat", "Count from one to one thousand in words, slowly.")
    assert process.stdout is not None
    begun = process.stdout.read(24)
    process.send_signal(signal.SIGINT)
    rest, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "kept" in err
    kept = hyperspot.run("conversations", "show", "last", "--json").json["messages"][-1]
    assert kept["status"] == "stopped"
    assert kept["content"] == (begun + rest).rstrip("\n") or kept["content"].startswith(begun)


def test_what_was_chatted_stands_in_no_file_in_clear(hyperspot: Program) -> None:
    assert hyperspot.run("chat", f"Repeat this word: {MARKER}").code == 0
    files = [path for path in hyperspot.home.rglob("*") if path.is_file() and path.suffix != ".gguf"]
    needles = (MARKER.encode(), MARKER.encode("utf-16-le"))
    assert (hyperspot.home / "hyperspot.db").exists()
    assert [path for path in files if any(needle in path.read_bytes() for needle in needles)] == []


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("unshare") is None, reason="needs Linux namespaces")
def test_everything_works_without_any_network(hyperspot: Program) -> None:
    prefix = ("unshare", "--net", "--map-root-user")
    answer = hyperspot.run("chat", "Say hi.", prefix=prefix)
    assert answer.code == 0, answer.err
    assert answer.out.strip()
    assert hyperspot.run("conversations", "list", prefix=prefix).code == 0


def test_deleted_conversations_come_back_from_the_trash(hyperspot: Program) -> None:
    hyperspot.run("chat", "Say something about otters.")
    conversation = hyperspot.run("conversations", "list", "--json").json[0]["id"]
    assert hyperspot.run("conversations", "search", "otter", "--json").json[0]["conversation_id"] == conversation
    assert hyperspot.run("conversations", "delete", conversation).code == 0
    assert hyperspot.run("conversations", "list", "--json").json == []
    assert hyperspot.run("conversations", "search", "otter", "--json").json == []
    assert hyperspot.run("conversations", "restore", conversation[:13]).code == 0
    exported = hyperspot.run("conversations", "export", conversation)
    assert "otters" in exported.out


def test_an_unknown_conversation_is_a_sentence_and_an_exit_code(hyperspot: Program) -> None:
    missing = hyperspot.run("conversations", "show", "0000")
    assert missing.code == 3
    assert "no conversation" in missing.err


def test_a_second_command_talks_to_the_first(hyperspot: Program) -> None:
    holder = hyperspot.start("chat", "Tell a very long story about the sea, with many chapters.")
    assert holder.stdout is not None
    holder.stdout.read(1)
    listed = hyperspot.run("conversations", "list", "--json")
    holder.send_signal(signal.SIGINT)
    holder.communicate(timeout=60)
    assert listed.code == 0, listed.err
    assert len(listed.json) == 1


def test_a_copied_home_opens_where_it_lies_now(hyperspot: Program, tmp_path: Path) -> None:
    hyperspot.run("chat", "Say hi.")
    moved = Program(tmp_path / "elsewhere")
    shutil.copytree(hyperspot.home, moved.home, ignore=shutil.ignore_patterns("*.sock"))
    assert len(moved.run("conversations", "list", "--json").json) == 1
