"""A frozen program that is none: the shape of one, with files that begin as those of macOS do."""

from __future__ import annotations

import plistlib
import shutil
import struct
from pathlib import Path

from devtools.building.places import NAME

_EXECUTABLE, _LIBRARY = 2, 6
_ARM64 = 0x0100000C


def macho(kind: int = _LIBRARY, system: tuple[int, int] = (11, 0)) -> bytes:
    """A Mach-O header with nothing behind it but the macOS that it asks for."""
    build = struct.pack("<IIIIII", 0x32, 24, 1, system[0] << 16 | system[1] << 8, 0, 0)
    return struct.pack("<IIIIIIII", 0xFEEDFACF, _ARM64, 0, kind, 1, len(build), 0, 0) + build


def make_stand_in(folder: Path) -> Path:
    """Make it anew: an executable, libraries in folders of all sorts, a framework, and data among them."""
    shutil.rmtree(folder, ignore_errors=True)
    inside = folder / "_internal"
    _write(folder / NAME, macho(_EXECUTABLE))
    (folder / NAME).chmod(0o755)
    for name in (
        "libpython3.dylib",
        "python3/lib-dynload/_ssl.so",
        "PIL/.dylibs/libjpeg.dylib",
        "PIL/_imaging.so",
        "PySide6/QtCore.abi3.so",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt/qml/QtQuick/libqtquick2plugin.dylib",
        "engines/llama.cpp/libllama.dylib",
    ):
        _write(inside / name, macho())
    for name in (
        "base_library.zip",
        "PySide6/Qt/qml/QtQuick/qmldir",
        "resources/qml/Main.qml",
        "keyring-1.dist-info/METADATA",
    ):
        _write(inside / name, b"data")
    _write_framework(inside / "PySide6" / "Qt" / "lib" / "QtCore.framework")
    (inside / "QtCore").symlink_to("PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore")
    return folder


def _write_framework(folder: Path) -> None:
    version = folder / "Versions" / "A"
    _write(version / folder.stem, macho())
    _write(version / "Resources" / "Info.plist", plistlib.dumps({"CFBundleExecutable": folder.stem}))
    (folder / "Versions" / "Current").symlink_to("A")
    for name in (folder.stem, "Resources"):
        (folder / name).symlink_to(f"Versions/Current/{name}")


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
