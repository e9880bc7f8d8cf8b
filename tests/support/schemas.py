"""Every module that has tables: its file, its name and its migrations, as the desktop's configuration has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from modkit.db import Migration
from modules.chat.infra.storage.migrations import MIGRATIONS as CHAT
from modules.jobs_manager.infra.storage.migrations import MIGRATIONS as JOBS
from modules.llm_manager.infra.storage.migrations import MIGRATIONS as MODELS
from modules.local_search_index.infra.embedded.migrations import MIGRATIONS as INDEX
from modules.rag.infra.storage.migrations import MIGRATIONS as RAG
from modules.settings.infra.storage.migrations import MIGRATIONS as SETTINGS


@dataclass(frozen=True, slots=True)
class Schema:
    """``migrations`` in their order; the first one is the first schema that anybody had."""

    file: str
    module: str
    migrations: Sequence[Migration]


SCHEMAS = (
    Schema("hyperspot.db", "settings", SETTINGS),
    Schema("hyperspot.db", "jobs-manager", JOBS),
    Schema("hyperspot.db", "llm-manager", MODELS),
    Schema("hyperspot.db", "chat", CHAT),
    Schema("hyperspot.db", "rag", RAG),
    Schema("index.db", "local-search-index", INDEX),
)
