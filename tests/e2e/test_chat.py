"""Chatting from a shell, as a user would."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

from tests.support.program import PATIENCE_S, Program, wait_for_handler

MARKER = "xylophonmarkerzebra"
STORY = "Tell a very long story about the sea, with many chapters."

pytestmark = [pytest.mark.engine, pytest.mark.timeout(600)]


def test_an_answer_streams_as_events(hyperspot: Program) -> None:
    first = hyperspot.run("chat", "--json", "My name is Ada. What is the capital of France?")
    assert first.answered, first.err
    events = [line for line in first.json_lines if "event" in line]  # a cut answer is followed by the reason
    finished = events[-1]
    streamed = "".join(event["text"] for event in events if event["event"] == "delta")
    assert streamed == finished["answer"]["content"] != ""
    assert finished["answer"]["status"] == "complete"
    assert len(events) > 4


@pytest.mark.parametrize("text", ["", "\x01\x02\x1b \n"])
def test_a_message_without_text_is_refused_with_a_sentence(hyperspot: Program, text: str) -> None:
    refused = hyperspot.type("chat", text)
    assert refused.code == 2
    assert "no text" in refused.err
    assert "→" in refused.err


def test_a_refused_message_leaves_no_conversation(hyperspot: Program) -> None:
    before = hyperspot.type("conversations", "list", "--json").json
    assert hyperspot.type("chat", "").code == 2
    unknown = hyperspot.type("chat", "--model", "no-such-model", "hi")
    assert unknown.code == 3
    assert hyperspot.type("conversations", "list", "--json").json == before


def test_the_length_and_the_model_s_freedom_can_be_set(hyperspot: Program) -> None:
    short = hyperspot.type("chat", "--json", "--max-tokens", "4", "--temperature", "0", STORY)
    [finished] = [line for line in short.json_lines if line.get("event") == "finished"]
    assert finished["answer"]["stats"]["output_tokens"] <= 4
    again = hyperspot.type("chat", "--json", "--conversation", "last", "--max-tokens", "6", "Go on.")
    shown = hyperspot.type("conversations", "show", "last", "--json").json["conversation"]["params"]
    assert again.answered
    assert (shown["max_output_tokens"], shown["temperature"]) == (6, 0)


def test_a_piped_message_that_cannot_fit_is_refused_and_the_program_goes_on(hyperspot: Program) -> None:
    refused = hyperspot.run("chat", "-", stdin="word " * 2_000_000)
    assert refused.code == 1
    assert "→" in refused.err
    assert hyperspot.type("chat", "-", stdin="Say hi.\n").answered


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT to one process is POSIX")
def test_ctrl_c_stops_the_answer_and_keeps_it_and_the_next_turn_remembers(hyperspot: Program) -> None:
    process = hyperspot.start("chat", STORY)
    assert process.stdout is not None
    begun = process.stdout.read(8)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 130, err
    assert "kept" in err
    question, kept = hyperspot.type("conversations", "show", "last", "--json").json["messages"]
    assert kept["status"] == "stopped"
    assert kept["content"].startswith(begun)
    assert question["content"] == STORY

    # The next turn remembers. A small model may forget; that it was given the first turn shows in what it read.
    assert hyperspot.type("chat", "--conversation", "last", "Say hi.").answered
    followed = hyperspot.type("conversations", "show", "last", "--json").json["messages"][3]["stats"]
    assert hyperspot.type("chat", "Say hi.").answered
    alone = hyperspot.type("conversations", "show", "last", "--json").json["messages"][1]["stats"]
    assert followed["dropped_messages"] == 0
    assert followed["input_tokens"] > alone["input_tokens"] + len(question["content"].split())


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_program_that_waits_for_an_open_pipe_can_be_ended(hyperspot: Program) -> None:
    reader, writer = os.pipe()
    process = hyperspot.start("chat", "-", stdin=reader)
    os.write(writer, b"the beginning of a message")
    wait_for_handler(process.pid, signal.SIGTERM)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=30)
    os.close(writer)
    os.close(reader)
    assert process.returncode == 130, err
    assert err == ""


def test_what_was_chatted_stands_in_no_file_in_clear(hyperspot: Program) -> None:
    assert hyperspot.type("chat", f"Repeat this word: {MARKER}").answered
    files = [path for path in hyperspot.home.rglob("*") if path.is_file() and path.suffix != ".gguf"]
    needles = (MARKER.encode(), MARKER.encode("utf-16-le"))
    assert (hyperspot.home / "hyperspot.db").exists()
    assert [path for path in files if any(needle in path.read_bytes() for needle in needles)] == []


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("unshare") is None, reason="needs Linux namespaces")
def test_everything_works_without_any_network(hyperspot: Program) -> None:
    prefix = ("unshare", "--net", "--map-root-user")
    answer = hyperspot.run("chat", "Say hi.", prefix=prefix)
    assert answer.answered, answer.err
    assert answer.out.strip()
    assert hyperspot.run("doctor", prefix=prefix).code == 0


def test_deleted_conversations_come_back_from_the_trash(hyperspot: Program) -> None:
    answered = hyperspot.type("chat", "--json", "Say one word about quokkas.")
    conversation = answered.json_lines[0]["conversation_id"]
    assert hyperspot.type("conversations", "search", "quokk", "--json").json[0]["conversation_id"] == conversation
    assert hyperspot.type("conversations", "delete", conversation).code == 0
    assert conversation not in [one["id"] for one in hyperspot.type("conversations", "list", "--json").json]
    assert hyperspot.type("conversations", "search", "quokk", "--json").json == []
    hidden = hyperspot.type("conversations", "show", conversation[:13])
    assert "in the trash" in hidden.err
    assert hyperspot.type("conversations", "restore", conversation[:13]).code == 0
    exported = hyperspot.type("conversations", "export", conversation)
    assert "quokkas" in exported.out
    assert hyperspot.type("conversations", "export", conversation, "--json").json


def test_an_unknown_conversation_is_a_sentence_and_an_exit_code(hyperspot: Program) -> None:
    missing = hyperspot.type("conversations", "show", "0000")
    assert missing.code == 3
    assert "no conversation" in missing.err


def test_a_second_command_talks_to_the_first(hyperspot: Program) -> None:
    holder = hyperspot.start("chat", "--system", "You are a seafarer.", STORY)
    assert holder.stdout is not None
    holder.stdout.read(1)
    shown = hyperspot.run("conversations", "show", "last", "--json")
    holder.send_signal(signal.SIGINT)
    holder.communicate(timeout=PATIENCE_S)
    assert shown.code == 0, shown.err
    assert shown.json["messages"][0]["content"] == STORY


def test_a_copied_home_opens_where_it_lies_now(hyperspot: Program, tmp_path: Path) -> None:
    here = hyperspot.type("conversations", "list", "--json").json
    moved = Program(tmp_path / "elsewhere")
    shutil.copytree(hyperspot.home, moved.home, ignore=shutil.ignore_patterns("*.sock"))
    assert moved.type("conversations", "list", "--json").json == here
