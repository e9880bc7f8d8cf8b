"""Code colours: Pygments' tokens as a handful of classes, which the theme colours."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, Operator, String, Token
from pygments.util import ClassNotFound

from hyperspot_desktop.markdown.inline import markup

LONGEST_COLOURED = 60_000
"""Characters; longer code stays plain, because a lexer would hold the host for too long."""

_CLASSES = (
    (Comment, "c"),
    (Keyword, "k"),
    (Operator.Word, "k"),
    (String, "s"),
    (Number, "n"),
    (Name.Function, "f"),
    (Name.Class, "f"),
    (Name.Decorator, "f"),
    (Name.Builtin, "b"),
    (Name.Tag, "k"),
    (Name.Attribute, "f"),
)


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _class_of(kind: Any) -> str:
    return next((name for parent, name in _CLASSES if kind in parent), "")


def highlight(code: str, language: str) -> list[str]:
    """The markup of each line of code. An unknown language gives plain lines."""
    lexer = _lexer(language.lower()) if language and len(code) <= LONGEST_COLOURED else None
    pieces = lexer.get_tokens(code) if lexer is not None else [(Token.Text, code)]
    lines = [""]
    for kind, value in pieces:
        name = _class_of(kind)
        for number, part in enumerate(value.split("\n")):
            if number:
                lines.append("")
            if part:
                text = markup(part)
                lines[-1] += f'<span class="{name}">{text}</span>' if name else text
    return lines
