"""A header says what it says, and nothing in a file can hurt the reader."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modules.llm_manager.contract import InvalidModelFile
from modules.llm_manager.infra.gguf import read_header
from tests.modules.llm_manager.gguf_support import ARRAY, BERT, LLAMA, STRING, U32, U64, GgufFile, TensorRow, text

HUGE = 2**63


def test_a_header_tells_what_the_model_is(tmp_path: Path) -> None:
    header = read_header(GgufFile().write(tmp_path / "m.gguf"))
    assert (header.architecture, header.name, header.licence, header.quantization) == (
        "llama",
        "Tiny Test",
        "mit",
        "F32",
    )
    assert (header.parameters, header.weights_bytes, header.vocabulary) == (128, 512, 3)
    assert (header.context_length, header.embedding_length, header.layers) == (2048, 64, 2)
    assert header.chat_template == "{{ messages }}"


def test_the_cache_counts_grouped_key_value_heads(tmp_path: Path) -> None:
    # 2 layers x 2 key-value heads x (16 + 16) wide x 2 bytes
    assert read_header(GgufFile().write(tmp_path / "m.gguf")).kv_bytes_per_token == 256


def test_the_cache_counts_heads_per_layer_and_stated_widths(tmp_path: Path) -> None:
    metadata = LLAMA | {
        "llama.attention.head_count_kv": [2, 0],
        "llama.attention.key_length": 128,
        "llama.attention.value_length": 64,
    }
    assert read_header(GgufFile(metadata).write(tmp_path / "m.gguf")).kv_bytes_per_token == 2 * (128 + 64) * 2


def test_the_cache_of_latent_attention_is_one_row(tmp_path: Path) -> None:
    metadata = LLAMA | {"llama.attention.kv_lora_rank": 512, "llama.rope.dimension_count": 64}
    assert read_header(GgufFile(metadata).write(tmp_path / "m.gguf")).kv_bytes_per_token == 2 * 576 * 2


def test_an_embedder_states_how_it_pools(tmp_path: Path) -> None:
    assert read_header(GgufFile(BERT).write(tmp_path / "m.gguf")).pooling == 1


@pytest.mark.parametrize(
    ("file_type", "tensor_type", "expected"),
    [(15, 12, "Q4_K_M"), (7, 8, "Q8_0"), (7, 0, "F32"), (999, 8, "Q8_0"), (None, 3, "Q4_1")],
)
def test_the_quantization_is_the_stated_one_unless_the_weights_contradict(
    tmp_path: Path, file_type: int | None, tensor_type: int, expected: str
) -> None:
    stated = {} if file_type is None else {"general.file_type": file_type}
    file = GgufFile(LLAMA | stated, (TensorRow(dimensions=(256, 1), type=tensor_type),), data_bytes=4096)
    assert read_header(file.write(tmp_path / "m.gguf")).quantization == expected


@pytest.mark.parametrize("version", [2, 3])
def test_versions_two_and_three_are_read(tmp_path: Path, version: int) -> None:
    assert read_header(GgufFile(version=version).write(tmp_path / "m.gguf")).version == version


def string_of(length: int) -> bytes:
    return struct.pack("<IQ", STRING, length)


def array_of(item_type: int, length: int) -> bytes:
    return struct.pack("<IIQ", ARRAY, item_type, length)


BAD_FILES: dict[str, tuple[GgufFile, str]] = {
    "another magic": (GgufFile(magic=b"GGML"), "does not begin with"),
    "version 1": (GgufFile(version=1), "version 1"),
    "version 4 billion": (GgufFile(version=2**32 - 1), "4,294,967,295"),
    "big-endian": (GgufFile(version=3 << 24), "big-endian"),
    "absurd tensor count": (GgufFile(tensor_count=HUGE), "tensors"),
    "absurd setting count": (GgufFile(metadata_count=HUGE), "settings"),
    "more settings than there are": (GgufFile(metadata_count=9_999), "ends inside|unknown type|claims|damaged"),
    "no tensors": (GgufFile(tensors=()), "no weights"),
    "absurd text": (GgufFile(LLAMA | {"x": string_of(HUGE)}), "claims a text"),
    "absurd array": (GgufFile(LLAMA | {"x": array_of(U32, HUGE)}), "claims"),
    "absurd array of texts": (GgufFile(LLAMA | {"x": array_of(STRING, HUGE)}), "claims"),
    "array of texts past the end": (GgufFile(LLAMA | {"x": array_of(STRING, 3_999_999)}), "past its end"),
    "array of numbers past the end": (GgufFile(LLAMA | {"x": array_of(U64, 3_999_999)}), "ends inside"),
    "arrays in arrays": (GgufFile(LLAMA | {"x": array_of(ARRAY, 1)}), "lists within lists"),
    "unknown value type": (GgufFile(LLAMA | {"x": struct.pack("<I", 77)}), "unknown type 77"),
    "unknown item type": (GgufFile(LLAMA | {"x": array_of(77, 1)}), "unknown type 77"),
    "setting without a name": (GgufFile(LLAMA | {"": 1}), "without a usable name"),
    "setting twice": (
        GgufFile(
            {"a": text("")[:0] + struct.pack("<II", U32, 1) + text("a") + struct.pack("<II", U32, 2)}, metadata_count=2
        ),
        "twice",
    ),
    "alignment of zero": (GgufFile(LLAMA | {"general.alignment": 0}), "alignment"),
    "alignment of three": (GgufFile(LLAMA | {"general.alignment": 3}), "alignment"),
    "absurd alignment": (GgufFile(LLAMA | {"general.alignment": 2**31}), "alignment"),
    "no dimensions": (GgufFile(tensors=(TensorRow(dimensions=()),)), "0 dimensions"),
    "five dimensions": (GgufFile(tensors=(TensorRow(dimensions=(32, 1, 1, 1, 1)),)), "5 dimensions"),
    "a dimension of zero": (GgufFile(tensors=(TensorRow(dimensions=(32, 0)),)), "empty tensor"),
    "a product over 2^63": (GgufFile(tensors=(TensorRow(dimensions=(2**40, 2**40)),)), "impossible size"),
    "an unknown tensor type": (GgufFile(tensors=(TensorRow(type=4242),)), "4242"),
    "rows that are no multiple": (GgufFile(tensors=(TensorRow(dimensions=(33,), type=8),)), "no multiple of 32"),
    "an odd offset": (GgufFile(tensors=(TensorRow(offset=7),)), "impossible offset"),
    "an absurd offset": (GgufFile(tensors=(TensorRow(offset=HUGE),)), "impossible offset"),
    "an offset past the end": (GgufFile(tensors=(TensorRow(offset=4096),)), "incomplete: it needs"),
    "a tensor twice": (GgufFile(tensors=(TensorRow(), TensorRow())), "twice"),
    "weights cut off": (GgufFile(data_bytes=511), "incomplete: it needs"),
    "no architecture": (GgufFile({"x": 1}), "which architecture"),
    "an unprintable architecture": (GgufFile(LLAMA | {"general.architecture": "a\x00b"}), "which architecture"),
    "absurd layers": (GgufFile(LLAMA | {"llama.block_count": 2**31}), "block_count"),
    "absurd heads": (
        GgufFile(LLAMA | {"llama.attention.head_count_kv": 2**31, "llama.attention.key_length": 2**31}),
        "impossible",
    ),
    "a huge template": (GgufFile(LLAMA | {"tokenizer.chat_template": "x" * 1_000_001}), "template"),
    "one part of several": (GgufFile(LLAMA | {"split.count": 3}), "3 parts"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_wrong_file_is_refused_with_its_reason(tmp_path: Path, name: str) -> None:
    file, reason = BAD_FILES[name]
    with pytest.raises(InvalidModelFile, match=reason) as caught:
        read_header(file.write(tmp_path / "m.gguf"))
    assert caught.value.action


CUTS = [*range(0, 64), *range(64, len(GgufFile().packed()), 7)]


@pytest.mark.parametrize("length", CUTS)
def test_a_file_cut_off_anywhere_is_refused(tmp_path: Path, length: int) -> None:
    path = tmp_path / "m.gguf"
    path.write_bytes(GgufFile().packed()[:length])
    with pytest.raises(InvalidModelFile):
        read_header(path)


def test_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    path = tmp_path / "m.gguf"
    path.touch()
    with pytest.raises(InvalidModelFile, match="is empty"):
        read_header(path)


def test_a_text_file_is_no_model(tmp_path: Path) -> None:
    path = tmp_path / "m.gguf"
    path.write_text("<!doctype html> not found")
    with pytest.raises(InvalidModelFile, match="not a GGUF"):
        read_header(path)


def test_a_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(InvalidModelFile, match="is a folder"):
        read_header(tmp_path)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(InvalidModelFile, match="There is no file"):
        read_header(tmp_path / "m.gguf")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    path = tmp_path / "m.gguf"
    os.mkfifo(path)
    with pytest.raises(InvalidModelFile, match="device or pipe"):
        read_header(path)


def test_a_file_without_permission_is_said_to_be_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root reads everything, so the refusal of the system is played; the path from there on is the real one.
    def refused(*_: Any, **__: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    path = GgufFile().write(tmp_path / "m.gguf")
    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(InvalidModelFile, match="may not be read") as caught:
        read_header(path)
    assert "permissions" in caught.value.action


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(position=st.integers(0, len(GgufFile().packed()) - 1), value=st.integers(0, 255), cut=st.integers(0, 64))
def test_no_changed_byte_breaks_the_reader(tmp_path: Path, position: int, value: int, cut: int) -> None:
    data = bytearray(GgufFile().packed())
    data[position] = value
    path = tmp_path / "m.gguf"
    path.write_bytes(data[: len(data) - cut])
    assert reads_or_refuses(path)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(garbage=st.binary(max_size=512))
def test_no_garbage_behind_the_magic_breaks_the_reader(tmp_path: Path, garbage: bytes) -> None:
    path = tmp_path / "m.gguf"
    path.write_bytes(b"GGUF\x03\x00\x00\x00" + garbage)
    assert reads_or_refuses(path)


def reads_or_refuses(path: Path) -> bool:
    """True for a header as for a typed refusal; anything else flies."""
    try:
        return read_header(path).tensor_count > 0
    except InvalidModelFile as err:
        return bool(err.sentence)
