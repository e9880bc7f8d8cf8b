"""Starts engine children for models: the llama.cpp plugin behind the port EngineFactory."""

from __future__ import annotations

from modkit.children import ChildError
from modules.llm_manager.contract import InstalledModel, ModelLoadFailed
from modules.llm_manager.infra.llama_cpp.load_plan import plan_load
from modules.llm_manager.infra.llama_cpp.session import UNRESPONSIVE_AFTER_S, LlamaCppSession


class LlamaCppFactory:
    """Implements EngineFactory."""

    def __init__(self, *, unresponsive_after_s: float = UNRESPONSIVE_AFTER_S) -> None:
        """An engine that does not react for so long, while it has work, is ended."""
        self._unresponsive_after_s = unresponsive_after_s
        self._tuned_kernels = True

    @property
    def name(self) -> str:
        return "llama.cpp"

    async def start(self, model: InstalledModel, *, context_length: int) -> LlamaCppSession:
        """Load ``model.path`` with a context of ``context_length`` tokens; cancelling ends the child.

        Raises:
            ModelLoadFailed: the engine refused the file, or its child ended while loading.
            ModelFileMissing: the file is not there.
        """
        plan = plan_load(model, context_length, tuned_kernels=self._tuned_kernels)
        session = LlamaCppSession(model, plan, unresponsive_after_s=self._unresponsive_after_s)
        try:
            await session.load()
        except ChildError as error:
            await session.stop()
            raise ModelLoadFailed(f"The engine could not start: {error.sentence}.", action=error.action) from error
        except BaseException:
            await session.stop()
            raise
        # What one model found out about this processor holds for all.
        self._tuned_kernels = session.tuned_kernels
        return session
