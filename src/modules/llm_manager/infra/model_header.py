"""From a path to a checked header, whatever kind of model file it is."""

from __future__ import annotations

from pathlib import Path

from modules.llm_manager.domain.ports import GgufHeader
from modules.llm_manager.infra import gguf
from modules.llm_manager.infra.onnx_runtime import header as onnx


def read_header(path: Path) -> GgufHeader:
    """A file that calls itself ONNX is read as that, everything else as GGUF; blocks, so call it on a thread.

    Raises:
        InvalidModelFile: it cannot be read, or is not to be trusted; the sentence says what is wrong.
    """
    return onnx.read_header(path) if path.suffix.lower() == ".onnx" else gguf.read_header(path)
