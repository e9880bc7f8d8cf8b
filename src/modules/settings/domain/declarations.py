"""Which settings exist: every module declares its own, once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

from modules.settings.contract import InvalidSetting, SettingSpec, UnknownSetting
from modules.settings.domain.conversion import convert

_KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


class WrongDeclaration(ValueError):
    """A programming error in a ``SettingSpec``; it ends the start of the program."""


class Declarations:
    """The declared settings, in order of declaration."""

    def __init__(self) -> None:
        self._specs: dict[str, SettingSpec] = {}

    def add(self, specs: Sequence[SettingSpec]) -> None:
        """Make settings known. Saying the same thing twice is allowed.

        Raises:
            WrongDeclaration: the key is malformed or declared differently already, or the default is not valid.
        """
        for spec in specs:
            known = self._specs.get(spec.key)
            if known is not None and known != spec:
                raise WrongDeclaration(f"setting {spec.key!r} is declared twice, and differently")
            _check(spec)
            self._specs[spec.key] = spec

    def get(self, key: str) -> SettingSpec:
        """
        Raises:
            UnknownSetting: nobody declared the key; carries up to three similar ones.
        """
        spec = self._specs.get(key)
        if spec is None:
            raise UnknownSetting(key, self._similar(key))
        return spec

    def __iter__(self) -> Iterator[SettingSpec]:
        return iter(tuple(self._specs.values()))

    def _similar(self, key: str) -> tuple[str, ...]:
        asked = key.lower()[:200]
        near = difflib.get_close_matches(asked, self._specs, n=3, cutoff=0.6)
        # People often leave the group out: "theme" means "appearance.theme".
        by_name = [known for known in self._specs if known.rpartition(".")[2] == asked]
        return tuple(dict.fromkeys([*by_name, *near]))[:3]


def _check(spec: SettingSpec) -> None:
    if _KEY.fullmatch(spec.key) is None:
        raise WrongDeclaration(f"setting key {spec.key!r} is not group.name in snake_case")
    if (spec.type == "choice") != bool(spec.choices):
        raise WrongDeclaration(f"setting {spec.key!r}: choices belong to type 'choice', and only to it")
    try:
        value = convert(spec, spec.default)
    except InvalidSetting as err:
        raise WrongDeclaration(f"the default of setting {spec.key!r} is not valid: {err}") from err
    if type(value) is not type(spec.default) or value != spec.default:
        raise WrongDeclaration(f"the default of setting {spec.key!r} is not of type {spec.type}")
