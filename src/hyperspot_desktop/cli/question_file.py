"""Reads a question set from a YAML or JSON file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from modules.rag.contract import EvalQuestion, Expected, InvalidQuestionSet, QuestionSet

MAX_BYTES = 16 << 20


def read_question_set(path: Path, collection: str, name: str | None) -> QuestionSet:
    """A file like this; its name is the set's when neither the file nor the caller gives one.

        name: rent
        questions:
          - question: How high is the rent?
            expected: [lease.pdf, {file: lease.pdf, text: "940 euros"}]

    Raises:
        InvalidQuestionSet
    """
    content = _content(path)
    rows = content.get("questions") if isinstance(content, dict) else content
    if not isinstance(rows, list):
        raise InvalidQuestionSet("it has no list of questions")
    given = content.get("name") if isinstance(content, dict) else None
    questions = tuple(_question(number, row) for number, row in enumerate(rows, start=1))
    return QuestionSet(str(name or given or path.stem), collection, questions)


def _content(path: Path) -> Any:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InvalidQuestionSet(f"it is larger than {MAX_BYTES >> 20} MiB")
        return _parsed(path.read_text(encoding="utf-8"))
    except OSError as err:
        raise InvalidQuestionSet(f"{path} cannot be read ({err.strerror})") from err
    except (yaml.YAMLError, UnicodeDecodeError) as err:
        raise InvalidQuestionSet(f"{path} is neither YAML nor JSON") from err


def _parsed(text: str) -> Any:
    # Nearly all JSON is YAML, and slower to read as that.
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return yaml.safe_load(text)


def _question(number: int, row: Any) -> EvalQuestion:
    if not isinstance(row, dict) or not isinstance(text := row.get("question", row.get("text")), str):
        raise InvalidQuestionSet(f"question {number} has no text")
    expected = row.get("expected")
    ones = expected if isinstance(expected, list) else [expected]
    return EvalQuestion(text, tuple(_expected(number, one) for one in ones))


def _expected(number: int, one: Any) -> Expected:
    if isinstance(one, str):
        return Expected(one)
    if isinstance(one, dict) and set(one) <= {"file", "path", "text"}:
        return Expected(str(one.get("file", one.get("path", ""))), str(one.get("text", "")))
    raise InvalidQuestionSet(f"question {number} does not say what it should find")
