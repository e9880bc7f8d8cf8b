"""A conversation as pages: the HTML export, drawn by whoever can draw."""

from __future__ import annotations

from collections.abc import Iterator

from modules.chat.contract import ConversationTree
from modules.portability.contract import PdfPrinter
from modules.portability.domain.rendering.html import html_pieces


def pdf_pieces(tree: ConversationTree, printer: PdfPrinter) -> Iterator[bytes]:
    """The whole PDF as one piece: a printer needs all of the text before it knows its pages."""
    yield printer.print_html("".join(html_pieces(tree)), tree.conversation.title or "Conversation")
