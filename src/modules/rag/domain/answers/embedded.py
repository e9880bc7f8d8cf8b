"""Texts and names of documents as they may stand in an answer: nothing of theirs can be taken for a citation."""

from __future__ import annotations

import re

from modules.rag.domain.answers.citations import CLOSE, OPEN, SPELT

# Markdown shows escaped brackets and character references as brackets.
_SHOWN_OPEN = rf"(?:\\?{OPEN}|&(?:#0*91|#x0*5b|lbrack|lsqb);)"
_SHOWN_CLOSE = rf"(?:\\?{CLOSE}|&(?:#0*93|#x0*5d|rbrack|rsqb);)"
_INSIDE = rf"\^?(?:(?:{'|'.join(SPELT)})\s*)?[\s,;]*\d[\d\s,;]*"
_LIKE_A_CITATION = re.compile(f"{_SHOWN_OPEN}({_INSIDE}){_SHOWN_CLOSE}", re.IGNORECASE)


def embedded(text: str) -> str:
    """With ``(2)`` where a document writes ``[2]``: bracketed numbers of an answer stand for its passages."""
    return _LIKE_A_CITATION.sub(r"(\1)", text)


def quoted(text: str) -> str:
    """As a quotation of one line."""
    return f"“{embedded(' '.join(text.split()))}”"
