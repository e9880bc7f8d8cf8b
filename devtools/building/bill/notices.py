"""The same bill for people: what is in the program, by whom, under which licence, and where its text is."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from devtools.building.bill.components import Component
from devtools.building.places import BILL, LICENCES

_WIDTH = 100


def notices(title: str, components: Sequence[Component], texts: Mapping[str, Sequence[str]]) -> str:
    """``texts`` are names of files in the folder of licence texts, by component."""
    head = f"{title} contains the following software by others. Each keeps its own licence; the texts are in the folder"
    head += f" {LICENCES} beside this file. {BILL} tells the same to programs."
    return "\n\n".join([textwrap.fill(head, _WIDTH), *(_entry(one, texts) for one in components)]) + "\n"


def _entry(one: Component, texts: Mapping[str, Sequence[str]]) -> str:
    lines = [f"{one.name} {one.version}", f"  Licence: {_licence(one)}"]
    if one.source:
        lines.append(f"  Source: {one.source}")
    lines += _filled("Texts: ", ", ".join(texts[one.name]))
    if one.parts:
        seen = dict.fromkeys(_part(part) for part in one.parts)
        lines += _filled("Contains: ", "; ".join(seen))
    for paragraph in one.notice.strip().split("\n\n") if one.notice else ():
        lines += ["", *_filled("", paragraph)]
    return "\n".join(lines)


def _part(part: Component) -> str:
    by = f", by {part.authors}" if part.authors else ""
    return f"{part.name} {part.version} ({_licence(part)}{by})"


def _licence(one: Component) -> str:
    """The one that it is shipped under."""
    return " AND ".join(sorted(str(licence) for licence in one.taken)) or one.licence


def _filled(label: str, text: str) -> list[str]:
    lines = textwrap.wrap(
        f"{label}{' '.join(text.split())}", _WIDTH - 2, break_long_words=False, break_on_hyphens=False
    )
    return [f"  {lines[0]}", *(f"  {'  ' if label else ''}{line}" for line in lines[1:])] if lines else []
