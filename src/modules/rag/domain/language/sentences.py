"""Where the sentences of a text begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|\Z)|[。！？]+[”』」）]*|\n+")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[^\W\d_]|e\.g|i\.e|z\.B|d\.h|u\.a|o\.ä|vs|cf|ca|approx|etc|no|nos|nr|art|abs|fig|figs|vol|ed|eds|pp?"
    r"|mr|mrs|ms|dr|prof|st|jr|sr|inc|ltd|co|bzw|vgl|str|tel|usw|sog|evtl|ggf|inkl|max|min|jan|feb|apr|aug|sept?|oct"
    r"|okt|nov|dec|dez)\.$",
    re.IGNORECASE,
)
_LOOK_BACK = 12


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Their ranges in order, without the blanks around them. A line that goes on in the next one is not an end."""
    start = 0
    for match in _END.finditer(text):
        if _ends_there(text, match):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, len(text))


def _ends_there(text: str, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + 40].lstrip()[:1]
    if match.group()[0] == "\n":
        # A wrapped line: it goes on in small letters, and nothing stands between.
        wrapped = len(match.group()) == 1 and following.islower() and text[match.start() - 1] not in ".!?:;|"
        return not wrapped
    if match.group()[0] != ".":
        return True
    if following.islower():
        return False
    before = text[max(0, match.start() - _LOOK_BACK) : match.start() + 1]
    return not (_ABBREVIATION.search(before) or re.search(r"(?:^|\n)\s*\d{1,3}\.$", before))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    sentence = text[start:end]
    begin = start + len(sentence) - len(sentence.lstrip())
    if sentence.strip():
        yield begin, begin + len(sentence.strip())
