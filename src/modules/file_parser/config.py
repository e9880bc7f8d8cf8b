"""Settings of file-parser that belong to the installation."""

from __future__ import annotations

import os
import re
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

_THIS_COMPUTER = frozenset({"127.0.0.1", "::1", "localhost"})
_LANGUAGE = re.compile(r"[A-Za-z][A-Za-z_]{1,40}")


class OcrConfig(BaseModel):
    """Character recognition by Tesseract, which people install themselves; without it pages wait for it."""

    model_config = ConfigDict(extra="forbid")

    enabled: bool = Field(True, description="Whether pages without text are recognised, if the program is installed.")
    program: str = Field("", description="Path of the program; empty: 'tesseract' on the PATH.")
    languages: list[str] = Field(
        ["eng"], min_length=1, description="Languages to expect, as the program names them (eng, deu, chi_sim)."
    )
    page_timeout_s: float = Field(60.0, gt=0, description="Longest time for one page, in seconds.")
    memory_mb: int = Field(1024, ge=128, description="Address space of the program, in MiB (Linux).")
    max_pages: int = Field(200, ge=1, description="Most pages that are recognised of one document.")

    @field_validator("languages")
    @classmethod
    def _names_only(cls, languages: list[str]) -> list[str]:
        """They become arguments of a program."""
        for language in languages:
            if not _LANGUAGE.fullmatch(language):
                raise ValueError(f"{language!r} is no name of a language; 'eng' and 'chi_sim' are")
        return languages


class TikaConfig(BaseModel):
    """A server of Apache Tika for formats that nothing here reads. It gets the whole document."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field("", description="Address of the server, such as http://127.0.0.1:9998; empty: not used.")
    allow_other_computers: bool = Field(
        False, description="Whether the server may run on another computer, which documents are sent to then."
    )
    timeout_s: float = Field(120.0, gt=0, description="Longest wait for an answer, in seconds.")
    extensions: list[str] = Field(
        ["doc", "dot", "ppt", "pps", "odp", "pub", "vsd", "vsdx", "msg", "wpd", "chm", "key", "pages", "numbers"],
        description="Files with these names are sent to it; those that a parser here reads never are.",
    )

    @model_validator(mode="after")
    def _on_this_computer(self) -> TikaConfig:
        """Nothing leaves this computer by mistake."""
        if not self.url:
            return self
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{self.url!r} is no address of a server; 'http://127.0.0.1:9998' is")
        if not self.allow_other_computers and parts.hostname not in _THIS_COMPUTER:
            raise ValueError(
                f"{parts.hostname} is another computer, which documents would be sent to; "
                "set allow_other_computers as well if that is meant"
            )
        return self


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
    ocr: OcrConfig = Field(default_factory=OcrConfig, description="Character recognition.")
    tika: TikaConfig = Field(default_factory=TikaConfig, description="A server for formats that nothing here reads.")
