"""Every module of ours can be imported, so nothing that it needs was left out of the build."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Iterable, Iterator

from hyperspot_desktop.child_list import CHILD_KINDS
from hyperspot_desktop.module_list import MODULES
from hyperspot_desktop.self_test.report import CheckFailed

PACKAGES = ("modkit", "modules", "hyperspot_desktop", "hyperspot_server")
_ONLY_IN_CHECKOUTS = (
    "hyperspot_desktop.demo",
    "hyperspot_desktop.shots",
    "modules.llm_manager.infra.conversion",
    "modules.llm_manager.starter",
    # A plugin for servers, whose library comes with the extra of its name.
    "modules.local_search_index.infra.qdrant",
)
_ONLY_IN_CHILDREN = (
    # Load native code that the program's own process stays free of; the other checks start those children.
    "modules.llm_manager.infra.llama_cpp",
    "modules.llm_manager.infra.onnx_runtime",
)
_OF_OTHER_SYSTEMS = {
    "modkit.children.windows_job": "win32",
    "modkit.children.sandbox.landlock": "linux",
    "modkit.children.sandbox.seccomp": "linux",
}


def check_imports() -> str:
    """Import them all.

    Raises:
        CheckFailed: naming what cannot be imported, and why.
    """
    count, broken = 0, []
    for name in module_names():
        try:
            importlib.import_module(name)
            count += 1
        except Exception as error:  # whatever a module does while it is imported
            broken.append(f"{name} ({type(error).__name__}: {error})")
    listed = {target.partition(":")[0] for target in (*MODULES.values(), *CHILD_KINDS.values())}
    broken += [f"{name} is not there" for name in sorted(listed) if importlib.util.find_spec(name) is None]
    if broken:
        raise CheckFailed("; ".join(broken))
    return f"{count} modules"


def module_names() -> Iterator[str]:
    """Names of our modules that this process may import, parents first."""
    for package in PACKAGES:
        root = importlib.import_module(package)
        yield package
        yield from _below(root.__path__, f"{package}.")


def _below(path: Iterable[str], prefix: str) -> Iterator[str]:
    # Not walk_packages: that imports every package that it looks into, also those that are left out here.
    for found in pkgutil.iter_modules(path, prefix):
        if _left_out(found.name):
            continue
        yield found.name
        if found.ispkg:
            yield from _below(importlib.import_module(found.name).__path__, f"{found.name}.")


def _left_out(name: str) -> bool:
    within = (*_ONLY_IN_CHECKOUTS, *_ONLY_IN_CHILDREN)
    system = _OF_OTHER_SYSTEMS.get(name, sys.platform)
    return name.endswith(".__main__") or name in within or system != sys.platform
