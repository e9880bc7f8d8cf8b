"""One executable, two lives: a child process if asked for one, the window otherwise."""

from __future__ import annotations

import sys

from modkit.children.entry import child_kind


def main() -> int:
    """Return the exit status of the window; a child never returns. Each life imports only what it needs."""
    kind = child_kind(sys.argv[1:])
    if kind is not None:
        from hyperspot_desktop.child_list import CHILD_KINDS
        from modkit.children.entry import main as child_main

        child_main(kind, CHILD_KINDS)
    from hyperspot_desktop.app import main as window_main

    return window_main()


if __name__ == "__main__":
    sys.exit(main())
