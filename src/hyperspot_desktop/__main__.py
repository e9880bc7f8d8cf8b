"""One executable, three lives: a child process or a test of itself if asked for one, the window otherwise."""

from __future__ import annotations

import sys

_CHILD_FLAG = "--child="
_SELF_TEST_FLAG = "--self-test"


def main() -> int:
    """Return the exit status; a child never returns. Each life imports only what it needs."""
    if len(sys.argv) == 2 and sys.argv[1].startswith(_CHILD_FLAG):
        from hyperspot_desktop.child_list import CHILD_KINDS
        from modkit.children.entry import main as child_main

        child_main(sys.argv[1].removeprefix(_CHILD_FLAG), CHILD_KINDS)
    if _SELF_TEST_FLAG in sys.argv[1:]:
        from hyperspot_desktop.self_test.run import main as self_test_main

        return self_test_main(sys.argv[1:])
    from hyperspot_desktop.app import main as window_main

    return window_main()


if __name__ == "__main__":
    sys.exit(main())
