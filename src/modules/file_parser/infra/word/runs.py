"""The text of one Word paragraph with its look, its links and the marks of its notes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from modules.file_parser.contract import PLAIN, Inline, Style
from modules.file_parser.infra.inlines import InlineBuilder
from modules.file_parser.infra.word.note_marks import NoteMarks
from modules.file_parser.infra.xml import Element, attribute, child, local_name

_OFF = frozenset({"0", "false", "off", "none"})
_MONOSPACE = re.compile("consolas|courier|mono", re.IGNORECASE)
_FIELD_LINK = re.compile(r'HYPERLINK\s+"([^"]+)"')
_TRANSPARENT = frozenset({"ins", "smartTag", "sdt", "sdtContent", "fldSimple", "moveTo", "bdo", "dir", "customXml"})


def inlines_of(paragraph: Element, links: Mapping[str, str], notes: NoteMarks) -> tuple[Inline, ...]:
    """What a reader sees with all changes accepted; deleted text and field codes are left out."""
    runs = _Runs(links, notes)
    runs.walk(paragraph, None)
    return runs.builder.take()


class _Runs:
    def __init__(self, links: Mapping[str, str], notes: NoteMarks) -> None:
        self._notes = notes
        self.builder = InlineBuilder()
        self._links = links
        self._in_field_code = 0
        self._field_link: str | None = None

    def walk(self, parent: Element, target: str | None) -> None:
        for element in parent:
            name = local_name(element)
            if name == "r":
                self._run(element, target or self._field_link)
            elif name == "hyperlink":
                anchor = attribute(element, "anchor")
                self.walk(element, self._links.get(attribute(element, "id") or "", f"#{anchor}" if anchor else None))
            elif name in _TRANSPARENT:
                self.walk(element, target)

    def _run(self, run: Element, target: str | None) -> None:
        style = _style(child(run, "rPr"))
        for element in run:
            match local_name(element):
                case "t" if not self._in_field_code:
                    self.builder.add(element.text or "", style, target=target)
                case "tab":
                    self.builder.add("\t", style, target=target)
                case "br" | "cr":
                    self.builder.add("\n", style, target=target)
                case "noBreakHyphen":
                    self.builder.add("-", style, target=target)
                case "footnoteReference" | "endnoteReference" as name:
                    kind = name.removesuffix("Reference")
                    self.builder.add(self._notes.refer(kind, attribute(element, "id") or ""))
                case "fldChar":
                    self._field(attribute(element, "fldCharType"))
                case "instrText" if (found := _FIELD_LINK.search(element.text or "")) is not None:
                    self._field_link = found.group(1)

    def _field(self, kind: str | None) -> None:
        """A field is begun, its code follows, then perhaps the text it stands for."""
        if kind == "begin":
            self._in_field_code += 1
        elif kind == "separate":
            self._in_field_code = max(0, self._in_field_code - 1)
        elif kind == "end":
            self._in_field_code = 0
            self._field_link = None


def _style(properties: Element | None) -> Style:
    if properties is None:
        return PLAIN
    found = {local_name(one): one for one in properties}
    font = attribute(found.get("rFonts"), "ascii") or ""
    return _look(
        _on(found.get("b")),
        _on(found.get("i")),
        _on(found.get("u")),
        _on(found.get("strike")),
        _MONOSPACE.search(font) is not None,
    )


@lru_cache(maxsize=32)
def _look(bold: bool, italic: bool, underline: bool, strike: bool, code: bool) -> Style:
    return Style(bold, italic, underline, strike, code)


def _on(flag: Element | None) -> bool:
    return flag is not None and (attribute(flag, "val") or "1").lower() not in _OFF
