"""Components from packages' metadata, from the bills that they bring along, and from the list."""

from __future__ import annotations

import json
from pathlib import Path

from devtools.building.bill.components import Entry, Listing, Note
from devtools.building.bill.mapping import Mapped
from devtools.building.bill.system import SystemPackage, package_of
from tests.dev.building.bill.conftest import AddPackage, MakeAssembler

_ALLOWED = frozenset(["MIT", "Apache-2.0", "LGPL-2.1-or-later"])
_TEXT = {"{info}/licenses/LICENSE": "Copyright of one"}


def test_a_package_has_what_its_metadata_says(add_package: AddPackage, make_assembler: MakeAssembler) -> None:
    fields = "License-Expression: MIT OR GPL-2.0-only\nProject-URL: Source, https://one.invalid/code"
    add_package("One_Package", "1.5", fields, _TEXT)
    assembler = make_assembler(Listing(_ALLOWED))
    (one,) = assembler.components(Mapped(packages={"one-package": ["_internal/one.so"]}))
    assert assembler.problems == []
    assert (one.name, one.version, one.purl) == ("one-package", "1.5", "pkg:pypi/one-package@1.5")
    assert (one.licence, [str(licence) for licence in one.taken]) == ("MIT OR GPL-2.0-only", ["MIT"])
    assert one.source == "https://one.invalid/code"
    assert [text.content for text in one.texts] == ["Copyright of one"]
    assert one.files == ("_internal/one.so",)


def test_older_metadata_says_it_in_words_that_mean_only_one_licence(
    add_package: AddPackage, make_assembler: MakeAssembler
) -> None:
    add_package("old", "1", "Classifier: License :: OSI Approved :: Apache Software License", _TEXT)
    add_package("vague", "1", "Classifier: License :: OSI Approved :: BSD License", _TEXT)
    assembler = make_assembler(Listing(_ALLOWED))
    assembler.components(Mapped(packages={"old": [], "vague": []}))
    assert assembler.problems == ["the licence of vague 1 is not known"]


def test_what_may_not_be_shipped_is_named(add_package: AddPackage, make_assembler: MakeAssembler) -> None:
    add_package("strict", "2", "License-Expression: AGPL-3.0-only", _TEXT)
    assembler = make_assembler(Listing(_ALLOWED))
    assembler.components(Mapped(packages={"strict": ["_internal/strict.so"]}, unknown=("_internal/libstray.so",)))
    assert assembler.problems == ["_internal/libstray.so belongs to no known component"]
    assert assembler.refused == ["strict 2 (_internal/strict.so) is under AGPL-3.0-only, which may not be shipped"]


def test_a_part_that_may_not_be_shipped_is_named(add_package: AddPackage, make_assembler: MakeAssembler) -> None:
    crate = {"name": "crate", "version": "0.1", "licenses": [{"expression": "GPL-3.0-only"}]}
    bill = json.dumps({"components": [crate]})
    add_package("whole", "1", "License-Expression: MIT", {**_TEXT, "{info}/sboms/any.cyclonedx.json": bill})
    assembler = make_assembler(Listing(_ALLOWED))
    assembler.components(Mapped(packages={"whole": []}))
    assert assembler.refused == ["crate 0.1 is under GPL-3.0-only, which may not be shipped"]


