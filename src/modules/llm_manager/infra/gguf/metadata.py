"""The key-value part of a GGUF header."""

from __future__ import annotations

from dataclasses import dataclass, field

from modules.llm_manager.contract.errors import InvalidModelFile
from modules.llm_manager.infra.gguf.cursor import Cursor

MAX_KEYS = 10_000
MAX_KEY_LENGTH = 1_024
MAX_ARRAY_LENGTH = 4_000_000
KEPT_ARRAY_LENGTH = 4_096
"""Longer arrays (vocabularies, scores) are only counted; per-layer settings are always shorter."""

_STRING, _ARRAY = 8, 9
_LAYOUTS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}

Scalar = int | float | bool | str


@dataclass(slots=True)
class Metadata:
    """Scalars and texts by key, short numeric arrays, and the length of every array."""

    values: dict[str, Scalar] = field(default_factory=dict)
    arrays: dict[str, list[int | float | bool]] = field(default_factory=dict)
    array_lengths: dict[str, int] = field(default_factory=dict)

    def text(self, key: str) -> str:
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def whole(self, key: str, default: int = 0) -> int:
        """A non-negative whole number; anything else counts as absent."""
        value = self.values.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else default

    def per_layer(self, key: str, layers: int, default: int = 0) -> list[int]:
        """A setting that may be one number for all layers or an array with one for each."""
        listed = self.arrays.get(key)
        if listed is not None:
            return [int(value) for value in listed[:layers] if value >= 0]
        return [self.whole(key, default)] * layers


def read_metadata(cursor: Cursor, count: int) -> Metadata:
    """Read ``count`` pairs.

    Raises:
        InvalidModelFile: more or longer than any real model has, a key twice, an unknown value type.
    """
    if count > MAX_KEYS:
        raise InvalidModelFile(f"The model file claims {count:,} settings in its header: it is damaged.")
    metadata = Metadata()
    for number in range(count):
        key = cursor.string(f"setting {number + 1} of its header")
        if not key or len(key) > MAX_KEY_LENGTH:
            raise InvalidModelFile("The model file has a setting without a usable name: it is damaged.")
        if key in metadata.values or key in metadata.array_lengths:
            raise InvalidModelFile(f"The model file states {_shown(key)} twice: it is damaged.")
        _read_value(cursor, key, metadata)
    return metadata


def _read_value(cursor: Cursor, key: str, metadata: Metadata) -> None:
    what = f"the setting {_shown(key)}"
    value_type = cursor.u32(what)
    if value_type == _ARRAY:
        _read_array(cursor, key, metadata)
    elif value_type == _STRING:
        metadata.values[key] = cursor.string(what)
    else:
        metadata.values[key] = cursor.unpack(_layout(value_type, key), what)


def _read_array(cursor: Cursor, key: str, metadata: Metadata) -> None:
    what = f"the list {_shown(key)}"
    item_type = cursor.u32(what)
    length = cursor.u64(what)
    if item_type == _ARRAY:
        raise InvalidModelFile(f"The model file has lists within lists in {_shown(key)}, which no engine reads.")
    if length > MAX_ARRAY_LENGTH:
        raise InvalidModelFile(f"The model file claims {length:,} items in {_shown(key)}: it is damaged.")
    metadata.array_lengths[key] = length
    if item_type == _STRING:
        cursor.skip_strings(length, what)
        return
    layout = _layout(item_type, key)
    if length <= KEPT_ARRAY_LENGTH:
        metadata.arrays[key] = [_number(cursor.unpack(layout, what)) for _ in range(length)]
    else:
        cursor.skip(length * _SIZES[item_type], what)


def _layout(value_type: int, key: str) -> str:
    layout = _LAYOUTS.get(value_type)
    if layout is None:
        raise InvalidModelFile(f"The model file has a value of unknown type {value_type} in {_shown(key)}.")
    return layout


def _number(value: int | float | bool) -> int | float | bool:
    # NaN and infinity have no place in a per-layer setting, and int() of them would raise later.
    return 0 if isinstance(value, float) and not abs(value) < 2**63 else value


def _shown(key: str) -> str:
    """A key for a sentence: short, and nothing unprintable."""
    return repr(key[:80])
