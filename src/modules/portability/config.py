"""How much an import may take; an honest export stays far below."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class PortabilityConfig(BaseModel):
    """Sizes in MiB of what is read, unpacked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_file_mb: int = Field(default=512, ge=1, description="Largest single file of an import, unpacked.")
    max_total_mb: int = Field(default=4096, ge=1, description="Largest import, unpacked.")
    max_files: int = Field(default=100_000, ge=1, description="Most files of an import.")
