"""Draws the program's icon for macOS: ``icon.py SVG ICNS``, run by ``dev.py build app``.

An ICNS file is a list of pictures, each with four letters that say its size; those of today are PNG files.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

# By the edge in pixels; for screens with double resolution a size comes again under its own name.
SIZES = {
    "icp4": 16,
    "icp5": 32,
    "ic11": 32,
    "ic12": 64,
    "ic07": 128,
    "ic08": 256,
    "ic13": 256,
    "ic09": 512,
    "ic14": 512,
    "ic10": 1024,
}
DRAWN = 824 / 1024
"""The part of the edge that is drawn on; macOS leaves a margin around every icon."""


def picture(drawing: QSvgRenderer, edge: int) -> bytes:
    """As PNG."""
    image = QImage(edge, edge, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    margin = edge * (1 - DRAWN) / 2
    drawing.render(painter, QRectF(margin, margin, edge * DRAWN, edge * DRAWN))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):
        raise SystemExit("The icon could not be written as PNG.")
    return bytes(buffer.data().data())


def main(source: Path, target: Path) -> None:
    drawing = QSvgRenderer(str(source))
    if not drawing.isValid():
        raise SystemExit(f"{source} is no drawing.")
    entries = b""
    for name, edge in SIZES.items():
        data = picture(drawing, edge)
        entries += name.encode() + struct.pack(">I", 8 + len(data)) + data
    target.write_bytes(b"icns" + struct.pack(">I", 8 + len(entries)) + entries)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
