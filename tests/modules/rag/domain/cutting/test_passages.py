"""How documents are cut: along their structure, and always findable at their place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from modules.file_parser.contract import (
    Block,
    Box,
    Cell,
    CodeBlock,
    Heading,
    PageBreak,
    Paragraph,
    Place,
    Row,
    Table,
    Text,
    document_text,
)
from modules.local_search_index.contract import NewPassage
from modules.rag.domain.cutting.passages import LONGEST, MAX_TOKENS, TARGET_TOKENS, Ruler, cut
from modules.rag.domain.cutting.tokens import Measured, atoms, count, estimated
from modules.rag.domain.readable import readable


def heading(level: int, text: str) -> Heading:
    return Heading(level, (Text(text),))


def paragraph(text: str, page: int | None = None) -> Paragraph:
    return Paragraph((Text(text),), Place(page=page))


def table(rows: int) -> Table:
    cells = [Row((_cell("Name"), _cell("Price")), is_header=True)]
    return Table((*cells, *(Row((_cell(f"Thing number {number}"), _cell(f"{number} Euro"))) for number in range(rows))))


def _cell(text: str) -> Cell:
    return Cell((Paragraph((Text(text),)),))


def placed(*blocks: Block) -> tuple[Block, ...]:
    """With the ranges that the parser's assembly would give."""
    done: list[Block] = []
    for block in blocks:
        start = len(document_text(done)) + (2 if document_text(done) else 0)
        end = start + len(document_text([block]))
        done.append(replace(block, place=replace(block.place or Place(), start=start, end=end)))
    return tuple(done)


def text_at(blocks: tuple[Block, ...], passage: NewPassage) -> str:
    return document_text(blocks)[passage.place.char_start : passage.place.char_end]


def test_a_section_is_a_passage_that_knows_its_headings() -> None:
    blocks = placed(
        heading(1, "Garden"), paragraph("Water."), heading(2, "Roses"), paragraph("Cut."), paragraph("Tie.")
    )
    passages = cut(blocks)
    assert [(one.heading_path, one.text) for one in passages] == [
        (("Garden",), "Water."),
        (("Garden", "Roses"), "Cut.\n\nTie."),
    ]
    assert [text_at(blocks, one) for one in passages] == [one.text for one in passages]


def test_a_heading_that_nothing_follows_can_still_be_found() -> None:
    passages = cut(
        placed(heading(1, "Part"), heading(2, "Empty"), heading(2, "Full"), paragraph("Text."), heading(1, "End"))
    )
    assert [(one.kind, one.text) for one in passages] == [
        ("heading", "Empty"),
        ("paragraph", "Text."),
        ("heading", "End"),
    ]


def test_a_passage_stays_on_its_page() -> None:
    passages = cut(placed(paragraph("One.", 1), paragraph("Two.", 1), PageBreak(), paragraph("Three.", 2)))
    assert [(one.place.page, one.text) for one in passages] == [(1, "One.\n\nTwo."), (2, "Three.")]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    blocks = placed(paragraph("This is a sentence of some length. " * 100))
    passages = cut(blocks)
    assert all(count(one.text) <= TARGET_TOKENS for one in passages)
    assert all(one.text.rstrip().endswith(".") for one in passages)
    assert "".join(one.text for one in passages) == document_text(blocks)


def test_a_small_table_is_whole_and_a_large_one_repeats_its_header() -> None:
    [small] = cut(placed(table(20)))
    assert small.text.count("\n") == 20
    blocks = placed(table(200))
    large = cut(blocks)
    assert len(large) > 2
    assert all(one.text.startswith("Name\tPrice\n") for one in large)
    assert text_at(blocks, large[1]) == large[1].text.removeprefix("Name\tPrice\n")


def test_one_endless_row_is_cut_like_text() -> None:
    row = Table((Row((_cell("word " * 1000),)),))
    assert all(count(one.text) <= TARGET_TOKENS for one in cut(placed(row)))


def test_passages_are_sized_in_the_tokens_of_the_embedder() -> None:
    blocks = placed(paragraph("Sesquipedalian words abound. " * 100))
    coarse, fine = cut(blocks, Ruler(lambda _: 1)), cut(blocks, Ruler(lambda atom: len(atom)))
    assert all(TARGET_TOKENS // 2 < len(list(atoms(one.text))) <= TARGET_TOKENS for one in coarse[:-1])
    assert all(TARGET_TOKENS // 2 < len("".join(one.text.split())) <= TARGET_TOKENS for one in fine[:-1])


def test_long_headings_leave_less_room_for_text() -> None:
    blocks = placed(heading(1, "very " * 39), heading(2, "long " * 39), paragraph("Short words go on. " * 60))
    longest = max(count(" ".join((*one.heading_path, one.text)), _one) for one in cut(blocks, Ruler(_one, context=256)))
    assert 200 < longest <= 256


def test_a_text_without_words_is_cut_by_its_length() -> None:
    passages = cut(placed(CodeBlock("x" + " " * 3 * LONGEST + "y")))
    assert all(len(one.text) <= LONGEST for one in passages)


def test_chinese_is_measured_by_its_characters() -> None:
    text = "今天的天气很好。" * 100
    assert count(text) == len(text)
    assert all(len(one.text) <= TARGET_TOKENS for one in cut(placed(paragraph(text))))


def test_what_is_estimated_is_rather_too_long() -> None:
    assert [estimated(atom) for atom in ("a", "house", "sesquipedalian", "1234", "straße")] == [1, 1, 3, 2, 3]


def test_any_stretch_is_measured_by_the_atoms_that_begin_in_it() -> None:
    measured = Measured("one two, three", _one)
    assert [measured.tokens(0, 14), measured.tokens(4, 8), measured.tokens(5, 7), measured.tokens(14, 14)] == [
        4,
        2,
        0,
        0,
    ]
    assert [measured.reach(0, 14, 2), measured.reach(0, 14, 9), measured.reach(4, 14, 0)] == [7, 14, 7]


def test_a_passage_has_the_box_around_its_blocks() -> None:
    def boxed(text: str, box: Box | None) -> Paragraph:
        return Paragraph((Text(text),), Place(page=1, box=box))

    blocks = placed(boxed("One.", Box(10, 20, 100, 40)), boxed("Two.", Box(5, 50, 90, 70)), boxed("Three.", None))
    assert [one.place.box for one in cut(blocks)] == [(5, 70, 100, 20)]
    assert [one.place.box for one in cut(placed(paragraph("None.")))] == [None]


def _one(_: str) -> int:
    return 1


def test_blocks_without_text_leave_nothing() -> None:
    assert cut(placed(paragraph("  "), PageBreak())) == []


def test_what_cannot_be_stored_keeps_its_length() -> None:
    assert readable("a\0b\ud800c\x02") == "a b?c "


@given(st.lists(st.tuples(st.sampled_from("phc"), st.text(max_size=3000)), max_size=12))
def test_whatever_a_document_holds_every_character_is_in_one_passage(parts: list[tuple[str, str]]) -> None:
    make: dict[str, Callable[[str], Block]] = {"p": paragraph, "h": lambda text: heading(1, text), "c": CodeBlock}
    blocks = placed(*(make[kind](text) for kind, text in parts))
    passages = cut(blocks)
    assert all(count(text_at(blocks, one)) <= MAX_TOKENS for one in passages)
    assert all(readable(text_at(blocks, one)) == one.text for one in passages)
    ends = [0, *(one.place.char_end for one in passages)]
    assert all(one.place.char_start >= end for one, end in zip(passages, ends, strict=False))
