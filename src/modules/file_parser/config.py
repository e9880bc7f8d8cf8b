"""Settings of file-parser that belong to the installation."""

from __future__ import annotations

import os

from pydantic import BaseModel, ConfigDict, Field


class FileParserConfig(BaseModel):
    """The section ``modules.file-parser.config``."""

    model_config = ConfigDict(extra="forbid")

    max_file_size_mb: int = Field(100, ge=1, description="Largest file that is parsed, in MiB.")
    children: int = Field(
        default_factory=lambda: max(1, min(4, (os.cpu_count() or 2) - 1)),
        ge=1,
        description="How many documents are parsed at the same time, each in a process of its own.",
    )
    memory_mb: int = Field(768, ge=256, description="Address space of one parser process, in MiB.")
    silence_timeout_s: float = Field(20.0, gt=0, description="Silence after which a parser is ended, in seconds.")
    parse_timeout_s: float = Field(900.0, gt=0, description="Longest time for one document, in seconds.")
    documents_per_child: int = Field(
        50, ge=1, description="After so many documents, of which small ones count little, a parser process is replaced."
    )
    idle_timeout_s: float = Field(60.0, gt=0, description="Without work for so long, a parser process ends.")
