"""llama-cpp-python driven directly, in a process of its own: what the engine is compared with.

Speaks lines of JSON: takes a text to go on from, gives times in milliseconds as seen by whoever drives the library.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import time
from pathlib import Path
from typing import Any


def _load(settings: dict[str, Any]) -> Any:
    import llama_cpp

    _load_kernels(Path(llama_cpp.__file__).parent / "lib")
    if not settings["tuned_kernels"]:
        # Some virtual machines announce matrix instructions that they do not have, and die with the defaults.
        usual = llama_cpp.llama_cpp.llama_model_default_params

        def without_extra_buffers() -> Any:
            params = usual()
            params.use_extra_bufts = False
            return params

        llama_cpp.llama_cpp.llama_model_default_params = without_extra_buffers
    return llama_cpp.Llama(
        model_path=settings["path"],
        n_ctx=settings["context_length"],
        n_threads=settings["threads"],
        n_threads_batch=settings["read_threads"],
        n_batch=512,
        flash_attn=True,
        verbose=False,
    )


def _load_kernels(folder: Path) -> None:
    """Those that suit this processor; the engine is built with all of them."""
    library = ctypes.CDLL(str(next(folder.glob("*ggml.*"))))
    library.ggml_backend_load_all_from_path(os.fsencode(folder))


def _generate(llama: Any, text: str, count: int) -> dict[str, float]:
    started = time.perf_counter()
    tokens = llama.tokenize(text.encode(), add_bos=False, special=True)
    times: list[float] = []
    for token in llama.generate(tokens, temp=0.0):
        llama.detokenize([token])
        times.append(time.perf_counter())
        if len(times) == count:
            break
    return {
        "prompt_tokens": float(len(tokens)),
        "first_ms": (times[0] - started) * 1000,
        "tokens_per_s": (len(times) - 1) / (times[-1] - times[0]),
    }


def main() -> None:
    llama = _load(json.loads(sys.stdin.readline()))
    _generate(llama, "Hello", 2)
    print("{}", flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps(_generate(llama, request["text"], request["count"])), flush=True)


if __name__ == "__main__":
    main()
