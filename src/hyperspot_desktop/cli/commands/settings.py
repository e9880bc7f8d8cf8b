"""``hyperspot settings``: read and change settings."""

from __future__ import annotations

import argparse

from hyperspot_desktop.cli.session import CommandSession
from modules.settings.contract import Setting, SettingsClient, UnknownSetting


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    group = commands.add_parser("settings", parents=[common], help="read and change settings")
    verbs = group.add_subparsers(title="verbs", required=True, metavar="VERB")
    get = verbs.add_parser("get", parents=[common], help="all settings, or one")
    get.add_argument("key", nargs="?")
    get.set_defaults(run=run_get)
    set_ = verbs.add_parser("set", parents=[common], help="change one")
    set_.add_argument("key")
    set_.add_argument("value")
    set_.set_defaults(run=run_set)


def _line(setting: Setting) -> tuple[str, str, str]:
    unit = f" {setting.spec.unit}" if setting.spec.unit else ""
    default = "" if setting.is_default else f" (default {_shown(setting.spec.default)}{unit})"
    return setting.spec.key, f"{_shown(setting.value)}{unit}{default}", setting.spec.title


def _shown(value: object) -> str:
    """As one types it."""
    return {True: "on", False: "off"}[value] if isinstance(value, bool) else str(value)


async def run_get(session: CommandSession, args: argparse.Namespace) -> int:
    client = session.hub.get(SettingsClient)
    settings = await client.all(session.ctx)
    if args.key is not None:
        # Asking the client first gives its error, with suggestions, for a key nobody declared.
        await client.get(session.ctx, args.key)
        settings = [one for one in settings if one.spec.key == args.key]
        if not settings:
            raise UnknownSetting(args.key)
    session.out.json(settings)
    session.out.table(("key", "value", "what it is"), [_line(one) for one in settings])
    return 0


async def run_set(session: CommandSession, args: argparse.Namespace) -> int:
    setting = await session.hub.get(SettingsClient).set(session.ctx, args.key, args.value)
    session.out.json(setting)
    session.out.line(f"{setting.spec.key} = {_shown(setting.value)}")
    return 0
