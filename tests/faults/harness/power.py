"""Power cuts: what a disk may hold after one, made from a recording, and whether our database comes back from it.

What was flushed is there. Of what was appended to the log since, any 512 bytes may be there, may be what was there
before, or may be garbage. While the log is folded into the file, any 512 bytes of the pages it touches are old or new:
disks write sectors whole, and SQLite relies on that as well.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db.connect import PAGE_BYTES, OpenOptions, log_of, open_connection, probe
from modkit.db.verify import verify_backup
from modkit.errors import HyperSpotError
from tests.faults.harness.recording import FRAME_BYTES, HEADER_BYTES, Epoch
from tests.faults.harness.scenario import KEY, Fact, Scenario

SECTOR_BYTES = 512
_LONGEST_TAIL_BYTES = 16 * FRAME_BYTES


@dataclass(frozen=True, slots=True)
class Cut:
    """The two files after a power cut, and what must be in them. ``kind`` says how it was made."""

    kind: str
    file: bytes
    log: bytes
    owed: Sequence[Fact]


def cut(epochs: Sequence[Epoch], chance: random.Random) -> Cut:
    """One of the many states that the disk may be in after a power cut at a random moment of the recording."""
    number = chance.randrange(len(epochs))
    epoch = epochs[number]
    before = [fact for earlier in epochs[:number] for _, fact in earlier.facts]
    if chance.random() < 0.25:
        owed = before + [fact for _, fact in epoch.facts]
        return Cut("while the log was folded in", _torn_file(epoch, chance), bytes(epoch.log), owed)
    at = _moment(epoch, chance)
    kind, tail = _tail(epoch, at, chance)
    owed = before + [fact for known_at, fact in epoch.facts if known_at <= at]
    return Cut(f"log cut at {at}, then {kind}", epoch.base, bytes(epoch.log[:at]) + tail, owed)


def _moment(epoch: Epoch, chance: random.Random) -> int:
    """Any byte; more often than by chance one beside a frame's border, or in the log's own header."""
    anywhere = chance.randint(0, len(epoch.log))
    match chance.randrange(4):
        case 0:
            frames = max(0, anywhere - HEADER_BYTES) // FRAME_BYTES
            return max(0, min(len(epoch.log), HEADER_BYTES + frames * FRAME_BYTES + chance.randint(-1, 1)))
        case 1 if chance.random() < 0.2:
            return chance.randint(0, HEADER_BYTES)
        case _:
            return anywhere


def _tail(epoch: Epoch, at: int, chance: random.Random) -> tuple[str, bytes]:
    length = chance.randint(1, _LONGEST_TAIL_BYTES)
    match chance.randrange(5):
        case 0:
            return "nothing", b""
        case 1:
            return "zeros", bytes(length)
        case 2:
            return "garbage", chance.randbytes(length)
        case 3 if len(epoch.stale) > at:
            return "what was there before", epoch.stale[at:]
        case _:
            return "some of what was written", _torn(bytes(epoch.log[at : at + length]), epoch.stale[at:], chance)


def _torn(written: bytes, before: bytes, chance: random.Random) -> bytes:
    """Sectors of ``written``, of what was there before, or of garbage."""
    sectors = []
    for start in range(0, len(written), SECTOR_BYTES):
        new = written[start : start + SECTOR_BYTES]
        old = before[start : start + len(new)].ljust(len(new), b"\0")
        sectors.append(chance.choice((new, new, old, chance.randbytes(len(new)))))
    return b"".join(sectors)


def _mixed(new: bytes, old: bytes, chance: random.Random) -> bytes:
    """Sectors of both."""
    places = [slice(start, start + SECTOR_BYTES) for start in range(0, len(new), SECTOR_BYTES)]
    return b"".join(chance.choice((new, old))[place] for place in places)


def _torn_file(epoch: Epoch, chance: random.Random) -> bytes:
    """The file with some sectors of some of the pages that folding in writes."""
    pages = epoch.folded_pages()
    share = chance.random()
    written = {number: page for number, page in pages.items() if chance.random() < share}
    length = max([len(epoch.base), *(number * PAGE_BYTES for number in written)])
    file = bytearray(epoch.base.ljust(length, b"\0"))
    for number, page in written.items():
        place = slice((number - 1) * PAGE_BYTES, number * PAGE_BYTES)
        file[place] = page if chance.random() < 0.7 else _mixed(page, bytes(file[place]), chance)
    return bytes(file)


def problems_after(made: Cut, path: Path, scenario: Scenario) -> list[str]:
    """Put the files of a cut at ``path``, open them as a start would, and say what is wrong."""
    log = log_of(path)
    path.write_bytes(made.file)
    log.write_bytes(made.log)
    path.with_name(path.name + "-shm").unlink(missing_ok=True)
    try:
        probe(path, KEY)
        connection = open_connection(path, KEY, OpenOptions(), read_only=False)
        try:
            found = scenario.missing(connection, made.owed)
        finally:
            connection.close()
        verify_backup(path, KEY)
    except (HyperSpotError, sqlcipher.Error, OSError) as err:
        found = [f"does not open: {type(err).__name__}: {err}"]
    log.unlink(missing_ok=True)
    return [f"{made.kind}: {one}" for one in found]
