"""The known modules of one process: found, checked together, and put in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import EntryPoint, entry_points
from pkgutil import resolve_name

from modkit.errors import HyperSpotError
from modkit.module import Capability, ModuleInfo, info_of

ENTRY_POINT_GROUP = "hyperspot.modules"


class RegistryError(HyperSpotError):
    """The modules of this process cannot run together."""

    action = "Correct the set of installed modules."


class InvalidRegistry(RegistryError):
    """Everything that is wrong with single modules, told together."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(f"invalid registry configuration: {'; '.join(problems)}")
        self.problems = problems


class UnknownDependency(RegistryError):
    action = "Install the module that is missing, or remove the one that needs it."

    def __init__(self, module_name: str, dependency: str) -> None:
        super().__init__(f"module '{module_name}' depends on unknown '{dependency}'")


class CyclicDependency(RegistryError):
    def __init__(self, path: tuple[str, ...]) -> None:
        super().__init__(f"cyclic dependency detected: {' -> '.join(path)}")
        self.path = path


class MultipleHosts(RegistryError):
    def __init__(self, capability: Capability) -> None:
        super().__init__(f"multiple '{capability}' modules detected; exactly one is allowed")


def discover(explicit: Iterable[type | str] | None = None) -> list[type]:
    """The module classes of this process.

    ``explicit`` are classes or ``"package.module:Class"`` texts, as in the list of a frozen build; without it
    the entry points of the group ``hyperspot.modules`` are read. Both ways give the same result.

    Raises:
        InvalidRegistry: a class cannot be imported.
    """
    sources: Iterable[type | str | EntryPoint] = entry_points(group=ENTRY_POINT_GROUP) if explicit is None else explicit
    classes: dict[type, None] = {}
    problems: list[str] = []
    for source in sources:
        try:
            classes[_load(source)] = None
        except HyperSpotError as err:
            problems.append(err.sentence)
        except Exception as err:  # whatever a foreign module raises while it is imported
            problems.append(f"{_text_of(source)} cannot be loaded ({type(err).__name__}: {err})")
    if problems:
        raise InvalidRegistry(tuple(sorted(problems)))
    return sorted(classes, key=lambda cls: (getattr(info_of(cls), "name", ""), cls.__qualname__))


def build_registry(classes: Iterable[type]) -> tuple[ModuleInfo, ...]:
    """Check the classes together and return their declarations in base order.

    Base order is by dependency depth, breadth-first from the modules without dependencies, alphabetical
    among equals.

    Raises:
        InvalidRegistry, UnknownDependency, CyclicDependency, MultipleHosts
    """
    infos = _declared(classes)
    by_name = {info.name: info for info in infos}
    for info in infos:
        for dependency in sorted(info.deps):
            if dependency not in by_name:
                raise UnknownDependency(info.name, dependency)
    ordered = _base_order(by_name)
    for capability in (Capability.REST_HOST, Capability.GRPC_HUB):
        if sum(info.has(capability) for info in ordered) > 1:
            raise MultipleHosts(capability)
    return ordered


def system_first(infos: Iterable[ModuleInfo]) -> tuple[ModuleInfo, ...]:
    """The order of the phases db, init, post_init and start: system modules before the others."""
    # sorted() is stable, so both halves keep their base order.
    return tuple(sorted(infos, key=lambda info: not info.has(Capability.SYSTEM)))


def _load(source: type | str | EntryPoint) -> type:
    loaded = source if isinstance(source, type) else _resolve(source)
    if not isinstance(loaded, type):
        raise TypeError("it is not a class")
    return loaded


def _resolve(source: str | EntryPoint) -> object:
    return resolve_name(source) if isinstance(source, str) else source.load()


def _text_of(source: type | str | EntryPoint) -> str:
    if isinstance(source, EntryPoint):
        return source.value
    return source if isinstance(source, str) else source.__qualname__


def _declared(classes: Iterable[type]) -> list[ModuleInfo]:
    problems: list[str] = []
    infos: dict[str, ModuleInfo] = {}
    for cls in classes:
        info = info_of(cls)
        if info is None:
            problems.append(f"{cls.__module__}.{cls.__qualname__} is not declared with @module")
        elif info.name in infos and infos[info.name].cls is not cls:
            problems.append(f"duplicate module name '{info.name}'")
        else:
            infos[info.name] = info
    if problems:
        raise InvalidRegistry(tuple(sorted(problems)))
    return sorted(infos.values(), key=lambda info: info.name)


def _base_order(by_name: Mapping[str, ModuleInfo]) -> tuple[ModuleInfo, ...]:
    placed: dict[str, ModuleInfo] = {}
    while len(placed) < len(by_name):
        ready = [name for name in sorted(by_name) if name not in placed and set(by_name[name].deps) <= placed.keys()]
        if not ready:
            raise CyclicDependency(_find_cycle({name: by_name[name] for name in by_name if name not in placed}))
        placed |= {name: by_name[name] for name in ready}
    return tuple(placed.values())


def _find_cycle(rest: Mapping[str, ModuleInfo]) -> tuple[str, ...]:
    """The full path of one cycle; every module in ``rest`` has a dependency in ``rest``, so walking finds it."""
    path = [min(rest)]
    while True:
        following = min(dependency for dependency in rest[path[-1]].deps if dependency in rest)
        if following in path:
            cycle = path[path.index(following) :]
            start = cycle.index(min(cycle))
            return (*cycle[start:], *cycle[:start], cycle[start])
        path.append(following)
