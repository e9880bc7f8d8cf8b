"""The command line of hyperspot-server."""

from __future__ import annotations

import argparse
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

COMMANDS = ("run", "check", "migrate")


def parser() -> argparse.ArgumentParser:
    """All options; after parsing, ``command`` is one of ``COMMANDS``."""
    options = argparse.ArgumentParser(prog="hyperspot-server", description="Run HyperSpot's modules without a window.")
    options.add_argument("command", nargs="?", choices=COMMANDS, default="run", help="what to do (default: run)")
    options.add_argument("-c", "--config", type=Path, metavar="PATH", help="YAML file")
    options.add_argument("--home", type=Path, metavar="DIR", help="home directory, as --set server.home_dir=DIR")
    options.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="set one key, as a.b=c")
    options.add_argument("-p", "--port", type=_port, metavar="N", help="port of api-gateway.bind_addr")
    shown = options.add_mutually_exclusive_group()
    shown.add_argument("--print-config", action="store_true", help="print the effective configuration")
    shown.add_argument("--list-modules", action="store_true", help="print the names of the configured modules")
    shown.add_argument("--dump-modules-config-yaml", action="store_true", help="print the modules' sections as YAML")
    shown.add_argument("--dump-modules-config-json", action="store_true", help="print the modules' sections as JSON")
    options.add_argument("-v", action="count", default=0, dest="verbosity", help="log more (-vv: still more)")
    options.add_argument("-V", "--version", action="version", version=f"%(prog)s {_version()}")
    return options


def _port(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port from 1 to 65535")
    return number


def _version() -> str:
    try:
        return version("hyperspot-desktop")
    except PackageNotFoundError:
        return "0 (not installed)"
