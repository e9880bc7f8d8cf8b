"""The tensor list of a GGUF header, checked against the size of the file."""

from __future__ import annotations

from dataclasses import dataclass, field

from modules.llm_manager.contract.errors import InvalidModelFile
from modules.llm_manager.infra.gguf.cursor import Cursor

MAX_TENSORS = 100_000
MAX_NAME_LENGTH = 256
MAX_DIMENSIONS = 4
LIMIT = 2**63

BLOCKS: dict[int, tuple[str, int, int]] = {
    0: ("F32", 1, 4),
    1: ("F16", 1, 2),
    2: ("Q4_0", 32, 18),
    3: ("Q4_1", 32, 20),
    6: ("Q5_0", 32, 22),
    7: ("Q5_1", 32, 24),
    8: ("Q8_0", 32, 34),
    9: ("Q8_1", 32, 40),
    10: ("Q2_K", 256, 84),
    11: ("Q3_K", 256, 110),
    12: ("Q4_K", 256, 144),
    13: ("Q5_K", 256, 176),
    14: ("Q6_K", 256, 210),
    15: ("Q8_K", 256, 292),
    16: ("IQ2_XXS", 256, 66),
    17: ("IQ2_XS", 256, 74),
    18: ("IQ3_XXS", 256, 98),
    19: ("IQ1_S", 256, 50),
    20: ("IQ4_NL", 32, 18),
    21: ("IQ3_S", 256, 110),
    22: ("IQ2_S", 256, 82),
    23: ("IQ4_XS", 256, 136),
    24: ("I8", 1, 1),
    25: ("I16", 1, 2),
    26: ("I32", 1, 4),
    27: ("I64", 1, 8),
    28: ("F64", 1, 8),
    29: ("IQ1_M", 256, 56),
    30: ("BF16", 1, 2),
    34: ("TQ1_0", 256, 54),
    35: ("TQ2_0", 256, 66),
    39: ("MXFP4", 32, 17),
}
"""ggml's tensor types: name, weights in a block, bytes of a block."""


@dataclass(slots=True)
class Tensors:
    """Totals over all tensors: weights, bytes, and bytes by type."""

    count: int = 0
    parameters: int = 0
    weights_bytes: int = 0
    end_offset: int = 0
    bytes_by_type: dict[str, int] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    @property
    def main_type(self) -> str:
        """The type that most bytes have; the file's own label may be missing or wrong."""
        return max(self.bytes_by_type, key=self.bytes_by_type.__getitem__, default="")


def read_tensors(cursor: Cursor, count: int, alignment: int) -> Tensors:
    """Read ``count`` descriptions and check that every tensor lies inside the file.

    Raises:
        InvalidModelFile: absurd counts or dimensions, unknown types, names twice, offsets outside, data cut off.
    """
    if count == 0:
        raise InvalidModelFile("The model file contains no weights.")
    if count > MAX_TENSORS:
        raise InvalidModelFile(f"The model file claims {count:,} tensors: it is damaged.")
    tensors = Tensors()
    for number in range(count):
        _read_tensor(cursor, f"tensor {number + 1} of its list", alignment, tensors)
    _check_end(cursor, alignment, tensors)
    return tensors


def _read_tensor(cursor: Cursor, what: str, alignment: int, tensors: Tensors) -> None:
    name = cursor.string(what)
    if not name or len(name) > MAX_NAME_LENGTH or name in tensors.names:
        raise InvalidModelFile("The model file names a tensor twice or not at all: it is damaged.")
    dimensions = _dimensions(cursor, what)
    type_number = cursor.u32(what)
    offset = cursor.u64(what)
    if type_number not in BLOCKS:
        raise InvalidModelFile(f"The model file stores weights in a type (number {type_number}) not known here.")
    type_name, block, block_bytes = BLOCKS[type_number]
    if dimensions[0] % block:
        raise InvalidModelFile(f"The model file has a {type_name} tensor whose rows are no multiple of {block}.")
    elements = _product(dimensions)
    size = elements // block * block_bytes
    if offset % alignment or offset + size >= LIMIT:
        raise InvalidModelFile("The model file places a tensor at an impossible offset: it is damaged.")
    tensors.names.add(name)
    tensors.count += 1
    tensors.parameters += elements
    tensors.weights_bytes += size
    tensors.end_offset = max(tensors.end_offset, offset + size)
    tensors.bytes_by_type[type_name] = tensors.bytes_by_type.get(type_name, 0) + size


def _dimensions(cursor: Cursor, what: str) -> list[int]:
    count = cursor.u32(what)
    if not 1 <= count <= MAX_DIMENSIONS:
        raise InvalidModelFile(f"The model file has a tensor with {count:,} dimensions: it is damaged.")
    dimensions = [cursor.u64(what) for _ in range(count)]
    if min(dimensions) < 1:
        raise InvalidModelFile("The model file has an empty tensor: it is damaged.")
    return dimensions


def _product(dimensions: list[int]) -> int:
    product = 1
    for dimension in dimensions:
        product *= dimension
        # The engine counts in signed 64 bits; what overflows there must not get there.
        if product >= LIMIT:
            raise InvalidModelFile("The model file has a tensor of impossible size: it is damaged.")
    return product


def _check_end(cursor: Cursor, alignment: int, tensors: Tensors) -> None:
    data_start = -(-cursor.position // alignment) * alignment
    needed = data_start + tensors.end_offset
    if needed > cursor.size_bytes:
        raise InvalidModelFile(
            f"The model file is incomplete: it needs {needed:,} bytes and has {cursor.size_bytes:,}."
        )
