"""all-MiniLM-L6-v2 in plain NumPy, straight from its safetensors: what the converted file must agree with."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from modules.llm_manager.infra.conversion.safetensors import read_float_tensors

Array = npt.NDArray[np.float32]
HEADS, EPSILON = 12, 1e-12
# Read from a table, linear between its rows: within 4e-8, and a hundred times as fast as one call for each number.
_ERF_AT = np.linspace(-6, 6, 24_001)
_ERF = np.array([math.erf(at) for at in _ERF_AT])


class MiniLm:
    """Mean-pooled, normalised sentence embeddings for token ids."""

    def __init__(self, model_folder: Path) -> None:
        self._tensors = read_float_tensors(model_folder / "model.safetensors")
        pieces = (model_folder / "vocab.txt").read_text("utf-8").splitlines()
        self._ids = {piece: number for number, piece in enumerate(pieces)}

    def tokens(self, text: str) -> list[int]:
        """WordPiece for lower-case words and punctuation apart from each other by spaces."""
        ids = [self._ids["[CLS]"]]
        for word in text.split():
            ids += self._word(word)
        return [*ids, self._ids["[SEP]"]]

    def embed(self, text: str) -> Array:
        ids = self.tokens(text)
        hidden = self._norm(
            self._tensors["embeddings.word_embeddings.weight"][ids]
            + self._tensors["embeddings.position_embeddings.weight"][: len(ids)]
            + self._tensors["embeddings.token_type_embeddings.weight"][0],
            "embeddings.LayerNorm",
        )
        for layer in range(6):
            hidden = self._layer(hidden, f"encoder.layer.{layer}")
        pooled: Array = hidden.mean(axis=0)
        return pooled / np.linalg.norm(pooled)

    def _word(self, word: str) -> list[int]:
        found, start = [], 0
        while start < len(word):
            ends = range(len(word), start, -1)
            piece = next(p for p in (("##" if start else "") + word[start:end] for end in ends) if p in self._ids)
            found.append(self._ids[piece])
            start += len(piece.removeprefix("##"))
        return found

    def _layer(self, hidden: Array, name: str) -> Array:
        attended = self._linear(self._attend(hidden, f"{name}.attention.self"), f"{name}.attention.output.dense")
        hidden = self._norm(hidden + attended, f"{name}.attention.output.LayerNorm")
        wide = self._linear(hidden, f"{name}.intermediate.dense")
        erf = np.interp(wide / math.sqrt(2), _ERF_AT, _ERF).astype(np.float32)
        wide = 0.5 * wide * (1 + erf)
        return self._norm(hidden + self._linear(wide, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def _attend(self, hidden: Array, name: str) -> Array:
        query, key, value = (self._heads(self._linear(hidden, f"{name}.{part}")) for part in ("query", "key", "value"))
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(query.shape[-1])
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed = (weights / weights.sum(axis=-1, keepdims=True)) @ value
        return np.asarray(mixed.transpose(1, 0, 2).reshape(hidden.shape), dtype=np.float32)

    def _heads(self, rows: Array) -> Array:
        return rows.reshape(len(rows), HEADS, -1).transpose(1, 0, 2)

    def _linear(self, rows: Array, name: str) -> Array:
        result: Array = rows @ self._tensors[f"{name}.weight"].T + self._tensors[f"{name}.bias"]
        return result

    def _norm(self, rows: Array, name: str) -> Array:
        centred = rows - rows.mean(axis=-1, keepdims=True)
        scaled: Any = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + EPSILON)
        return np.asarray(scaled * self._tensors[f"{name}.weight"] + self._tensors[f"{name}.bias"], dtype=np.float32)
