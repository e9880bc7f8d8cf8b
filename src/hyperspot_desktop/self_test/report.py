"""What a self-test found: one outcome per check, as text for people and as JSON for machines."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from hyperspot_desktop.version import app_version


class CheckFailed(Exception):
    """A check found something wrong; the message says what."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one check; ``detail`` is what was found, or what is wrong."""

    name: str
    ok: bool
    detail: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Report:
    """All outcomes, in the order of the checks."""

    outcomes: tuple[Outcome, ...]

    @property
    def ok(self) -> bool:
        return all(outcome.ok for outcome in self.outcomes)

    def to_plain(self) -> dict[str, object]:
        """What ``--json`` prints."""
        return {
            "ok": self.ok,
            "version": app_version(),
            "frozen": bool(getattr(sys, "frozen", False)),
            "seconds": round(sum(outcome.seconds for outcome in self.outcomes), 2),
            "checks": [asdict(outcome) for outcome in self.outcomes],
        }

    def lines(self) -> list[str]:
        """What people read."""
        marks = {True: "✓", False: "✗"}
        lines = [f"{marks[one.ok]} {one.name:<10} {one.detail} ({one.seconds:.1f} s)" for one in self.outcomes]
        return [*lines, "Everything works." if self.ok else "Something is missing: install the program again."]


def attempt(name: str, check: Callable[[], str]) -> Outcome:
    """Run one check; whatever it raises becomes its outcome, because a broken installation can break anywhere."""
    started = time.monotonic()
    try:
        ok, detail = True, check()
    except CheckFailed as failure:
        ok, detail = False, str(failure)
    except Exception as error:
        ok, detail = False, f"{type(error).__name__}: {error}"
    return Outcome(name, ok, detail, round(time.monotonic() - started, 2))
