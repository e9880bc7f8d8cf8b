"""One executable, two lives: a child process if asked for one, the window otherwise."""

from __future__ import annotations

import sys

_CHILD_FLAG = "--child="


def main() -> int:
    """Return the exit status of the window; a child never returns. Each life imports only what it needs."""
    if len(sys.argv) == 2 and sys.argv[1].startswith(_CHILD_FLAG):
        from hyperspot_desktop.child_list import CHILD_KINDS
        from modkit.children.entry import main as child_main

        child_main(sys.argv[1].removeprefix(_CHILD_FLAG), CHILD_KINDS)
    from hyperspot_desktop.app import main as window_main

    return window_main()


if __name__ == "__main__":
    sys.exit(main())
