"""Starts embedder children for models: the ONNX Runtime plugin behind the port EngineFactory."""

from __future__ import annotations

from collections.abc import Callable

from modkit.children import ChildError
from modules.llm_manager.contract import InstalledModel, ModelLoadFailed
from modules.llm_manager.infra.llama_cpp.threads import physical_cores
from modules.llm_manager.infra.onnx_runtime.session import OnnxSession


class OnnxRuntimeFactory:
    """Implements EngineFactory."""

    def __init__(self, busy: Callable[[], bool] = lambda: False, *, cores: int | None = None) -> None:
        """``busy``: whether somebody waits for the processor, so that one core has to do; asked before every call."""
        self._busy = busy
        self._cores = cores or physical_cores()

    @property
    def name(self) -> str:
        return "onnxruntime"

    async def start(self, model: InstalledModel, *, context_length: int) -> OnnxSession:
        """Load ``model.path``; the context is the model's own, whatever was wished for. Cancelling ends the child.

        Raises:
            ModelLoadFailed: the engine refused the file, or its child ended while loading.
            ModelFileMissing: the file is not there.
        """
        session = OnnxSession(model, cores=self._cores, busy=self._busy)
        try:
            await session.load()
        except ChildError as error:
            await session.stop()
            raise ModelLoadFailed(f"The engine could not start: {error.sentence}.", action=error.action) from error
        except BaseException:
            await session.stop()
            raise
        return session
