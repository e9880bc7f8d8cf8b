"""Every QML text states its format, or the check names the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from devtools.qml_text import texts_without_format


@pytest.mark.parametrize(
    "source",
    [
        "Text {\n    textFormat: Text.PlainText\n    text: name\n}",
        "Text { text: name; textFormat: Text.StyledText }",
        '// Text { }\nItem { property string label: "Text { }" }',
        "RichText {\n}\nContext {\n}",
    ],
)
def test_texts_that_state_their_format_pass(tmp_path: Path, source: str) -> None:
    (tmp_path / "Page.qml").write_text(source)
    assert texts_without_format(tmp_path) == []


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("Item {\n    Text {\n        text: name\n    }\n}", "Page.qml:2: Text does not state its textFormat"),
        ("Label { text: name }", "Page.qml:1: Label does not state its textFormat"),
        ("Text {\n    Item { property int textFormat: 0 }\n}", "Page.qml:1: Text does not state its textFormat"),
        ("Text { textFormat: Text.MarkdownText }", "Page.qml:1: MarkdownText would load remote pictures"),
        ("Text { textFormat: Text.AutoText }", "Page.qml:1: AutoText would load remote pictures"),
    ],
)
def test_a_text_that_would_guess_is_named_with_its_line(tmp_path: Path, source: str, complaint: str) -> None:
    (tmp_path / "Page.qml").write_text(source)
    assert [found.removeprefix(f"{tmp_path}/") for found in texts_without_format(tmp_path)] == [complaint]
