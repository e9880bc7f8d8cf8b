"""All parsers: those that are built in, and those of other packages that are installed beside us."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from loguru import logger

from modules.file_parser.infra.catalogue import PLUGINS
from modules.file_parser.infra.plugin import ParserPlugin

GROUP = "hyperspot.parsers"
"""Each entry point of this group is a ``ParserPlugin``, in a module that imports no library: the entry it names is
loaded in the child, with the first document."""


@cache
def installed_plugins() -> tuple[ParserPlugin, ...]:
    """The built-in ones first; one that cannot be loaded, or takes an id that is taken, is left out."""
    found = list(PLUGINS)
    taken = {plugin.id for plugin in found}
    for point in entry_points(group=GROUP):
        try:
            plugin = point.load()
        except Exception as err:  # another package's code: whatever it raises, it must not stop ours
            _warn(point.name, f"it cannot be loaded ({type(err).__name__})")
            continue
        if isinstance(plugin, ParserPlugin) and plugin.id not in taken:
            found.append(plugin)
            taken.add(plugin.id)
        else:
            _warn(point.name, "it is none, or has the id of another")
    return tuple(found)


def _warn(name: str, reason: str) -> None:
    # Loaded only now: this is the first thing that every child does.

    logger.bind(parser=name, reason=reason).warning("A parser is left out")
