"""Binary codes find what exact search finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.local_search_index.contract import InvalidVector, WrongDimensions
from modules.local_search_index.infra.embedded.codes import CodeShelf, codes_of
from modules.local_search_index.infra.unit_vectors import Floats, unit_vectors


def _shelf(vectors: Floats, per_document: int = 10) -> CodeShelf:
    shelf = CodeShelf(vectors.shape[1])
    codes = codes_of(vectors)
    rows = [(slot, slot // per_document, codes[slot].tobytes()) for slot in range(len(vectors))]
    shelf.append(rows[: len(rows) // 2])
    shelf.append(rows[len(rows) // 2 :])
    return shelf


def _random(count: int, dimensions: int = 96) -> Floats:
    chance = np.random.default_rng(7)
    centres = chance.standard_normal((50, dimensions))
    rows = centres[chance.integers(50, size=count)] + 0.7 * chance.standard_normal((count, dimensions))
    return unit_vectors(rows.tolist(), dimensions)


def test_the_nearest_are_among_the_candidates() -> None:
    vectors = _random(12_000)
    shelf, queries = _shelf(vectors), _random(12_050)[12_000:]
    exact = [set(np.argsort(-(vectors @ query))[:10].tolist()) for query in queries]
    found = [set(shelf.candidates(query, 300, None).tolist()) for query in queries]
    recall = np.mean([len(a & b) / 10 for a, b in zip(exact, found, strict=True)])
    assert recall >= 0.97


def test_candidates_come_from_the_given_documents_only() -> None:
    shelf = _shelf(_random(3_000))
    assert set(shelf.candidates(_random(1)[0], 300, [3, 7]).tolist()) == {*range(30, 40), *range(70, 80)}
    assert shelf.candidates(_random(1)[0], 300, []).tolist() == []


def test_forgotten_ones_are_never_candidates() -> None:
    shelf = _shelf(_random(100))
    shelf.forget([*range(0, 100, 2), 5_000])
    assert set(shelf.candidates(_random(1)[0], 300, None).tolist()) == set(range(1, 100, 2))


def test_an_empty_shelf_has_no_candidates() -> None:
    shelf = CodeShelf(7)
    shelf.append([])
    shelf.forget([1])
    assert (shelf.candidates(_random(1, 7)[0], 300, None).tolist(), shelf.last_slot) == ([], 0)


def test_memory_grows_with_the_codes() -> None:
    shelf = _shelf(_random(3_000))
    assert 3_000 * (16 + 8 + 8 + 1) <= shelf.memory_bytes <= 2 * 3_000 * (16 + 8 + 8 + 1)


@given(st.lists(st.lists(st.floats(width=32), min_size=3, max_size=3), max_size=5))
def test_vectors_become_unit_vectors_or_are_refused(rows: list[list[float]]) -> None:
    try:
        unit = unit_vectors(rows, 3)
    except InvalidVector:
        return
    assert np.allclose(np.linalg.norm(unit, axis=1), 1, atol=1e-3)


def test_a_vector_of_another_length_is_refused() -> None:
    with pytest.raises(WrongDimensions, match="2 dimensions where the index has 3"):
        unit_vectors([[1, 2, 3], [1, 2]], 3)
