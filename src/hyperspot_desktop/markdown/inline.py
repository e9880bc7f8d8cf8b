"""Inline Markdown to the few tags that a text item may draw; every other character is escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from markdown_it.token import Token

from hyperspot_desktop.links import safe_link
from hyperspot_desktop.markdown.anchors import anchor
from hyperspot_desktop.markdown.cited import NOTHING, Cited, with_citations
from hyperspot_desktop.text_cleaning import clean

_BARE_ADDRESS = re.compile(r"https?://[^\s<>\"'`]+[^\s<>\"'`.,;:!?)\]}*]")
_TAGS = {
    "strong_open": "<b>",
    "strong_close": "</b>",
    "em_open": "<i>",
    "em_close": "</i>",
    "s_open": "<s>",
    "s_close": "</s>",
    "hardbreak": "<br/>",
    # Models mean their line breaks: keep them.
    "softbreak": "<br/>",
}


def markup(text: str) -> str:
    """Plain text as markup."""
    return escape(clean(text), quote=True)


def _with_bare_addresses(text: str) -> str:
    parts: list[str] = []
    end = 0
    for match in _BARE_ADDRESS.finditer(text):
        address = safe_link(match.group())
        if address is not None:
            parts += [markup(text[end : match.start()]), anchor(address, markup(address))]
            end = match.end()
    parts.append(markup(text[end:]))
    return "".join(parts)


def _image(token: Token) -> str:
    address = str(token.attrs.get("src", ""))
    label = f"image: {token.content or 'without a name'} ({address})"
    allowed = safe_link(address)
    return markup(label) if allowed is None else anchor(allowed, markup(label))


def render_inline(tokens: Sequence[Token], cited: Cited = NOTHING) -> str:
    """The markup of an inline token's children: b, i, s, code, br, and a with an allowed address or a citation's."""
    out: list[str] = []
    closers: list[str] = []
    in_link = False
    for token in tokens:
        if token.type == "text":
            text = token.content
            out.append(markup(text) if in_link else with_citations(text, cited, _with_bare_addresses))
        elif token.type == "link_open":
            address = str(token.attrs.get("href", ""))
            allowed = safe_link(address)
            in_link = allowed is not None
            out.append("" if allowed is None else f'<a href="{escape(allowed, quote=True)}">')
            closers.append(markup(f" ({address})") if allowed is None and address else "</a>" if allowed else "")
        elif token.type == "link_close":
            out.append(closers.pop() if closers else "")
            in_link = False
        elif token.type == "image":
            out.append(markup(f"image: {token.content}") if in_link else _image(token))
        elif token.type in ("code_inline", "math_inline", "math_inline_double"):
            out.append(f"<code>&#8202;{markup(token.content)}&#8202;</code>")
        else:
            out.append(_TAGS.get(token.type, markup(token.content)))
    return "".join(out)


def plain_inline(tokens: Sequence[Token]) -> str:
    """The same as plain text."""
    return clean("".join("\n" if token.type.endswith("break") else token.content for token in tokens))
