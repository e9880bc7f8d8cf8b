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
    watch_after_s: float = Field(
        default=3.0, ge=0, description="Watched folders are looked at so long after the start, in seconds."
    )
    watch_check_s: float = Field(
        default=5.0, gt=0, description="How often a watched folder is checked for being there, in seconds."
    )
    watch_poll_s: float = Field(
        default=120.0, gt=0, description="How often a folder is looked at that cannot be watched, in seconds."
    )
