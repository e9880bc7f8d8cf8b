"""Numbers in an answer lead to what they cite, and nothing else pretends to."""

from __future__ import annotations

import re

import pytest

from hyperspot_desktop.links import citation_link, citation_of, safe_link
from hyperspot_desktop.markdown import StreamRenderer, render

MESSAGE = "0195f3a2-7c11-7000-8000-00000000abcd"
CITED = {1: f"cite:{MESSAGE}/1", 3: f"cite:{MESSAGE}/3"}
TAG = re.compile(r"<[^>]+>")


def html(text: str) -> str:
    return "".join(block.html for block in render(text, CITED))


def test_a_cited_number_is_a_link_and_reads_as_before() -> None:
    assert html("Sixty days [1].") == f'Sixty days <a href="{CITED[1]}">[1]</a>.'


def test_a_number_that_cites_nothing_stays_text() -> None:
    assert html("See [2] and [12].") == "See [2] and [12]."


def test_several_numbers_in_one_pair_of_brackets_are_each_a_link() -> None:
    drawn = html("See [1, 2; 3].")
    assert TAG.sub("", drawn) == "See [1, 2; 3]."
    assert re.findall(r'href="([^"]+)"', drawn) == [CITED[1], CITED[3]]


@pytest.mark.parametrize("text", ["`[1]`", "```\n[1]\n```", "$[1]$"])
def test_code_and_formulas_have_no_citations(text: str) -> None:
    assert "cite:" not in html(text)


def test_cells_of_tables_have_them() -> None:
    (table,) = render("| Source |\n|---|\n| § 11.4 [3] |", CITED)
    assert table.rows[1] == (f'§ 11.4 <a href="{CITED[3]}">[3]</a>',)


def test_a_link_definition_cannot_turn_a_citation_into_another_link() -> None:
    drawn = html("Sixty days [1].\n\n[1]: https://elsewhere.example")
    assert f'<a href="{CITED[1]}">[1]</a>.' in drawn
    assert '<a href="https://elsewhere.example">1</a>' not in drawn


def test_without_citations_definitions_work_as_ever() -> None:
    (block, *_) = render("See [1].\n\n[1]: https://example.org")
    assert block.html == 'See <a href="https://example.org">1</a>.'


def test_a_citation_that_somebody_typed_is_no_link() -> None:
    assert "href" not in html(f"[look]({CITED[1]})")


def test_a_streamed_answer_has_the_same_links_as_a_finished_one() -> None:
    text = "One [1].\n\nTwo [2] and [3].\n"
    renderer = StreamRenderer(cited=CITED)
    blocks = [renderer.append(piece) for piece in (text[:5], text[5:12], text[12:])][-1]
    assert [block.html for block in blocks] == [block.html for block in render(text, CITED)]


def test_a_citation_address_is_read_back_and_never_leaves_the_window() -> None:
    address = citation_link(MESSAGE, 7)
    assert citation_of(address) == (MESSAGE, 7)
    assert safe_link(address) is None


@pytest.mark.parametrize("address", ["cite:1/1", f"cite:{MESSAGE}/", f"cite:{MESSAGE}/1/2", f"https://x/{MESSAGE}/1"])
def test_other_addresses_are_no_citations(address: str) -> None:
    assert citation_of(address) is None
