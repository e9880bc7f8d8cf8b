"""Makes the bindings as they come able to compute: the engine is built with kernels for many processors."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from types import ModuleType


def load_kernels(package: ModuleType) -> None:
    """Load those that suit this processor, as our own bindings do when they start."""
    folder = Path(package.__file__ or "").parent / "lib"
    library = ctypes.CDLL(str(next(folder.glob("*ggml.*"))))
    library.ggml_backend_load_all_from_path(os.fsencode(folder))
