"""In which language somebody asks, of those that the program's own sentences in answers are written in."""

from __future__ import annotations

import re
from typing import Literal

Language = Literal["en", "de", "zh"]

_HAN = re.compile(r"[\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_WORD = re.compile(r"[^\W\d_]+")
_GERMAN_WORDS = """
aber alle auf aus bei bis das dass dem den der des die diese dieser du durch ein eine einem einen einer eines er es für
gibt habe haben hat ich ihr im ist kann kein keine lange man mein meine mit muss müssen nach nicht noch nur oder ohne
sein sich sie sind soll über um und uns unser viel viele vom von vor wann warum welche welcher welches wem wen wenn wer
werden weshalb wie wieviel wir wird wo wofür womit wurde wurden zu zum zur zwischen
"""
_ENGLISH_WORDS = """
a about and any are at be been before but by can could did do does for from had has have he her his how i if into is it
its long many may me much must my no not of on or our she should than that the their them there these they this those to
until we were what when where which who whose why will with would you your
"""
# Frequent words that the other one of the two does not have.
_GERMAN, _ENGLISH = frozenset(_GERMAN_WORDS.split()), frozenset(_ENGLISH_WORDS.split())


def language_of(question: str) -> Language:
    """German and Chinese where they show themselves, English otherwise."""
    if _HAN.search(question) and not _KANA.search(question):
        return "zh"
    words = [word.casefold() for word in _WORD.findall(question)]
    german, english = (sum(word in known for word in words) for known in (_GERMAN, _ENGLISH))
    return "de" if german > english else "en"
