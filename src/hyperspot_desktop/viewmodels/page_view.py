"""A page of a document as a picture, with the places of the cited text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge, Call, Failure
from hyperspot_desktop.viewmodels.loading import LoadingViewModel
from hyperspot_desktop.viewmodels.page_shelf import PageShelf

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.rag.contract import PageImage

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

NARROW_PX, WIDE_PX = 640, 1_600
"""The widths that pages are drawn in: for the pane, and for the large view."""


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """``marks`` are x, y, width and height as shares of the page."""

    image: QImage
    page: int
    page_count: int
    marks: tuple[tuple[float, float, float, float], ...]


def _drawn(picture: PageImage) -> DrawnPage:
    """A copy, because the bytes go; called on a worker thread."""
    row = picture.width * 4
    image = QImage(picture.pixels, picture.width, picture.height, row, QImage.Format.Format_RGB32).copy()
    marks = tuple(
        (
            mark.left / picture.width,
            mark.top / picture.height,
            (mark.right - mark.left) / picture.width,
            (mark.bottom - mark.top) / picture.height,
        )
        for mark in picture.marks
    )
    return DrawnPage(image, picture.page, picture.page_count, marks)


@QmlElement
class PageViewModel(LoadingViewModel):
    """The page that is looked at. It is asked for only while ``wanted``: drawing costs a parser's time."""

    pageChanged = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None, *, shelf: PageShelf | None = None) -> None:
        super().__init__(bridge, parent, loading=False)
        self.shelf = shelf or PageShelf()
        self._file_id: UUID | None = None
        self._page = 0
        self._mark = ""
        self._wanted = False
        self._wide = False
        self._name = ""
        self._drawn: DrawnPage | None = None
        self._call: Call[Any] | None = None

    @Property(str, notify=pageChanged)
    def source(self) -> str:
        """The address of the picture for QML, or "" while there is none."""
        return f"image://page/{self._name}" if self._name else ""

    @Property(int, notify=pageChanged)
    def page(self) -> int:
        return self._page

    @Property(int, notify=pageChanged)
    def pageCount(self) -> int:
        return 0 if self._drawn is None else self._drawn.page_count

    @Property(float, notify=pageChanged)
    def ratio(self) -> float:
        """Height to width; a DIN page while nothing is known."""
        image = self._drawn.image if self._drawn is not None else None
        return image.height() / image.width() if image is not None and image.width() else 2**0.5

    @Property("QVariantList", notify=pageChanged)  # type: ignore[arg-type]  # the stubs know no QVariantList
    def marks(self) -> list[list[float]]:
        """x, y, width and height of each, as shares of the page."""
        return [list(mark) for mark in self._drawn.marks] if self._drawn is not None else []

    def point_at(self, file_id: UUID | None, page: int, mark: str) -> None:
        """Another place, or None for nothing; drawn at once when a picture is wanted."""
        if (file_id, page, mark) == (self._file_id, self._page, self._mark):
            return
        self._file_id, self._page, self._mark = file_id, page, mark
        self._clear()
        self._draw()

    @Slot(bool, bool)
    def want(self, wanted: bool, wide: bool) -> None:
        """Whether a picture is looked at, and in the large view."""
        sharper = wide and not self._wide
        self._wanted, self._wide = wanted, wide
        if wanted and (sharper or (not self._name and self._call is None)):
            self._draw()

    @Slot(int)
    def turn(self, step: int) -> None:
        """The next page (1) or the one before (-1)."""
        wanted = self._page + step
        if 1 <= wanted <= (self._drawn.page_count if self._drawn is not None else 0):
            self._page = wanted
            self._draw()

    @Slot()
    def again(self) -> None:
        """Try once more what failed."""
        self._draw()

    def _clear(self) -> None:
        if self._call is not None:
            self._call.cancel()
            self._call = None
        self._drawn, self._name = None, ""
        self._set_loading(False)
        self._fail(None)
        self.pageChanged.emit()

    def _draw(self) -> None:
        file_id, page, mark = self._file_id, self._page, self._mark
        if file_id is None or not page or not self._wanted:
            return
        width = WIDE_PX if self._wide else NARROW_PX
        if self._call is not None:
            self._call.cancel()

        async def draw(clients: Clients) -> DrawnPage:
            import asyncio

            picture = await clients.rag.page_image(clients.ctx, file_id, page, width=width, mark=mark)
            return await asyncio.to_thread(_drawn, picture)

        self._set_loading(True)
        self._fail(None)
        self.pageChanged.emit()
        self._call = self._bridge.call(draw, self._arrived, self._failed)

    def _arrived(self, drawn: DrawnPage) -> None:
        self._call = None
        self._drawn, self._page = drawn, drawn.page
        self._name = self.shelf.put(drawn.image)
        self._loaded()
        self.pageChanged.emit()

    def _failed(self, failure: Failure) -> None:
        self._call = None
        self._not_loaded(failure)
