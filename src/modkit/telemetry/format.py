"""Log records as lines: text for people on stderr, JSON for files; no secrets, and no messages of errors in files."""

from __future__ import annotations

import json
import re
import traceback
from datetime import UTC
from typing import TYPE_CHECKING, Any

from modkit.redaction import redact, redact_text
from modkit.stacks import error_lines
from modkit.telemetry.levels import level_name
from modkit.telemetry.tracing import current_ids

if TYPE_CHECKING:
    from loguru import Record

# Keys with this prefix are notes between our own functions, not fields of the record.
_OWN = "_line_"

# pydantic and SQLAlchemy quote what they were given, which may be the user's text.
_QUOTED_INPUT = re.compile(r"(?P<before>input_value=|\[parameters: ).*?(?P<after>, input_type=|\]\n)", re.DOTALL)


def json_line(record: Record) -> str:
    """loguru's format hook for files: one JSON object per record."""
    entry: dict[str, Any] = {
        "timestamp": _timestamp(record),
        "level": level_name(record["level"].no).upper(),
        "fields": {"message": redact_text(record["message"]), **_fields(record)},
        "target": target_of(record),
        "thread": record["thread"].name,
    }
    if record["exception"] is not None and (error := record["exception"].value) is not None:
        # A file stays and is sent around: what an error says may be the words of its user.
        entry["fields"]["exception"] = "\n".join(error_lines(error))
    if ids := current_ids():
        entry["span"] = ids
    record["extra"][f"{_OWN}json"] = json.dumps(entry, ensure_ascii=False, default=str)
    return f"{{extra[{_OWN}json]}}\n"


def text_line(record: Record) -> str:
    """loguru's format hook for the console: time in UTC, level, target, message, fields, backtrace."""
    fields = "".join(f" {name}={value}" for name, value in _fields(record).items())
    error = _error_text(record)
    rest = f"{target_of(record)}: {redact_text(record['message'])}{fields}"
    record["extra"][f"{_OWN}text"] = f"{rest}\n{error.rstrip()}" if error else rest
    level = level_name(record["level"].no).upper()
    return f"{_timestamp(record)} <level>{level: >5}</level> {{extra[{_OWN}text]}}\n"


def target_of(record: Record) -> str:
    """The logger's name: the module path of our own code, the logger name of a library's record."""
    return str(record["extra"].get("_target") or record["name"] or "unknown")


def _timestamp(record: Record) -> str:
    return record["time"].astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _fields(record: Record) -> dict[str, Any]:
    shown = {name: value for name, value in record["extra"].items() if not name.startswith("_")}
    return dict(redact(shown))


def _error_text(record: Record) -> str:
    """The backtrace without the values of variables: those may be prompts or keys."""
    error = record["exception"]
    if error is None or error.value is None:
        return ""
    text = "".join(traceback.format_exception(error.type, error.value, error.traceback))
    return redact_text(_QUOTED_INPUT.sub(r"\g<before>...\g<after>", text))
