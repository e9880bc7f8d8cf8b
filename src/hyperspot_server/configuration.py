"""From the command line's options to the effective configuration."""

from __future__ import annotations

import argparse

from modkit.config import AppConfig, load_config, parse_override
from modkit.telemetry import with_verbosity

GATEWAY = "api-gateway"
_DEFAULT_HOST = "127.0.0.1"


def load(options: argparse.Namespace) -> AppConfig:
    """Defaults, file, environment, then the options.

    Raises:
        ConfigError: the file, a variable or an option is wrong.
    """
    overrides: dict[str, object] = dict(parse_override(text) for text in options.set)
    if options.home is not None:
        overrides["server"] = {"home_dir": str(options.home)}
    # check and the listings only look: they leave no directory behind.
    looks_only = options.command == "check" or listing_of(options) is not None
    config = load_config(options.config, overrides=overrides, create_home=not looks_only)
    if options.port is not None:
        overrides["modules"] = {GATEWAY: {"config": {"bind_addr": _with_port(config, options.port)}}}
        config = load_config(options.config, overrides=overrides, create_home=not looks_only)
    return with_verbosity(config, options.verbosity)


def listing_of(options: argparse.Namespace) -> str | None:
    """The option that asks to print something instead of running; None when there is none."""
    names = ("print_config", "list_modules", "dump_modules_config_yaml", "dump_modules_config_json")
    return next((name for name in names if getattr(options, name)), None)


def _with_port(config: AppConfig, port: int) -> str:
    address = (config.module_config(GATEWAY) or {}).get("bind_addr")
    host = address.rpartition(":")[0] if isinstance(address, str) else ""
    return f"{host or _DEFAULT_HOST}:{port}"
