"""Writes a tiny language model with random weights: enough for the engine to load it and to decode."""

from __future__ import annotations

import random
import struct
from array import array
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

_WIDTH, _WIDE, _HEADS, _CONTEXT = 32, 64, 4, 512
_ALIGNMENT = 32
_UINT32, _FLOAT32, _STRING, _ARRAY, _INT32 = 4, 6, 8, 9, 5
_NORMAL, _UNKNOWN, _CONTROL, _BYTE = 1, 2, 3, 6
_LETTERS = "▁abcdefghijklmnopqrstuvwxyz.,"

Tensor = tuple[str, Sequence[int]]


def write_tiny_model(path: Path) -> Path:
    """A GGUF of the llama architecture with one layer and letters as its vocabulary, 130 KB; always the same."""
    tokens = list(_tokens())
    tensors = list(_tensors(len(tokens)))
    rows, offset = b"", 0
    for name, shape in tensors:
        rows += _text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, offset)
        offset += _padded(4 * _count(shape))
    values = _metadata(tokens)
    header = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(values))
    header += b"".join(_text(key) + value for key, value in values.items()) + rows
    chance = random.Random(7)
    with path.open("wb") as file:
        file.write(header + bytes(-len(header) % _ALIGNMENT))
        for _name, shape in tensors:
            weights = array("f", (chance.uniform(-0.2, 0.2) for _ in range(_count(shape)))).tobytes()
            file.write(weights + bytes(-len(weights) % _ALIGNMENT))
    return path


def _tokens() -> Iterator[tuple[str, float, int]]:
    """Text, score and kind of each, as SentencePiece numbers them."""
    yield from (("<unk>", 0.0, _UNKNOWN), ("<s>", 0.0, _CONTROL), ("</s>", 0.0, _CONTROL))
    yield from ((f"<0x{byte:02X}>", 0.0, _BYTE) for byte in range(256))
    yield from ((letter, -float(rank), _NORMAL) for rank, letter in enumerate(_LETTERS))


def _tensors(vocabulary: int) -> Iterator[Tensor]:
    yield "token_embd.weight", (_WIDTH, vocabulary)
    for name in ("attn_norm", "ffn_norm"):
        yield f"blk.0.{name}.weight", (_WIDTH,)
    for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
        yield f"blk.0.{name}.weight", (_WIDTH, _WIDTH)
    for name in ("ffn_gate", "ffn_up"):
        yield f"blk.0.{name}.weight", (_WIDTH, _WIDE)
    yield "blk.0.ffn_down.weight", (_WIDE, _WIDTH)
    yield "output_norm.weight", (_WIDTH,)
    yield "output.weight", (_WIDTH, vocabulary)


def _metadata(tokens: Sequence[tuple[str, float, int]]) -> Mapping[str, bytes]:
    texts, scores, kinds = zip(*tokens, strict=True)
    numbers = {
        "llama.block_count": 1,
        "llama.context_length": _CONTEXT,
        "llama.embedding_length": _WIDTH,
        "llama.feed_forward_length": _WIDE,
        "llama.attention.head_count": _HEADS,
        "llama.rope.dimension_count": _WIDTH // _HEADS,
        "tokenizer.ggml.bos_token_id": 1,
        "tokenizer.ggml.eos_token_id": 2,
        "tokenizer.ggml.unknown_token_id": 0,
    }
    return {
        "general.architecture": struct.pack("<I", _STRING) + _text("llama"),
        "general.name": struct.pack("<I", _STRING) + _text("self-test"),
        **{key: struct.pack("<II", _UINT32, value) for key, value in numbers.items()},
        "llama.attention.layer_norm_rms_epsilon": struct.pack("<If", _FLOAT32, 1e-5),
        "tokenizer.ggml.model": struct.pack("<I", _STRING) + _text("llama"),
        "tokenizer.ggml.tokens": _array(_STRING, b"".join(map(_text, texts)), len(tokens)),
        "tokenizer.ggml.scores": _array(_FLOAT32, struct.pack(f"<{len(tokens)}f", *scores), len(tokens)),
        "tokenizer.ggml.token_type": _array(_INT32, struct.pack(f"<{len(tokens)}i", *kinds), len(tokens)),
    }


def _array(kind: int, data: bytes, count: int) -> bytes:
    return struct.pack("<IIQ", _ARRAY, kind, count) + data


def _text(value: str) -> bytes:
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def _count(shape: Sequence[int]) -> int:
    count = 1
    for size in shape:
        count *= size
    return count


def _padded(size: int) -> int:
    return size + -size % _ALIGNMENT
