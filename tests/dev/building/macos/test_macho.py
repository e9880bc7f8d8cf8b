"""Recognising programs and libraries of macOS."""

from __future__ import annotations

import struct
from pathlib import Path

from devtools.building.macos.macho import is_macho, macho_files, minimum_system
from devtools.building.macos.stand_in import macho


def fat(*slices: bytes) -> bytes:
    """Several architectures in one file, as ``lipo`` joins them."""
    rows, bodies, offset = b"", b"", 4096
    for one in slices:
        rows += struct.pack(">IIIII", 0x0100000C, 0, offset + len(bodies), len(one), 12)
        bodies += one
    return (b"\xca\xfe\xba\xbe" + struct.pack(">I", len(slices)) + rows).ljust(offset, b"\0") + bodies


def test_a_file_is_known_by_how_it_begins(tmp_path: Path) -> None:
    files = {
        "thin": macho(),
        "32 bits": b"\xce\xfa\xed\xfe" + bytes(24),
        "fat": fat(macho(), macho()),
        "class of Java": b"\xca\xfe\xba\xbe\x00\x00\x00\x34" + bytes(100),
        "ELF": b"\x7fELF" + bytes(60),
        "empty": b"",
        "short": b"\xca\xfe\xba\xbe",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    assert [name for name in files if is_macho(tmp_path / name)] == ["thin", "32 bits", "fat"]


def test_links_to_them_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "one.dylib").write_bytes(macho())
    (tmp_path / "one.dylib").symlink_to("lib/one.dylib")
    assert list(macho_files(tmp_path)) == [tmp_path / "lib" / "one.dylib"]


def test_the_macos_that_a_file_asks_for(tmp_path: Path) -> None:
    file = tmp_path / "one.dylib"
    file.write_bytes(macho(system=(13, 3)))
    assert minimum_system(file) == (13, 3)
    old = struct.pack("<IIII", 0x24, 16, 10 << 16 | 9 << 8, 0)
    header = struct.pack("<IIIIIIII", 0xFEEDFACF, 0x01000007, 0, 6, 1, len(old), 0, 0)
    file.write_bytes(header + old)
    assert minimum_system(file) == (10, 9)
    file.write_bytes(fat(header + old, macho(system=(12, 0))))
    assert minimum_system(file) == (12, 0)


def test_a_file_that_does_not_say_asks_for_none(tmp_path: Path) -> None:
    file = tmp_path / "one.dylib"
    file.write_bytes(struct.pack("<IIIIIIII", 0xFEEDFACF, 0, 0, 6, 0, 0, 0, 0))
    assert minimum_system(file) is None
    file.write_bytes(macho()[:36])
    assert minimum_system(file) is None
