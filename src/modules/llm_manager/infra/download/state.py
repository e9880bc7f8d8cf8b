"""What a partial download knows about itself: the sidecar file that makes it resumable."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from modules.llm_manager.infra.durable import part_path

_FORMAT = 1
_MOST_PIECES = 4_096


@dataclass(slots=True)
class Piece:
    """A range of the file, ``begin`` to ``end`` (exclusive), of which the first ``done`` bytes are on disk."""

    begin: int
    end: int
    done: int = 0

    @property
    def position(self) -> int:
        return self.begin + self.done

    @property
    def complete(self) -> bool:
        return self.position >= self.end


@dataclass(slots=True)
class PartialState:
    """Which bytes of which version of a remote file the partial file holds.

    ``validator`` is a strong ETag or a date; when it or the size differs, it is another file and nothing is reused.
    ``sha256`` is of the complete file, empty until it was checked: from then on a file of that content under the
    final name is this download's own.
    """

    address: str
    size_bytes: int
    validator: str
    pieces: list[Piece] = field(default_factory=list)
    sha256: str = ""

    @property
    def done_bytes(self) -> int:
        return sum(piece.done for piece in self.pieces)

    @property
    def frontier(self) -> int:
        """How many bytes from the start are there without a gap."""
        for piece in self.pieces:
            if not piece.complete:
                return piece.position
        return self.size_bytes

    def same_file(self, size_bytes: int, validator: str) -> bool:
        """Whether what is on disk can be continued; a server without validator is trusted by size alone.

        The hash, where one is known, still decides at the end.
        """
        return self.size_bytes == size_bytes and self.validator == validator


def new_state(address: str, size_bytes: int, validator: str, piece_bytes: int) -> PartialState:
    """Nothing fetched yet, cut into pieces of ``piece_bytes``."""
    pieces = [Piece(begin, min(begin + piece_bytes, size_bytes)) for begin in range(0, size_bytes, max(1, piece_bytes))]
    return PartialState(address, size_bytes, validator, pieces)


def state_path(target: Path) -> Path:
    return target.with_name(f"{target.name}.part.json")


def _fresh_path(target: Path) -> Path:
    """Where the next sidecar is written before it takes the place of the last."""
    return target.with_name(f"{state_path(target).name}.new")


def discard_partial(target: Path) -> None:
    """Remove the partial file and its sidecar; the sidecar first, it must never speak of bytes that are gone."""
    _fresh_path(target).unlink(missing_ok=True)
    state_path(target).unlink(missing_ok=True)
    part_path(target).unlink(missing_ok=True)


def save_state(target: Path, state: PartialState) -> None:
    """Durably replace the sidecar. Sync the data file before: the sidecar must not promise what a crash undoes."""
    path = state_path(target)
    temporary = _fresh_path(target)
    with temporary.open("w", encoding="utf-8") as stream:
        json.dump({"format": _FORMAT, **asdict(state)}, stream)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)


def load_state(target: Path) -> PartialState | None:
    """The sidecar when it is whole, sane and the data file is as long as it says; else None: start anew."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        data: dict[str, Any] = json.loads(state_path(target).read_text("utf-8"))
        if data.pop("format") != _FORMAT:
            return None
        pieces = [Piece(**piece) for piece in data.pop("pieces")]
        state = PartialState(**data, pieces=pieces)
        if _sane(state) and part_path(target).stat().st_size == state.size_bytes:
            return state
    return None


def finished_sha256(target: Path) -> str:
    """The content that a download which was about to publish says it has; empty when none says so."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        return str(json.loads(state_path(target).read_text("utf-8"))["sha256"])
    return ""


def _sane(state: PartialState) -> bool:
    """The pieces cover the file in order, without gap or overlap, and none claims more than itself."""
    position = 0
    for piece in state.pieces:
        if piece.begin != position or not 0 <= piece.done <= piece.end - piece.begin:
            return False
        position = piece.end
    return position == state.size_bytes
