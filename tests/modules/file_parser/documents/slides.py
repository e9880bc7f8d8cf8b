"""A presentation whose slides' files are not in the order in which they are shown."""

from __future__ import annotations

from tests.modules.file_parser.documents.packing import zip_bytes
from tests.modules.file_parser.documents.word import CONTENT_TYPES, CORE

_NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def _slide(content: str) -> str:
    return f"<p:sld {_NAMESPACES}><p:cSld><p:spTree>{content}</p:spTree></p:cSld></p:sld>"


def _shape(paragraphs: str, place: str = "") -> str:
    mark = f"<p:nvPr>{place}</p:nvPr>"
    return f"<p:sp><p:nvSpPr><p:cNvPr id='1' name='x'/>{mark}</p:nvSpPr><p:txBody>{paragraphs}</p:txBody></p:sp>"


def _p(text: str, properties: str = "", run: str = "") -> str:
    return f"<a:p>{properties}<a:r>{run}<a:t>{text}</a:t></a:r></a:p>"


def _relations(*targets: tuple[str, str]) -> str:
    inner = "".join(f'<Relationship Id="{one}" Target="{target}"/>' for one, target in targets)
    return f"<Relationships {_RELATIONS}>{inner}</Relationships>"


_TABLE = (
    "<p:graphicFrame><p:nvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr><a:graphic><a:graphicData><a:tbl>"
    "<a:tr><a:tc gridSpan='2'><a:txBody><a:p><a:r><a:t>Year</a:t></a:r></a:p></a:txBody></a:tc><a:tc hMerge='1'/></a:tr>"
    "<a:tr><a:tc><a:txBody><a:p><a:r><a:t>2024</a:t></a:r></a:p></a:txBody></a:tc>"
    "<a:tc><a:txBody><a:p><a:r><a:t>2025</a:t></a:r></a:p></a:txBody></a:tc></a:tr>"
    "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
)
_PICTURE = "<p:pic><p:nvPicPr><p:cNvPr id='3' name='Chart' descr='Sales grow'/><p:nvPr/></p:nvPicPr></p:pic>"


def plan_pptx() -> bytes:
    """Two slides: a title with a list and notes, then a table, a picture and a group."""
    first = _slide(
        _shape(_p("The plan"), '<p:ph type="title"/>')
        + _shape(
            _p("Begin") + _p("Carry on", '<a:pPr lvl="1"><a:buAutoNum type="arabicPeriod"/></a:pPr>'),
            '<p:ph type="body"/>',
        )
        + _shape(_p("17"), '<p:ph type="sldNum"/>')
        + _shape("<a:p/>")
    )
    second = _slide(
        _TABLE
        + _PICTURE
        + "<p:grpSp>"
        + _shape(_p("Bold words", run='<a:rPr b="1"><a:hlinkClick r:id="rId5"/></a:rPr>'))
        + "</p:grpSp>"
    )
    notes = _slide(_shape(_p("Speak slowly."), '<p:ph type="body"/>'))
    listed = '<p:sldId id="256" r:id="rId2"/><p:sldId id="257" r:id="rId1"/><p:sldId id="258" r:id="rId8"/>'
    return zip_bytes(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "docProps/core.xml": CORE.format(title="Plan for the year"),
            "ppt/presentation.xml": f"<p:presentation {_NAMESPACES}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
            "ppt/_rels/presentation.xml.rels": _relations(("rId1", "slides/slide1.xml"), ("rId2", "slides/slide2.xml")),
            "ppt/slides/slide2.xml": first,
            "ppt/slides/_rels/slide2.xml.rels": _relations(("rId1", "../notesSlides/notesSlide1.xml")),
            "ppt/notesSlides/notesSlide1.xml": notes,
            "ppt/slides/slide1.xml": second,
            "ppt/slides/_rels/slide1.xml.rels": _relations(("rId5", "https://example.org/sales")),
        }
    )
