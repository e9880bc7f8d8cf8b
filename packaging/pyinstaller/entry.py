"""The start of the frozen program: one executable that is the window, the terminal program, the server or a child.

Which one it is says the name that it was started by, so that all of them share one file and every child is
``--child=KIND`` of that same file.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_CHILD_FLAG = "--child="
_LOCKED_IN = "--locked-in"
"""Give up rights, then become a program of the system: see modules.file_parser.infra.ocr.launcher."""


def _restore_library_path() -> None:
    """Give programs of the system their own libraries back: the bootloader put ours in front, and kept what was there.

    This process's loader read the variable when it started, so nothing changes for us.
    """
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)


def _interpret_scripts() -> None:
    """On macOS, where a program that writes machine code needs an entitlement: ours gets by without."""
    if sys.platform == "darwin":
        os.environ.setdefault("QV4_FORCE_INTERPRETER", "1")


def _name() -> str:
    return Path(sys.argv[0]).stem


def main() -> int | None:
    """The exit status; a child never returns."""
    _restore_library_path()
    _interpret_scripts()
    if len(sys.argv) == 2 and sys.argv[1].startswith(_CHILD_FLAG):
        from hyperspot_desktop.__main__ import main as child_or_window

        return child_or_window()
    if sys.argv[1:2] == [_LOCKED_IN]:
        from modules.file_parser.infra.ocr.launcher import main as locked_in

        return locked_in(sys.argv[2:])
    if _name() == "hyperspot":
        from hyperspot_desktop.cli.__main__ import main as terminal

        return terminal()
    if _name() == "hyperspot-server":
        from hyperspot_server.main import main as server

        return server()
    from hyperspot_desktop.__main__ import main as window

    return window()


if __name__ == "__main__":
    sys.exit(main())
