"""Workbooks in Excel's two binary formats, written record by record: no library at hand writes them.

Sources: [MS-CFB] (the container of .xls), [MS-XLS] (its records), [MS-XLSB] (the records of .xlsb).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence

from devtools.samples.packing import content_types, core_properties, packed, relationships

Rows = Sequence[Sequence[str | float]]

_HIRE_2019: Rows = (
    ("Month", "Boat", "Outings", "Euros"),
    ("April", "Puffin", 14, 196.0),
    ("May", "Puffin", 22, 308.0),
    ("May", "Fulmar", 6, 264.5),
    ("June", "Fulmar", 9, 396.0),
)
_LOCKERS: Rows = (
    ("Locker", "Member", "Until"),
    ("A7", "Greta Solberg", "for life"),
    ("B2", "Tom Barrow", "September 2026"),
    ("B3", "free", ""),
)


def hire_xls() -> bytes:
    """The boat hire of 2019, as Excel 97 kept it."""
    sheet = _biff_sheet(_HIRE_2019)
    head = _biff_globals(0)
    return _container(_biff_globals(len(head)) + sheet)


def lockers_xlsb() -> bytes:
    """Who has which locker, in the binary form of a new workbook."""
    kind = "application/vnd.ms-excel"
    book = b"".join(
        (
            _brt(131),
            _brt(143),
            _brt(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Lockers")),
            _brt(144),
            _brt(132),
        )
    )
    return packed(
        {
            "[Content_Types].xml": content_types(
                "/xl/workbook.bin",
                f"{kind}.sheet.binary.macroEnabled.main",
                {
                    "/xl/worksheets/sheet1.bin": f"{kind}.worksheet",
                    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
                },
            ),
            "_rels/.rels": relationships(
                ("rId1", "officeDocument", "xl/workbook.bin"), ("rId2", "core", "docProps/core.xml")
            ),
            "docProps/core.xml": core_properties(
                "Lockers", "Nadia Petrova", "2026-01-20T10:00:00Z", "2026-01-20T10:00:00Z"
            ),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": relationships(("rId1", "worksheet", "worksheets/sheet1.bin")),
            "xl/worksheets/sheet1.bin": b"".join(_brt_sheet(_LOCKERS)),
        }
    )


# -- .xls


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _biff_globals(sheet_at: int) -> bytes:
    """What stands before the sheets; ``sheet_at`` is where the first of them begins."""
    font = struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + struct.pack("<BB", 5, 0) + b"Arial"
    style_format = struct.pack("<HHHBBBBIIH", 0, 0, 0xFFF5, 0x20, 0, 0, 0, 0, 0, 0x20C0)
    cell_format = struct.pack("<HHHBBBBIIH", 0, 0, 1, 0x20, 0, 0, 0, 0, 0, 0x20C0)
    name = b"Hire 2019"
    return b"".join(
        (
            _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)),
            _record(0x0042, struct.pack("<H", 1200)),
            _record(0x003D, struct.pack("<HHHHHHHHH", 0, 0, 12000, 9000, 0x38, 0, 0, 1, 600)),
            *[_record(0x0031, font)] * 4,
            *[_record(0x00E0, style_format)] * 15,
            _record(0x00E0, cell_format),
            _record(0x0293, struct.pack("<HBB", 0x8000, 0, 0xFF)),
            _record(0x0085, struct.pack("<IBBBB", sheet_at, 0, 0, len(name), 0) + name),
            _record(0x000A),
        )
    )


def _biff_sheet(rows: Rows) -> bytes:
    records = [
        _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6)),
        _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, len(rows[0]), 0)),
    ]
    for row, column, value in _cells(rows):
        place = struct.pack("<HHH", row, column, 15)
        if isinstance(value, str):
            text = value.encode("utf-16-le")
            records.append(_record(0x0204, place + struct.pack("<HB", len(value), 1) + text))
        else:
            records.append(_record(0x0203, place + struct.pack("<d", value)))
    return b"".join((*records, _record(0x000A)))


def _container(stream: bytes) -> bytes:
    """A compound file of one stream: header, allocation table, directory, then the stream's sectors."""
    end, free, table = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    # Streams below 4,096 bytes would have to lie in another stream of small sectors.
    stream = stream.ljust(max(-(-len(stream) // 512) * 512, 4096), b"\0")
    count = len(stream) // 512
    chain = [table, end, *range(3, 2 + count), end]
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        bytes(16),
        *(0x3E, 3, 0xFFFE, 9, 6, bytes(6)),
        *(0, 1, 1, 0, 4096, end, 0, end, 0, 0),
    )
    header += struct.pack("<109I", *([free] * 109))[4:]
    allocation = struct.pack("<128I", *chain, *([free] * (128 - len(chain))))
    directory = (
        _entry("Root Entry", 5, end, 0, child=1) + _entry("Workbook", 2, 2, len(stream)) + _entry("", 0, 0, 0) * 2
    )
    return header + allocation + directory + stream


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    encoded = (name + "\0").encode("utf-16-le") if name else b""
    none = 0xFFFFFFFF
    return struct.pack(
        "<64sHBBIII16sIQQIQ", encoded, len(encoded), kind, 1, none, none, child, bytes(16), 0, 0, 0, start, size
    )


# -- .xlsb


def _brt(kind: int, data: bytes = b"") -> bytes:
    return (bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])) + _length(len(data)) + data


def _length(size: int) -> bytes:
    parts = []
    while size > 127:
        parts.append(size & 0x7F | 0x80)
        size >>= 7
    return bytes([*parts, size])


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _brt_sheet(rows: Rows) -> Iterator[bytes]:
    yield _brt(129)
    yield _brt(148, struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1))
    yield _brt(145)
    last = -1
    for row, column, value in _cells(rows):
        if row != last:
            yield _brt(0, struct.pack("<IIHHBI", row, 0, 300, 0, 0, 0))
            last = row
        place = struct.pack("<II", column, 0)
        yield _brt(6, place + _wide(value)) if isinstance(value, str) else _brt(5, place + struct.pack("<d", value))
    yield _brt(146)
    yield _brt(130)


def _cells(rows: Rows) -> Iterable[tuple[int, int, str | float]]:
    return (
        (row, column, value) for row, values in enumerate(rows) for column, value in enumerate(values) if value != ""
    )
