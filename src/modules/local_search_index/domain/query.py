"""Reads what a person typed into the search box; any text is a valid query."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from modules.local_search_index.contract import FUNCTION_WORDS
from modules.local_search_index.domain.words import Word, storable, words

MAX_CLAUSES = 32
_MAX_CHARACTERS = 2_000
_MAX_PHRASE_WORDS = 8
_MIN_GOING_ON = 3
_MIN_WIDENED = 4
_MIN_TYPED = 2
_PHRASE_OR_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')


class Match(Enum):
    """How much of a query a passage must have."""

    ALL = "all"
    BEGINNINGS = "beginnings"
    """All of it, but words may go on: lease finds leases."""
    ANY = "any"
    """Its phrases, or of a query without phrases at least one word."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Terms that must follow each other. ``typed`` is what the user wrote.

    ``phrase``: it stood in quotes. ``prefix``: the last term may go on. ``whole``: the same written as one term.
    ``dense``: the terms are overlapping pairs of characters.
    """

    typed: str
    terms: tuple[str, ...]
    phrase: bool = False
    prefix: bool = False
    whole: str = ""
    dense: bool = False

    @property
    def may_go_on(self) -> bool:
        """Whether a longer word is likely the same word: not for short ones, numbers and phrases."""
        return not self.phrase and not self.dense and self.terms[-1].isalpha() and len(self.terms[-1]) >= _MIN_GOING_ON


@dataclass(frozen=True, slots=True)
class Query:
    """Clauses in the order typed; none at all finds nothing."""

    clauses: tuple[Clause, ...]

    @classmethod
    def parse(cls, text: str, *, typing: bool = False) -> Query:
        """Quoted parts are phrases, everything else single words; ``typing`` makes the last word a prefix."""
        clauses: list[Clause] = []
        text = storable(text[:_MAX_CHARACTERS])
        for match in _PHRASE_OR_WORD.finditer(text):
            quoted, plain = match.groups()
            clauses += _phrase(quoted) if plain is None else _words(plain)
        if typing and clauses and text[-1:].isalnum() and _goes_on(clauses[-1]):
            clauses[-1] = replace(clauses[-1], prefix=True)
        return cls(tuple(dict.fromkeys(clauses))[:MAX_CLAUSES])

    @property
    def divisible(self) -> bool:
        """Whether there is less than all of it to look for."""
        plain = [clause for clause in self.clauses if not clause.phrase]
        several = len(self.clauses) > 1 or any(clause.dense and len(clause.terms) > 1 for clause in plain)
        return bool(plain) and several

    def as_phrase(self) -> Query | None:
        """The whole query as one phrase, None when that would say nothing more."""
        plain = [clause for clause in self.clauses if not clause.phrase and not clause.prefix]
        if not 1 < len(plain) <= _MAX_PHRASE_WORDS or len(plain) != len(self.clauses):
            return None
        terms = tuple(term for clause in plain for term in clause.terms)
        return Query((Clause(" ".join(clause.typed for clause in plain), terms, phrase=True),))

    def loosened(self) -> Query:
        """The same, whose words may go on."""
        return Query(tuple(replace(one, prefix=True) if one.may_go_on else one for one in self.clauses))

    def widened(self) -> Query:
        """The same, of which the words that tell something may go on: for where one of them is enough."""
        return Query(tuple(replace(one, prefix=True) if one.may_go_on and _tells(one) else one for one in self.clauses))


def _tells(clause: Clause) -> bool:
    return len(clause.terms[-1]) >= _MIN_WIDENED and clause.typed.casefold() not in FUNCTION_WORDS


def _goes_on(clause: Clause) -> bool:
    """Whether to look for what a word that is being typed may become: not from its first letter, with which too many
    begin."""
    return not clause.phrase and (clause.dense or len(clause.terms[-1]) >= _MIN_TYPED)


def _phrase(text: str) -> Iterator[Clause]:
    terms = tuple(term for word in words(text) for term in _searched(word))
    if terms:
        yield Clause(text.strip(), terms, phrase=True)


def _words(text: str) -> Iterator[Clause]:
    found = list(words(text))
    for word in found:
        terms = _searched(word)
        typed = text[word.start : word.end]
        prefix = (word is found[-1] and text.endswith("*")) or (word.dense and len(typed) == 1)
        yield Clause(typed, terms, prefix=prefix, whole=word.wholes[-1] if word.wholes else "", dense=word.dense)


def _searched(word: Word) -> tuple[str, ...]:
    """The terms to look for: of a run of pairs not the closing single one, which only the end of a run has."""
    parts = word.parts[:-1] if word.dense and len(word.parts) > 1 else word.parts
    return tuple(part.text for part in parts)
