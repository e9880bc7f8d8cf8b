"""Reads what an ONNX file says about itself with hard limits, in pure Python: the graph is gone over, not looked at.

Format: the outermost message of onnx.proto, in protocol buffers' wire format.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from modules.llm_manager.contract.errors import InvalidModelFile
from modules.llm_manager.domain.ports import GgufHeader
from modules.llm_manager.infra.gguf.cursor import Cursor
from modules.llm_manager.infra.gguf.reader import check_kind, unreadable
from modules.llm_manager.infra.onnx_runtime.metadata import ENCODER, FORMAT, VOCABULARY, EncoderFacts

_VERSION, _GRAPH, _METADATA = 1, 7, 14
_VARINT, _BYTES = 0, 2
_MAX_ENTRY_BYTES, _MAX_ENTRIES, _MAX_FIELDS = 4 * 1024 * 1024, 100, 1_000
_MEAN_POOLING = 1
_FOREIGN = "Only encoders that this program converted itself can be used; take a GGUF of the model instead."


def read_header(path: Path) -> GgufHeader:
    """
    Raises:
        InvalidModelFile: it cannot be read, is no ONNX file, or one of another program.
    """
    try:
        check_kind(path)
        with path.open("rb") as stream:
            return _header(Cursor(stream, os.fstat(stream.fileno()).st_size, limit_bytes=None))
    except OSError as error:
        raise unreadable(path, error) from error


def _header(cursor: Cursor) -> GgufHeader:
    metadata: dict[str, bytes] = {}
    graph_bytes = version = 0
    for number, kind in _fields(cursor):
        if kind == _VARINT:
            value = _varint(cursor)
            version = value if number == _VERSION else version
            continue
        length = _varint(cursor)
        if number == _METADATA:
            key, value_bytes = _entry(cursor.take(_checked(length), "its metadata"))
            metadata[key] = value_bytes
            if len(metadata) > _MAX_ENTRIES:
                raise _damaged()
        else:
            graph_bytes += length if number == _GRAPH else 0
            cursor.skip(length, "its graph")
    if ENCODER not in metadata or VOCABULARY not in metadata or not graph_bytes:
        raise InvalidModelFile("This ONNX file was not made by this program.", action=_FOREIGN)
    return _from_facts(_facts(metadata[ENCODER]), version, graph_bytes)


def _facts(text: bytes) -> EncoderFacts:
    try:
        facts = EncoderFacts.from_json(text.decode("utf-8"))
    except (ValueError, TypeError) as error:
        raise _damaged() from error
    if facts.format > FORMAT:
        raise InvalidModelFile("A newer version of this program made this model.", action="Update the program.")
    return facts


def _from_facts(facts: EncoderFacts, version: int, graph_bytes: int) -> GgufHeader:
    return GgufHeader(
        version=version,
        architecture=facts.architecture,
        name=facts.name,
        quantization=facts.quantization,
        parameters=facts.parameters,
        weights_bytes=graph_bytes,
        tensor_count=0,
        context_length=facts.context_length,
        embedding_length=facts.embedding_length,
        layers=facts.layers,
        kv_bytes_per_token=0,
        vocabulary=facts.vocabulary,
        pooling=_MEAN_POOLING,
        licence=facts.licence,
        chat_template=None,
        format="onnx",
    )


def _fields(cursor: Cursor) -> Iterator[tuple[int, int]]:
    """Number and wire type of each field, up to the end of the file."""
    count = 0
    while cursor.position < cursor.size_bytes:
        number, kind = divmod(_varint(cursor), 8)
        count += 1
        if kind not in (_VARINT, _BYTES) or number == 0 or count > _MAX_FIELDS:
            raise _damaged()
        yield number, kind
    if not count:
        raise InvalidModelFile("The model file is empty.")


def _entry(data: bytes) -> tuple[str, bytes]:
    """Key and value: two texts, numbered 1 and 2."""
    parts = {1: b"", 2: b""}
    at = 0
    while at < len(data):
        tag, at = _varint_in(data, at)
        length, at = _varint_in(data, at)
        if tag % 8 != _BYTES or tag // 8 not in parts or at + length > len(data):
            raise _damaged()
        parts[tag // 8] = data[at : at + length]
        at += length
    return parts[1].decode("utf-8", "replace"), parts[2]


def _varint(cursor: Cursor) -> int:
    value = 0
    for shift in range(0, 64, 7):
        byte = cursor.take(1, "its fields")[0]
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value
    raise _damaged()


def _varint_in(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 64, 7):
        if at >= len(data):
            raise _damaged()
        value |= (data[at] & 0x7F) << shift
        at += 1
        if data[at - 1] < 0x80:
            return value, at
    raise _damaged()


def _checked(length: int) -> int:
    if length > _MAX_ENTRY_BYTES:
        raise _damaged()
    return length


def _damaged() -> InvalidModelFile:
    return InvalidModelFile("The model file is damaged, or is no ONNX file.")
