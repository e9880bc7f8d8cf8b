"""What a repair did: per table what there was, what was saved, and what could not be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TableReport:
    """Numbers of rows. ``known`` there were before the damage, as far as that can be told.

    ``read`` came out of the damaged file, ``replayed`` of them are newer than the backup; ``from_backup`` could not be
    read and are as the backup had them; ``lost`` were there and are nowhere; ``uncertain``: there may have been more.
    """

    table: str
    known: int
    read: int
    replayed: int
    from_backup: int
    lost: int
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class RepairReport:
    """``bad_pages`` could not be read, ``mended_pages`` had one flipped bit that was turned back.

    ``backup`` is the one that unreadable rows were taken from, None when it was not needed or there is none;
    ``kept`` is where the damaged file is now.
    """

    path: Path
    pages: int
    bad_pages: tuple[int, ...]
    mended_pages: tuple[int, ...]
    backup: Path | None
    kept: Path | None
    tables: tuple[TableReport, ...]

    @property
    def lost(self) -> int:
        """Rows that were there and are nowhere, as far as that can be told."""
        return sum(table.lost for table in self.tables)

    @property
    def complete(self) -> bool:
        """Whether everything that was there is there again, as it was."""
        return not any(table.lost or table.from_backup or table.uncertain for table in self.tables)

    @property
    def sentence(self) -> str:
        damaged = len(self.bad_pages) + len(self.mended_pages)
        found = f"{self.path.name} was damaged ({damaged} of {self.pages} pages) and is repaired"
        if self.complete:
            return f"{found}; nothing is lost."
        source = f"the backup {self.backup.name}" if self.backup is not None else "the damaged file alone"
        older = sum(table.from_backup for table in self.tables)
        more = ", perhaps more" if any(table.uncertain for table in self.tables) else ""
        return f"{found} from {source}: {older} rows are as they were in it, {self.lost} rows are lost{more}."

    def lines(self) -> list[str]:
        """One line for each table that something was done to."""
        touched = [one for one in self.tables if one.replayed or one.from_backup or one.lost or one.uncertain]
        return [self._line(one) for one in touched]

    def _line(self, one: TableReport) -> str:
        more = " (perhaps more)" if one.uncertain else ""
        if self.backup is None:
            return f"{one.table}: {one.read} rows read, {one.lost} lost{more}"
        return (
            f"{one.table}: {one.read} rows read, {one.replayed} of them newer than the backup, "
            f"{one.from_backup} from the backup, {one.lost} lost{more}"
        )
