"""What runs in the throw-away child that tries another build of llama.cpp: which graphics devices does it drive?"""

from __future__ import annotations

import ctypes
from typing import Any

from modkit.children import CallContext, serve

_GPU_KINDS = {1: "graphics card", 2: "graphics unit of the processor"}
"""``ggml_backend_dev_type``; of the others, 0 is the processor and 3 an accelerator of the processor."""


def main() -> None:
    """Entry of the child kind ``engine-probe``."""
    serve({"look": look})


def look(params: dict[str, Any], call: CallContext) -> dict[str, Any]:
    """``devices``: those that can be opened; ``refused``: why there are none, in half a sentence."""
    try:
        from modules.llm_manager.infra.llama_cpp.bindings import C, ggml
    except Exception as error:  # whatever a library of somebody else's does while it is loaded
        return {"devices": [], "refused": f"its libraries cannot be loaded ({error})"}
    if not C.llama_supports_gpu_offload():
        return {"devices": [], "refused": "it drives no graphics device on this computer"}
    library = _declared(ggml)
    devices = [library.ggml_backend_dev_get(number) for number in range(library.ggml_backend_dev_count())]
    graphics = [device for device in devices if library.ggml_backend_dev_type(device) in _GPU_KINDS]
    usable = [device for device in graphics if _opens(library, device)]
    refused = "" if usable else "its graphics device cannot be opened" if graphics else "it drives no graphics device"
    return {"devices": [library.ggml_backend_dev_description(device).decode() for device in usable], "refused": refused}


def _opens(library: Any, device: int) -> bool:
    """Drivers that are announced and do not work fail, or crash, here."""
    backend = library.ggml_backend_dev_init(device, None)
    if not backend:
        return False
    library.ggml_backend_free(backend)
    return True


def _declared(library: Any) -> Any:
    pointer = ctypes.c_void_p
    for name, takes, gives in (
        ("ggml_backend_dev_count", [], ctypes.c_size_t),
        ("ggml_backend_dev_get", [ctypes.c_size_t], pointer),
        ("ggml_backend_dev_type", [pointer], ctypes.c_int),
        ("ggml_backend_dev_description", [pointer], ctypes.c_char_p),
        ("ggml_backend_dev_init", [pointer, ctypes.c_char_p], pointer),
        ("ggml_backend_free", [pointer], None),
    ):
        function = getattr(library, name)
        function.argtypes, function.restype = takes, gives
    return library
