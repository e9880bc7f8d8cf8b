"""Asks a person for a passphrase or recovery code: at the terminal unseen, in a pipe line by line."""

from __future__ import annotations

import asyncio
import getpass
import sys
from typing import TYPE_CHECKING

from hyperspot_desktop.cli.session import UsageError

if TYPE_CHECKING:
    from modkit.keys import KeyStore

TRIES = 3


def at_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


async def asked(prompt: str) -> str:
    """What was typed, or the next line of the pipe.

    Raises:
        UsageError: nothing was.
    """
    typed = await asyncio.to_thread(_typed, prompt)
    if not typed:
        raise UsageError(f"Nothing was given for: {prompt}.", action="Type it, or pipe it in, one line for each.")
    return typed


def _typed(prompt: str) -> str:
    if at_terminal():
        return getpass.getpass(f"{prompt}: ")
    return sys.stdin.readline().rstrip("\r\n")


async def unlocked(keys: KeyStore) -> None:
    """Open the key, asking for passphrase or recovery code where nothing else leads to it.

    Raises:
        KeyUnavailable, WrongPassphrase, InvalidRecoveryCode: it stays locked.
    """
    from modkit.keys.errors import InvalidRecoveryCode, KeyUnavailable, WrongPassphrase

    try:
        await keys.open()
        return
    except KeyUnavailable as locked:
        if not {"passphrase", "recovery"} & set(locked.wraps):
            raise
        sys.stderr.write(f"{locked.sentence}\n")
    for tries_left in reversed(range(TRIES if at_terminal() else 1)):
        try:
            await keys.unlock(await asked("Passphrase or recovery code"))
            return
        except (WrongPassphrase, InvalidRecoveryCode) as err:
            if not tries_left:
                raise
            sys.stderr.write(f"{err.sentence}\n")
