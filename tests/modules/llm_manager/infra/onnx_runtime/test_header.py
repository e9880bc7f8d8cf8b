"""What an ONNX file says about itself, and files that say nothing, too much or nonsense."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from modules.llm_manager.contract import InvalidModelFile
from modules.llm_manager.infra.model_header import read_header
from modules.llm_manager.infra.onnx_runtime.metadata import ENCODER, VOCABULARY, EncoderFacts

FACTS = EncoderFacts("Tiny", "bert", "INT8", 1_000, 2, 128, 32, 3, "mit")


def varint(value: int) -> bytes:
    return bytes([value % 128 | 128]) + varint(value // 128) if value > 127 else bytes([value])


def field(number: int, data: bytes | int) -> bytes:
    if isinstance(data, int):
        return varint(number * 8) + varint(data)
    return varint(number * 8 + 2) + varint(len(data)) + data


def entry(key: str, value: str) -> bytes:
    return field(14, field(1, key.encode()) + field(2, value.encode()))


def onnx(facts: str = FACTS.to_json(), *, vocabulary: str = VOCABULARY, graph: bytes = b"g" * 300) -> bytes:
    return field(1, 10) + field(7, graph) + entry(ENCODER, facts) + entry(vocabulary, "a\nb\nc")


def written(folder: Path, data: bytes) -> Path:
    path = folder / "model.onnx"
    path.write_bytes(data)
    return path


def test_the_facts_are_those_of_its_metadata(tmp_path: Path) -> None:
    header = read_header(written(tmp_path, onnx()))
    assert (header.format, header.name, header.architecture, header.quantization) == ("onnx", "Tiny", "bert", "INT8")
    assert (header.context_length, header.embedding_length, header.layers) == (128, 32, 2)
    assert (header.version, header.weights_bytes, header.pooling) == (10, 300, 1)


def test_the_starter_is_such_a_file(embedder_path: Path) -> None:
    header = read_header(embedder_path)
    assert (header.name, header.embedding_length, header.vocabulary) == ("all-MiniLM-L6-v2", 384, 30_522)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"GGUF" + bytes(100), "damaged"),
        (b"\x89PNG\r\n", "damaged"),
        (b"\xff" * 40, "damaged"),
        (onnx()[:150], "incomplete"),
        (field(7, b"graph of another program"), "not made by this program"),
        (onnx(vocabulary="other"), "not made by this program"),
        (onnx(graph=b""), "not made by this program"),
        (onnx("{}"), "damaged"),
        (onnx("not json"), "damaged"),
        (onnx(json.dumps({**json.loads(FACTS.to_json()), "layers": -1})), "damaged"),
        (onnx(json.dumps({**json.loads(FACTS.to_json()), "layers": "2"})), "damaged"),
        (onnx(json.dumps({**json.loads(FACTS.to_json()), "format": 99})), "newer version"),
        (field(14, b"\x0a\x7fshort"), "damaged"),
        (field(14, b"\x80" * 20), "damaged"),
        (field(14, b"\x0a"), "damaged"),
        (varint(14 * 8 + 2) + varint(2**40), "damaged"),
        (b"".join(entry(str(number), "") for number in range(101)), "damaged"),
        (field(1, 1) * 1_001, "damaged"),
    ],
)
def test_what_cannot_be_trusted_is_refused(tmp_path: Path, data: bytes, sentence: str) -> None:
    with pytest.raises(InvalidModelFile, match=sentence):
        read_header(written(tmp_path, data))


def test_a_folder_and_a_missing_file_are_said(tmp_path: Path) -> None:
    (tmp_path / "folder.onnx").mkdir()
    with pytest.raises(InvalidModelFile, match="is a folder"):
        read_header(tmp_path / "folder.onnx")
    with pytest.raises(InvalidModelFile, match="There is no file"):
        read_header(tmp_path / "absent.onnx")
