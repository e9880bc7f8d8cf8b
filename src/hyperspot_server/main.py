"""The entry of hyperspot-server: print something, or check, migrate or run."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Mapping, Sequence

from hyperspot_server.configuration import listing_of, load
from hyperspot_server.options import parser
from modkit.config import AppConfig
from modkit.config.render import effective_modules, render_effective
from modkit.config.yaml import to_yaml
from modkit.errors import HyperSpotError
from modkit.home_lock import HomeLock
from modkit.host import Host
from modkit.telemetry import setup_logging


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code: 0, or 1 with the reason on stderr. Wrong options end the process with 2."""
    options = parser().parse_args(arguments)
    try:
        return _dispatch(options, load(options))
    except HyperSpotError as err:
        print(f"Error: {err.sentence}", file=sys.stderr)
        if err.action:
            print(err.action, file=sys.stderr)
        return 1


def _dispatch(options: argparse.Namespace, config: AppConfig) -> int:
    listing = listing_of(options)
    if listing is not None:
        print(_LISTINGS[listing](config).rstrip("\n"))
        return 0
    return _COMMANDS[options.command](config)


def _effective(config: AppConfig) -> str:
    return f"Effective configuration:\n{render_effective(config)}"


def _module_names(config: AppConfig) -> str:
    names = sorted(config.modules)
    return "\n".join([f"Configured modules ({len(names)}):", *(f"  - {name}" for name in names)])


def _modules_as_yaml(config: AppConfig) -> str:
    return to_yaml(effective_modules(config))


def _modules_as_json(config: AppConfig) -> str:
    return json.dumps(effective_modules(config), indent=2, ensure_ascii=False)


def _check(config: AppConfig) -> int:
    effective_modules(config)  # resolves every module's database, which is where contradictions show
    print(f"Configuration is valid\n{render_effective(config)}", end="")
    return 0


def _migrate(config: AppConfig) -> int:
    with HomeLock(config.home, "server"), setup_logging(config):
        asyncio.run(_host(config).migrate())
    print("[OK] Database migrations completed successfully")
    return 0


def _run(config: AppConfig) -> int:
    with HomeLock(config.home, "server"), setup_logging(config):
        asyncio.run(_host(config).run())
    return 0


def _host(config: AppConfig) -> Host:
    # Here, not above: listings and checks need no database library, which takes half a second to import.
    from modkit.db.provider import SqlCipherProvider
    from modkit.keys import KeyStore

    keys = KeyStore(config.home)
    databases = SqlCipherProvider(keys, config.home)
    return Host(config, databases=databases, clients=[(KeyStore, keys), (SqlCipherProvider, databases)])


_LISTINGS: Mapping[str, Callable[[AppConfig], str]] = {
    "print_config": _effective,
    "list_modules": _module_names,
    "dump_modules_config_yaml": _modules_as_yaml,
    "dump_modules_config_json": _modules_as_json,
}
_COMMANDS: Mapping[str, Callable[[AppConfig], int]] = {"run": _run, "check": _check, "migrate": _migrate}