def test_parts_come_from_the_bills_that_packages_bring_along(
    add_package: AddPackage, make_assembler: MakeAssembler, tmp_path: Path
) -> None:
    (tmp_path / "kept" / "standard").mkdir(parents=True)
    (tmp_path / "kept" / "standard" / "Apache-2.0.txt").write_text("Apache", encoding="utf-8")
    purl = "pkg:cargo/crate@0.1?download_url=file:///home/somebody/work"
    crate = {"name": "crate", "version": "0.1", "purl": purl, "licenses": [{"license": {"name": "MIT/Apache-2.0"}}]}
    itself = {"name": "whole", "version": "1", "purl": "pkg:pypi/whole@1?file_name=whole.whl"}
    tool = {"name": "tool", "version": "1", "scope": "excluded"}
    bill = json.dumps({"components": [crate, itself, tool]})
    add_package("whole", "1", "License-Expression: MIT", {**_TEXT, "{info}/sboms/any.cyclonedx.json": bill})
    assembler = make_assembler(Listing(_ALLOWED))
    (whole,) = assembler.components(Mapped(packages={"whole": []}))
    assert assembler.problems == []
    (part,) = whole.parts
    assert (part.name, part.version, part.purl) == ("crate", "0.1", "pkg:cargo/crate@0.1")
    assert [text.content for text in part.texts] == ["Apache"]


def test_the_lgpl_needs_a_reason(add_package: AddPackage, make_assembler: MakeAssembler) -> None:
    add_package("lesser", "1", "License-Expression: LGPL-2.1-or-later", _TEXT)
    without = make_assembler(Listing(_ALLOWED))
    without.components(Mapped(packages={"lesser": []}))
    assert without.refused == ["lesser 1 is under LGPL-2.1-or-later, and no reason says why it may be shipped"]
    with_reason = make_assembler(Listing(_ALLOWED, notes={"lesser": Note(reason="It may be replaced.")}))
    with_reason.components(Mapped(packages={"lesser": []}))
    assert with_reason.refused == []


def test_a_component_without_a_text_is_named(add_package: AddPackage, make_assembler: MakeAssembler) -> None:
    add_package("silent", "1", "License-Expression: MIT", {})
    assembler = make_assembler(Listing(_ALLOWED))
    assembler.components(Mapped(packages={"silent": []}))
    (problem,) = assembler.problems
    assert problem.startswith("there is no licence text for silent 1 (")


def test_what_was_looked_at_in_one_version_is_looked_at_again_in_the_next(
    add_package: AddPackage, make_assembler: MakeAssembler
) -> None:
    add_package("whole", "2", "License-Expression: MIT", _TEXT)
    entry = Entry("inner", "MIT", within="whole", version="7.1", of="whole==1", texts=("whole",))
    assembler = make_assembler(Listing(_ALLOWED, entries=(entry,)))
    assembler.components(Mapped(packages={"whole": []}))
    assert assembler.problems == ["inner 7.1 was in whole==1; look at what is in the one of today"]


def test_versions_are_asked_of_the_environment(add_package: AddPackage, make_assembler: MakeAssembler) -> None:
    add_package("whole", "1", "License-Expression: MIT", _TEXT)
    entries = (
        Entry("inner", "MIT", within="whole", version_of="inner", texts=("whole",)),
        Entry("gone", "MIT", within="whole", version_of="gone", texts=("whole",)),
        Entry("refused", "GPL-3.0-only", within="whole", version_of="refused", only_if_found=True),
    )
    listing = Listing(_ALLOWED, entries=entries, notes={"whole": Note(parts={"nameless": "MIT"})})
    assembler = make_assembler(listing, {"inner": "7.1"})
    (whole,) = assembler.components(Mapped(packages={"whole": []}))
    assert assembler.problems == ["the version of gone cannot be asked for here"]
    assert [f"{part.name} {part.version}" for part in whole.parts] == ["inner 7.1", "gone ", "nameless as in whole 1"]
    found = make_assembler(listing, {"inner": "7.1", "gone": "1", "refused": "1"})
    found.components(Mapped(packages={"whole": []}))
    assert found.refused == ["refused 1 is under GPL-3.0-only, which may not be shipped"]


def test_a_library_of_a_debian_system_is_known_by_its_package() -> None:
    made = SystemPackage("libone1", "1:1.2+deb12", "amd64")
    assert made.purl.startswith("pkg:deb/")
    assert "/libone1@1%3A1.2%2Bdeb12?arch=amd64&distro=" in made.purl
    assert package_of("no-such-library.so.99") is None
