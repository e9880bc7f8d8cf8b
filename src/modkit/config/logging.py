"""The ``logging`` section: section name → where records go; ``default`` catches everything."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Level = Literal["trace", "debug", "info", "warn", "error", "off"]


def _level(value: object) -> object:
    # YAML 1.1 readers turn a bare `off` into False; both spellings of the word mean the same here.
    if value is False:
        return "off"
    text = value.lower() if isinstance(value, str) else value
    return {"none": "off", "warning": "warn"}.get(text, text) if isinstance(text, str) else text


LevelField = Annotated[Level, BeforeValidator(_level)]


class LogSettings(BaseModel):
    """One section: ``default``, or a logger-name prefix such as ``modules.chat``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    console_level: LevelField = Field(default="info", description="least level shown on stderr")
    console_format: Literal["text", "json"] = Field(default="text", description="only that of `default` counts")
    file: str | None = Field(default=None, description="path, relative to the home directory; none = no file")
    file_level: LevelField = Field(default="info", description="least level written to the file")
    max_size_mb: int = Field(default=100, ge=1, description="rotate when the file is larger (MB)")
    max_backups: int | None = Field(default=None, ge=0, description="rotated files kept")
    max_age_days: int | None = Field(default=None, ge=0, description="used only when max_backups is absent; 1 then")


LoggingSection = dict[str, LogSettings]

DEFAULT_LOG_FILE = "logs/hyperspot.log"


def default_logging() -> LoggingSection:
    """What is logged where nothing is configured."""
    settings = LogSettings(file=DEFAULT_LOG_FILE, file_level="debug", max_age_days=7, max_backups=3, max_size_mb=100)
    return {"default": settings}
