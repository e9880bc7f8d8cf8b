"""A small reader for safetensors files: names, shapes and float32 arrays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]

_MAX_HEADER_BYTES = 16 * 1024 * 1024


def read_float_tensors(path: Path) -> dict[str, FloatArray]:
    """Every F32 tensor of the file by name; other types (position ids) are left out.

    Raises:
        ValueError: the file is no safetensors file, or a tensor lies outside it.
    """
    raw = np.memmap(path, dtype=np.uint8, mode="r")
    if raw.size < 8:
        raise ValueError(f"{path.name} is not a safetensors file")
    header_bytes = int.from_bytes(bytes(raw[:8]), "little")
    if not 2 <= header_bytes <= min(_MAX_HEADER_BYTES, raw.size - 8):
        raise ValueError(f"{path.name} is not a safetensors file")
    header: dict[str, Any] = json.loads(bytes(raw[8 : 8 + header_bytes]))
    data = raw[8 + header_bytes :]
    return {
        name: _array(path, data, entry)
        for name, entry in header.items()
        if name != "__metadata__" and entry["dtype"] == "F32"
    }


def _array(path: Path, data: npt.NDArray[np.uint8], entry: dict[str, Any]) -> FloatArray:
    begin, end = entry["data_offsets"]
    if not 0 <= begin <= end <= data.size:
        raise ValueError(f"{path.name} is cut off")
    return data[begin:end].view(np.float32).reshape(entry["shape"])
