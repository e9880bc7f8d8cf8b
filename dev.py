"""The one entry for people and CI: run, test, check, faults, bench, shots, build, setup. Standard library only."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python gets to read
    sys.exit("HyperSpot Desktop needs Python 3.11 or newer, and this is Python %d.%d." % sys.version_info[:2])  # noqa: UP031 - older Pythons have no f-strings

from devtools.verbs import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
