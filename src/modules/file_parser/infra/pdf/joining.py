"""Joins lines of text, with their looks, to one paragraph; words that were divided at the ends of lines are whole."""

from __future__ import annotations

from collections.abc import Sequence

from modules.file_parser.contract import Inline, Text
from modules.file_parser.infra.inlines import InlineBuilder, plain
from modules.file_parser.infra.pdf.segment import Segment


def joined_text(segments: Sequence[Segment]) -> str:
    """The words alone."""
    parts = [segments[0].text]
    for one in segments[1:]:
        text = one.text
        last = parts[-1]
        # Only the ends are looked at: a page may be one paragraph of very many lines.
        if _divided(last, text):
            parts[-1] = last[:-1]
        else:
            parts.append(" ")
        parts.append(text)
    return "".join(parts)


def joined_inlines(segments: Sequence[Segment]) -> tuple[Inline, ...]:
    """The words as they look."""
    style = segments[0].style
    if all(not one.inlines and one.style == style for one in segments):
        text = joined_text(segments)
        return (Text(text, style),) if text else ()
    builder = InlineBuilder()
    for index, one in enumerate(segments):
        following = segments[index + 1] if index + 1 < len(segments) else None
        divided = following is not None and _divided(one.text, following.text)
        *most, last = one.parts
        for inline in most:
            _add(builder, inline)
        _add(builder, last, without_hyphen=divided)
        if following is not None and not divided:
            _add_blank(builder, last, following.parts[0])
    return builder.take()


def without_start(inlines: tuple[Inline, ...], length: int) -> tuple[Inline, ...]:
    """The same text without its first characters."""
    builder = InlineBuilder()
    for inline in inlines:
        gone = min(length, len(inline.text))
        length -= gone
        if inline.text[gone:]:
            _add(builder, inline, start=gone)
    return builder.take()


def unstyled(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Plain text, but for links."""
    if not any(hasattr(inline, "target") for inline in inlines):
        return plain("".join(inline.text for inline in inlines))
    builder = InlineBuilder()
    for inline in inlines:
        builder.add(inline.text, target=getattr(inline, "target", None))
    return builder.take()


def _add_blank(builder: InlineBuilder, before: Inline, after: Inline) -> None:
    """White space between two stretches of the same look belongs to them."""
    target = getattr(before, "target", None)
    if before.style == after.style and target == getattr(after, "target", None):
        builder.add(" ", before.style, target=target)
    else:
        builder.add(" ")


def _add(builder: InlineBuilder, inline: Inline, *, without_hyphen: bool = False, start: int = 0) -> None:
    text = inline.text[start:-1] if without_hyphen else inline.text[start:]
    builder.add(text, inline.style, target=getattr(inline, "target", None))


def _divided(text: str, following: str) -> bool:
    return text.endswith("-") and text[-2:-1].isalpha() and following[:1].islower()
