"""Pages of documents for QML: ``image://page/NAME``, from the shelf that the page's view-model fills."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

from hyperspot_desktop.viewmodels.page_shelf import PageShelf


class PageProvider(QQuickImageProvider):
    """Gives what is on the shelf; a name that is not there any more gives a clear pixel."""

    def __init__(self, shelf: PageShelf) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._shelf = shelf

    def requestImage(self, image_id: str, size: QSize, requested: QSize) -> QImage:  # noqa: N802 - Qt's name
        image = self._shelf.get(image_id)
        if image.isNull():
            image = QImage(1, 1, QImage.Format.Format_ARGB32)
            image.fill(0)
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image
