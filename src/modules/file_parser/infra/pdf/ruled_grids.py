"""From the straight lines of a page to the grids of its ruled tables, with merged cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from modules.file_parser.contract import Box
from modules.file_parser.infra.pdf.rulings import Ruling, Rulings

_TOUCH = 3.0
"""Lines that end so close to each other are meant to meet."""
_SAME = 2.0
_MOST = 300
_FEWEST_CELLS = 4
_SMALLEST_SHARE = 0.3
"""A grid of which most places are merged is a drawing."""
_MOST_COLUMNS = 40


@dataclass(frozen=True, slots=True)
class RuledGrid:
    """``columns`` and ``rows`` are where lines stand, one more than there are cells each way.

    ``cells[row][column]`` is the number of the cell that this place belongs to; merged places share one.
    """

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[tuple[int, ...], ...]

    @property
    def box(self) -> Box:
        return Box(self.columns[0], self.rows[0], self.columns[-1], self.rows[-1])

    def cell_at(self, x: float, y: float) -> int | None:
        """The number of the cell around a point."""
        column, row = _between(self.columns, x), _between(self.rows, y)
        return None if column is None or row is None else self.cells[row][column]

    def crossed(self, left: float, right: float) -> bool:
        """Whether a line from ``left`` to ``right`` goes over a column's edge."""
        return any(left + _SAME < edge < right - _SAME for edge in self.columns)


def ruled_grids(rulings: Rulings) -> list[RuledGrid]:
    """Every set of lines that meet and make at least four cells in two rows and two columns."""
    horizontal, vertical = _merged(rulings.horizontal), _merged(rulings.vertical)
    if len(horizontal) > _MOST or len(vertical) > _MOST:
        return []
    grids = (_grid(lines, columns) for lines, columns in _connected(horizontal, vertical))
    return sorted((grid for grid in grids if grid is not None), key=lambda grid: grid.rows[0])


def _merged(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Lines that go on from each other, or lie on each other, are one."""
    done: list[Ruling] = []
    for one in sorted(rulings, key=lambda one: (round(one.at / _SAME), one.start)):
        last = done[-1] if done else None
        if last is not None and abs(one.at - last.at) <= _SAME and one.start <= last.end + _TOUCH:
            done[-1] = Ruling(last.at, min(last.start, one.start), max(last.end, one.end))
        else:
            done.append(one)
    return done


def _connected(horizontal: Sequence[Ruling], vertical: Sequence[Ruling]) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Sets of lines that touch each other, directly or over others."""
    leaders = _Leaders(len(horizontal) + len(vertical))
    for row, line in enumerate(horizontal):
        for column, other in enumerate(vertical):
            if (
                line.start - _TOUCH <= other.at <= line.end + _TOUCH
                and other.start - _TOUCH <= line.at <= other.end + _TOUCH
            ):
                leaders.join(row, len(horizontal) + column)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for number, line in enumerate((*horizontal, *vertical)):
        groups.setdefault(leaders.of(number), ([], []))[number >= len(horizontal)].append(line)
    yield from groups.values()


def _grid(horizontal: list[Ruling], vertical: list[Ruling]) -> RuledGrid | None:
    if len(horizontal) < 2 or not vertical:
        return None
    columns = _places(vertical, min(line.start for line in horizontal), max(line.end for line in horizontal))
    rows = _places(horizontal, min(line.start for line in vertical), max(line.end for line in vertical))
    if len(columns) < 3 or len(rows) < 3:
        return None
    width = len(columns) - 1
    leaders = _Leaders((len(rows) - 1) * width)
    for row in range(len(rows) - 1):
        for column in range(width):
            here = row * width + column
            y = (rows[row] + rows[row + 1]) / 2
            if column + 1 < width and not _covered(vertical, columns[column + 1], y):
                leaders.join(here, here + 1)
            x = (columns[column] + columns[column + 1]) / 2
            if row + 2 < len(rows) and not _covered(horizontal, rows[row + 1], x):
                leaders.join(here, here + width)
    cells = tuple(tuple(leaders.of(row * width + column) for column in range(width)) for row in range(len(rows) - 1))
    count = len({cell for row in cells for cell in row})
    enough = count >= max(_FEWEST_CELLS, _SMALLEST_SHARE * width * len(cells)) and width <= _MOST_COLUMNS
    return RuledGrid(tuple(columns), tuple(rows), cells) if enough else None


def _places(lines: Sequence[Ruling], first: float, last: float) -> list[float]:
    """Where lines stand, from first to last; tables may be open at their sides."""
    places: list[float] = []
    for at in sorted([*(line.at for line in lines), first, last]):
        if not places or at - places[-1] > _TOUCH:
            places.append(at)
    return places


def _covered(lines: Sequence[Ruling], at: float, middle: float) -> bool:
    return any(abs(line.at - at) <= _TOUCH and line.start - 1 <= middle <= line.end + 1 for line in lines)


def _between(edges: Sequence[float], place: float) -> int | None:
    for index in range(len(edges) - 1):
        if edges[index] <= place < edges[index + 1]:
            return index
    return None


class _Leaders:
    """Joins numbers to sets; each set is known by its smallest number."""

    def __init__(self, count: int) -> None:
        self._leaders = list(range(count))

    def of(self, number: int) -> int:
        while self._leaders[number] != number:
            self._leaders[number] = self._leaders[self._leaders[number]]
            number = self._leaders[number]
        return number

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.of(one), self.of(other)))
        self._leaders[high] = low
