"""Follows a database in write-ahead mode: what its log held whenever something was acknowledged."""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass, field
from pathlib import Path

from modkit.db.connect import PAGE_BYTES, log_of
from tests.faults.harness.scenario import Fact

HEADER_BYTES = 32
FRAME_HEADER_BYTES = 24
FRAME_BYTES = FRAME_HEADER_BYTES + PAGE_BYTES


@dataclass
class Epoch:
    """From one folding in of the log to the next.

    ``base`` is the file, which does not change meanwhile; ``log`` what was appended; ``facts`` with the length of the
    log at which each was acknowledged; ``stale`` what lies behind the log's end from the epoch before.
    """

    base: bytes
    log: bytearray
    stale: bytes = b""
    facts: list[tuple[int, Fact]] = field(default_factory=list)

    def folded_pages(self) -> dict[int, bytes]:
        """The pages, numbered from 1, that folding the log in would write."""
        pages: dict[int, bytes] = {}
        waiting: dict[int, bytes] = {}
        for at in range(HEADER_BYTES, len(self.log) - FRAME_BYTES + 1, FRAME_BYTES):
            number, commit = struct.unpack_from(">II", self.log, at)
            waiting[number] = bytes(self.log[at + FRAME_HEADER_BYTES : at + FRAME_BYTES])
            if commit:
                pages |= waiting
                waiting = {}
        return pages


class Recorder:
    """Looks at the log at every acknowledgement, in the process that writes it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.epochs: list[Epoch] = []

    def acknowledged(self, fact: Fact) -> None:
        """Remember it with what is in the log now; a fact before the first log needs none."""
        self._look()
        if self.epochs:
            self.epochs[-1].facts.append((len(self.epochs[-1].log), fact))

    def save(self, target: Path) -> None:
        target.write_bytes(pickle.dumps(self.epochs))

    def _look(self) -> None:
        try:
            file = log_of(self._path).open("rb")
        except FileNotFoundError:
            return
        with file:
            header = file.read(HEADER_BYTES)
            if len(header) < HEADER_BYTES:
                return
            if not self.epochs or bytes(self.epochs[-1].log[:HEADER_BYTES]) != header:
                stale = bytes(self.epochs[-1].log) if self.epochs else b""
                self.epochs.append(Epoch(self._path.read_bytes(), bytearray(header), stale))
            log = self.epochs[-1].log
            file.seek(len(log))
            while len(frame := file.read(FRAME_BYTES)) == FRAME_BYTES and frame[8:16] == header[16:24]:
                log += frame


def load_epochs(path: Path) -> list[Epoch]:
    """What ``Recorder.save`` wrote."""
    epochs: list[Epoch] = pickle.loads(path.read_bytes())
    return epochs
