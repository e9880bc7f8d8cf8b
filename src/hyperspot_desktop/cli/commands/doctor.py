"""``hyperspot doctor``: is this computer fit, and if not, what to do."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import shutil
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from hyperspot_desktop.cli.output import Output, size_text
from hyperspot_desktop.control import CommandIO
from hyperspot_desktop.instance import HomeHeld, HomeLock
from hyperspot_desktop.profile import resolve_home
from hyperspot_desktop.version import app_version
from modkit.errors import HyperSpotError
from modkit.security import SecurityContext

if TYPE_CHECKING:
    from modules.llm_manager.contract import EngineBuild

_LOW_DISK_BYTES = 2_000_000_000
"""Below this the smallest useful model no longer fits beside the database and its backups."""

_NAMED_PAGES = 8
_REPAIR = "Repair it: hyperspot doctor --repair"
_DEFAULT_MODELS = {"chat": "models.default_chat", "embedding": "models.default_embedder"}
_PACKAGES = ("PySide6-Essentials", "llama-cpp-python", "sqlcipher3", "SQLAlchemy", "keyring")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; ``action`` says what to do when the level is not ok."""

    subject: str
    level: Literal["ok", "warning", "problem"]
    text: str
    action: str = ""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("doctor", parents=[common], help="check this computer and the profile")
    parser.add_argument("--repair", action="store_true", help="repair a damaged database first; it is kept")
    parser.set_defaults(run_alone=run)


async def run(args: argparse.Namespace, io: CommandIO) -> int:
    """0 when nothing is a problem (warnings are allowed), else 1."""
    from modkit.keys.errors import PassphraseWanted

    home = resolve_home(args.home)
    out = Output(io, as_json=args.json)
    if args.repair:
        from hyperspot_desktop.cli.commands.repair import repair_home

        await repair_home(home, args, out)
    checks: tuple[Callable[[Path], Awaitable[list[Finding]]], ...] = (
        _environment,
        _disk,
        _sandbox,
        _keys,
        _pages,
        _profile,
    )
    findings: list[Finding] = []
    for check in checks:
        if check is _profile and any(one.subject == "database" and one.level == "problem" for one in findings):
            # Opening it would say the same once more, in the words of whoever stumbles over it first.
            findings.append(Finding("profile", "warning", "not opened, because its database is damaged"))
            continue
        try:
            findings += await check(home)
        except PassphraseWanted:
            said = "not looked into: only the passphrase or the recovery code opens it, as you chose"
            findings.append(Finding(check.__name__.strip("_"), "ok", said))
        except HyperSpotError as err:
            findings.append(Finding(check.__name__.strip("_"), "problem", err.sentence, err.action))
    out.json(findings)
    for finding in findings:
        out.line(f"{_MARKS[finding.level]} {finding.subject:<12} {finding.text}")
        if finding.action:
            out.line(f"  {'':<12} → {finding.action}")
    return 1 if any(finding.level == "problem" for finding in findings) else 0


_MARKS = {"ok": "✓", "warning": "!", "problem": "✗"}


async def _environment(home: Path) -> list[Finding]:
    system = f"{platform.system()} {platform.release()} {platform.machine()}, Python {platform.python_version()}"
    findings = [Finding("program", "ok", f"HyperSpot {app_version()} on {system}")]
    versions, missing = [], []
    for name in _PACKAGES:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    findings.append(Finding("packages", "ok", ", ".join(versions)))
    if missing and not getattr(sys, "frozen", False):
        findings.append(Finding("packages", "problem", f"missing: {', '.join(missing)}", "Run: python3 dev.py setup"))
    return findings


async def _disk(home: Path) -> list[Finding]:
    folder = next(path for path in (home, *home.parents) if path.exists())
    if not folder.is_dir():
        return [Finding("home", "problem", f"{folder} is not a folder", "Choose another folder with --home.")]
    free = (await asyncio.to_thread(shutil.disk_usage, folder)).free
    if not os.access(folder, os.W_OK):
        return [Finding("home", "problem", f"{folder} cannot be written", "Choose another folder with --home.")]
    if free < _LOW_DISK_BYTES:
        return [Finding("disk", "warning", f"{size_text(free)} free at {home}", "Free some space for models.")]
    return [Finding("disk", "ok", f"{size_text(free)} free at {home}")]


async def _sandbox(home: Path) -> list[Finding]:
    from modkit.children.probe import probe_sandbox

    report = await probe_sandbox((home,) if await asyncio.to_thread(home.exists) else ())
    if report.level == "full":
        return [Finding("sandbox", "ok", f"full: {', '.join(check.name for check in report.checks)} are refused")]
    text = f"{report.level}: possible in a child: {', '.join(check.name for check in report.failed) or 'unknown'}"
    return [
        Finding("sandbox", "warning", text, "Open only models and documents you trust; a newer system has more limits.")
    ]


