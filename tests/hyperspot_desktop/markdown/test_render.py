"""Markdown to blocks: what is drawn, and that nothing else gets through."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperspot_desktop.demo.texts import EVERYTHING, HOSTILE
from hyperspot_desktop.links import safe_link
from hyperspot_desktop.markdown import Block, render
from hyperspot_desktop.markdown.parser import with_dollar_math

ALLOWED_TAGS = re.compile(r'</?(?:b|i|s|code)>|<br/>|</a>|<a href="[^"<>]*">|<span class="[kscnfb]">|</span>')


def only(text: str) -> Block:
    (block,) = render(text)
    return block


def test_emphasis_code_and_strikethrough_become_the_few_tags_that_are_drawn() -> None:
    block = only("**bold** *soft* ~~gone~~ `x < y`")
    assert block.html == "<b>bold</b> <i>soft</i> <s>gone</s> <code>&#8202;x &lt; y&#8202;</code>"


def test_plain_text_is_kept_for_copying_and_screen_readers() -> None:
    assert only("**bold** `code` [link](https://a.example)").plain == "bold code link"


def test_headings_carry_their_level() -> None:
    assert [(block.kind, block.level) for block in render("# One\n\n### Three")] == [("heading", 1), ("heading", 3)]


def test_lists_carry_depth_and_marker() -> None:
    blocks = render("3. three\n4. four\n   - inner\n")
    assert [(block.indent, block.marker, block.plain) for block in blocks] == [
        (1, "3.", "three"),
        (1, "4.", "four"),
        (2, "–", "inner"),
    ]


def test_task_lists_show_boxes() -> None:
    blocks = render("- [x] done\n- [ ] open\n")
    assert [(block.marker, block.plain) for block in blocks] == [("☑", "done"), ("☐", "open")]


def test_an_empty_list_item_still_shows_its_bullet() -> None:
    assert [block.marker for block in render("- one\n-\n- three\n")] == ["•", "•", "•"]


def test_quotations_carry_their_depth() -> None:
    assert [block.quote for block in render("> a\n>\n> > b")] == [1, 2]


def test_code_is_coloured_by_its_language() -> None:
    block = only("```python\nreturn 1 # why\n```")
    assert block.language == "python"
    assert block.html == '<span class="k">return</span> <span class="n">1</span> <span class="c"># why</span>'
    assert block.plain == "return 1 # why"


def test_code_of_an_unknown_language_is_plain() -> None:
    assert only("```nosuchlanguage\na < b\n```").html == "a &lt; b"


def test_long_code_comes_in_pieces_of_one_frame() -> None:
    blocks = render("```\n" + "\n".join(f"line {number}" for number in range(100)) + "\n```")
    assert [(block.first, block.last) for block in blocks] == [(True, False), (False, False), (False, True)]
    assert "\n".join(block.plain for block in blocks).endswith("line 99")


def test_tables_carry_cells_alignment_and_width() -> None:
    block = only("| a | b |\n|:--|--:|\n| **x** | 1 |")
    assert block.rows == (("a", "b"), ("<b>x</b>", "1"))
    assert block.aligns == ("left", "right")
    assert len(block.weights) == 2


@pytest.mark.parametrize("text", ["$$\nx^2\n$$", "\\[\nx^2\n\\]", "```latex\nx^2\n```"])
def test_formulas_are_readable_source(text: str) -> None:
    assert (only(text).kind, only(text).plain) == ("math", "x^2")


@pytest.mark.timeout(20)
@pytest.mark.parametrize("opening", ["\\( x ", "\\[ x ", "\\\\[ x "])
def test_thousands_of_formulas_that_never_end_take_no_time(opening: str) -> None:
    assert "x" in with_dollar_math(opening * 40_000)


def test_a_line_break_with_a_length_stays_within_its_formula() -> None:
    assert with_dollar_math(r"\[a \\[2pt] b\]") == "\n$$\na " + r"\\[2pt] b" + "\n$$\n"


def test_amounts_of_money_are_no_formulas() -> None:
    assert only("It costs $5 or $10.").plain == "It costs $5 or $10."


def test_bare_addresses_become_links_without_the_full_stop() -> None:
    assert only("See https://a.example/x.").html == 'See <a href="https://a.example/x">https://a.example/x</a>.'


def test_an_image_is_a_text_link_that_says_its_address() -> None:
    html = only("![cat](https://a.example/c.png)").html
    assert html == '<a href="https://a.example/c.png">image: cat (https://a.example/c.png)</a>'


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "file:///etc/passwd",
        "file://host/share",
        "data:text/html,x",
        "//host/share",
        "\\\\host\\share",
        "http://",
        "https://a.example/\x00x",
        "https://a.example\\@evil.example",
        "ftp://a.example",
        "relative/path",
        "mailto:",
        "http://[broken",
    ],
)
def test_other_addresses_are_never_links(address: str) -> None:
    assert safe_link(address) is None


@pytest.mark.parametrize("address", ["http://a.example", "https://a.example/x?y#z", "mailto:someone@a.example"])
def test_web_and_mail_addresses_are_links(address: str) -> None:
    assert safe_link(address) == address


def test_everything_hostile_is_text_or_an_allowed_link() -> None:
    blocks = render(HOSTILE)
    for html in [markup for block in blocks for markup in (block.html, *(c for row in block.rows for c in row))]:
        assert "<" not in ALLOWED_TAGS.sub("", html)
        assert re.findall(r'href="(?!https?://)', html) == []


def test_html_of_the_source_is_shown_as_text() -> None:
    assert only('<img src="http://a.invalid/x">').html.startswith("&lt;img src=&quot;")


def test_characters_that_cannot_be_drawn_are_replaced() -> None:
    assert only("a\x01b\ud800c\ufffcd").html == "a\ufffdb\ufffdc\ufffdd"


def test_a_huge_text_is_shown_plain_in_pieces() -> None:
    blocks = render("x" * 500_000)
    assert len(blocks) == 125
    assert {block.kind for block in blocks} == {"paragraph"}


def test_deep_nesting_ends() -> None:
    assert render(">" * 5_000 + " deep")
    assert render("- " * 2_000 + "deep")
    assert render("[" * 5_000)


@given(st.text(max_size=400))
def test_no_text_at_all_makes_markup_of_its_own(text: str) -> None:
    for block in render(text):
        for html in (block.html, *(cell for row in block.rows for cell in row)):
            assert "<" not in ALLOWED_TAGS.sub("", html)


@given(
    st.lists(
        st.sampled_from(["![a](", "<img src=", "http://x.invalid", ")", "**", "`", "\n", "|", "> ", "- ", "&#60;"])
    )
)
def test_no_arrangement_of_markdown_makes_markup_of_its_own(parts: list[str]) -> None:
    for block in render("".join(parts)):
        for html in (block.html, *(cell for row in block.rows for cell in row)):
            assert "<" not in ALLOWED_TAGS.sub("", html)


def test_the_demo_answer_has_every_kind_of_block() -> None:
    kinds = {block.kind for block in render(EVERYTHING)}
    assert kinds == {"heading", "paragraph", "code", "table", "math", "rule"}
