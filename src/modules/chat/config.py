"""The settings of the chat module that come from the configuration file."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class ChatConfig(BaseModel):
    """All times in seconds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    flush_after_s: float = Field(
        default=0.12, ge=0.01, le=0.2, description="How long streamed text may wait before it is written to disk."
    )
    title_from_model: bool = Field(
        default=True, description="Ask the model for a conversation's title after its first answer."
    )
    title_timeout_s: float = Field(default=20.0, gt=0, description="How long making a title may take.")
