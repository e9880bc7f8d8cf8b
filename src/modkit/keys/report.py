"""How the data key is protected, for doctor, the window and logs; contains no secrets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Storage = Literal["keyring", "file", "none"]


@dataclass(frozen=True, slots=True)
class KeyReport:
    """``storage`` is where a start without questions takes the key from.

    ``wraps`` are the kinds of ways to the key. ``keyring_name`` is None when no keyring can be used; then
    ``keyring_problem`` says why. ``plain_file`` is the key file where no keyring could be used. ``asks``: every start
    asks for the passphrase. ``code_kept``: the user said that the recovery code is kept somewhere. ``sentence`` and
    ``action`` are for people; no action means all is well.
    """

    exists: bool
    storage: Storage
    wraps: tuple[str, ...]
    keyring_name: str | None
    keyring_problem: str | None
    sentence: str
    action: str = ""
    plain_file: Path | None = None
    asks: bool = False
    code_kept: bool = False
