"""Checks vectors that come from embedders. Imports numpy, so it is imported where a vector is at hand, not before."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from modules.local_search_index.contract import InvalidVector, WrongDimensions

Floats = npt.NDArray[np.float32]


def unit_vectors(vectors: Sequence[Sequence[float]], dimensions: int) -> Floats:
    """The vectors as rows of length one.

    Raises:
        WrongDimensions, InvalidVector: one does not fit.
    """
    for vector in vectors:
        if len(vector) != dimensions:
            raise WrongDimensions(dimensions, len(vector))
    rows = np.asarray(vectors, dtype=np.float32).reshape(len(vectors), dimensions)
    with np.errstate(over="ignore", invalid="ignore"):
        lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows, dtype=np.float64))
    if not np.isfinite(lengths).all() or not (lengths > 0).all():
        raise InvalidVector
    unit: Floats = (rows / lengths[:, None]).astype(np.float32)
    return unit
