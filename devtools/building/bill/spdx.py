"""Licences as SPDX writes them: which may be shipped, and which of a choice is taken.

Source: the grammar of https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

_TOKEN = re.compile(r"\s*([()]|[A-Za-z0-9.+-]+)")
_COPYLEFT = re.compile(r"A?GPL-")
_LESSER = re.compile(r"LGPL-")
_PREFERRED = ("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Zlib", "0BSD", "MPL-2.0")


@dataclass(frozen=True)
class Licence:
    """One licence, perhaps with an exception to it."""

    name: str
    exception: str | None = None

    @property
    def copyleft(self) -> bool:
        """Whether it is the GPL or the AGPL, and nothing is taken from it."""
        return _COPYLEFT.match(self.name) is not None and self.exception is None

    @property
    def lesser(self) -> bool:
        return _LESSER.match(self.name) is not None

    def __str__(self) -> str:
        return f"{self.name} WITH {self.exception}" if self.exception else self.name


@dataclass(frozen=True)
class Choice:
    """Parts joined by ``OR`` (one of them is taken) or by ``AND`` (all of them hold)."""

    operator: str
    parts: tuple[Node, ...]


Node = Licence | Choice
_Parser = Callable[[list[str], str], tuple[Node, list[str]]]


class NotALicence(ValueError):
    """The text is no SPDX expression."""


def parse(text: str) -> Node:
    """
    Raises:
        NotALicence: it is no SPDX expression.
    """
    tokens = _TOKEN.findall(text)
    if not tokens or _TOKEN.sub("", text).strip():
        raise NotALicence(text)
    node, rest = _either(tokens, text)
    if rest:
        raise NotALicence(text)
    return node


def taken(node: Node, allowed: Collection[str]) -> frozenset[Licence] | None:
    """The licences under which we ship it; of a choice, one that is among ``allowed``. None when there is none."""
    if isinstance(node, Licence):
        return frozenset([node]) if str(node) in allowed and not node.copyleft else None
    options = [taken(part, allowed) for part in node.parts]
    held = [option for option in options if option is not None]
    if node.operator == "AND":
        return frozenset().union(*held) if len(held) == len(options) else None
    return min(held, key=_rank, default=None)


def _rank(licences: frozenset[Licence]) -> tuple[bool, int, str]:
    """Lesser copyleft last; then by what is usual."""
    names = sorted(licence.name for licence in licences)
    usual = max(_PREFERRED.index(name) if name in _PREFERRED else len(_PREFERRED) for name in names)
    return any(licence.lesser for licence in licences), usual, " ".join(names)


def _either(tokens: list[str], text: str) -> tuple[Node, list[str]]:
    return _joined(tokens, text, "OR", _both)


def _both(tokens: list[str], text: str) -> tuple[Node, list[str]]:
    return _joined(tokens, text, "AND", _one)


def _joined(tokens: list[str], text: str, operator: str, inner: _Parser) -> tuple[Node, list[str]]:
    node, rest = inner(tokens, text)
    parts = [node]
    while rest[:1] == [operator]:
        node, rest = inner(rest[1:], text)
        parts.append(node)
    return (parts[0] if len(parts) == 1 else Choice(operator, tuple(parts))), rest


def _one(tokens: list[str], text: str) -> tuple[Node, list[str]]:
    if tokens[:1] == ["("]:
        node, rest = _either(tokens[1:], text)
        if rest[:1] != [")"]:
            raise NotALicence(text)
        return node, rest[1:]
    if not tokens or tokens[0] in ("AND", "OR", "WITH", ")"):
        raise NotALicence(text)
    if tokens[1:2] == ["WITH"] and len(tokens) > 2:
        return Licence(tokens[0], tokens[2]), tokens[3:]
    return Licence(tokens[0]), tokens[1:]
