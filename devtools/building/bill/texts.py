"""Finds licence texts where they lie, and lays each distinct one once into a folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from devtools.building.bill.components import Component, Text
from devtools.building.bill.installed import Package
from devtools.building.bill.spdx import Licence

OF_THE_WHOLE = "whole"
"""Stands for a part's text: it is among those of what the part is in."""
STANDARD = "standard"
"""Below the kept texts: those that are the same whoever's work it is, by their SPDX names."""


@dataclass(frozen=True)
class TextPlaces:
    """Where a reference of the list leads: ``site:``, ``python:``, ``checkout:``, ``package:``, or a kept text."""

    checkout: Path
    kept: Path
    site: Path
    python: Path
    installed: Mapping[str, Package]

    def find(self, reference: str) -> tuple[Text, ...]:
        """
        Raises:
            OSError: there is no such file.
            KeyError: there is no such package.
        """
        kind, colon, name = reference.partition(":")
        if not colon:
            return (read_text(self.kept / reference, telling=True),)
        if kind == "package":
            return self.installed[name].texts()
        folder = {"site": self.site, "python": self.python, "checkout": self.checkout}[kind]
        return (read_text(folder / name),)

    def standard(self, licence: Licence) -> tuple[Text, ...]:
        """
        Raises:
            OSError: it is not kept.
        """
        names = [licence.name, *([licence.exception] if licence.exception else [])]
        return tuple(read_text(self.kept / STANDARD / f"{name}.txt") for name in names)


def read_text(path: Path, *, telling: bool = False) -> Text:
    return Text(path.name, path.read_text(encoding="utf-8", errors="replace"), telling)


class Folder:
    """Collects texts under names that say whose they are; the same text in other line breaks is the same."""

    def __init__(self, standard: Path) -> None:
        self._names: dict[str, str] = {}
        self._contents: dict[str, str] = {}
        self._standard = {_key(file.read_text(encoding="utf-8")): file.name for file in sorted(standard.glob("*.txt"))}

    def names(self, component: Component) -> list[str]:
        """The names of the files that have the component's texts, which are kept from now on."""
        return list(dict.fromkeys(self._name(component.name, text) for text in component.texts))

    def write(self, target: Path) -> None:
        target.mkdir()
        for name, content in self._contents.items():
            lines = (line.rstrip() for line in content.strip().splitlines())
            (target / name).write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _name(self, whose: str, text: Text) -> str:
        key = _key(text.content)
        if key not in self._names:
            own = _slug(text.name) if text.telling else f"{_slug(whose)}-{_slug(text.name)}"
            name = self._free(self._standard.get(key) or own)
            self._names[key] = name
            self._contents[name] = text.content
        return self._names[key]

    def _free(self, name: str) -> str:
        stem = name.removesuffix(".txt")
        names = (f"{stem}{f'-{number}' if number > 1 else ''}.txt" for number in range(1, 1000))
        return next(one for one in names if one not in self._contents)


def distinct(texts: Iterable[Text]) -> tuple[Text, ...]:
    """Without those that say the same."""
    return tuple({_key(text.content): text for text in texts}.values())


def _key(content: str) -> str:
    return " ".join(content.split())


def _slug(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9.]+", "-", name.removesuffix(".txt")).strip("-.")
