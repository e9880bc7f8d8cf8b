"""Re-quantise a GGUF, in a child of its own: the C function cannot be interrupted, a process can be ended."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable

from modules.llm_manager.contract import ModelLoadFailed
from modules.llm_manager.infra.llama_cpp.bindings import LOG, C

_FILE_TYPES = {
    "F32": "ALL_F32",
    "F16": "MOSTLY_F16",
    "BF16": "MOSTLY_BF16",
    "Q4_0": "MOSTLY_Q4_0",
    "Q4_1": "MOSTLY_Q4_1",
    "Q5_0": "MOSTLY_Q5_0",
    "Q5_1": "MOSTLY_Q5_1",
    "Q8_0": "MOSTLY_Q8_0",
    "Q4_K_S": "MOSTLY_Q4_K_S",
    "Q4_K_M": "MOSTLY_Q4_K_M",
    "Q5_K_S": "MOSTLY_Q5_K_S",
    "Q5_K_M": "MOSTLY_Q5_K_M",
    "Q6_K": "MOSTLY_Q6_K",
}
_TENSOR = re.compile(r"^\[\s*(\d+)/\s*(\d+)\]")


def quantize(source: str, target: str, quantization: str, threads: int, on_progress: Callable[[float], None]) -> None:
    """Write ``target``; progress is the share of tensors done.

    Raises:
        ModelLoadFailed: an unknown quantisation, an unreadable source, or a target that cannot be written.
    """
    name = _FILE_TYPES.get(quantization.upper())
    if name is None:
        known = ", ".join(_FILE_TYPES)
        raise ModelLoadFailed(f"There is no quantisation {quantization!r}.", action=f"Choose one of: {known}.")
    params = C.llama_model_quantize_default_params()
    params.ftype = getattr(C, f"LLAMA_FTYPE_{name}")
    params.nthread = max(1, threads)
    params.allow_requantize = True

    def listen(line: str) -> None:
        match = _TENSOR.match(line)
        if match:
            on_progress(int(match[1]) / int(match[2]))

    LOG.clear()
    LOG.listener = listen
    try:
        status = C.llama_model_quantize(source.encode(), target.encode(), ctypes.byref(params))
    finally:
        LOG.listener = None
    if status != 0:
        reason = LOG.reason() or "the engine gave no reason"
        raise ModelLoadFailed(f"The model could not be re-quantised: {reason}.")
