"""Holds the rule that every QML text states its format: Qt's default guesses, and fetches the images it finds."""

from __future__ import annotations

import re
from pathlib import Path

# Types whose default format guesses from the text. TextEdit, TextField and TextArea default to plain text.
GUESSING_TYPES = ("Text", "Label", "QQC.Label", "Controls.Label")
OPENING = re.compile(r"(?<![\w.])(" + "|".join(re.escape(name) for name in GUESSING_TYPES) + r")\s*(?:on\s+\w+\s*)?\{")
# Both take pictures and links from the text itself. Rich and styled text are for markup that we generated.
REFUSED = re.compile(r"\b(?:Text|TextEdit|TextArea|Label)\.(MarkdownText|AutoText)\b")


def texts_without_format(folder: Path) -> list[str]:
    """One complaint per text without a ``textFormat`` of its own, and per format that would load pictures."""
    return [complaint for path in sorted(folder.rglob("*.qml")) for complaint in _complaints(path)]


def _complaints(path: Path) -> list[str]:
    source = _without_comments_and_strings(path.read_text(encoding="utf-8"))
    found = [
        (match.start(), f"{match[1]} does not state its textFormat")
        for match in OPENING.finditer(source)
        if not re.search(r"(?m)(?:^|[;{])\s*textFormat\s*:", _own_body(source, match.end()))
    ]
    found += [(match.start(), f"{match[1]} would load remote pictures") for match in REFUSED.finditer(source)]
    return [f"{path}:{source.count(chr(10), 0, place) + 1}: {what}" for place, what in sorted(found)]


def _own_body(source: str, start: int) -> str:
    """What stands directly between an element's braces, with the bodies of its children left out."""
    depth = 1
    own: list[str] = []
    for character in source[start:]:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0:
            break
        if depth == 1:
            own.append(character)
    return "".join(own)


def _without_comments_and_strings(source: str) -> str:
    """The source with comments and string contents blanked, line for line."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), source)
