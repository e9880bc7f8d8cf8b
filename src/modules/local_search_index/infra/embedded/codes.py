"""Binary codes of vectors in memory: a first guess at the nearest ones in a few milliseconds.

A code has one bit a dimension, its sign. Distances between codes choose some thousand candidates, the query's own
numbers against their bits choose some hundred of those, and full vectors, read from the file, decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from modules.local_search_index.infra.unit_vectors import Floats

Words = npt.NDArray[np.uint64]
Keys = npt.NDArray[np.int64]

_FAR = np.uint16(0xFFFF)
_MIN_COARSE = 2_000
_COARSE_SHARE = 200
_MIN_ROWS = 1_024


def codes_of(vectors: Floats) -> Words:
    """The codes of vectors, a row each: dimensions rounded up to 64 bits, low bits first."""
    packed = np.packbits(vectors > 0, axis=1, bitorder="little")
    padding = -packed.shape[1] % 8
    return np.ascontiguousarray(np.pad(packed, ((0, 0), (0, padding)))).view(np.uint64)


class CodeShelf:
    """The codes of one generation. Not safe for use from several threads at once."""

    def __init__(self, dimensions: int) -> None:
        self._dimensions = dimensions
        self._words = -(-dimensions // 64)
        # One row a word, so that comparing runs along memory.
        self._codes: Words = np.empty((self._words, 0), dtype=np.uint64)
        self._slots: Keys = np.empty(0, dtype=np.int64)
        self._docs: Keys = np.empty(0, dtype=np.int64)
        self._gone: npt.NDArray[np.bool_] = np.empty(0, dtype=np.bool_)
        self.count = 0
        self.last_slot = 0

    @property
    def memory_bytes(self) -> int:
        return self._codes.nbytes + self._slots.nbytes + self._docs.nbytes + self._gone.nbytes

    def append(self, rows: Sequence[Sequence[Any]]) -> None:
        """Add (slot, document, code) in the order of slots."""
        if not rows:
            return
        slots, docs, blobs = zip(*rows, strict=True)
        end = self.count + len(rows)
        self._make_room(end)
        codes = np.frombuffer(b"".join(blobs), dtype=np.uint64).reshape(len(rows), self._words)
        self._codes[:, self.count : end] = codes.T
        self._slots[self.count : end] = slots
        self._docs[self.count : end] = docs
        self._gone[self.count : end] = False
        self.count, self.last_slot = end, slots[-1]

    def forget(self, slots: Iterable[int]) -> None:
        """Never give these again."""
        rows = self._slots[: self.count]
        gone = np.fromiter(slots, dtype=np.int64)
        # Slots only grow, so each is found by halving.
        at = np.searchsorted(rows, gone)
        there = at[at < self.count]
        self._gone[there] |= rows[there] == gone[at < self.count]

    def candidates(self, query: Floats, wanted: int, documents: Sequence[int] | None) -> Keys:
        """Slots of about ``wanted`` vectors that are probably the nearest ones; only of these documents, if given."""
        distances = self._distances(query, documents)
        near = _nearest(distances, max(_MIN_COARSE, self.count // _COARSE_SHARE, wanted))
        if len(near) > wanted:
            products = self._products(query, near)
            near = near[np.argpartition(-products, wanted - 1)[:wanted]]
        return self._slots[near]

    def _distances(self, query: Floats, documents: Sequence[int] | None) -> npt.NDArray[np.uint16]:
        code = codes_of(query[None, :])[0]
        distances = np.zeros(self.count, dtype=np.uint16)
        for word in range(self._words):
            distances += np.bitwise_count(self._codes[word, : self.count] ^ code[word])
        distances[self._gone[: self.count]] = _FAR
        if documents is not None:
            wanted = np.zeros(max(self._docs[: self.count].max(initial=0), max(documents, default=0)) + 1, np.bool_)
            wanted[np.asarray(documents, dtype=np.int64)] = True
            distances[~wanted[self._docs[: self.count]]] = _FAR
        return distances

    def _products(self, query: Floats, rows: Keys) -> Floats:
        codes = np.ascontiguousarray(self._codes[:, rows].T).view(np.uint8)
        bits = np.unpackbits(codes, axis=1, count=self._dimensions, bitorder="little")
        # The sum over set bits orders like the product with signs: they differ by a factor and a constant.
        # Not by a matrix product: its library would start threads that wait for each other when the machine is busy.
        products: Floats = np.einsum("ij,j->i", bits.astype(np.float32), query)
        return products

    def _make_room(self, count: int) -> None:
        room = len(self._slots)
        if count <= room:
            return
        room = max(count, _MIN_ROWS, room + room // 2)
        more = room - len(self._slots)
        self._codes = np.pad(self._codes, ((0, 0), (0, more)))
        self._slots = np.pad(self._slots, (0, more))
        self._docs = np.pad(self._docs, (0, more))
        self._gone = np.pad(self._gone, (0, more))


def _nearest(distances: npt.NDArray[np.uint16], wanted: int) -> Keys:
    """Rows of the smallest distances: at least ``wanted`` where there are so many, and all as near as the last."""
    counts = np.bincount(distances[distances != _FAR])
    if not len(counts):
        return np.empty(0, dtype=np.int64)
    bound = min(int(np.searchsorted(np.cumsum(counts), wanted)), len(counts) - 1)
    return np.flatnonzero(distances <= bound)
