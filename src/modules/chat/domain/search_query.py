"""Reads what a person typed into the search box; any text is a valid query."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MAX_TERMS = 24
_MAX_CHARACTERS = 1_000
_PHRASE_OR_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')
_TOKEN_CATEGORIES = ("L", "N", "Co")


@dataclass(frozen=True, slots=True)
class Term:
    """Text to be found: as the beginning of a word, or, as a phrase, exactly these words in this order."""

    text: str
    phrase: bool


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """Terms in the order typed; none at all finds nothing."""

    terms: tuple[Term, ...]

    @classmethod
    def parse(cls, text: str) -> SearchQuery:
        """Quoted parts are phrases, everything else is split at white space; pieces without letters or digits go."""
        terms: list[Term] = []
        for match in _PHRASE_OR_WORD.finditer(_storable(text[:_MAX_CHARACTERS])):
            phrase, word = match.groups()
            piece = phrase if word is None else word
            if any(unicodedata.category(character).startswith(_TOKEN_CATEGORIES) for character in piece):
                terms.append(Term(piece, phrase=word is None))
        return cls(tuple(dict.fromkeys(terms))[:MAX_TERMS])

    def fts5(self, operator: str) -> str:
        """The query in FTS5's language, its terms joined by ``AND`` or ``OR``.

        Every term is an FTS5 string, so nothing typed can be taken for syntax; the tokenizer splits strings such
        as ``foo-bar`` into a phrase.
        """
        return f" {operator} ".join(f'"{term.text}"' + ("" if term.phrase else " *") for term in self.terms)


def _storable(text: str) -> str:
    return "".join(" " if character == "\x00" or "\ud800" <= character <= "\udfff" else character for character in text)
