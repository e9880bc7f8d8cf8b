"""Starts engine children for models: the llama.cpp plugin behind the port EngineFactory."""

from __future__ import annotations

import asyncio
from pathlib import Path

from modkit.children import ChildError
from modules.llm_manager.contract import InstalledModel, ModelLoadFailed
from modules.llm_manager.infra.llama_cpp.engine_folders import EngineFolders
from modules.llm_manager.infra.llama_cpp.kernel_memory import KernelMemory
from modules.llm_manager.infra.llama_cpp.load_plan import LoadPlan, plan_load
from modules.llm_manager.infra.llama_cpp.session import UNRESPONSIVE_AFTER_S, LlamaCppSession


class LlamaCppFactory:
    """Implements EngineFactory."""

    def __init__(
        self,
        memory: Path | None = None,
        folders: EngineFolders | None = None,
        *,
        unresponsive_after_s: float = UNRESPONSIVE_AFTER_S,
    ) -> None:
        """``memory``: a file that remembers what was found out about this processor; ``folders``: added builds.

        An engine that does not react for ``unresponsive_after_s``, while it has work, is ended.
        """
        self._memory = KernelMemory(memory)
        self._folders = folders
        self._unresponsive_after_s = unresponsive_after_s
        self._tuned_kernels: bool | None = None

    @property
    def name(self) -> str:
        return "llama.cpp"

    async def start(self, model: InstalledModel, *, context_length: int) -> LlamaCppSession:
        """Load ``model.path`` with a context of ``context_length`` tokens; cancelling ends the child.

        Raises:
            ModelLoadFailed: the engine refused the file, or its child ended while loading.
            ModelFileMissing: the file is not there.
        """
        if self._tuned_kernels is None:
            self._tuned_kernels = await asyncio.to_thread(self._memory.tuned_kernels_work)
        plan = plan_load(model, context_length, tuned_kernels=self._tuned_kernels)
        added = await self._folders.chosen() if self._folders is not None else None
        if self._folders is None or added is None or added.folder is None:
            return await self._load(model, plan)
        try:
            return await self._load(model, plan, added.folder)
        except ModelLoadFailed as error:
            # If the file is to blame, this says so, too, and the added engine stays.
            session = await self._load(model, plan)
            self._folders.refuse(added, f"it could not load {model.name}: {error.sentence}")
            return session

    async def _load(self, model: InstalledModel, plan: LoadPlan, folder: Path | None = None) -> LlamaCppSession:
        session = LlamaCppSession(model, plan, folder, unresponsive_after_s=self._unresponsive_after_s)
        try:
            await session.load()
            await self._learn(session)
        except ChildError as error:
            await session.stop()
            raise ModelLoadFailed(f"The engine could not start: {error.sentence}.", action=error.action) from error
        except BaseException:
            await session.stop()
            raise
        return session

    async def _learn(self, session: LlamaCppSession) -> None:
        """What one model found out about this processor holds for all."""
        if self._tuned_kernels and not session.tuned_kernels:
            self._tuned_kernels = False
            await asyncio.to_thread(self._memory.note_crash)
