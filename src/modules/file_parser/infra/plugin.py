"""What a parser is: an id, the formats it reads, and where its code lies."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from modules.file_parser.contract import DocumentTooLarge
from modules.file_parser.domain.pieces import Given


@dataclass(slots=True)
class Budget:
    """What one document, with everything packed inside it, may still use; counted down by whoever unpacks."""

    unpacked_bytes: int = 256 << 20
    members: int = 2_000
    cells: int = 1_000_000

    def take_bytes(self, count: int) -> None:
        """Raises DocumentTooLarge when the document unpacks to more than it may."""
        self.unpacked_bytes -= count
        if self.unpacked_bytes < 0:
            raise DocumentTooLarge("The document unpacks to more than a parser may hold.")


@dataclass(frozen=True, slots=True)
class Input:
    """One document as its parser gets it. ``extension`` is lower-case, without a dot, and found by content first.

    ``depth``: how many documents may still be packed inside each other.
    """

    data: bytes
    name: str
    extension: str
    parse_inner: Callable[[Input], Iterator[Given]]
    budget: Budget = field(default_factory=Budget)
    depth: int = 3

    def inner(self, data: bytes, name: str) -> Iterator[Given]:
        """The blocks of a document inside this one; what is wrong with it becomes a note."""
        return self.parse_inner(replace(self, data=data, name=name, extension="", depth=self.depth - 1))


Parse = Callable[[Input], Iterator[Given]]


@dataclass(frozen=True, slots=True)
class ParserPlugin:
    """A parser; built-in ones and others enter alike.

    ``formats``: the extensions it reads, each with its media type. ``entry``: ``package.module:function`` of a
    ``Parse``, imported in the child when first needed. ``signatures``: first bytes that are proof of the format
    of the first extension, whatever a file is called.
    """

    id: str
    formats: Mapping[str, str]
    entry: str
    signatures: tuple[bytes, ...] = ()

    def load(self) -> Parse:
        module, _, name = self.entry.partition(":")
        parse: Parse = getattr(importlib.import_module(module), name)
        return parse
