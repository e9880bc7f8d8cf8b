"""What a report says of errors and stacks, and what it never says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hyperspot_desktop.text_cleaning import clean
from modkit.errors import HyperSpotError
from modkit.stacks import error_lines, native_lines, place, stack_lines

PROMPT = "Dear Dr Osei, my diagnosis is"


class ChatRefused(HyperSpotError):
    """As a module says it, with the user's words in the sentence."""

    code = "chat_refused"


class WordsAsCode(HyperSpotError):
    """Its code is none."""

    code = "My diagnosis, in words"


def raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    try:
        raise error from cause
    except BaseException as caught:
        return caught


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        (clean.__code__.co_filename, "hyperspot_desktop/text_cleaning.py"),
        (Path.exists.__code__.co_filename, "pathlib.py"),
        ("/home/ada/venv/lib/python3.11/site-packages/qasync/__init__.py", "qasync/__init__.py"),
        ("C:\\Users\\Ada\\venv\\Lib\\site-packages\\qasync\\__init__.py", "qasync/__init__.py"),
        ("hyperspot_desktop/app.py", "hyperspot_desktop/app.py"),
        ("/home/ada/Documents/my diagnosis.py", "another file"),
        ("my diagnosis.py", "another file"),
        ("../secret/app.py", "another file"),
        ("<string>", "generated code"),
        ("<frozen importlib._bootstrap>", "<frozen importlib._bootstrap>"),
    ],
)
def test_a_place_is_relative_to_the_program_and_names_no_file_of_the_user(file: str, shown: str) -> None:
    assert place(file) == shown


def test_an_error_is_told_by_type_code_and_place_but_never_by_its_message() -> None:
    error = raised(ChatRefused(PROMPT), raised(KeyError(PROMPT)))
    lines = error_lines(error)
    assert lines[0].endswith(".ChatRefused [chat_refused]")
    assert "caused by KeyError" in lines
    assert PROMPT not in "\n".join(lines)


def test_an_error_met_while_another_was_handled_is_told_after_it() -> None:
    try:
        try:
            raise KeyError(PROMPT)
        except KeyError:
            raise ValueError(PROMPT)  # noqa: B904  # what happens when a handler fails
    except ValueError as error:
        lines = error_lines(error)
    assert [line for line in lines if not line.startswith("  ")] == ["ValueError", "while handling KeyError"]


def test_a_group_names_the_types_of_its_parts() -> None:
    lines = error_lines(raised(ExceptionGroup(PROMPT, [ValueError(PROMPT), OSError(PROMPT)])))
    assert lines[-1] == "  a group of OSError, ValueError"
    assert PROMPT not in "\n".join(lines)


def test_errors_that_cause_each_other_come_to_an_end() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert error_lines(first) == ["ValueError", "caused by KeyError"]


def test_a_code_that_could_be_words_is_not_told() -> None:
    assert error_lines(WordsAsCode("x"))[0].endswith("WordsAsCode")


def recurse(depth: int) -> None:
    if depth == 0:
        raise RecursionError
    recurse(depth - 1)


def test_a_very_deep_stack_is_told_by_its_ends() -> None:
    with pytest.raises(RecursionError) as caught:
        recurse(200)
    lines = error_lines(caught.value)
    assert len(lines) == 62
    assert sum("more" in line for line in lines) == 1


def test_the_stack_of_a_thread_ends_with_its_innermost_call() -> None:
    assert "test_the_stack_of_a_thread_ends" in stack_lines(sys._getframe())[-1]
    assert stack_lines(None) == []


def test_what_faulthandler_wrote_keeps_its_frames_and_nothing_else() -> None:
    written = (
        "Fatal Python error: Segmentation fault\n\n"
        "Current thread 0x00007fc0597e7b80 (most recent call first):\n"
        f'  File "{clean.__code__.co_filename}", line 7 in clean\n'
        '  File "/home/ada/my diagnosis.py", line 1 in <module>\n'
        f"{PROMPT}\n"
    )
    assert native_lines(written) == [
        "Fatal Python error: Segmentation fault",
        "",
        "Current thread 0x00007fc0597e7b80 (most recent call first):",
        "  hyperspot_desktop/text_cleaning.py:7 in clean",
        "  another file:1 in <module>",
    ]
