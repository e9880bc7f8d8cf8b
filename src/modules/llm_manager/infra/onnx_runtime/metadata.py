"""What a converted encoder says about itself, inside its ONNX file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

ENCODER, VOCABULARY = "hyperspot.encoder", "hyperspot.vocabulary"
"""Names of its metadata: these facts as JSON, and the WordPiece vocabulary, a piece a line."""
FORMAT = 1
"""Raised when a graph changes so that this program's older versions could not run it."""


@dataclass(frozen=True, slots=True)
class EncoderFacts:
    """Sizes as in a GGUF header; ``context_length`` in tokens with the two that frame a text."""

    name: str
    architecture: str
    quantization: str
    parameters: int
    layers: int
    context_length: int
    embedding_length: int
    vocabulary: int
    licence: str
    format: int = FORMAT

    def to_json(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> EncoderFacts:
        """
        Raises:
            ValueError, TypeError: that is no such description.
        """
        facts = cls(**json.loads(text))
        for name, kind in cls.__annotations__.items():
            value = getattr(facts, name)
            if type(value).__name__ != kind or (isinstance(value, int) and not 0 <= value < 2**40):
                raise ValueError(f"{name} is not what it should be")
        return facts
