"""Settings of rag that belong to the installation."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class RagConfig(BaseModel):
    """The section ``modules.rag.config``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_file_size_mb: int = Field(default=100, ge=1, description="Larger files are skipped, in MiB.")
    readers: int = Field(default=4, ge=1, le=32, description="How many files are under way at the same time.")
    embed_batch: int = Field(default=16, ge=1, le=256, description="Passages that are embedded in one call.")
    passages_in_prompt: int = Field(default=8, ge=1, le=50, description="Most passages that a question is given.")
