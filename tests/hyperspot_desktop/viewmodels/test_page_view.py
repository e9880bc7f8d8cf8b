"""A page as a picture: asked for only when it is looked at, with its marks, and with a face for failures."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtGui import QImage

from hyperspot_desktop.demo import cited, profile
from hyperspot_desktop.demo.rag import DemoRag
from hyperspot_desktop.viewmodels.page_shelf import KEPT, PageShelf
from hyperspot_desktop.viewmodels.page_view import NARROW_PX, WIDE_PX, PageViewModel
from hyperspot_desktop.window.page_pictures import PageProvider
from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.file_parser.contract import Box
from modules.rag.contract import PageImage
from tests.hyperspot_desktop.conftest import MakeBridge, WaitFor

FILE = cited.citations()[0].file_id


class FileGone(HyperSpotError):
    action = "Connect its drive."


class Pages(DemoRag):
    """Draws one red pixel column per asked page, and remembers what was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[int, int, str]] = []

    async def page_image(
        self, ctx: SecurityContext, file_id: UUID, page: int, *, width: int, mark: str = ""
    ) -> PageImage:
        self._called("page_image")
        self.asked.append((page, width, mark))
        red = bytes((0, 0, 255, 255))
        return PageImage(page, 3, 20, 40, red * 800, (Box(5, 10, 15, 20),) if page == 2 else ())


@pytest.fixture
def rag() -> Pages:
    return Pages()


@pytest.fixture
def page(make_bridge: MakeBridge, rag: Pages) -> PageViewModel:
    return PageViewModel(make_bridge(profile.clients(rag=rag)))


def shown(page: PageViewModel, wait_for: WaitFor) -> QImage:
    wait_for(lambda: page.property("source") and not page.property("loading"))
    return page.shelf.get(str(page.property("source")).removeprefix("image://page/"))


def test_nothing_is_drawn_until_somebody_looks(page: PageViewModel, rag: Pages, wait_for: WaitFor) -> None:
    page.point_at(FILE, 2, "text")
    assert not page.property("loading")
    page.want(True, False)
    shown(page, wait_for)
    assert rag.asked == [(2, NARROW_PX, "text")]


def test_the_picture_and_its_marks_arrive(page: PageViewModel, wait_for: WaitFor) -> None:
    page.want(True, False)
    page.point_at(FILE, 2, "text")
    image = shown(page, wait_for)
    assert (image.width(), image.height()) == (20, 40)
    assert image.pixelColor(3, 3).name() == "#ff0000"
    assert page.property("marks") == [[0.25, 0.25, 0.5, 0.25]]
    assert page.property("ratio") == 2.0


def test_pages_are_turned_within_the_file(page: PageViewModel, rag: Pages, wait_for: WaitFor) -> None:
    page.want(True, False)
    page.point_at(FILE, 2, "text")
    shown(page, wait_for)
    page.turn(1)
    wait_for(lambda: page.property("page") == 3 and not page.property("loading"))
    assert page.property("marks") == []
    page.turn(1)
    assert page.property("page") == 3
    assert [asked[0] for asked in rag.asked] == [2, 3]


def test_the_large_view_asks_for_a_sharper_picture_once(page: PageViewModel, rag: Pages, wait_for: WaitFor) -> None:
    page.want(True, False)
    page.point_at(FILE, 2, "text")
    shown(page, wait_for)
    page.want(True, True)
    wait_for(lambda: len(rag.asked) == 2)
    shown(page, wait_for)
    page.want(True, False)
    assert [asked[1] for asked in rag.asked] == [NARROW_PX, WIDE_PX]


def test_a_file_that_cannot_be_drawn_says_why_and_is_tried_again(
    page: PageViewModel, rag: Pages, wait_for: WaitFor
) -> None:
    rag.failure = FileGone("The file is not there.")
    page.want(True, False)
    page.point_at(FILE, 2, "text")
    wait_for(lambda: page.property("errorSentence"))
    assert page.property("errorAction") == "Connect its drive."
    rag.failure = None
    page.again()
    shown(page, wait_for)
    assert page.property("errorSentence") == ""


def test_another_place_lets_go_of_the_old_picture(page: PageViewModel, wait_for: WaitFor) -> None:
    page.want(True, False)
    page.point_at(FILE, 2, "text")
    shown(page, wait_for)
    page.point_at(None, 0, "")
    assert page.property("source") == ""
    assert page.property("pageCount") == 0


def test_the_shelf_keeps_only_the_last_pictures() -> None:
    shelf = PageShelf()
    names = [shelf.put(QImage(1, 1, QImage.Format.Format_RGB32)) for _ in range(KEPT + 1)]
    assert [shelf.get(name).isNull() for name in names] == [True] + [False] * KEPT


def test_a_picture_that_is_gone_is_a_clear_pixel() -> None:
    from PySide6.QtCore import QSize

    image = PageProvider(PageShelf()).requestImage("7", QSize(), QSize())
    assert (image.width(), image.pixelColor(0, 0).alpha()) == (1, 0)
