"""The installed models: finding one, choosing the default, adding, forgetting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from modkit.security import SecurityContext
from modules.llm_manager.contract.errors import ModelFileMissing, ModelNotFound
from modules.llm_manager.contract.models import Benchmark, CatalogueEntry, FitLevel, InstalledModel, LoadState, Purpose
from modules.llm_manager.domain.events import ModelEvents
from modules.llm_manager.domain.fit import effective_context, fit_of, needs_of_header
from modules.llm_manager.domain.naming import matching
from modules.llm_manager.domain.ports import CatalogueReader, GgufHeader, ModelFiles, ModelStore
from modules.llm_manager.domain.preferences import Preferences

KEPT_IN_TRASH = timedelta(days=30)
StateOf = Callable[[str], LoadState]


class Library:
    """Installed models with their present state. ``state_of`` says what the pool knows about an id."""

    def __init__(
        self,
        store: ModelStore,
        files: ModelFiles,
        catalogue: CatalogueReader,
        preferences: Preferences,
        events: ModelEvents,
    ) -> None:
        self._store = store
        self._files = files
        self._catalogue = catalogue
        self._preferences = preferences
        self._events = events
        self.state_of: StateOf = lambda _model_id: LoadState.ON_DISK

    async def all(self, ctx: SecurityContext) -> list[InstalledModel]:
        """Oldest first, each with its state now."""
        return [await self._with_state(model) for model in await self._store.all(ctx)]

    async def get(self, ctx: SecurityContext, model_id: str) -> InstalledModel:
        """
        Raises:
            ModelNotFound: nothing installed matches, or several do.
        """
        models = {model.id: model for model in await self._store.all(ctx)}
        found = matching(model_id, models)
        if len(found) > 1:
            raise _Ambiguous(model_id, found)
        if not found:
            raise ModelNotFound(model_id)
        return await self._with_state(models[found[0]])

    async def present(self, ctx: SecurityContext, model_id: str) -> InstalledModel:
        """As ``get``, for a model whose file is needed.

        Raises:
            ModelFileMissing: the file is gone or its drive is away.
        """
        model = await self.get(ctx, model_id)
        if model.state is LoadState.MISSING:
            raise ModelFileMissing(f"The file of {model.name} is not at {model.path} any more.")
        return model

    async def header(self, ctx: SecurityContext, model: InstalledModel) -> GgufHeader:
        """
        Raises:
            ModelNotFound: the model was removed meanwhile.
        """
        header = await self._store.header(ctx, model.id)
        if header is None:
            raise ModelNotFound(model.id)
        return header

    async def default(self, ctx: SecurityContext, purpose: Purpose, free_bytes: int) -> InstalledModel:
        """The chosen one, else a loaded one, else the starter, else the largest that fits into ``free_bytes``.

        Not the loaded one of embedders: what made the vectors must not depend on what happens to be loaded.

        Raises:
            ModelNotFound: no usable model of this purpose is installed.
        """
        models = [model for model in await self.all(ctx) if model.purpose == purpose]
        usable = [model for model in models if model.state is not LoadState.MISSING]
        chosen = await self._preferences.default_model_id(ctx, purpose)
        if found := next((model for model in usable if model.id == chosen), None):
            return found
        loaded = next((model for model in usable if model.state is LoadState.LOADED), None)
        if loaded is not None and purpose != "embedding":
            return loaded
        starters = {entry.id for entry in await self._catalogue.entries() if entry.starter}
        if found := next((model for model in usable if model.catalogue_id in starters), None):
            return found
        if found := await self._largest_fitting(ctx, usable, free_bytes):
            return found
        raise _NothingInstalled(purpose)

    async def add(self, ctx: SecurityContext, model: InstalledModel, header: GgufHeader) -> InstalledModel:
        await self._store.add(ctx, model, header)
        self._events.publish(model.id, "added")
        return model

    async def measured(self, ctx: SecurityContext, model_id: str, benchmark: Benchmark) -> None:
        await self._store.set_benchmark(ctx, model_id, benchmark)
        self._events.publish(model_id, "measured")

    async def trashed(self, ctx: SecurityContext) -> list[InstalledModel]:
        """Models in the trash; they take as much of the disk as before."""
        return await self._store.trashed(ctx)

    async def trash(self, ctx: SecurityContext, model: InstalledModel) -> None:
        """Out of use; the row and the file stay, so that it can come back."""
        await self._store.set_deleted(ctx, model.id, datetime.now(UTC))
        self._events.publish(model.id, "removed")

    async def restore(self, ctx: SecurityContext, model_id: str) -> InstalledModel:
        """
        Raises:
            ModelNotFound: it is not in the trash.
        """
        await self.in_trash(ctx, model_id)
        await self._store.set_deleted(ctx, model_id, None)
        self._events.publish(model_id, "added")
        return await self.get(ctx, model_id)

    async def in_trash(self, ctx: SecurityContext, model_id: str) -> InstalledModel:
        """
        Raises:
            ModelNotFound: it is not in the trash.
        """
        found = next((model for model in await self._store.trashed(ctx) if model.id == model_id), None)
        if found is None:
            raise ModelNotFound(model_id)
        return found

    async def make_way(self, ctx: SecurityContext, model: InstalledModel) -> None:
        """Forget what the trash has of a model that is installed anew; a file that is the new one's stays."""
        for old in await self._store.trashed(ctx):
            if old.path == model.path or (model.sha256 and old.sha256 == model.sha256):
                await self._store.delete(ctx, old.id)
                if not old.linked and old.path != model.path:
                    await self._files.remove(old.path)

    async def empty_old_trash(self, ctx: SecurityContext) -> None:
        """Forget what has been in the trash for too long, with its file."""
        for model in await self._store.trashed(ctx):
            if model.deleted_at is not None and model.deleted_at < datetime.now(UTC) - KEPT_IN_TRASH:
                await self.forget(ctx, model)

    async def forget(self, ctx: SecurityContext, model: InstalledModel) -> None:
        """Take the model out of the profile, then delete its file unless it is the user's own (linked)."""
        # The row first: a crash between the two leaves a stray file, not a model that cannot be loaded.
        await self._store.delete(ctx, model.id)
        if not model.linked:
            await self._files.remove(model.path)
        self._events.publish(model.id, "removed")

    async def _with_state(self, model: InstalledModel) -> InstalledModel:
        state = self.state_of(model.id)
        if state is LoadState.ON_DISK and await self._files.size(model.path) is None:
            state = LoadState.MISSING
        return replace(model, state=state)

    async def _largest_fitting(
        self, ctx: SecurityContext, models: list[InstalledModel], free_bytes: int
    ) -> InstalledModel | None:
        wanted = await self._preferences.context_length(ctx)
        largest_first = sorted(models, key=lambda model: model.size_bytes, reverse=True)
        for model in largest_first:
            context_length = effective_context(wanted, model.context_length)
            needs = needs_of_header(await self.header(ctx, model), context_length, embedding=model.purpose != "chat")
            if fit_of(needs, free_bytes, context_length).level is not FitLevel.DOES_NOT_FIT:
                return model
        # Nothing fits now: the smallest has the best chance once something else makes room.
        return largest_first[-1] if largest_first else None


class _Ambiguous(ModelNotFound):
    code = "model_not_found"

    def __init__(self, model_id: str, found: list[str]) -> None:
        super().__init__(model_id)
        self.args = (f"{model_id!r} can mean {', '.join(found[:5])}{' and others' if len(found) > 5 else ''}.",)
        self.action = "Give more of the name."


class _NothingInstalled(ModelNotFound):
    code = "model_not_found"

    def __init__(self, purpose: Purpose) -> None:
        super().__init__(purpose)
        self.args = (f"No {purpose} model is installed.",)
        self.action = "Add one on the Models page, or: hyperspot models catalogue, then hyperspot models pull"


def entry_by_id(entries: list[CatalogueEntry], entry_id: str) -> CatalogueEntry | None:
    """The entry that ``entry_id`` names exactly or by an unambiguous part."""
    found = matching(entry_id, [entry.id for entry in entries])
    return next((entry for entry in entries if [entry.id] == found), None)
