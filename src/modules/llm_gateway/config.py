"""Settings of llm-gateway that belong to the installation."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class LlmGatewayConfig(BaseModel):
    """The section ``modules.llm-gateway.config``."""

    model_config = ConfigDict(extra="forbid")

    default_provider: str = Field("local", description="The provider of models that are named without one.")
    first_token_timeout_s: float | None = Field(
        900.0,
        gt=0,
        description="Longest wait for the first piece of an answer, in seconds, loading included. None: no limit.",
    )
    total_timeout_s: float | None = Field(
        None, gt=0, description="Longest time for a whole answer, in seconds. None: no limit."
    )
