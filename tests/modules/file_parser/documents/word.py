"""Word documents, written part by part as Word writes them."""

from __future__ import annotations

from tests.modules.file_parser.documents.packing import zip_bytes

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>{title}</dc:title><dc:creator>Ada Berg</dc:creator>"
    "<dcterms:created>2024-01-31T10:00:00Z</dcterms:created>"
    "<dcterms:modified>2024-02-01T11:30:00Z</dcterms:modified></cp:coreProperties>"
)
_STYLES = f"""<w:styles {_W}>
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:styleId="berschrift2"><w:name w:val="heading 2"/><w:basedOn w:val="berschrift1"/>
<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:styleId="Mine"><w:name w:val="My own"/><w:basedOn w:val="berschrift2"/></w:style>
<w:style w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
<w:style w:styleId="Code"><w:name w:val="Source Code"/></w:style>
<w:style w:styleId="Listed"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
</w:styles>"""
_NUMBERING = f"""<w:numbering {_W}>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
_LINKS = f"""<Relationships {_RELATIONS}><Relationship Id="rId9" Target="https://example.org/rent"
 TargetMode="External"/></Relationships>"""
_FOOTNOTES = f"""<w:footnotes {_W}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>never shown</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t>Measured from wall to wall.</w:t></w:r></w:p></w:footnote></w:footnotes>"""
_BODY = """
<w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr><w:r><w:t>The lease</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">The flat is </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>bright</w:t></w:r>
<w:r><w:t xml:space="preserve"> and </w:t></w:r><w:r><w:rPr><w:i/><w:b w:val="0"/></w:rPr><w:t>quiet</w:t></w:r>
<w:r><w:t>, see </w:t></w:r><w:hyperlink r:id="rId9"><w:r><w:t>the rent</w:t></w:r></w:hyperlink>
<w:r><w:footnoteReference w:id="2"/></w:r><w:ins><w:r><w:t>.</w:t></w:r></w:ins>
<w:del><w:r><w:delText>deleted words</w:delText></w:r></w:del></w:p>
<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://example.org/map"</w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>A map</w:t></w:r>
<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:tab/><w:t>of the house</w:t><w:br/><w:t>and garden</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Mine"/></w:pPr><w:r><w:t>Rooms</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Listed"/></w:pPr><w:r><w:t>Kitchen</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Oven</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Listed"/></w:pPr><w:r><w:t>Bath</w:t></w:r></w:p>
<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>
<w:tc><w:p><w:r><w:t>Room</w:t></w:r></w:p></w:tc>
<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>Size | price</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>Kitchen</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>12 m²</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>300</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>
<w:tc><w:p><w:r><w:t>13 m²</w:t></w:r></w:p></w:tc><w:sdt><w:sdtContent><w:tc><w:p><w:r><w:t>310</w:t></w:r></w:p></w:tc>
</w:sdtContent></w:sdt></w:tr></w:tbl>
<w:p><w:pPr><w:pStyle w:val="Zitat"/></w:pPr><w:r><w:t>Home is where the books are.</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Code"/></w:pPr><w:r><w:t>rent = 300</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Code"/></w:pPr><w:r><w:t>rent *= 12</w:t></w:r></w:p>
<w:p><w:r><w:br w:type="page"/><w:rPr><w:rFonts w:ascii="Courier New"/></w:rPr></w:r></w:p>
<w:p><w:r><w:drawing><wp:docPr xmlns:wp="urn:wp" descr="The plan of the flat" name="Plan"/></w:drawing>
<w:txbxContent><w:p><w:r><w:t>Words in a box.</w:t></w:r></w:p></w:txbxContent></w:r></w:p>
"""


def report_docx() -> bytes:
    """Everything a report has: headings by style, lists, merged cells, links, a note, a box and a picture."""
    return docx_of(_BODY)


def docx_of(body: str) -> bytes:
    """A document around this body."""
    return zip_bytes(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": f'<Relationships {_RELATIONS}><Relationship Id="rId1" Target="word/document.xml"/></Relationships>',
            "docProps/core.xml": CORE.format(title="Lease of the flat"),
            "word/styles.xml": _STYLES,
            "word/numbering.xml": _NUMBERING,
            "word/_rels/document.xml.rels": _LINKS,
            "word/footnotes.xml": _FOOTNOTES,
            "word/document.xml": f"<w:document {_W} {_R}><w:body>{body}</w:body></w:document>",
        }
    )
