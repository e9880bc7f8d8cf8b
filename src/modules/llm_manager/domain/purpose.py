"""What a model can be used for, from its header."""

from __future__ import annotations

from modules.llm_manager.contract.errors import InvalidModelFile
from modules.llm_manager.contract.models import Purpose
from modules.llm_manager.domain.ports import GgufHeader

_ENCODERS = frozenset(
    {
        "bert",
        "eurobert",
        "gemma-embedding",
        "jina-bert-v2",
        "jina-bert-v3",
        "modern-bert",
        "neo-bert",
        "nomic-bert",
        "nomic-bert-moe",
        "t5encoder",
    }
)
_POOLING_NONE, _POOLING_RANK = 0, 4
_PARTS = {"clip": "the image part of a model", "controlvector": "a control vector"}

SLOW_QUANTIZATIONS = frozenset({"Q4_1", "Q5_0", "Q5_1"})
"""Types without a fast CPU kernel: measured, Q4_1 reads prompts at 0.4 of the speed of Q8_0. The Q5 pair has the
same layout with a fifth bit that is put together weight by weight."""


def purpose_of(header: GgufHeader) -> Purpose:
    """Rerankers pool into a judgement; embedding models are encoders, or pool otherwise; everything else writes text.

    Raises:
        InvalidModelFile: the file holds something else than a whole language model.
    """
    kind = header.metadata.get("general.type", "model")
    part = _PARTS.get(header.architecture) or (f"a file of type {kind}" if kind not in ("model", "") else None)
    if part is not None:
        raise InvalidModelFile(f"This is {part}, not a whole language model.", action="Choose the model's main file.")
    if header.pooling == _POOLING_RANK:
        return "reranking"
    pools = header.pooling is not None and header.pooling != _POOLING_NONE
    return "embedding" if pools or header.architecture in _ENCODERS else "chat"


def is_slow_quantization(quantization: str) -> bool:
    """Whether re-quantising the file would make it faster on an ordinary CPU."""
    return quantization in SLOW_QUANTIZATIONS
