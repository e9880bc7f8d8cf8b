"""The verbs of llm-manager."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Literal, Protocol
from uuid import UUID

from modkit.security import SecurityContext
from modules.llm_manager.contract.engine import EngineSession
from modules.llm_manager.contract.models import (
    CatalogueEntry,
    EngineBuild,
    Fit,
    Hardware,
    InstalledModel,
    LoadedModel,
    ModelChanged,
    Purpose,
)


class LlmManagerClient(Protocol):
    """Find, get, check, load and measure models. A model is named by its id or by any unambiguous part of it."""

    async def hardware(self, ctx: SecurityContext) -> Hardware: ...

    async def engine_builds(self, ctx: SecurityContext) -> list[EngineBuild]:
        """The engine that comes with the program and those that were added; the first call tries each of these."""

    async def catalogue(self, ctx: SecurityContext) -> list[CatalogueEntry]: ...
    async def installed(self, ctx: SecurityContext) -> list[InstalledModel]: ...

    async def get(self, ctx: SecurityContext, model_id: str) -> InstalledModel:
        """
        Raises:
            ModelNotFound: nothing installed matches, or several do.
        """

    async def default_model(self, ctx: SecurityContext, purpose: Purpose) -> InstalledModel:
        """The one the user chose in the settings, else a loaded one, else the starter, else the largest that fits.

        Of embedders a loaded one is not preferred: the vectors of an index must not depend on chance.

        Raises:
            ModelNotFound: nothing of this purpose is installed.
        """

    async def fit(self, ctx: SecurityContext, model_id: str, *, context_length: int | None = None) -> Fit:
        """How an installed model or a catalogue entry fits into free memory now."""

    async def inspect_file(self, ctx: SecurityContext, path: Path) -> InstalledModel:
        """Read a GGUF's header without importing it (``state`` is ON_DISK, ``sha256`` empty).

        Raises:
            InvalidModelFile: it is not a GGUF that can be trusted.
        """

    async def import_file(
        self, ctx: SecurityContext, path: Path, *, mode: Literal["copy", "link"] = "copy", name: str | None = None
    ) -> InstalledModel:
        """Install a copy of the file, or the file where it lies; no other file is ever replaced.

        A file that lies in the models folder already is never copied, and stays the user's as a linked one does.
        """

    async def pull(self, ctx: SecurityContext, entry_or_address: str) -> UUID:
        """Start a download job for a catalogue id, an ``https`` address of a GGUF, or ``owner/repo/file.gguf``.

        Asking for the same again gives the job that is there; one that failed or was cancelled is taken up again.
        """

    async def benchmark(self, ctx: SecurityContext, model_id: str) -> UUID:
        """Start a job that measures the model here; the result is in ``InstalledModel.benchmark``."""

    async def optimise(self, ctx: SecurityContext, model_id: str, quantization: str = "Q8_0") -> UUID:
        """Start a job that re-quantises into a second file, measures both and reports; it deletes neither."""

    async def load(
        self, ctx: SecurityContext, model_id: str, *, context_length: int | None = None, keep_warm: bool = False
    ) -> LoadedModel:
        """Load, or return what is loaded already. Idle models make room first, oldest use first.

        Raises:
            NotEnoughMemory: it would not fit even then.
            ModelLoadFailed: the engine refused the file.
        """

    async def unload(self, ctx: SecurityContext, model_id: str) -> None: ...
    async def loaded(self, ctx: SecurityContext) -> list[LoadedModel]: ...

    async def trash(self, ctx: SecurityContext, model_id: str) -> InstalledModel:
        """Unload it and take it out of use; for 30 days its file stays on the disk, and it can be restored."""

    async def restore(self, ctx: SecurityContext, model_id: str) -> InstalledModel:
        """Take a model out of the trash, by its exact id.

        Raises:
            ModelNotFound: it is not in the trash.
        """

    async def trashed(self, ctx: SecurityContext) -> list[InstalledModel]:
        """What is in the trash; ``deleted_at`` says since when."""

    async def remove(self, ctx: SecurityContext, model_id: str) -> None:
        """Unload a model and delete its file at once (a linked file is only forgotten); also one in the trash."""

    def lease(self, ctx: SecurityContext, model_id: str) -> AbstractAsyncContextManager[EngineSession]:
        """Load if needed and hold the model: it is neither idle-unloaded nor evicted while a lease is open."""

    def chat_in_use(self) -> bool:
        """Whether a chat model works, or is being loaded for it, at this moment: background work stands back."""

    async def chat_idle(self) -> None:
        """Return when no chat model is in use."""

    def watch(self, ctx: SecurityContext) -> AsyncIterator[ModelChanged]:
        """Changes from now on; a slow reader loses the oldest."""
