"""What can be configured about the index."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class QdrantConfig(BaseModel):
    """``modules.local-search-index.config.qdrant``: a search server instead of the built-in index."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(default="", description="address of the server, http://host:6333; :memory: keeps all in memory")
    api_key: SecretStr | None = Field(default=None, description="key of the server")
    prefix: str = Field(default="hyperspot", pattern=r"^[a-z0-9_-]{1,32}$", description="begins its collections' names")
    timeout_s: float = Field(default=10.0, gt=0, description="longest wait for an answer")


class LocalSearchIndexConfig(BaseModel):
    """``modules.local-search-index.config``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    vendor: Literal["hyperspot", "qdrant"] = Field(default="hyperspot", description="which plugin keeps the passages")
    memory_mb: int = Field(default=256, ge=8, description="most memory for vector codes of users not searching now")
    qdrant: QdrantConfig = Field(default_factory=QdrantConfig)
