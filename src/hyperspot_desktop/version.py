"""The version of the installed program."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def app_version() -> str:
    """The installed distribution's version; ``unknown`` in a tree that was never installed."""
    try:
        return version("hyperspot-desktop")
    except PackageNotFoundError:
        return "unknown"
