"""Which licences may be shipped, and which of a choice is taken."""

from __future__ import annotations

import pytest

from devtools.building.bill.spdx import NotALicence, parse, taken

_ALLOWED = ("Apache-2.0", "Apache-2.0 WITH LLVM-exception", "MIT", "LGPL-3.0-only", "Unicode-3.0")


@pytest.mark.parametrize(
    ("text", "under"),
    [
        ("MIT", ["MIT"]),
        ("MIT OR Apache-2.0", ["Apache-2.0"]),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", ["Apache-2.0", "Unicode-3.0"]),
        ("MIT AND Unicode-3.0 OR GPL-3.0-only", ["MIT", "Unicode-3.0"]),
        ("Apache-2.0 OR GPL-2.0-only", ["Apache-2.0"]),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", ["LGPL-3.0-only"]),
        ("LGPL-3.0-only OR MIT", ["MIT"]),
        ("Apache-2.0 WITH LLVM-exception", ["Apache-2.0 WITH LLVM-exception"]),
    ],
)
def test_of_a_choice_what_may_be_shipped_is_taken(text: str, under: list[str]) -> None:
    held = taken(parse(text), _ALLOWED)
    assert held is not None
    assert sorted(map(str, held)) == under


@pytest.mark.parametrize(
    "text",
    [
        *("GPL-3.0-or-later", "AGPL-3.0-only", "MIT AND GPL-2.0-only", "GPL-2.0-only OR AGPL-3.0-only"),
        *("SSPL-1.0", "BUSL-1.1", "MIT WITH LLVM-exception", "Apache-2.0 WITH Bootloader-exception"),
    ],
)
def test_what_is_not_in_the_list_may_not_be_shipped(text: str) -> None:
    assert taken(parse(text), _ALLOWED) is None


@pytest.mark.parametrize("text", ["GPL-2.0-only", "GPL-3.0-or-later", "AGPL-3.0-only"])
def test_the_gpl_may_not_be_shipped_even_if_somebody_puts_it_into_the_list(text: str) -> None:
    assert taken(parse(text), (*_ALLOWED, text)) is None


@pytest.mark.parametrize(
    "text", ["", "MIT,", "BSD License", "(MIT", "MIT)", "MIT OR", "AND MIT", "MIT WITH", "MIT/X11"]
)
def test_what_is_no_expression_is_said(text: str) -> None:
    with pytest.raises(NotALicence):
        parse(text)
