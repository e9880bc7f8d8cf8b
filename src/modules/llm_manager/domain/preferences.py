"""What the user chooses about models: declared once, read where it matters."""

from __future__ import annotations

from pathlib import Path

from modkit.security import SecurityContext
from modules.llm_manager.contract.models import Purpose
from modules.settings.contract import SettingsClient, SettingSpec, SettingValue

DEFAULT_CHAT = "models.default_chat"
DEFAULT_EMBEDDER = "models.default_embedder"
DEFAULT_RERANKER = "models.default_reranker"
CONTEXT_LENGTH = "models.context_length"
MEMORY_LIMIT_MIB = "models.memory_limit_mib"
IDLE_UNLOAD_MINUTES = "models.idle_unload_minutes"
KEEP_EMBEDDER_WARM = "models.keep_embedder_warm"
FOLDER = "models.folder"
PARALLEL_DOWNLOADS = "models.parallel_downloads"

_DEFAULTS: dict[Purpose, str] = {"chat": DEFAULT_CHAT, "embedding": DEFAULT_EMBEDDER, "reranking": DEFAULT_RERANKER}
MIB = 1024 * 1024
AUTOMATIC_SHARE = 0.75
"""Of all memory, when the user set no limit: the rest is for the system, the window and other programs."""

SPECS = (
    SettingSpec(
        DEFAULT_CHAT, "str", "", "Default chat model", "The model new conversations use. Empty: the best one there is."
    ),
    SettingSpec(
        DEFAULT_EMBEDDER, "str", "", "Default embedding model", "The model that search uses. Empty: the one installed."
    ),
    SettingSpec(
        DEFAULT_RERANKER,
        "str",
        "",
        "Default reranking model",
        "The model that puts found passages into a better order. Empty: the one installed.",
    ),
    SettingSpec(
        CONTEXT_LENGTH,
        "int",
        8192,
        "Context length",
        "How much of a conversation a model sees at once; more needs more memory. A model's own limit still holds.",
        unit="tokens",
        minimum=512,
        maximum=1_048_576,
    ),
    SettingSpec(
        MEMORY_LIMIT_MIB,
        "int",
        0,
        "Memory for models",
        "All loaded models together stay below this. 0: three quarters of this computer's memory.",
        unit="MiB",
        minimum=0,
    ),
    SettingSpec(
        IDLE_UNLOAD_MINUTES,
        "float",
        15.0,
        "Unload idle models after",
        "A model that was not used for so long frees its memory. 0: never.",
        unit="minutes",
        minimum=0,
    ),
    SettingSpec(
        KEEP_EMBEDDER_WARM,
        "bool",
        True,
        "Keep the embedding model loaded",
        "It is small, and search answers at once when it is there.",
    ),
    SettingSpec(
        FOLDER, "str", "", "Models folder", "Where downloaded and copied models are kept. Empty: in the home folder."
    ),
    SettingSpec(
        PARALLEL_DOWNLOADS,
        "int",
        4,
        "Parallel connections",
        "How many parts of a model are downloaded at the same time.",
        unit="connections",
        minimum=1,
        maximum=16,
    ),
)


class Preferences:
    """The user's choices, typed."""

    def __init__(self, settings: SettingsClient, home: Path) -> None:
        self._settings = settings
        self._home = home

    async def default_model_id(self, ctx: SecurityContext, purpose: Purpose) -> str:
        """The chosen model's id, empty when none was chosen."""
        return str(await self._get(ctx, _DEFAULTS[purpose]))

    async def context_length(self, ctx: SecurityContext) -> int:
        return int(await self._get(ctx, CONTEXT_LENGTH))

    async def memory_limit_bytes(self, ctx: SecurityContext, memory_bytes: int) -> int:
        """What all loaded models together may use on a computer with ``memory_bytes``."""
        limit = int(await self._get(ctx, MEMORY_LIMIT_MIB)) * MIB
        return limit or int(memory_bytes * AUTOMATIC_SHARE)

    async def idle_unload_s(self, ctx: SecurityContext) -> float | None:
        """Seconds without use after which a model is unloaded; None means never."""
        return float(await self._get(ctx, IDLE_UNLOAD_MINUTES)) * 60 or None

    async def keep_embedder_warm(self, ctx: SecurityContext) -> bool:
        return bool(await self._get(ctx, KEEP_EMBEDDER_WARM))

    async def models_folder(self, ctx: SecurityContext) -> Path:
        chosen = str(await self._get(ctx, FOLDER)).strip()
        return self._inside_home(chosen) if chosen else self._home / "models"

    async def parallel_downloads(self, ctx: SecurityContext) -> int:
        return int(await self._get(ctx, PARALLEL_DOWNLOADS))

    def _inside_home(self, chosen: str) -> Path:
        """A relative path is meant relative to the home; an absolute one stays as it is."""
        return self._home / Path(chosen).expanduser()

    async def _get(self, ctx: SecurityContext, key: str) -> SettingValue:
        return await self._settings.get(ctx, key)
