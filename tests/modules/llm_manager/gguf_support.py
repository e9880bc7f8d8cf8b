"""Writes GGUF files, right and wrong ones, byte by byte."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

U32, F32, BOOL, STRING, ARRAY, U64 = 4, 6, 7, 8, 9, 10


def text(value: str) -> bytes:
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def typed(value: Any) -> bytes:
    """A value with its type in front; a list becomes an array of its first item's type."""
    match value:
        case bytes():
            return value
        case bool():
            return struct.pack("<I?", BOOL, value)
        case int():
            return struct.pack("<II", U32, value)
        case float():
            return struct.pack("<If", F32, value)
        case str():
            return struct.pack("<I", STRING) + text(value)
        case list():
            items = [typed(item) for item in value]
            return (
                struct.pack("<I", ARRAY) + items[0][:4] + struct.pack("<Q", len(items)) + b"".join(i[4:] for i in items)
            )
    raise TypeError(value)


@dataclass(frozen=True)
class TensorRow:
    name: str = "token_embd.weight"
    dimensions: Sequence[int] = (32, 4)
    type: int = 0
    offset: int = 0

    def packed(self) -> bytes:
        sizes = struct.pack(f"<{len(self.dimensions)}Q", *self.dimensions)
        count = struct.pack("<I", len(self.dimensions))
        return text(self.name) + count + sizes + struct.pack("<IQ", self.type, self.offset)


LLAMA: dict[str, Any] = {
    "general.architecture": "llama",
    "general.name": "Tiny Test",
    "general.license": "mit",
    "llama.block_count": 2,
    "llama.context_length": 2048,
    "llama.embedding_length": 64,
    "llama.attention.head_count": 4,
    "llama.attention.head_count_kv": 2,
    "tokenizer.ggml.tokens": ["a", "b", "c"],
    "tokenizer.chat_template": "{{ messages }}",
}

BERT: dict[str, Any] = {
    "general.architecture": "bert",
    "general.name": "Tiny Embedder",
    "bert.block_count": 1,
    "bert.context_length": 512,
    "bert.embedding_length": 32,
    "bert.attention.head_count": 4,
    "bert.pooling_type": 1,
}


@dataclass(frozen=True)
class GgufFile:
    """A small but complete model file; every part can be made wrong."""

    metadata: Mapping[str, Any] = field(default_factory=lambda: dict(LLAMA))
    tensors: Sequence[TensorRow] = (TensorRow(),)
    magic: bytes = b"GGUF"
    version: int = 3
    tensor_count: int | None = None
    metadata_count: int | None = None
    data_bytes: int = 512
    alignment: int = 32
    filler: bytes = b"\x01"

    def header(self) -> bytes:
        tensor_count = len(self.tensors) if self.tensor_count is None else self.tensor_count
        metadata_count = len(self.metadata) if self.metadata_count is None else self.metadata_count
        pairs = b"".join(text(key) + typed(value) for key, value in self.metadata.items())
        rows = b"".join(row.packed() for row in self.tensors)
        return self.magic + struct.pack("<IQQ", self.version, tensor_count, metadata_count) + pairs + rows

    def packed(self) -> bytes:
        header = self.header()
        padding = -len(header) % self.alignment
        data = (self.filler * self.data_bytes)[: self.data_bytes]
        return header + bytes(padding) + data

    def write(self, path: Path) -> Path:
        path.write_bytes(self.packed())
        return path


def model_bytes(size_bytes: int, seed: int = 0) -> bytes:
    """A valid model of about ``size_bytes``, with content that differs at every place and for every seed."""
    rows = max(1, size_bytes // 128)
    row = TensorRow(dimensions=(32, rows))
    body = b"".join(struct.pack("<Q", (number * 2654435761 + seed) % 2**64) for number in range(rows * 16))
    header = GgufFile(tensors=(row,), data_bytes=0).packed()
    return header + body
