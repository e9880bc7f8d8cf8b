"""A long list that is fetched where it is looked at."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication

from hyperspot_desktop.viewmodels.windowed import AT_ONCE, KEPT_PAGES, PAGE, WindowedRows
from tests.hyperspot_desktop.conftest import WaitFor


@dataclass(frozen=True, slots=True)
class Line:
    number: int = -1


class Source:
    """Remembers what it was asked for, and answers when told to."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.asked: list[int] = []
        self.rows = WindowedRows(Line(), lambda start, limit: self.asked.append(start))
        self.rows.replace_all(self._page(0), total)

    def answer(self) -> None:
        waiting, self.asked = self.asked, []
        for start in waiting:
            self.rows.arrived(start, self._page(start), self.total)

    def _page(self, start: int) -> list[Line]:
        return [Line(number) for number in range(start, min(start + PAGE, self.total))]


def test_the_list_is_as_long_as_it_is_and_only_its_first_page_is_here(application: QGuiApplication) -> None:
    source = Source(10_000)
    assert source.rows.rowCount() == 10_000
    assert source.rows.loaded() == [Line(number) for number in range(PAGE)]


def test_looking_at_a_row_fetches_its_page(application: QGuiApplication, wait_for: WaitFor) -> None:
    source = Source(10_000)
    assert source.rows.row(5_040) == Line()
    wait_for(lambda: source.asked)
    assert source.asked == [5_000]
    source.answer()
    assert source.rows.row(5_040) == Line(5_040)


def test_pages_that_flew_past_are_not_fetched(application: QGuiApplication, wait_for: WaitFor) -> None:
    source = Source(10_000)
    for number in range(PAGE, 10_000, PAGE):
        source.rows.row(number)
    wait_for(lambda: source.asked)
    assert source.asked == [10_000 - PAGE * back for back in range(AT_ONCE, 0, -1)]


def test_a_page_is_asked_for_once_until_it_is_here(application: QGuiApplication, wait_for: WaitFor) -> None:
    source = Source(1_000)
    source.rows.row(500)
    wait_for(lambda: source.asked)
    source.rows.row(501)
    application.processEvents()
    assert source.asked == [500]


def test_a_page_that_failed_is_asked_for_again(application: QGuiApplication, wait_for: WaitFor) -> None:
    source = Source(1_000)
    source.rows.row(500)
    wait_for(lambda: source.asked)
    source.asked.clear()
    source.rows.failed(500)
    source.rows.row(500)
    wait_for(lambda: source.asked == [500])


def test_old_pages_go_when_there_are_many(application: QGuiApplication) -> None:
    source = Source(10_000)
    source.asked = [PAGE * page for page in range(1, KEPT_PAGES + 5)]
    source.answer()
    assert len(source.rows.loaded()) == KEPT_PAGES * PAGE


def test_a_refresh_asks_for_what_was_looked_at_and_shows_the_old_until_then(
    application: QGuiApplication, wait_for: WaitFor
) -> None:
    source = Source(300)
    source.rows.refresh()
    assert source.rows.row(0) == Line(0)
    wait_for(lambda: source.asked == [0])


def test_a_list_that_grew_or_shrank_says_so_to_its_view(application: QGuiApplication) -> None:
    source = Source(300)
    inserted: list[tuple[int, int]] = []
    removed: list[tuple[int, int]] = []
    source.rows.rowsInserted.connect(lambda parent, first, last: inserted.append((first, last)))
    source.rows.rowsRemoved.connect(lambda parent, first, last: removed.append((first, last)))
    source.rows.arrived(0, [Line(0)], 310)
    source.rows.arrived(0, [Line(0)], 20)
    assert (inserted, removed) == ([(300, 309)], [(20, 309)])


def test_roles_are_fields_and_rows_beyond_the_end_have_nothing(application: QGuiApplication) -> None:
    source = Source(3)
    role = next(iter(source.rows.roleNames()))
    assert source.rows.data(source.rows.index(2, 0), role) == 2
    assert source.rows.data(source.rows.index(3, 0), role) is None
