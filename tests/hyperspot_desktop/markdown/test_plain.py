"""Plain text of an answer: the words stay, the marks go."""

from __future__ import annotations

import pytest

from hyperspot_desktop.markdown.plain import plain_text


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("", ""),
        ("one *word* of `code`", "one word of code"),
        ("# Head\ntext", "Head\n\ntext"),
        ("- a\n- b\n  - c\n\nend", "• a\n• b\n   – c\n\nend"),
        ("1. a\n2. b", "1. a\n2. b"),
        ("```sql\nSELECT\n  day;\n```", "SELECT\n  day;"),
        ("```text\nunclosed …", "unclosed …"),
        ("> said\n\nafter", "│ said\n\nafter"),
        ("a\n\n---\n\nb", "a\n\n———\n\nb"),
        ("|a|b|\n|-|-|\n|1|2|", "a  ·  b\n1  ·  2"),
        ("a <b>tag</b> and 2*3*4", "a <b>tag</b> and 234"),
    ],
)
def test_the_words_stay_and_the_marks_go(markdown: str, plain: str) -> None:
    assert plain_text(markdown) == plain


def test_long_code_that_is_drawn_in_pieces_is_one_text() -> None:
    code = "\n".join(f"line {number}" for number in range(500))
    assert plain_text(f"```\n{code}\n```") == code
