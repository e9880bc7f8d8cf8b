"""Bring up a desktop profile: configuration, log, key, encrypted store, modules; for the window and the CLI alike.

Importing this costs half a second (SQLAlchemy, pydantic): the window does so on its host thread, after the first frame.
"""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from loguru import logger

from hyperspot_desktop.module_list import MODULES
from hyperspot_desktop.profile import resolve_home
from modkit.cancellation import cancel_and_wait
from modkit.config.defaults import desktop_defaults
from modkit.config.layers import merge, parse_override
from modkit.config.load import load_config
from modkit.config.models import AppConfig
from modkit.db import DatabaseFile, utc_now
from modkit.db.errors import DamagedDatabase
from modkit.db.provider import SqlCipherProvider
from modkit.db.recovery.record_of_checks import CheckResult, remember_check
from modkit.db.recovery.watch import IntegrityWatch
from modkit.errors import HyperSpotError
from modkit.host import Host
from modkit.keys import KeyStore
from modkit.phases import PhaseFailed
from modkit.telemetry import setup_logging

_QUIET_CONSOLE = {"logging": {"default": {"console_level": "warn"}}}
"""A command's stderr is for the person who typed it; the log file has the rest."""


def load_desktop_config(
    home: Path | str | None = None,
    config_file: Path | str | None = None,
    overrides: Sequence[str] = (),
    *,
    create_home: bool = True,
) -> AppConfig:
    """The desktop's configuration; ``overrides`` are ``a.b=c`` texts. Reads files: call it on a thread.

    Raises:
        ConfigError: a file, variable or override is wrong; the sentence names the key's path.
    """
    changes: dict[str, str] = dict(parse_override(text) for text in overrides)
    if home is not None or config_file is None:
        changes["server.home_dir"] = str(resolve_home(str(home) if home is not None else None))
    return load_config(
        Path(config_file) if config_file is not None else None,
        overrides=changes,
        defaults=merge(desktop_defaults(MODULES), _QUIET_CONSOLE),
        create_home=create_home,
    )


@asynccontextmanager
async def open_host(
    home: Path,
    *,
    config_file: Path | str | None = None,
    overrides: Sequence[str] = (),
    keys: KeyStore | None = None,
) -> AsyncIterator[Host]:
    """A running host on ``home``, stopped on exit. The caller holds the home's lock.

    ``keys``: the home's key store, for a caller that wants to know of a fresh recovery code even if the start fails.

    Raises:
        HyperSpotError: what stopped the start, as its origin said it (a wrong key, a damaged file, a bad setting).
    """
    config = await asyncio.to_thread(load_desktop_config, home, config_file, overrides)
    with await asyncio.to_thread(setup_logging, config):
        keys = keys or KeyStore(config.home)
        with _uncollected_start() as started:
            host, databases = await _started(config, keys)
            watching = asyncio.create_task(IntegrityWatch(lambda: databases.files, _say).run(), name="integrity watch")
            started()
            try:
                yield host
            finally:
                await cancel_and_wait(watching)
                await host.stop()


async def _started(config: AppConfig, keys: KeyStore) -> tuple[Host, SqlCipherProvider]:
    """A started host. Damage that shows only while the modules start is repaired, once, and they start again."""
    try:
        return await _start(config, keys)
    except DamagedDatabase as err:
        if config.database is not None and not config.database.auto_repair:
            raise
        found = CheckResult(utc_now().isoformat(), 0, fault=err.sentence)
        await asyncio.to_thread(remember_check, err.path, found)
        return await _start(config, keys)


async def _start(config: AppConfig, keys: KeyStore) -> tuple[Host, SqlCipherProvider]:
    databases = SqlCipherProvider(keys, config.home)
    host = Host(
        config,
        list(MODULES.values()) if getattr(sys, "frozen", False) else None,
        databases=databases,
        clients=[(KeyStore, keys), (SqlCipherProvider, databases)],
    )
    try:
        await host.start()
    except PhaseFailed as err:
        if (damage := _damage_behind(err)) is not None:
            raise damage from err
        if isinstance(err.__cause__, HyperSpotError):
            raise err.__cause__ from err
        raise
    return host, databases


def _damage_behind(err: BaseException | None) -> DamagedDatabase | None:
    while err is not None and not isinstance(err, DamagedDatabase):
        err = err.__cause__
    return err


def _say(file: DatabaseFile, found: CheckResult) -> None:
    pages = ", ".join(map(str, found.bad_pages)) or found.fault
    logger.error("{} is damaged ({}): start HyperSpot again, and it is repaired.", file.path.name, pages)


@contextmanager
def _uncollected_start() -> Iterator[Callable[[], None]]:
    """Keep the collector from going again and again over what lives as long as the program; gives what ends the start.

    Those hundreds of thousands of objects cost a tenth of a second each time, in which no thread moves. So nothing is
    collected until all of them are there, and then they are left out: the little garbage of the start may stay.
    """
    gc.disable()

    def started() -> None:
        gc.freeze()
        gc.enable()

    try:
        yield started
    finally:
        gc.enable()
        gc.unfreeze()
