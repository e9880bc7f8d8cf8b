"""Lucide icons in the colour they are asked for: ``image://icon/NAME/RRGGBB``."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

_NAME = re.compile(r"[a-z0-9-]+")
_COLOUR = re.compile(r"[0-9a-f]{6,8}")


class IconProvider(QQuickImageProvider):
    """Draws the shipped SVG files; unknown names give an empty picture."""

    def __init__(self, folder: Path) -> None:
        super().__init__(QQuickImageProvider.ImageType.Pixmap)
        self._folder = folder
        self._sources: dict[str, str] = {}

    def requestPixmap(self, image_id: str, size: QSize, requested: QSize) -> QPixmap:  # noqa: N802 - Qt's name
        name, _, colour = image_id.partition("/")
        side = max(requested.width(), requested.height(), 16)
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        if _NAME.fullmatch(name) and _COLOUR.fullmatch(colour):
            drawing = self._source(name).replace("currentColor", f"#{colour}").replace('width="2"', 'width="1.8"')
            painter = QPainter(pixmap)
            QSvgRenderer(QByteArray(drawing.encode())).render(painter)
            painter.end()
        size.setWidth(side)
        size.setHeight(side)
        return pixmap

    def _source(self, name: str) -> str:
        if name not in self._sources:
            path = self._folder / f"{name}.svg"
            self._sources[name] = path.read_text(encoding="utf-8") if path.is_file() else "<svg/>"
        return self._sources[name]
