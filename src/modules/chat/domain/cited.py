"""Which passages a text cites."""

from __future__ import annotations

import re
from collections.abc import Sequence

from modules.rag.contract import Citation

_NUMBER = re.compile(r"\[(\d{1,4})\]")


def cited_in(text: str, passages: Sequence[Citation]) -> tuple[Citation, ...]:
    """Those whose number stands in the text in brackets, in the order of their numbers."""
    if not passages:
        return ()
    numbers = {int(number) for number in _NUMBER.findall(text)}
    return tuple(one for one in passages if one.number in numbers)


def without_citations(text: str) -> str:
    """The text without them, as it is told to a model later: by then the numbers stand for other passages."""
    return _CITATION.sub("", text)


_CITATION = re.compile(r"[ \t]?\[\d{1,4}\]")
