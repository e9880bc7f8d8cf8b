"""The handbook: a Word document, written part by part."""

from __future__ import annotations

from devtools.samples.packing import content_types, core_properties, packed, relationships

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
_PART = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def _run(text: str, look: str = "") -> str:
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _paragraph(content: str, style: str = "", more: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{properties}{content if content.startswith('<') else _run(content)}</w:p>"


def _item(text: str, level: int, numbering: int) -> str:
    look = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/></w:numPr>'
    return _paragraph(text, "ListParagraph", look)


def _cell(text: str, properties: str = "", look: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{_run(text, look) if text else ''}</w:p></w:tc>"


def _row(*cells: str, header: bool = False) -> str:
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if header else ''}{''.join(cells)}</w:tr>"


_BOLD = "<w:b/>"
_UNDERLINED = '<w:u w:val="single"/>'
_SPAN = '<w:gridSpan w:val="2"/>'
_TALL, _GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
_FEES = (
    "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid>"
    + _row(_cell("Category", look=_BOLD), _cell("Fee a year", _SPAN, _BOLD), header=True)
    + _row(_cell("Full member", _TALL), _cell("paid at once"), _cell("360 euros"))
    + _row(_cell("", _GOES_ON), _cell("in four parts"), _cell("376 euros"))
    + _row(_cell("Student"), _cell("with certificate"), _cell("180 euros"))
    + _row(_cell("Junior (under 18)"), _cell("parents sign"), _cell("120 euros"))
    + _row(_cell("Honorary member"), _cell("nothing", _SPAN))
    + "</w:tbl>"
)
_BODY = "".join(
    (
        _paragraph("Members’ handbook", "Title"),
        _paragraph("Tern Island Rowing Club, edition of January 2026", "Subtitle"),
        _paragraph("Joining", "Heading1"),
        _paragraph(
            _run("The club was founded in ")
            + _run("1931", _BOLD)
            + _run(" by eleven dock workers. Whoever wants to join rows ")
            + _run("one trial month", "<w:b/><w:i/>")
            + _run(" first; the form is on ")
            + f'<w:hyperlink r:id="rId5">{_run("our pages", _UNDERLINED)}</w:hyperlink>'
            + _run(".")
        ),
        _paragraph("Swimming test", "Heading2"),
        _paragraph(
            _run("Every member shows once that they can swim 300 metres in clothes")
            + '<w:r><w:footnoteReference w:id="2"/></w:r>'
            + _run(". Juniors repeat the test every year.")
        ),
        _paragraph("Fees", "Heading2"),
        _FEES,
        _paragraph("Fees are drawn on 15 January. Whoever leaves gives notice by 30 September."),
        _paragraph("Keys", "Heading3"),
        _paragraph("A key costs a deposit of 50 euros. The code of the gate changes on the first of each month."),
        _paragraph("In the boathouse", "Heading1"),
        _paragraph("Carrying boats", "Heading2"),
        _item("Wipe the hull and the slides.", 0, 2),
        _item("Lift on the cox’s command:", 0, 2),
        _item("“Hands on” – nobody moves yet;", 1, 2),
        _item("“Ready to lift” – look at your neighbour;", 1, 2),
        _item("“Lift” – together.", 1, 2),
        _item("Bow first through the gate.", 0, 2),
        _paragraph("Never leave a boat on trestles overnight.", "Quote"),
        _paragraph("The gym", "Heading2"),
        _item("Wear clean shoes.", 0, 1),
        _item("Leave the ergometer log as it is:", 0, 1),
        _item("no deleting of other people’s pieces,", 1, 1),
        _item("no cable unplugged.", 1, 1),
        _paragraph("The log is read with:"),
        _paragraph("erglog --member 152 --since 2026-01-01", "SourceCode"),
        _paragraph("When something happens", "Heading1"),
        _paragraph(
            _run("Damage", _BOLD)
            + _run(" is written into the damage book on the same day, even if it is ")
            + _run("only a scratch", "<w:i/>")
            + _run(". The first 150 euros of a repair are paid by the crew, the rest by the insurance.")
        ),
        _paragraph("If you capsize, stay with the boat. It floats; you may not."),
        _paragraph('<w:r><w:br w:type="page"/></w:r>'),
        _paragraph("Songs", "Heading1"),
        _paragraph("The club song has four verses, of which most people know one."),
    )
)
_STYLE_NAMES = {
    "Normal": "Normal",
    "Title": "Title",
    "Subtitle": "Subtitle",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Heading3": "heading 3",
    "ListParagraph": "List Paragraph",
    "Quote": "Quote",
    "SourceCode": "Source Code",
}


def _style(style: str, name: str) -> str:
    level = f'<w:pPr><w:outlineLvl w:val="{int(style[-1]) - 1}"/></w:pPr>' if style.startswith("Heading") else ""
    return f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/>{level}</w:style>'


_STYLES = f'{_PART}<w:styles xmlns:w="{_W}">{"".join(_style(*one) for one in _STYLE_NAMES.items())}</w:styles>'
_LEVELS = "".join(
    f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:numFmt w:val="{kind}"/></w:lvl>'
    f'<w:lvl w:ilvl="1"><w:numFmt w:val="{inner}"/></w:lvl></w:abstractNum>'
    for number, kind, inner in ((0, "bullet", "bullet"), (1, "decimal", "lowerLetter"))
)
_NUMBERING = (
    f'{_PART}<w:numbering xmlns:w="{_W}">{_LEVELS}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)
_NOTES = (
    f'{_PART}<w:footnotes xmlns:w="{_W}"><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    f'<w:footnote w:id="2">{_paragraph("Trousers, shirt and light shoes; the pool lends no clothes.")}</w:footnote>'
    "</w:footnotes>"
)


_FORM = "".join(
    (
        _paragraph("Damage report", "Heading1"),
        _paragraph("Fill in on the day of the accident and put it into the box beside the workshop."),
        _item("Boat and seat", 0, 2),
        _item("What happened, and where on the river", 0, 2),
        _item("Who was there", 0, 2),
        _paragraph("Reports that come later than seven days cannot be passed on to the insurance."),
    )
)


def handbook_docx() -> bytes:
    """Headings of three levels, lists in lists, merged cells, looks, a link, a note, a quotation and code."""
    core = core_properties("Members’ handbook", "Ines Okafor", "2026-01-10T09:00:00Z", "2026-01-15T18:20:00Z")
    return _document(_BODY, core, f"{_KIND}.document.main+xml", notes=True)


def form_docm() -> bytes:
    """A short document of the kind that may hold macros; it has none."""
    core = core_properties("Damage report", "Jonas Feld", "2025-02-01T08:00:00Z", "2025-02-01T08:00:00Z")
    return _document(_FORM, core, _MACRO)


def _document(body: str, core: str, kind: str, *, notes: bool = False) -> bytes:
    others = {
        "/word/styles.xml": f"{_KIND}.styles+xml",
        "/word/numbering.xml": f"{_KIND}.numbering+xml",
        "/word/footnotes.xml": f"{_KIND}.footnotes+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types("/word/document.xml", kind, others),
        "_rels/.rels": relationships(
            ("rId1", "officeDocument", "word/document.xml"), ("rId2", "core", "docProps/core.xml")
        ),
        "docProps/core.xml": core,
        "word/_rels/document.xml.rels": relationships(
            ("rId1", "styles", "styles.xml"),
            ("rId2", "numbering", "numbering.xml"),
            ("rId3", "footnotes", "footnotes.xml"),
            ("rId5", "hyperlink", "https://ternisland.example/join"),
        ),
        "word/styles.xml": _STYLES,
        "word/numbering.xml": _NUMBERING,
        "word/document.xml": (f'{_PART}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}</w:body></w:document>'),
    }
    if notes:
        parts["word/footnotes.xml"] = _NOTES
    return packed(parts)
