"""The window's program: shows the first frame with Qt alone, then opens the profile on the host thread."""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hyperspot_desktop.instance import HomeHeld, HomeLock, HomeNotWritable
from hyperspot_desktop.profile import resolve_home

if TYPE_CHECKING:
    from hyperspot_desktop.crash.care import CrashCare

_started_at = time.monotonic()
FIRST_FRAME_PATIENCE_MS = 1_000
"""The host starts after the first frame, or after this time where no frame is drawn (a minimised window)."""


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="hyperspot-desktop", description="Chat with local models, offline.")
    parser.add_argument("file", nargs="?", type=Path, help="a model (GGUF) that you have, to use it")
    parser.add_argument("--home", metavar="DIR", help="the folder of the profile (default: ~/.hyperspot)")
    parser.add_argument("--config", metavar="FILE", type=Path, help="a configuration file (YAML)")
    parser.add_argument(
        "--set",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        dest="overrides",
        help="override one configuration value",
    )
    parser.add_argument(
        "--time-start", action="store_true", help="show the window, say how long that took, and close it again"
    )
    return parser.parse_args(argv)


def _shown_elsewhere(home: Path, file: str) -> bool:
    """Whether another window holds the home; it is brought to the front, and gets the file."""
    try:
        with HomeLock(home, "window"):
            return False
    except HomeNotWritable:
        return False  # the window says so, with what to do
    except HomeHeld as held:
        if held.holder.get("role") != "window":
            return False
    import asyncio

    from hyperspot_desktop.control import activate

    try:
        return asyncio.run(activate(home, file))
    except OSError:
        return False


def main(argv: Sequence[str] | None = None) -> int:
    """Show the window until it is closed; the exit status."""
    arguments = _arguments(argv)
    home = resolve_home(arguments.home)
    # The other window was started in another folder.
    file = "" if arguments.file is None else str(arguments.file.absolute())
    if _shown_elsewhere(home, file):
        print("HyperSpot is open already; its window was brought to the front.", file=sys.stderr)
        return 0
    from hyperspot_desktop.crash.care import CrashCare

    care = CrashCare(home)
    care.start()
    try:
        return _show(home, arguments, file, care)
    except Exception as error:
        care.recorder.note_error("the start or the end of the window", error, fatal=True)
        raise
    finally:
        care.close()


def _show(home: Path, arguments: argparse.Namespace, file: str, care: CrashCare) -> int:
    # Nothing of what imports make can be thrown away, and looking for it is a fifth of a start; open_host looks again.
    gc.disable()
    from hyperspot_desktop.window import lean_imports

    lean_imports.install()
    from PySide6.QtGui import QGuiApplication

    from hyperspot_desktop.window.program import Program
    from hyperspot_desktop.window.real_host import Profile

    application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    assert isinstance(application, QGuiApplication)
    program = Program(application, Profile(home, arguments.config, tuple(arguments.overrides), care=care))
    if arguments.time_start:
        return _tell_start(program.run_to_first_frame())
    program.open_file(file)
    return program.run(FIRST_FRAME_PATIENCE_MS)


def _tell_start(shown_at: float) -> int:
    """``shown_at``: seconds of the same clock as ``_started_at``."""
    print(f"The first frame was there {shown_at - _started_at:.3f} s after the program's first line.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
