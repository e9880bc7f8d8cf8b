"""Recognises texts that say again what another one says, and never takes one that says otherwise for such."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from modules.rag.domain.language.sentences import sentences

_COME_AND_GO = """
a an the is are of that which and also please
der die das dem den des ein eine einen einem einer eines ist sind und auch dass bitte
le la les un une du est sont et aussi que
el los las una unos unas es son también il lo gli è anche um uma são também het een en ook
"""
_EMPTY = frozenset(_COME_AND_GO.split())
"""Function words without which a text means the same: no negation, none that has an opposite as ``before`` or ``must``
have, and no letter but one that could be a name as in ``plan A``."""
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'"})
_MEANING_SYMBOLS = ("Sc", "Sm", "So")
_PER = "%‰"
_IN_NUMBERS = "-–.,:/"


@dataclass(frozen=True, slots=True)
class Wording:
    """``words`` without case, blanks and punctuation; ``lines`` are the sentences of them, one a line, each line
    between line breaks."""

    words: tuple[str, ...]
    lines: str


def wording(text: str) -> Wording:
    """Any text has one."""
    told = [words for start, end in sentences(text) if (words := _words(text[start:end]))]
    lines = "".join(f"\n{' '.join(one)}" for one in told)
    return Wording(tuple(word for one in told for word in one), f"{lines}\n")


def adds_nothing(one: Wording, to: Wording) -> bool:
    """Whether the other has the same words, or these sentences whole and in this order.

    Part of a sentence is not enough: ``dogs are allowed`` stands in ``no dogs are allowed`` too.
    """
    return one.words == to.words or one.lines in to.lines


def _words(sentence: str) -> list[str]:
    folded = unicodedata.normalize("NFC", sentence.translate(_APOSTROPHES)).casefold()
    around = f" {folded} "
    found = "".join(_kept(*around[at - 1 : at + 2]) for at in range(1, len(around) - 1)).split()
    return [word for word in found if word not in _EMPTY]


def _kept(before: str, char: str, after: str) -> str:
    """The character where it tells words or numbers apart, otherwise a blank."""
    if char.isalnum() or char in _PER:
        return char
    category = unicodedata.category(char)
    if category == "Cf":
        return ""
    tells = (
        # Vowel signs of many scripts are marks.
        category[0] == "M"
        or (category in _MEANING_SYMBOLS and char != "|")
        or (char in _IN_NUMBERS and after.isdecimal())
        or (char == "'" and before.isalnum() and after.isalnum())
    )
    return char if tells else " "
