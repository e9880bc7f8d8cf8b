"""The kinds of children of a frozen build, which cannot read entry points; the same as in pyproject.toml."""

from __future__ import annotations

from typing import Final

CHILD_KINDS: Final = {
    "embedder": "modules.llm_manager.infra.onnx_runtime.child:main",
    "engine-probe": "modules.llm_manager.infra.llama_cpp.engine_probe:main",
    "engine": "modules.llm_manager.infra.llama_cpp.child:main",
    "parser": "modules.file_parser.infra.child:main",
    "probe": "modkit.children.probe:main",
}
