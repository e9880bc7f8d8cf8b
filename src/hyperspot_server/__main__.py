"""``python -m hyperspot_server``: the same as the console script."""

from __future__ import annotations

import sys

from hyperspot_server.main import main

if __name__ == "__main__":
    sys.exit(main())
