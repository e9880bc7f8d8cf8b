"""The kick-off of the roof's renovation: a presentation with speaker notes."""

from __future__ import annotations

from dataclasses import dataclass

from devtools.samples.packing import content_types, core_properties, packed, relationships

_NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_KIND = "application/vnd.openxmlformats-officedocument.presentationml"
_PART = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


@dataclass(frozen=True)
class _Slide:
    title: str
    content: str
    notes: str


def _p(text: str, properties: str = "", look: str = "") -> str:
    return f"<a:p>{properties}<a:r><a:rPr{look}/><a:t>{text}</a:t></a:r></a:p>"


def _bullet(text: str, level: int = 0, *, numbered: bool = False) -> str:
    mark = '<a:buAutoNum type="arabicPeriod"/>' if numbered else '<a:buChar char="•"/>'
    return _p(text, f'<a:pPr lvl="{level}">{mark}</a:pPr>')


def _shape(number: int, paragraphs: str, kind: str) -> str:
    place = f'<p:ph type="{kind}"/>' if kind else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Shape {number}"/><p:cNvSpPr/><p:nvPr>{place}</p:nvPr></p:nvSpPr>'
        f"<p:spPr/><p:txBody><a:bodyPr/>{paragraphs}</p:txBody></p:sp>"
    )


def _cell(text: str) -> str:
    return f"<a:tc><a:txBody><a:bodyPr/>{_p(text)}</a:txBody><a:tcPr/></a:tc>"


def _table(*rows: tuple[str, ...]) -> str:
    cells = "".join(f'<a:tr h="1">{"".join(map(_cell, row))}</a:tr>' for row in rows)
    return (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="9" name="Table"/><p:cNvGraphicFramePr/><p:nvPr/>'
        f'</p:nvGraphicFramePr><p:xfrm/><a:graphic><a:graphicData><a:tbl><a:tblPr firstRow="1"/><a:tblGrid/>{cells}'
        "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


_SLIDES = (
    _Slide(
        "A new roof for the boathouse",
        _shape(3, _p("Kick-off, 22 January 2026") + _p("Marta Lindqvist, workshop", "", ' i="1"'), "subTitle"),
        "Welcome everybody. Coffee is in the gym. Ask people to switch off their telephones, and begin at 19:05.",
    ),
    _Slide(
        "What we found",
        _shape(
            3,
            _bullet("Eleven of 42 rafters are rotten")
            + _bullet("Water comes in above rack C", 0)
            + _bullet("worst after wind from the west", 1)
            + _bullet("three boats were wet in November", 1)
            + _bullet("The ridge has sunk by seven centimetres"),
            "body",
        ),
        "The pictures of the rafters are in the workshop folder. The surveyor was Ruth Adeyemi; she says that the roof "
        "stands one more winter, not two.",
    ),
    _Slide(
        "Plan and costs",
        _table(
            ("Step", "When", "Euros"),
            ("Scaffolding", "8 June 2026", "9,500"),
            ("Timber work", "15 June – 10 July", "48,000"),
            ("Slates and gutters", "13 July – 7 August", "38,500"),
        )
        + _shape(4, _p("Together 96,000 euros; the Harbour Board pays two thirds.", "", ' b="1"'), ""),
        "If somebody asks about solar panels: the statics allow 4 kilowatts on the southern side, decided later.",
    ),
    _Slide(
        "What everybody has to do",
        _shape(
            3,
            _bullet("Empty your rack by 3 June", numbered=True)
            + _bullet("Boats go to the tent on the meadow", numbered=True)
            + _bullet("Two working days a member", numbered=True),
            "body",
        ),
        "The roofers start on 8 June at seven in the morning. Whoever leaves a boat in the hall pays the delay, which "
        "is 600 euros a day.",
    ),
)


def kick_off_pptx() -> bytes:
    """Four slides with lists, a table and notes for the speaker."""
    numbers = range(1, len(_SLIDES) + 1)
    slides = [f"/ppt/slides/slide{number}.xml" for number in numbers]
    notes = [f"/ppt/notesSlides/notesSlide{number}.xml" for number in numbers]
    others = dict.fromkeys(slides, f"{_KIND}.slide+xml") | dict.fromkeys(notes, f"{_KIND}.notesSlide+xml")
    others["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types("/ppt/presentation.xml", f"{_KIND}.presentation.main+xml", others),
        "_rels/.rels": relationships(
            ("rId1", "officeDocument", "ppt/presentation.xml"), ("rId2", "core", "docProps/core.xml")
        ),
        "docProps/core.xml": core_properties(
            "A new roof for the boathouse", "Marta Lindqvist", "2026-01-12T20:00:00Z", "2026-01-21T22:45:00Z"
        ),
        "ppt/presentation.xml": _presentation(len(_SLIDES)),
        "ppt/_rels/presentation.xml.rels": relationships(
            *((f"rId{number}", "slide", f"slides/slide{number}.xml") for number in numbers)
        ),
    }
    for number, slide in enumerate(_SLIDES, 1):
        title = _shape(2, _p(slide.title), "ctrTitle" if number == 1 else "title")
        parts[f"ppt/slides/slide{number}.xml"] = _page("sld", title + slide.content)
        parts[f"ppt/slides/_rels/slide{number}.xml.rels"] = relationships(
            ("rId1", "notesSlide", f"../notesSlides/notesSlide{number}.xml")
        )
        parts[f"ppt/notesSlides/notesSlide{number}.xml"] = _page("notes", _shape(2, _p(slide.notes), "body"))
        parts[f"ppt/notesSlides/_rels/notesSlide{number}.xml.rels"] = relationships(
            ("rId1", "slide", f"../slides/slide{number}.xml")
        )
    return packed(parts)


def _presentation(count: int) -> str:
    ids = "".join(f'<p:sldId id="{255 + number}" r:id="rId{number}"/>' for number in range(1, count + 1))
    return f"{_PART}<p:presentation {_NAMESPACES}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"


def _page(kind: str, shapes: str) -> str:
    group = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
    return f"{_PART}<p:{kind} {_NAMESPACES}><p:cSld><p:spTree>{group}{shapes}</p:spTree></p:cSld></p:{kind}>"