async def _keys(home: Path) -> list[Finding]:
    from modkit.keys import KeyStore

    report = await KeyStore(home).report()
    level: Literal["ok", "warning"] = "warning" if report.action else "ok"
    return [Finding("key", level, report.sentence, report.action)]


async def _pages(home: Path) -> list[Finding]:
    """Check every page of the database as it lies there; what the program does by itself every night."""
    path = home / "hyperspot.db"
    if not path.exists():
        return []
    from modkit.db.recovery.pages import checked_pages
    from modkit.keys import KeyStore

    key = await KeyStore(home).open()
    try:
        with HomeLock(home, "command"):
            count, damaged = await asyncio.to_thread(checked_pages, path, key)
    except HomeHeld:
        return await asyncio.to_thread(_last_check, path)
    except OSError as err:
        return [Finding("database", "problem", f"{path} cannot be read: {err.strerror}", "Look at the disk.")]
    if not damaged:
        return [Finding("database", "ok", f"{path.name}: all {count} pages are what was written")]
    named = ", ".join(map(str, damaged[:_NAMED_PAGES])) + (" …" if len(damaged) > _NAMED_PAGES else "")
    found = f"{path.name} is damaged: {len(damaged)} of {count} pages ({named})"
    return [Finding("database", "problem", found, _REPAIR)]


def _last_check(path: Path) -> list[Finding]:
    from modkit.db.recovery.record_of_checks import last_check

    found = last_check(path)
    if found is None:
        return []
    if found.sound:
        return [Finding("database", "ok", f"{path.name}: {found.pages} pages checked {found.checked_at[:10]}")]
    what = f"pages {', '.join(map(str, found.bad_pages[:_NAMED_PAGES]))}" if found.bad_pages else found.fault
    return [Finding("database", "problem", f"{path.name} is damaged: {what}", f"Close the window. {_REPAIR}")]


async def _profile(home: Path) -> list[Finding]:
    """Open the home as the program would, unless somebody has it open already."""
    if not (home / "hyperspot.db").exists():
        return [Finding("profile", "ok", f"{home} is new: the first start fills it")]
    try:
        with HomeLock(home, "command"):
            return await _inside(home)
    except HomeHeld as err:
        return [Finding("profile", "ok", f"{err.sentence} It answers the other commands.")]


async def _inside(home: Path) -> list[Finding]:
    from hyperspot_desktop.bootstrap import open_host
    from modules.llm_manager.contract import LlmManagerClient, LoadState
    from modules.settings.contract import SettingsClient

    ctx = SecurityContext.local_user()
    async with open_host(home) as host:
        manager = host.client_hub.get(LlmManagerClient)
        models, builds = await manager.installed(ctx), await manager.engine_builds(ctx)
        settings = host.client_hub.get(SettingsClient)
        wanted = {purpose: str(await settings.get(ctx, key)) for purpose, key in _DEFAULT_MODELS.items()}
    findings = [Finding("profile", "ok", f"{home} opens"), *map(_engine, builds)]
    chat_models = [model for model in models if model.purpose == "chat" and model.state is not LoadState.MISSING]
    if not chat_models:
        findings.append(Finding("models", "problem", "no chat model is installed", "See: hyperspot models catalogue"))
    else:
        findings.append(Finding("models", "ok", ", ".join(model.id for model in models)))
    findings += [
        Finding("models", "warning", f"{model.path} is gone", f"hyperspot models remove {model.id}")
        for model in models
        if model.state is LoadState.MISSING
    ]
    findings += [
        Finding(
            "settings",
            "warning",
            f"{_DEFAULT_MODELS[purpose]} is {model_id}, and no such {purpose} model is here: another one is used",
            f"hyperspot settings set {_DEFAULT_MODELS[purpose]} MODEL",
        )
        for purpose, model_id in wanted.items()
        if model_id and model_id not in {model.id for model in models if model.purpose == purpose}
    ]
    return findings


def _engine(build: EngineBuild) -> Finding:
    if build.refused:
        again = f"Put a build that fits there, or remove the folder {build.folder}."
        return Finding("engine", "warning", f"{build.name} is not used: {build.refused}", again)
    devices = f" on {', '.join(build.devices)}" if build.devices else ""
    return Finding("engine", "ok", f"{build.name}{devices}" if build.chosen else f"{build.name} is not needed")
