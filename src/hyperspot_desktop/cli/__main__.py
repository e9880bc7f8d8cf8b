"""The start of ``hyperspot``: Ctrl+C ends it silently even while Python still imports the program."""

from __future__ import annotations

import gc
import os
import signal

INTERRUPTED = 130
"""As in ``session``, which stands behind imports that this must not wait for."""


def main() -> None:
    """The console script."""
    # Nothing of what imports make can be thrown away, and looking for it is a fifth of a start; open_host looks again.
    gc.disable()
    # Until the program minds the signal itself there is nothing to put away.
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    from hyperspot_desktop.cli import main as program

    program.main()


if __name__ == "__main__":
    main()
