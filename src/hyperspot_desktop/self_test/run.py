"""The checks in their order, and the program that runs them."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from hyperspot_desktop.self_test.report import Outcome, Report, attempt

FLAG = "--self-test"


def main(argv: Sequence[str]) -> int:
    """0 when everything works, 1 when something does not."""
    parser = argparse.ArgumentParser(prog="hyperspot-desktop", description="Test this installation.")
    parser.add_argument(FLAG, action="store_true", help="test this installation: no window, no network")
    parser.add_argument("--json", action="store_true", help="print the outcome as JSON")
    arguments = parser.parse_args(argv)
    # What the checks log and what libraries mutter is of interest only when something is wrong.
    muttered = io.StringIO()
    with contextlib.redirect_stderr(muttered):
        report = run_checks()
    if not report.ok:
        sys.stderr.write(muttered.getvalue())
    lines = [json.dumps(report.to_plain(), ensure_ascii=False, indent=2)] if arguments.json else report.lines()
    for line in lines:
        sys.stdout.write(f"{line}\n")
    return 0 if report.ok else 1


def run_checks() -> Report:
    """All of them, whatever the ones before said; in a folder that is gone afterwards."""
    from hyperspot_desktop.self_test.imports import check_imports
    from hyperspot_desktop.self_test.pages import check_pages
    from hyperspot_desktop.self_test.profile import TemporaryProfile
    from hyperspot_desktop.self_test.system import check_keyring, check_sandbox

    with tempfile.TemporaryDirectory(prefix="hyperspot-self-test-") as folder:
        home = Path(folder) / "home"
        home.mkdir(mode=0o700)
        profile = TemporaryProfile(home)
        checks: tuple[tuple[str, Callable[[], str]], ...] = (
            ("pages", check_pages),
            ("imports", check_imports),
            ("keyring", check_keyring),
            ("sandbox", lambda: check_sandbox(home)),
            ("storage", profile.check_storage),
            ("documents", profile.check_documents),
            ("search", profile.check_search),
            ("engine", profile.check_engine),
        )
        outcomes: list[Outcome] = [attempt(name, check) for name, check in checks]
    return Report(tuple(outcomes))
