"""The numbers in an answer that stand for passages: ``[2]`` leads to what it cites, in text and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from hyperspot_desktop.markdown.anchors import anchor

Cited = Mapping[int, str]
"""Where the number of a passage leads; the addresses are made by us, never read from a text."""
NOTHING: Cited = {}
_NUMBERS = re.compile(r"\[(\d{1,4}(?:[ \t]*[,;][ \t]*\d{1,4})*)\]")
_NUMBER = re.compile(r"\d+")


def with_citations(text: str, cited: Cited, markup: Callable[[str], str]) -> str:
    """``text`` as markup, in which the numbers in brackets that are in ``cited`` are links; ``markup`` does the rest.

    What is read stays the same, letter for letter: ``[1]`` and ``[1, 3]`` can be copied as they stand.
    """
    if not cited:
        return markup(text)
    parts: list[str] = []
    end = 0
    for match in _NUMBERS.finditer(text):
        linked = _linked(match.group(), cited)
        if linked is not None:
            parts += [markup(text[end : match.start()]), linked]
            end = match.end()
    parts.append(markup(text[end:]))
    return "".join(parts)


def _linked(brackets: str, cited: Cited) -> str | None:
    """Digits, commas and brackets alone: there is nothing to escape. None when none of the numbers is cited."""
    numbers = [int(number) for number in _NUMBER.findall(brackets)]
    if len(numbers) == 1:
        return anchor(cited[numbers[0]], brackets) if numbers[0] in cited else None
    if not any(number in cited for number in numbers):
        return None
    return _NUMBER.sub(
        lambda found: anchor(cited[int(found[0])], found[0]) if int(found[0]) in cited else found[0], brackets
    )
