"""Where records go: one console for all sections, and the file of the most specific section that has one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from loguru import logger

from modkit.config.logging import LoggingSection, LogSettings, default_logging
from modkit.telemetry.format import json_line, target_of, text_line
from modkit.telemetry.levels import NUMBERS, most_specific
from modkit.telemetry.limits import Limits

if TYPE_CHECKING:
    from loguru import Record

DEFAULT_SECTION = "default"


def add_console(sections: LoggingSection, limits: Limits, stream: TextIO | None = None) -> int | None:
    """Add the console sink and return its id; None when every section keeps the console off."""
    levels = {name: NUMBERS[section.console_level] for name, section in _with_default(sections).items()}
    least = min(levels.values())
    target_stream = stream or sys.stderr
    if least >= NUMBERS["off"] or target_stream is None:
        return None

    def wanted(record: Record) -> bool:
        target, level = target_of(record), record["level"].no
        section = most_specific(levels, target) or DEFAULT_SECTION
        return level >= levels[section] and limits.allows(target, level)

    as_json = _with_default(sections)[DEFAULT_SECTION].console_format == "json"
    line = json_line if as_json else text_line
    return logger.add(
        target_stream, level=least, format=line, filter=wanted, colorize=None, backtrace=False, diagnose=False
    )


def add_files(sections: LoggingSection, limits: Limits, home: Path) -> list[int]:
    """Add one rotating file sink for each section that names a file."""
    with_file = {name: section for name, section in _with_default(sections).items() if section.file}
    return [_add_file(name, section, with_file, limits, home) for name, section in with_file.items()]


def _add_file(name: str, section: LogSettings, with_file: LoggingSection, limits: Limits, home: Path) -> int:
    path = home / (section.file or "")
    path.parent.mkdir(parents=True, exist_ok=True)
    return logger.add(
        path,
        level=NUMBERS[section.file_level],
        format=json_line,
        filter=_belongs_to(name, section, with_file, limits),
        rotation=section.max_size_mb * 1_000_000,
        retention=_retention(section),
        encoding="utf-8",
        backtrace=False,
        diagnose=False,
    )


def _belongs_to(name: str, section: LogSettings, with_file: LoggingSection, limits: Limits) -> Callable[[Record], bool]:
    least = NUMBERS[section.file_level]

    def wanted(record: Record) -> bool:
        target, level = target_of(record), record["level"].no
        owner = most_specific(with_file, target) or DEFAULT_SECTION
        return owner == name and level >= least and limits.allows(target, level)

    return wanted


def _retention(section: LogSettings) -> int | str:
    if section.max_backups is not None:
        return section.max_backups
    return f"{1 if section.max_age_days is None else section.max_age_days} days"


def _with_default(sections: LoggingSection) -> LoggingSection:
    return {**default_logging(), **sections}
