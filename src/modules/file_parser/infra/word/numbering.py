"""Whether the items of a list are numbered or marked."""

from __future__ import annotations

from modules.file_parser.infra.xml import Element, attribute, child, children

_UNORDERED = frozenset({"bullet", "none"})


class Numbering:
    """The document's lists."""

    def __init__(self, root: Element | None) -> None:
        self._formats: dict[tuple[str | None, str | None], str | None] = {}
        self._abstract: dict[str | None, str | None] = {}
        if root is None:
            return
        for kind in children(root, "abstractNum"):
            for level in children(kind, "lvl"):
                key = (attribute(kind, "abstractNumId"), attribute(level, "ilvl"))
                self._formats[key] = attribute(child(level, "numFmt"), "val")
        for number in children(root, "num"):
            self._abstract[attribute(number, "numId")] = attribute(child(number, "abstractNumId"), "val")

    def ordered(self, number: str, level: int) -> bool:
        """False also for a list that the document does not define."""
        form = self._formats.get((self._abstract.get(number), str(level)))
        return form is not None and form not in _UNORDERED
