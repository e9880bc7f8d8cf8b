"""OpenDocument files: a text and a workbook."""

from __future__ import annotations

from tests.modules.file_parser.documents.packing import zip_bytes

_URN = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = (
    f'xmlns:office="{_URN}:office:1.0" xmlns:text="{_URN}:text:1.0" xmlns:table="{_URN}:table:1.0"'
    f' xmlns:style="{_URN}:style:1.0" xmlns:draw="{_URN}:drawing:1.0" xmlns:svg="{_URN}:svg-compatible:1.0"'
    f' xmlns:fo="{_URN}:xsl-fo-compatible:1.0" xmlns:meta="{_URN}:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"'
)
_STYLES = """<office:automatic-styles>
<style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T2"><style:text-properties fo:font-style="italic"/></style:style>
<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1"/>
<text:list-level-style-number text:level="2"/></text:list-style></office:automatic-styles>"""
_TEXT = """<text:h text:outline-level="1">The garden</text:h>
<text:p>Roses are <text:span text:style-name="T1">red</text:span>,<text:s text:c="2"/><text:span text:style-name="T2">often</text:span>.
<text:a xlink:href="https://example.org/roses">More</text:a><text:tab/>here<text:note>
<text:note-citation>1</text:note-citation><text:note-body><text:p>Not always.</text:p></text:note-body></text:note><text:line-break/>end</text:p>
<text:section><text:h text:outline-level="2">Tools</text:h></text:section>
<text:list text:style-name="L1"><text:list-item><text:p>Spade</text:p>
<text:list><text:list-item><text:p>Handle</text:p></text:list-item></text:list></text:list-item>
<text:list-item><text:p>Rake</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>Plant</text:p></table:table-cell>
<table:table-cell><text:p>Month</text:p></table:table-cell></table:table-row>
<table:table-row><table:covered-table-cell/><table:table-cell><text:p>May</text:p></table:table-cell></table:table-row></table:table>
<text:p><draw:frame><draw:image/><svg:title>Rose</svg:title><svg:desc>A red rose</svg:desc></draw:frame></text:p>
<text:p><draw:frame><draw:text-box><text:p>Boxed words.</text:p></draw:text-box></draw:frame></text:p>"""
_META = """<office:meta><dc:title>About gardens</dc:title><meta:initial-creator>Ada Berg</meta:initial-creator>
<meta:creation-date>2024-01-31T10:00:00.123456789</meta:creation-date><dc:date>2024-02-01</dc:date></office:meta>"""
_COLUMN = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
_NUMBER = '<table:table-cell office:value-type="float" office:value="{0}"><text:p>{0}</text:p></table:table-cell>'
_SHEET = (
    '<table:table table:name="Costs">'
    f"<table:table-row>{_COLUMN.format('Item')}{_COLUMN.format('Price')}</table:table-row>"
    f"<table:table-row>{_COLUMN.format('Spade')}{_NUMBER.format(12.5)}</table:table-row></table:table>"
)


def garden_odt(manifest: str = "<manifest/>") -> bytes:
    """Headings, styles, nested lists, a table with a tall cell, a note, a picture and a box."""
    return zip_bytes(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": manifest,
            "meta.xml": f"<office:document-meta {_NAMESPACES}>{_META}</office:document-meta>",
            "content.xml": f"<office:document-content {_NAMESPACES}>{_STYLES}<office:body><office:text>{_TEXT}"
            "</office:text></office:body></office:document-content>",
        }
    )


def costs_ods() -> bytes:
    """One sheet."""
    return zip_bytes(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{_URN}:manifest:1.0"/>',
            "content.xml": f"<office:document-content {_NAMESPACES}><office:body><office:spreadsheet>{_SHEET}"
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )
