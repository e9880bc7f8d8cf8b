"""The folder of licence texts, and the list for people."""

from __future__ import annotations

from pathlib import Path

from devtools.building.bill.components import Component, Text
from devtools.building.bill.notices import notices
from devtools.building.bill.spdx import Licence
from devtools.building.bill.texts import Folder


def _component(name: str, *texts: Text) -> Component:
    return Component(name, "1", "MIT", f"pkg:generic/{name}@1", texts=texts, taken=frozenset([Licence("MIT")]))


def test_each_distinct_text_is_kept_once_under_a_name_that_says_whose_it_is(tmp_path: Path) -> None:
    standard = tmp_path / "standard"
    standard.mkdir()
    (standard / "Apache-2.0.txt").write_text("Apache\n   License\n", encoding="utf-8")
    folder = Folder(standard)
    first = folder.names(_component("one", Text("LICENSE", "by one"), Text("APACHE", "Apache License")))
    second = folder.names(_component("two", Text("LICENSE", "by  one\n"), Text("LICENSE", "by two")))
    third = folder.names(_component("two", Text("LICENSE", "by two, too"), Text("telling.txt", "x", telling=True)))
    assert first == ["one-LICENSE.txt", "Apache-2.0.txt"]
    assert second == ["one-LICENSE.txt", "two-LICENSE.txt"]
    assert third == ["two-LICENSE-2.txt", "telling.txt"]
    folder.write(tmp_path / "texts")
    written = {file.name: file.read_text(encoding="utf-8") for file in (tmp_path / "texts").iterdir()}
    assert written["two-LICENSE-2.txt"] == "by two, too\n"
    assert len(written) == 5


def test_people_read_name_version_licence_source_texts_parts_and_notice() -> None:
    part = Component("inner", "2", "ISC", "", authors="Ada", taken=frozenset([Licence("ISC")]))
    whole = Component(
        *("one", "1", "MIT OR GPL-2.0-only", ""),
        source="https://one.invalid",
        notice="First\nline.\n\nSecond.",
        parts=(part,),
        taken=frozenset([Licence("MIT")]),
    )
    said = notices("The program", [whole], {"one": ["one.txt", "ISC.txt"]})
    assert said.partition("\n\n")[2] == (
        "one 1\n"
        "  Licence: MIT\n"
        "  Source: https://one.invalid\n"
        "  Texts: one.txt, ISC.txt\n"
        "  Contains: inner 2 (ISC, by Ada)\n"
        "\n"
        "  First line.\n"
        "\n"
        "  Second.\n"
    )
