"""Re-quantises a GGUF with llama.cpp in this process: for set-up commands, which are processes of their own."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

import llama_cpp

FILE_TYPES = {"F16": 1, "Q4_0": 2, "Q8_0": 7, "Q4_K_M": 15, "Q5_K_M": 17, "Q6_K": 18}
"""llama.cpp's numbers of the quantisations that this program offers to write."""


def _drop(_level: int, _text: bytes, _user_data: object) -> None:
    """Swallow the engine's hundreds of lines; its result code says what matters."""


# Kept for the life of the process: the engine holds the pointer.
_QUIET = llama_cpp.llama_log_callback(_drop)


def quantize(source: Path, target: Path, quantization: str) -> None:
    """Write ``target`` from ``source`` in another quantisation, also from one that is quantised already.

    Raises:
        ValueError: the quantisation is not offered, or the engine refused the file.
    """
    if quantization not in FILE_TYPES:
        raise ValueError(f"{quantization} is not one of {', '.join(FILE_TYPES)}")
    llama_cpp.llama_log_set(_QUIET, ctypes.c_void_p(0))
    params = llama_cpp.llama_model_quantize_default_params()
    params.ftype = FILE_TYPES[quantization]
    params.allow_requantize = True
    params.nthread = max(1, (os.cpu_count() or 2) - 1)
    code = llama_cpp.llama_model_quantize(os.fsencode(source), os.fsencode(target), params)
    if code != 0:
        raise ValueError(f"the engine could not convert {source.name} (code {code})")
