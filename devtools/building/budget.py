"""What the installed program may weigh, and where its weight lies."""

from __future__ import annotations

from pathlib import Path

from devtools.console import Console
from devtools.errors import SetupError

INSTALLED_LIMIT_BYTES = 260_000_000
DEB_LIMIT_BYTES = 75_000_000
_SHOWN = 25


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files below a folder; a link weighs nothing."""
    if path.is_symlink():
        return 0
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file() and not file.is_symlink())


def biggest(program: Path, count: int = _SHOWN) -> list[tuple[str, int]]:
    """The heaviest parts of the frozen program, heaviest first."""
    parts = [*program.iterdir(), *(program / "_internal").iterdir()]
    sizes = [(part.name, size_of(part)) for part in parts if part.name != "_internal"]
    return sorted(sizes, key=lambda one: (-one[1], one[0]))[:count]


def print_sizes(console: Console, program: Path) -> None:
    """A table of the heaviest parts."""
    total = size_of(program)
    for name, size in biggest(program):
        console.say(f"  {size / 1e6:7.1f} MB  {name}")
    console.say(f"  {total / 1e6:7.1f} MB  in all (budget {INSTALLED_LIMIT_BYTES / 1e6:.0f} MB)")


def hold(what: str, size: int, limit: int) -> None:
    """
    Raises:
        SetupError: it is too big.
    """
    if size > limit:
        raise SetupError(
            f"{what} has {size / 1e6:.1f} MB, more than the {limit / 1e6:.0f} MB that it may have.",
            "Find what grew in the table above, or build with --over-budget to look at it all the same.",
        )
