"""Makes Qt's Unicode data small: of 30 MB of it, nine tenths are names of currencies, regions and languages.

Qt has its own data for locales; of ICU it asks for collation, case mapping and normalisation. The data is one table
("common data" in ICU's words) inside a library that has nothing else.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path

from devtools.process import run_quiet

_KEPT = re.compile(
    r"(coll/(root|res_index|pool|de|en|ucadata.*)|root|res_index|pool|en|de|supplementalData|likelySubtags|keyTypeData"
    r"|numberingSystems|timezoneTypes|zoneinfo64|metaZones|windowsZones|plurals|icuver|cnvalias|uemoji|ulayout|unames"
    r"|pnames|uprops|ucase|ubidi|nfc|nfkc|nfkc_cf|confusables)\.(res|icu|nrm)"
)
_ALIGNMENT = 16
_COUNT = struct.Struct("<I")
_ROW = struct.Struct("<II")
_SYMBOL = re.compile(
    r"^\s*\d+:\s+([0-9a-f]+)\s+(0x[0-9a-f]+|\d+)\s+OBJECT\s+GLOBAL\s+\S+\s+\d+\s+(icudt\d+_dat)$", re.M
)
_SEGMENT = re.compile(r"^\s*LOAD\s+(0x[0-9a-f]+)\s+(0x[0-9a-f]+)\s+0x[0-9a-f]+\s+(0x[0-9a-f]+)", re.M)


def prune_library(library: Path) -> None:
    """Replace the data library by one of the same name with only what is asked for; needs binutils and a C compiler."""
    symbol = _SYMBOL.search(run_quiet(["readelf", "--dyn-syms", "-W", library]))
    if symbol is None:
        raise ValueError(f"{library.name} has no Unicode data")
    address, size, name = int(symbol[1], 16), int(symbol[2], 0), symbol[3]
    start = _file_offset(library, address)
    small = prune(library.read_bytes()[start : start + size])
    table = library.with_suffix(".dat")
    table.write_bytes(small)
    source = library.with_suffix(".S")
    source.write_text(
        f".section .rodata\n.balign 16\n.globl {name}\n.type {name}, @object\n.size {name}, {len(small)}\n{name}:\n"
        f'.incbin "{table.name}"\n.section .note.GNU-stack,"",@progbits\n',
        encoding="utf-8",
    )
    command: list[str | Path] = [
        "cc",
        "-shared",
        "-nostdlib",
        f"-Wl,-soname,{library.name}",
        "-Wl,--build-id=none",
        "-s",
    ]
    run_quiet([*command, "-Wl,-z,noseparate-code", "-o", library, source.name], cwd=library.parent)
    table.unlink()
    source.unlink()


def prune(data: bytes) -> bytes:
    """The same table with only the items that are kept."""
    header = struct.unpack_from("<H", data)[0]
    base = memoryview(data)[header:]
    count = _COUNT.unpack_from(base)[0]
    rows = [_ROW.unpack_from(base, _COUNT.size + number * _ROW.size) for number in range(count)]
    ends = [*(row[1] for row in rows[1:]), len(base)]
    items = [(_name(base, row[0]), bytes(base[row[1] : end])) for row, end in zip(rows, ends, strict=True)]
    kept = [(name, content) for name, content in items if _KEPT.fullmatch(name.partition("/")[2])]
    return data[:header] + _table(kept)


def _table(items: list[tuple[str, bytes]]) -> bytes:
    names = b"".join(name.encode() + b"\0" for name, _ in items)
    names_at = _COUNT.size + len(items) * _ROW.size
    offset = _aligned(names_at + len(names))
    table, contents, name_at = _COUNT.pack(len(items)), b"", names_at
    for name, content in items:
        table += _ROW.pack(name_at, offset)
        name_at += len(name.encode()) + 1
        padded = content + bytes(-len(content) % _ALIGNMENT)
        contents += padded
        offset += len(padded)
    return (table + names).ljust(_aligned(names_at + len(names)), b"\0") + contents


def _aligned(size: int) -> int:
    return size + -size % _ALIGNMENT


def _name(base: memoryview, offset: int) -> str:
    end = offset
    while base[end]:
        end += 1
    return bytes(base[offset:end]).decode()


def _file_offset(library: Path, address: int) -> int:
    for segment in _SEGMENT.finditer(run_quiet(["readelf", "-lW", library])):
        offset, virtual, length = (int(number, 16) for number in segment.groups())
        if virtual <= address < virtual + length:
            return offset + address - virtual
    raise ValueError(f"{library.name} cannot be read")
