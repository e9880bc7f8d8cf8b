"""The river guide: an electronic book."""

from __future__ import annotations

from devtools.samples.packing import packed

_HTML = (
    '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>{0}</title></head>'
)
_CHAPTERS = {
    "spring.xhtml": (
        "From the spring to Aldersea",
        "<p>The Elm rises at the foot of <em>Cold Fell</em> and is 96 kilometres long. Up to the mill at kilometre 40 "
        "it is too shallow for anything but a canoe.</p><h2>The weir</h2><p>At kilometre 12.4 above the mouth "
        "stands the weir. <strong>Carry your boat on the left bank</strong>: there is a ramp with rollers. The right "
        "bank is private and guarded by geese.</p>",
    ),
    "town.xhtml": (
        "Through the town",
        "<h2>Bridges</h2><table><tr><th>Bridge</th><th>Kilometre</th><th>Clearance</th></tr>"
        "<tr><td>Old Toll Bridge</td><td>9.8</td><td>3.2 m</td></tr>"
        "<tr><td>Railway bridge</td><td>8.1</td><td>6.0 m</td></tr></table>"
        "<p>Pass the Old Toll Bridge through its <em>second</em> arch from the north; the third has a sunken "
        "pillar.</p>"
        "<ul><li>Landing: the steps at the market</li><li>Water: the fountain beside the church</li></ul>",
    ),
    "mouth.xhtml": (
        "Down to the sea",
        "<p>Below the town the river is tidal. Twice a day it runs backwards, and twice a day the wise crew turns with "
        'it; the <a href="https://river-elm.example/tides">tide table</a> is published in December.</p>'
        "<blockquote><p>The sea takes no bookings.</p></blockquote><p>Seals rest on the sandbank at kilometre 2. Keep "
        "fifty metres away from them.</p>",
    ),
}


def river_guide_epub() -> bytes:
    """Three chapters with headings, a table, a list, a quotation and a link."""
    items = "".join(
        f'<item id="c{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(_CHAPTERS)
    )
    spine = "".join(f'<itemref idref="c{number}"/>' for number in range(len(_CHAPTERS)))
    package = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">tern-island-river-guide'
        "</dc:identifier><dc:title>The Elm for rowers</dc:title><dc:creator>Greta Solberg</dc:creator>"
        "<dc:language>en</dc:language><dc:date>2019-05-01</dc:date></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles>'
        "</container>"
    )
    pages = {
        f"book/{name}": f"{_HTML.format(title)}<body><h1>{title}</h1>{text}</body></html>"
        for name, (title, text) in _CHAPTERS.items()
    }
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "book/package.opf": package,
            **pages,
        }
    )
