"""Whether the last run of the window ended as it should, and a report when it did not."""

from __future__ import annotations

import json
import os
import platform
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hyperspot_desktop.crash.recorder import CrashRecorder, stamp
from hyperspot_desktop.crash.redaction import redact_report
from hyperspot_desktop.version import app_version
from modkit.stacks import native_lines

MARKER = Path("run") / "window-run.json"
FATAL_NOTE = "Error that ended the program"
_LONGEST_BYTES = 512 * 1024


@dataclass(frozen=True, slots=True)
class BadEnd:
    """The last run did not end by itself. ``crashed``: the program was at fault, and what it was doing is known.

    ``stopped``: it was ended from outside, or the computer stopped. ``report`` is redacted.
    """

    kind: Literal["crashed", "stopped"]
    report: str


class RunMarker:
    """``run/window-run.json`` is there while a window runs. Use it only with the home's lock held."""

    def __init__(self, home: Path, recorder: CrashRecorder) -> None:
        self._home = home
        self._path = home / MARKER
        self._recorder = recorder

    def begin(self) -> BadEnd | None:
        """This run begins; how the last one ended badly, or None."""
        last = self._read()
        faults = self._faults()
        bad_end = None if last is None and not faults else self._bad_end(last or {}, faults)
        self._write()
        self._recorder.tidy()
        return bad_end

    def end(self) -> None:
        """This run ends as it should."""
        with suppress(OSError):
            self._path.unlink()

    def _read(self) -> dict[str, str] | None:
        """The last run's marker; empty where it cannot be read, None where there is none."""
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            return {}
        return {str(name): str(value) for name, value in data.items()} if isinstance(data, dict) else {}

    def _write(self) -> None:
        about = {
            "run": self._recorder.run_id,
            "pid": os.getpid(),
            "started": stamp(),
            "version": app_version(),
            "system": f"{platform.system()} {platform.release()} {platform.machine()}",
            "python": platform.python_version(),
        }
        with suppress(OSError):
            fresh = self._path.with_suffix(".new")
            fresh.write_text(json.dumps(about), encoding="utf-8")
            fresh.replace(self._path)

    def _faults(self) -> list[Path]:
        """Crashes of native code that nobody has read yet. Files of runs without one are thrown away."""
        found: list[Path] = []
        with suppress(OSError):
            for path in sorted(self._recorder.folder.glob("*.fault")):
                if path == self._recorder.fault_path:
                    continue
                if path.stat().st_size > 0:
                    found.append(path)
                else:
                    path.unlink()
        return found

    def _bad_end(self, last: dict[str, str], faults: list[Path]) -> BadEnd:
        native = [line for path in faults for line in native_lines(_text_of(path))]
        notes = _text_of(self._recorder.folder / f"{Path(last.get('run', '')).name}.notes") if "run" in last else ""
        crashed = bool(native) or FATAL_NOTE in notes
        head = {
            "HyperSpot": last.get("version") or app_version(),
            "started": last.get("started", "not known"),
            "found": stamp(),
            "system": last.get("system", "not known"),
            "Python": last.get("python", "not known"),
            "end": "crashed" if crashed else "ended from outside, or the computer stopped",
        }
        parts = ["\n".join(f"{name}: {value}" for name, value in head.items())]
        if native:
            parts.append("Crash of native code:\n" + "\n".join(native).strip("\n"))
        if notes.strip():
            parts.append("Noted while it ran:\n" + notes.strip("\n"))
        report = redact_report("\n\n".join(parts) + "\n", self._home)
        self._keep(report, faults)
        return BadEnd("crashed" if crashed else "stopped", report)

    def _keep(self, report: str, faults: list[Path]) -> None:
        """The report takes the place of what it was made of."""
        with suppress(OSError):
            path = self._recorder.folder / f"{self._recorder.run_id}-last.report"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(report, encoding="utf-8")
            for fault in faults:
                fault.unlink()


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST_BYTES).decode("utf-8", errors="replace")
    except OSError:
        return ""
