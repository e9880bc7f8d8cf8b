"""OpenDocument samples: the minutes of a meeting and the budget."""

from __future__ import annotations

from collections.abc import Sequence

from devtools.samples.packing import packed

_URN = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = (
    f'xmlns:office="{_URN}:office:1.0" xmlns:text="{_URN}:text:1.0" xmlns:table="{_URN}:table:1.0"'
    f' xmlns:style="{_URN}:style:1.0" xmlns:fo="{_URN}:xsl-fo-compatible:1.0" xmlns:meta="{_URN}:meta:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"'
)
_STYLES = (
    "<office:automatic-styles>"
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="T2" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"/>'
    '<text:list-level-style-bullet text:level="2"/></text:list-style></office:automatic-styles>'
)


def _h(text: str, level: int) -> str:
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def _p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def _span(text: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


def _item(text: str, inner: str = "") -> str:
    return f"<text:list-item>{_p(text)}{inner}</text:list-item>"


def _cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}>{_p(text)}</table:table-cell>'


def _row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


_TALL = ' table:number-rows-spanned="2"'
_MINUTES = "".join(
    (
        _h("Minutes of the committee meeting", 1),
        _p(f"{_span('Date:', 'T1')} 9 April 2026, 19:00 to 21:10, in the club room"),
        _p(
            f"{_span('Present:', 'T1')} Ines Okafor (chair), Jonas Feld, Marta Lindqvist, Omar Haddad, Priya Raman, "
            f"Nadia Petrova; {_span('excused:', 'T2')} Greta Solberg"
        ),
        _h("Agenda", 2),
        '<text:list text:style-name="L1">',
        _item("Minutes of the last meeting"),
        _item(
            "Purchases",
            f'<text:list text:style-name="L1">{_item("defibrillator")}{_item("trailer tyres")}</text:list>',
        ),
        _item("River festival"),
        "</text:list>",
        _h("Decisions", 2),
        _h("Defibrillator", 3),
        _p(
            "The committee buys a defibrillator of the type LifePoint 300 for 1,480 euros. Five votes were in favour, "
            "one against<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation>"
            "<text:note-body><text:p>Omar would have preferred to rent one.</text:p></text:note-body></text:note>. "
            "Jonas trains ten members in its use before the festival."
        ),
        _h("River festival", 3),
        _p(
            "The stage stands on the meadow, not on the slipway. The fire brigade has approved the lanterns; see "
            '<text:a xlink:href="https://ternisland.example/festival">the plan</text:a>.'
        ),
        "<table:table>",
        _row(_cell("Task"), _cell("Who"), _cell("Until")),
        _row(_cell("Stage and power", _TALL), _cell("Marta"), _cell("12 June")),
        _row("<table:covered-table-cell/>", _cell("Tom"), _cell("19 June")),
        _row(_cell("Permits"), _cell("Ines"), _cell("30 April")),
        "</table:table>",
        _h("Next meeting", 2),
        _p("14 May 2026 at 19:00. Nadia takes the minutes."),
    )
)
_BUDGET: Sequence[tuple[str, float | str, float | str]] = (
    ("Item", "2025", "2026"),
    ("Membership fees", 31200, 32400),
    ("Festival", 14800, 15000),
    ("Boat hire", 6350, 6500),
    ("Rent", -13800, -13800),
    ("Coaches", -18900, -21000),
    ("Insurance of boats", -4120, -4380),
)


def minutes_odt() -> bytes:
    """Headings of three levels, looks, lists in lists, a table with a tall cell, a note and a link."""
    meta = ("Minutes of the committee meeting", "Nadia Petrova", "2026-04-09T21:30:00", "2026-04-10T08:05:00")
    return _packed("text", meta, f"{_STYLES}<office:body><office:text>{_MINUTES}</office:text></office:body>")


def budget_ods() -> bytes:
    """Two sheets of numbers."""
    rows = "".join(_row(*map(_value, row)) for row in _BUDGET)
    remark = _row(_cell("The festival's takings are estimated with care.")) + _row(
        _cell("Coaches get 12 euros an hour.")
    )
    tables = (
        f'<table:table table:name="Budget">{rows}</table:table><table:table table:name="Remarks">{remark}</table:table>'
    )
    meta = ("Budget of 2026", "Ines Okafor", "2025-12-01T20:00:00", "2026-01-08T20:15:00")
    return _packed("spreadsheet", meta, f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>")


def _value(value: float | str) -> str:
    if isinstance(value, str):
        return _cell(value)
    return f'<table:table-cell office:value-type="float" office:value="{value}">{_p(str(value))}</table:table-cell>'


def _packed(kind: str, meta: tuple[str, str, str, str], content: str) -> bytes:
    title, author, created, modified = meta
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    return packed(
        {
            "mimetype": media_type,
            "META-INF/manifest.xml": (
                f'<manifest:manifest xmlns:manifest="{_URN}:manifest:1.0" manifest:version="1.3">'
                f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media_type}"/>'
                '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
                "</manifest:manifest>"
            ),
            "meta.xml": (
                f"<office:document-meta {_NAMESPACES}><office:meta>"
                f"<dc:title>{title}</dc:title><meta:initial-creator>{author}</meta:initial-creator>"
                f"<meta:creation-date>{created}</meta:creation-date><dc:date>{modified}</dc:date>"
                "</office:meta></office:document-meta>"
            ),
            "content.xml": f"<office:document-content {_NAMESPACES}>{content}</office:document-content>",
        }
    )
