"""Ids and names of models: what a person can type and what makes a file name everywhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from itertools import count

_QUANTIZATION = re.compile(
    r"[-._ ]((?:I?Q\d(?:_[0-9A-Z]{1,3}){0,2})|BF16|F16|FP16|F32|MXFP4)(?:[-._ ]gguf)?$", re.IGNORECASE
)
MAX_SLUG = 80


def slug(text: str) -> str:
    """Lower-case ASCII letters, digits, dots, dashes and underscores: safe in file names, shells and addresses."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    cleaned = re.sub(r"[^a-z0-9._]+", "-", plain).strip("-._")
    return cleaned[:MAX_SLUG].rstrip("-._") or "model"


def model_id(name: str, quantization: str, taken: Collection[str]) -> str:
    """An id from name and quantisation that is not among ``taken``: ``qwen3-0.6b-q8_0``, then ``…-2``."""
    suffix = slug(quantization)
    base = slug(without_quantization(name))
    wanted = base if base.endswith(suffix) else f"{base}-{suffix}"
    return unique(wanted, taken)


def unique(wanted: str, taken: Collection[str]) -> str:
    """``wanted``, or with the first free number behind it."""
    return next(name for name in numbered(wanted) if name not in taken)


def numbered(wanted: str) -> Iterator[str]:
    """``wanted``, ``wanted-2``, ``wanted-3`` and so on, without end."""
    yield wanted
    for number in count(2):
        yield f"{wanted}-{number}"


def without_quantization(stem: str) -> str:
    """A file's stem without the quantisation that publishers put at its end."""
    return _QUANTIZATION.sub("", stem)


def matching(wanted: str, ids: Iterable[str]) -> list[str]:
    """The ids that ``wanted`` names: itself, or all that contain it, ignoring case."""
    listed = list(ids)
    if wanted in listed:
        return [wanted]
    part = wanted.strip().lower()
    return [one for one in listed if part and part in one.lower()]
