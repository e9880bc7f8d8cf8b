"""Runs the right parser on one document, inside the child: every failure becomes one of our errors."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from modkit.errors import HyperSpotError
from modules.file_parser.contract import (
    Block,
    DocumentBroken,
    DocumentTooLarge,
    FileParserError,
    Place,
    block_text,
)
from modules.file_parser.domain.language import SAMPLE_CHARACTERS, language_of
from modules.file_parser.domain.pieces import Facts, Given, MoreRows, Note, PageWithoutText, TextRows
from modules.file_parser.infra.catalogue import PLUGINS
from modules.file_parser.infra.long_blocks import split_long
from modules.file_parser.infra.plugin import Input, ParserPlugin
from modules.file_parser.infra.sniff import find_format


class ParserRunner:
    """All parsers of one child. ``plugins``: asked in this order."""

    def __init__(self, plugins: Iterable[ParserPlugin] = PLUGINS) -> None:
        self._plugins = tuple(plugins)

    def run(self, data: bytes, name: str) -> Iterator[Given]:
        """The document's pieces.

        Raises:
            FileParserError: whatever is wrong with it; never what a library raises.
        """
        document = Input(data=data, name=name, extension="", parse_inner=self._inner)
        words = _FirstWords()
        for piece in self._parse(document):
            words.note(piece)
            yield from split_long(piece)
        yield Facts(language=language_of(words.text))

    def _parse(self, document: Input) -> Iterator[Given]:
        extension = find_format(document.data, document.name, self._plugins)
        plugin = next(plugin for plugin in self._plugins if extension in plugin.formats)
        yield Facts(parser=plugin.id, content_type=plugin.formats[extension])
        with library_errors_named():
            yield from plugin.load()(replace(document, extension=extension))

    def _inner(self, document: Input) -> Iterator[Given]:
        """A packed document: its blocks know where they came from, and its failure is not that of the whole."""
        if document.depth < 0:
            yield Note(f"{document.name} was left out: it is packed too deeply.")
            return
        try:
            for piece in self._parse(document):
                match piece:
                    case Facts():
                        pass  # about the inner document, which is not the one the user asked for
                    case PageWithoutText(page):
                        yield Note(f"Page {page} of {document.name} holds no text; it needs character recognition.")
                    case Note() | MoreRows():
                        yield piece
                    case _:
                        yield _inside(piece, document.name)
        except FileParserError as err:
            yield Note(f"{document.name} was left out: {err.sentence}")


def _inside(block: Block | TextRows, member: str) -> Block | TextRows:
    place = block.place or Place()
    return replace(block, place=replace(place, member=f"{member}/{place.member}" if place.member else member))


@contextmanager
def library_errors_named() -> Iterator[None]:
    """Whatever a library raises becomes one of our errors."""
    try:
        yield
    except (HyperSpotError, GeneratorExit):
        raise
    except MemoryError as err:
        raise DocumentTooLarge("Reading the document takes more memory than a parser may use.") from err
    except Exception as err:  # the border to libraries that meet hostile bytes: they may raise anything
        # The type alone: a message could quote the document, and this goes to a log.
        print(f"parser failed: {type(err).__name__}", file=sys.stderr)
        raise DocumentBroken("The document is damaged: its content makes no sense to its parser.") from err


class _FirstWords:
    """Enough of a document's beginning to tell its language."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._length = 0

    def note(self, piece: Given) -> None:
        if self._length >= SAMPLE_CHARACTERS:
            return
        if not isinstance(piece, MoreRows | TextRows | Facts | Note | PageWithoutText):
            self._add(piece)

    def _add(self, block: Block) -> None:
        text = block_text(block)[:SAMPLE_CHARACTERS]
        self._texts.append(text)
        self._length += len(text)

    @property
    def text(self) -> str:
        return "\n".join(self._texts)
