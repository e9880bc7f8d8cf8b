"""What kind of thing a question asks for, and whether a sentence has such a thing in it.

Question answering calls it the expected answer type (Li and Roth, Learning Question Classifiers, 2002). Only the kinds
that show on the surface are told apart: numbers, times and names. A sentence without them may be an answer all the
same, so this weighs; it does not decide.
"""

from __future__ import annotations

import re
from itertools import pairwise

_HOW_MUCH = re.compile(
    r"\b(?:how (?:much|long|high|old|far|often|big|large|tall|deep|heavy|fast)|what (?:year|date|time|age)"
    r"|what (?:do|does|did) .+ (?:cost|earn|pay|weigh)|(?:what|how high) (?:is|are|was|were) .*(?:cost|fee|price)s?"
    r"|wie (?:viel|lange|hoch|alt|weit|oft|groß|teuer|schwer)|was kostet|combien|cuánt[oa]s?)\b"
    r"|多少|几|多久|多大|いくつ|いくら",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"\b(?:how many|wie viele)\s+([^\W\d_]+)", re.IGNORECASE)
_WHEN = re.compile(r"\b(?:when|seit wann|wann|quand|cuándo)\b|何时|什么时候|いつ", re.IGNORECASE)
_WHO = re.compile(r"^\W*(?:(?:and|so|to|by|from|with|for)\s+)?who(?:m|se)?\b", re.IGNORECASE)
"""In English alone: where every noun has a capital letter, names do not show."""

_MONTHS_AND_DAYS_TEXT = """
january february march april may june july august september october november december januar februar märz mai juni juli
oktober dezember monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays
saturdays sundays montag dienstag mittwoch donnerstag freitag samstag sonntag
"""
_TIMES_TEXT = """
after always before daily during evening every immediately midnight monthly morning never night noon today tomorrow
until weekly while yearly yesterday abends bevor bis danach gestern heute immer jederzeit jährlich mittags mitternacht
morgen morgens monatlich nachdem nie niemals nachts sofort täglich während wöchentlich
"""
_NUMBERS_TEXT = """
two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen half once twice none zwei drei vier
fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig hundert tausend dutzend halb einmal zweimal
dreimal
"""
_MONTHS_AND_DAYS = frozenset(_MONTHS_AND_DAYS_TEXT.split())
_TIMES = _MONTHS_AND_DAYS | frozenset(_TIMES_TEXT.split())
_NUMBERS = frozenset(_NUMBERS_TEXT.split())
_WORD = re.compile(r"[^\W_]+(?:[.,:'’-][^\W_]+)*")
_CHINESE_NUMBERS = frozenset("一二三四五六七八九十百千万两半")
_NEAR_BEFORE, _NEAR_AFTER = 3, 1
"""Words between a number and what it counts: "64 breeding pairs", "Boats: 12"."""


def has_what_is_asked_for(question: str, sentence: str) -> bool | None:
    """None when the question does not show what it asks for. ``sentence`` comes without a number of its own."""
    words = _WORD.findall(sentence)
    if (counted := _HOW_MANY.search(question)) is not None:
        return _counts(words, counted[1].casefold())
    if _WHEN.search(question):
        return any(_is_number(word) or word.casefold() in _TIMES for word in words)
    if _HOW_MUCH.search(question):
        return any(_is_number(word) for word in words)
    if _WHO.search(question):
        return _names_somebody(words, {word.casefold() for word in _WORD.findall(question)})
    return None


def _counts(words: list[str], counted: str) -> bool:
    """Whether a number stands beside what is counted; anywhere, where that has another name."""
    numbers = [at for at, word in enumerate(words) if _is_number(word)]
    named = [at for at, word in enumerate(words) if _same_word(word.casefold(), counted)]
    if not named:
        return bool(numbers)
    return any(-_NEAR_AFTER <= name - number <= _NEAR_BEFORE for name in named for number in numbers)


def _same_word(one: str, other: str) -> bool:
    """Singular and plural are the same."""
    return one == other or (min(len(one), len(other)) > 2 and (one.startswith(other) or other.startswith(one)))


def _is_number(word: str) -> bool:
    return (
        any(letter.isdecimal() for letter in word)
        or word.casefold() in _NUMBERS
        or any(letter in _CHINESE_NUMBERS for letter in word)
    )


def _names_somebody(words: list[str], asked: set[str]) -> bool:
    """A capital letter within the sentence, or two words in a row that have one."""
    capital = [
        word[0].isupper() and word.casefold() not in asked and word.casefold() not in _MONTHS_AND_DAYS for word in words
    ]
    return any(capital[1:]) or any(first and second for first, second in pairwise(capital))
