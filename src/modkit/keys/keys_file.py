"""The file that holds the wraps: written whole, durably and twice, because losing it loses everything."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from loguru import logger
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from modkit.keys.errors import KeysDamaged, KeysNotWritable
from modkit.keys.wraps import Wrap, WrapKind

_MAX_BYTES = 64 * 1024
_KEYRINGS = 3
"""So many keyrings lead to the key: one for each desktop session that is used in turn."""


class KeysFile(BaseModel):
    """``home_id`` names this home in the operating system's keyring; ``fingerprint`` tells the key from others.

    ``asks``: every start asks for the passphrase; then there is no wrap by keyring or file.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int = Field(default=1, ge=1, le=1)
    home_id: str = Field(pattern=r"^[0-9a-f]{16}$")
    fingerprint: str
    wraps: tuple[Wrap, ...]
    asks: bool = False

    def wrap(self, kind: WrapKind) -> Wrap | None:
        return next((wrap for wrap in self.wraps if wrap.kind == kind), None)

    def with_wrap(self, wrap: Wrap) -> KeysFile:
        """The same with this wrap instead of the one of its kind; the last few keyrings stay beside a new one."""
        others = self.without(wrap.kind).wraps
        if wrap.kind == "keyring":
            others += tuple(old for old in self.wraps if old.kind == "keyring")[1 - _KEYRINGS :]
        return self.model_copy(update={"wraps": (*others, wrap)})

    def without(self, kind: WrapKind) -> KeysFile:
        return self.model_copy(update={"wraps": tuple(wrap for wrap in self.wraps if wrap.kind != kind)})

    @property
    def kinds(self) -> tuple[WrapKind, ...]:
        return tuple(dict.fromkeys(wrap.kind for wrap in self.wraps))


def read_keys_file(path: Path) -> KeysFile | None:
    """The wraps, from the second copy when the first is damaged; None when there is neither.

    Raises:
        KeysDamaged: neither copy can be read.
    """
    copies = [copy for copy in (path, second_copy(path)) if copy.exists()]
    for copy in copies:
        try:
            with copy.open("rb") as file:
                return KeysFile.model_validate_json(file.read(_MAX_BYTES))
        except (ValidationError, OSError) as err:
            # The text of a validation error quotes the file's content.
            logger.warning("{} cannot be read ({})", copy.name, type(err).__name__)
    if copies:
        raise KeysDamaged(path)
    return None


def write_keys_file(path: Path, content: KeysFile) -> None:
    """
    Raises:
        KeysNotWritable: the old content is still there.
    """
    data = content.model_dump_json(indent=2, exclude_none=True).encode()
    # The second copy follows the first, so at any moment one of them is complete.
    for copy in (path, second_copy(path)):
        write_private(copy, data)


def write_private(path: Path, data: bytes) -> None:
    """Replace a file durably; only its owner may read it.

    Raises:
        KeysNotWritable: the file is as it was.
    """
    fresh = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as file:  # noqa: PTH123  # a descriptor, not a path
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _fsync_folder(path.parent)
    except OSError as err:
        raise KeysNotWritable(path.parent, err.strerror or str(err)) from err


def second_copy(path: Path) -> Path:
    return path.with_suffix(".copy.json")


def _fsync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
