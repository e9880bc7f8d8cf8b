"""The frame codec, against any value and any cut of the bytes."""

from __future__ import annotations

import struct
from itertools import pairwise
from typing import Any

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as some

from modkit.children.errors import ChildFrameTooLarge, ChildProtocolError
from modkit.children.frames import FrameDecoder, FrameType, decode, encode

plain = some.recursive(
    some.none() | some.booleans() | some.integers(-(2**63), 2**64 - 1) | some.floats(allow_nan=False) | some.binary()
    | some.text(),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(), inner, max_size=4),
    max_leaves=10,
)  # fmt: skip


@given(value=plain)
def test_plain_data_survives_the_trip(value: Any) -> None:
    [frame] = FrameDecoder(1_000_000).feed(encode(FrameType.RESULT, 7, value, 1_000_000))
    assert (frame.type, frame.request_id, decode(frame.payload)) == (FrameType.RESULT, 7, value)


@given(values=some.lists(some.binary(max_size=50), max_size=8), cuts=some.lists(some.integers(0, 500)))
def test_frames_arrive_whole_however_the_bytes_are_cut(values: list[bytes], cuts: list[int]) -> None:
    data = b"".join(encode(FrameType.ITEM, 1, value, 1000) for value in values)
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    decoder = FrameDecoder(1000)
    frames = [frame for start, end in pairwise(edges) for frame in decoder.feed(data[start:end])]
    assert [decode(frame.payload) for frame in frames] == values


@given(noise=some.binary(max_size=300))
def test_noise_is_refused_or_waits_for_more_but_never_surprises(noise: bytes) -> None:
    try:
        frames = FrameDecoder(100).feed(noise)
    except ChildProtocolError:
        return
    assert all(len(frame.payload) <= 100 for frame in frames)


@given(noise=some.binary(max_size=100))
def test_a_damaged_payload_is_a_protocol_error_or_some_value(noise: bytes) -> None:
    try:
        decode(noise)
    except ChildProtocolError as error:
        assert error.sentence  # noqa: PT017 - either outcome is right


@pytest.mark.parametrize("length", [101, 2**31, 2**32 - 1])
def test_an_announced_length_over_the_limit_is_refused_before_it_arrives(length: int) -> None:
    with pytest.raises(ChildProtocolError, match="over the limit"):
        FrameDecoder(100).feed(struct.pack(">IBI", length, FrameType.RESULT, 1))


def test_a_value_over_the_limit_is_not_sent() -> None:
    with pytest.raises(ChildFrameTooLarge):
        encode(FrameType.CALL, 1, b"x" * 100, 100)


def test_lone_surrogates_reach_a_child_and_come_back_as_replacement_characters() -> None:
    packed = msgpack.packb("file\udcff", unicode_errors="surrogatepass")
    assert decode(packed, surrogates="surrogatepass") == "file\udcff"
    assert decode(packed) == "file���"


@pytest.mark.parametrize(
    "payload", [b"\x91" * 5000, b"\x81\xc0\xc0", b"\x81\x90\xc0", b"\xd6\x05\x00\x00\x00\x00", b""]
)
def test_deep_odd_and_empty_payloads_are_refused(payload: bytes) -> None:
    with pytest.raises(ChildProtocolError):
        decode(payload)
