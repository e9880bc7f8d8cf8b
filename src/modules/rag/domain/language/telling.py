"""Words that say what a text is about, and which of them are the same word in another form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from modules.local_search_index.contract import FUNCTION_WORDS

_WORD = re.compile(r"\w+(?:[.,’'](?=\d)\d+)*")
_DENSE = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_DIGITS = re.compile(r"\d+(?:[.,’' ]\d{3})*(?:[.,]\d+)?")
_GROUPING = re.compile(r"[.,’' ](?=\d{3}(?:\D|\Z))")
_STEM = 4
_KEY = 3
_ENDINGS = ("s", "es", "e", "n", "en")
"""What short words may end with and be the same."""
_SAME = 0.7
"""Two words are one in two forms when they begin alike for so much of the longer one, and for ``_STEM`` letters."""


def telling(text: str) -> set[str]:
    """The words of a text that say what it is about, and its numbers; of scripts without spaces, pairs of characters.

    Numbers come without the marks that group their digits.
    """
    return set(telling_in_order(text))


def telling_in_order(text: str) -> list[str]:
    """The same as they stand, with repetitions."""
    found: list[str] = []
    for match in _WORD.finditer(text):
        word = match.group()
        if word[0].isdecimal() and _DIGITS.fullmatch(word):
            found.append(_plain(word))
        elif _DENSE.search(word):
            found += _pairs(word)
        elif _tells(word):
            found.append(_folded(word))
    return found


def numbers(text: str) -> set[str]:
    """The numbers of a text, without the marks that group their digits."""
    return {_plain(match.group()) for match in _DIGITS.finditer(text)}


def shared(words: Iterable[str], others: Iterable[str]) -> set[str]:
    """Those of ``words`` that are among ``others``, as they are or in another form; numbers only as they are."""
    by_stem: dict[str, list[str]] = {}
    exact = set(others)
    for other in exact:
        by_stem.setdefault(other[:_KEY], []).append(other)
    return {word for word in words if word in exact or any(_alike(word, one) for one in by_stem.get(word[:_KEY], ()))}


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if one[0].isdecimal():
        return False
    if len(shorter) < _STEM:
        return longer[: len(shorter)] == shorter and longer[len(shorter) :] in _ENDINGS
    same = next((at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter))
    return same >= max(_STEM, _SAME * len(longer))


def _tells(word: str) -> bool:
    folded = word.casefold()
    if folded in FUNCTION_WORDS:
        return False
    # Of two letters, only what is written like an abbreviation.
    return len(word) > 2 or not word.isascii() or (len(word) == 2 and (word.isupper() or not word.isalpha()))


def _pairs(word: str) -> list[str]:
    found: list[str] = []
    at = 0
    for run in _DENSE.finditer(word):
        found += [rest.casefold() for rest in [word[at : run.start()]] if rest]
        text = run.group()
        found += [text[one : one + 2] for one in range(len(text) - 1)] or [text]
        at = run.end()
    return found + [rest.casefold() for rest in [word[at:]] if rest]


def _folded(word: str) -> str:
    """Case and the marks of Latin letters do not count: Vertrag and Verträge are one word."""
    if word.isascii():
        return word.casefold()
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return unicodedata.normalize("NFC", "".join(one for one in decomposed if not "\u0300" <= one <= "\u036f"))


def _plain(number: str) -> str:
    return _GROUPING.sub("", number).replace(",", ".")
