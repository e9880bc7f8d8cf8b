"""Cuts text into the terms that are indexed and searched, and knows where in the text each one stands.

Done here and not by SQLite's tokenizers, because those know neither identifiers nor languages without spaces, and every
plugin must find the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

_TERM_CHARACTERS = 64
_MAX_PARTS = 8
_MAX_HUMPS = 6
_JOINERS = re.compile(r"(?:\.|-|::|->)")
# Capitals stay together until the one that begins a word (HTTPServer), but a plural s belongs to them (PDFs).
_ASCII_PARTS = re.compile(r"[A-Z]{2,}s(?![a-z])|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
# Scripts written without spaces between words: Thai to Tibetan, Burmese, Khmer, kana, Han.
_DENSE = (
    r"\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_DENSE_RUN = re.compile(f"[{_DENSE}]+")
_UNICODE_PARTS = re.compile(rf"[{_DENSE}]+|[0-9]+|[^{_DENSE}0-9_]+")


class Term(NamedTuple):
    """A term and the characters ``[start, end)`` that it stands for."""

    text: str
    start: int
    end: int


class Word(NamedTuple):
    """What stands together: a word, an identifier, a run of a script without spaces.

    ``parts`` follow each other in the text. ``wholes`` are an identifier's spellings as one term (``getusername`` for
    getUserName, get_user_name and get-user-name). ``dense``: the parts are overlapping pairs of characters.
    """

    start: int
    end: int
    parts: tuple[Term, ...]
    wholes: tuple[str, ...]
    dense: bool


def words(text: str) -> Iterator[Word]:
    """All words of a text, in order."""
    for match in _word_pattern().finditer(text):
        piece = match.group()
        if piece.isascii() and piece.isalpha() and piece[1:].islower():
            # Most words are of this kind.
            start, end = match.span()
            yield Word(start, end, (Term(piece.lower()[:_TERM_CHARACTERS], start, end),), (), False)
        else:
            yield from _words_of(piece, match.start())


def indexed(text: str) -> tuple[str, str]:
    """The parts of all words and the wholes of all identifiers, each separated by single spaces.

    The same as ``words`` finds, several times as fast: whole collections pass through here.
    """
    parts: list[str] = []
    wholes: list[str] = []
    for piece in _word_pattern().findall(text):
        if piece.isascii() and piece.isalpha() and piece[1:].islower():
            parts.append(piece.lower()[:_TERM_CHARACTERS])
            continue
        for word in _words_of(piece, 0):
            parts += [part.text for part in word.parts]
            wholes += word.wholes
    return " ".join(parts), " ".join(wholes)


def fold(text: str) -> str:
    """One spelling for what a reader takes for the same: case, width, ligatures and Latin diacritics do not count."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    # Only this block: marks of other scripts are vowels, without which words become others.
    return unicodedata.normalize("NFC", "".join(one for one in decomposed if not "\u0300" <= one <= "\u036f"))


def storable(text: str) -> str:
    """The text without what cannot be stored or would be taken for a mark: NUL, lone surrogates, U+0002, U+0003."""
    return _UNSTORABLE.sub(" ", text)


_UNSTORABLE = re.compile("[\x00\x02\x03\ud800-\udfff]")


@cache
def _word_pattern() -> re.Pattern[str]:
    # Combining marks are part of words, which \w does not know: without them Hindi falls into pieces.
    marks = "".join(chr(one) for one in range(0x300, 0xFFFF) if unicodedata.category(chr(one)) in ("Mn", "Mc"))
    letters = f"[\\w{marks}]+"
    return re.compile(f"{letters}(?:{_JOINERS.pattern}{letters})*")


def _words_of(piece: str, start: int) -> Iterator[Word]:
    return _identifier(piece, start) if piece.isascii() else _mixed(piece, start)


def _identifier(piece: str, start: int) -> Iterator[Word]:
    parts: list[Term] = []
    wholes: list[str] = []
    for atom, at in _atoms(piece, start):
        humps = [Term(found.group().lower(), at + found.start(), at + found.end()) for found in _humps(atom)]
        if len(humps) > _MAX_HUMPS and "_" not in atom:
            # A hash or an encoded text, not words.
            humps = [Term(atom.lower()[:_TERM_CHARACTERS], at, at + len(atom))]
        parts += humps
        if 1 < len(humps) <= _MAX_PARTS:
            wholes.append("".join(hump.text for hump in humps)[:_TERM_CHARACTERS])
    if not parts:
        return
    if 1 < len(parts) <= _MAX_PARTS:
        wholes.append("".join(part.text for part in parts)[:_TERM_CHARACTERS])
    capped = tuple(Term(part.text[:_TERM_CHARACTERS], part.start, part.end) for part in parts)
    yield Word(start, start + len(piece), capped, tuple(dict.fromkeys(wholes)), False)


def _humps(atom: str) -> Iterator[re.Match[str]]:
    return _ASCII_PARTS.finditer(atom)


def _atoms(piece: str, start: int) -> Iterator[tuple[str, int]]:
    at = 0
    for joiner in _JOINERS.finditer(piece):
        yield piece[at : joiner.start()], start + at
        at = joiner.end()
    yield piece[at:], start + at


def _mixed(piece: str, start: int) -> Iterator[Word]:
    """Words with letters outside ASCII: no humps, but runs without spaces are cut into pairs."""
    for atom, at in _atoms(piece, start):
        if atom.isascii():
            yield from _identifier(atom, at)
            continue
        for found in _UNICODE_PARTS.finditer(atom):
            begin, end = at + found.start(), at + found.end()
            if _DENSE_RUN.match(found.group()):
                yield Word(begin, end, _pairs(found.group(), begin), (), True)
            elif term := _letters(fold(found.group())):
                yield Word(begin, end, (Term(term[:_TERM_CHARACTERS], begin, end),), (), False)


def _pairs(run: str, start: int) -> tuple[Term, ...]:
    # The last character alone closes the run, so that a search for one character can find it as a prefix.
    return tuple(Term(fold(run[at : at + 2]), start + at, start + min(at + 2, len(run))) for at in range(len(run)))


def _letters(folded: str) -> str:
    # Folding can give characters that separate words in an index (½ becomes 1⁄2, the ligature of a company a space).
    return "".join(one for one in folded if one.isalnum() or unicodedata.category(one).startswith("M"))
