"""Puts the components together from the list, the packages' metadata and the bills that they bring along."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from devtools.building.bill.components import Component, Entry, Listing, Note, Text
from devtools.building.bill.installed import Package
from devtools.building.bill.mapping import Mapped
from devtools.building.bill.spdx import Licence, NotALicence, parse, taken
from devtools.building.bill.system import SystemPackage
from devtools.building.bill.texts import OF_THE_WHOLE, TextPlaces, distinct

FindSystemPackage = Callable[[str], SystemPackage | None]


class Assembler:
    """Makes components; ``problems`` says what of them is not known, ``refused`` what of them may not be shipped."""

    def __init__(
        self,
        listing: Listing,
        installed: Mapping[str, Package],
        versions: Mapping[str, str],
        places: TextPlaces,
        system_package: FindSystemPackage,
    ) -> None:
        self.problems: list[str] = []
        self.refused: list[str] = []
        self._listing = listing
        self._installed = installed
        self._versions = versions
        self.places = places
        self._system_package = system_package

    def components(self, mapped: Mapped) -> list[Component]:
        """All that is in the program, by name."""
        self.problems += [f"{name} belongs to no known component" for name in mapped.unknown]
        entries = {entry.name: entry for entry in self._listing.entries}
        made = [self._of_package(self._installed[name], files) for name, files in mapped.packages.items()]
        made += [self._of_entry(entries[name], files) for name, files in mapped.entries.items()]
        return sorted(made, key=lambda one: (one.name.lower(), one.version))

    def _of_package(self, package: Package, files: list[str]) -> Component:
        note = self._listing.notes.get(package.name, Note())
        texts = [
            text
            for text in package.texts()
            if not any(PurePosixPath(text.name).match(pattern) for pattern in note.leave_texts)
        ]
        parts = () if note.passed_over_bill else tuple(self._of_bills(package))
        return self._checked(
            Component(
                name=package.name,
                version=package.version,
                licence=note.licence or package.licence or "",
                purl=f"pkg:pypi/{package.name}@{package.version}",
                source=note.source or package.source,
                authors=package.authors,
                notice=note.notice,
                reason=note.reason,
                texts=(*texts, *self._found(package.name, note.texts)),
                parts=(*self._parts(package.name, package.version, note.parts), *parts),
                files=tuple(files),
            )
        )

    def _of_entry(self, entry: Entry, files: list[str]) -> Component:
        system = self._system_package(PurePosixPath(files[0]).name) if entry.of_the_system and files else None
        version = system.version if system else self._version(entry)
        in_the_whole = OF_THE_WHOLE in entry.texts
        texts = () if in_the_whole else self._found(entry.name, entry.texts)
        if system:
            try:
                texts = system.texts()
            except OSError as error:
                self.problems.append(f"the licence text of {system.name} is not on this system ({error.filename})")
        purl = entry.purl or f"pkg:generic/{_slug(entry.name)}@{{version}}"
        return self._checked(
            Component(
                name=entry.name,
                version=version,
                licence=entry.licence,
                purl=system.purl if system else purl.format(version=version.replace(" ", "%20")),
                source=entry.source,
                notice=entry.notice,
                reason=entry.reason,
                texts=texts,
                parts=tuple(self._parts(entry.name, version, entry.parts)),
                files=tuple(files),
            ),
            texts_elsewhere=in_the_whole,
        )

    def _parts(self, whole: str, version: str, named: Mapping[str, str]) -> Iterable[Component]:
        """What is in something: entries of their own, and what is only named there."""
        for entry in self._listing.entries:
            found = not entry.only_if_found or entry.version_of in self._versions
            if entry.within == whole and found:
                yield self._of_entry(entry, [])
        for name, licence in named.items():
            # Its version is nowhere to be read, but that of the whole says which one it is.
            part = Component(name, f"as in {whole} {version}", licence, f"pkg:generic/{_slug(name)}")
            yield self._checked(part, texts_elsewhere=True)

    def _version(self, entry: Entry) -> str:
        kind, _, package = entry.version_of.partition(":")
        if kind == "package" and package in self._installed:
            return self._installed[package].version
        if entry.version_of:
            if entry.version_of not in self._versions:
                self.problems.append(f"the version of {entry.name} cannot be asked for here")
            return self._versions.get(entry.version_of, "")
        name, _, looked_at = entry.of.partition("==")
        if looked_at and (name not in self._installed or self._installed[name].version != looked_at):
            self.problems.append(f"{entry.name} {entry.version} was in {entry.of}; look at what is in the one of today")
        return entry.version

    def _of_bills(self, package: Package) -> Iterable[Component]:
        for bill in package.bills():
            for one in bill.get("components", []):
                if one.get("scope") != "excluded" and _bare(one.get("purl", "")) != f"pkg:pypi/{package.name}":
                    yield self._checked(self._of_bill(one))

    def _of_bill(self, said: Mapping[str, Any]) -> Component:
        name = str(said["name"])
        words = [_expression(one) for one in said.get("licenses", [])]
        return Component(
            name=name,
            version=str(said.get("version", "")),
            licence=" AND ".join(words) or self._listing.part_licences.get(name, ""),
            # Where it lay when that package was built is nobody's business.
            purl=re.sub(r"\?download_url=file:[^#]*", "", str(said.get("purl", ""))),
            source=next((one["url"] for one in said.get("externalReferences", []) if one["type"] == "vcs"), ""),
            authors=str(said.get("author", "")),
        )

    def _checked(self, component: Component, *, texts_elsewhere: bool = False) -> Component:
        """The same with the licences that are taken and with their texts; what is wrong with it is a problem."""
        name = f"{component.name} {component.version}".strip()
        if not component.licence:
            self.problems.append(f"the licence of {name} is not known")
            return component
        try:
            held = taken(parse(component.licence), self._listing.allowed)
        except NotALicence:
            held = None
        if held is None:
            where = f" ({component.files[0]})" if component.files else ""
            self.refused.append(f"{name}{where} is under {component.licence}, which may not be shipped")
            return component
        if any(licence.lesser for licence in held) and not component.reason:
            self.refused.append(f"{name} is under {component.licence}, and no reason says why it may be shipped")
        texts = component.texts if component.texts or texts_elsewhere else self._standard(name, held)
        return replace(component, taken=held, texts=distinct(texts))

    def _standard(self, name: str, held: Iterable[Licence]) -> tuple[Text, ...]:
        try:
            return tuple(text for licence in sorted(held, key=str) for text in self.places.standard(licence))
        except OSError as error:
            self.problems.append(f"there is no licence text for {name} ({error.filename})")
            return ()

    def _found(self, name: str, references: Iterable[str]) -> tuple[Text, ...]:
        try:
            return tuple(text for reference in references for text in self.places.find(reference))
        except (OSError, KeyError) as error:
            self.problems.append(f"a licence text of {name} is missing ({error})")
            return ()


def _expression(said: Mapping[str, Any]) -> str:
    one = said.get("license", {})
    text = str(said.get("expression") or one.get("id") or one.get("name", ""))
    # As Rust's packages wrote it once.
    text = re.sub(r"\s*/\s*", " OR ", text)
    return f"({text})" if " OR " in text else text


def _bare(purl: str) -> str:
    return re.split(r"[@?#]", purl.lower())[0]


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9.+-]+", "-", name.lower())
