"""Source code is divided at its definitions, which give their names to headings."""

from __future__ import annotations

import sys

import pytest

from modules.file_parser.contract import CodeBlock, Heading, block_text
from modules.file_parser.infra.code_grammars import parser_for
from modules.file_parser.infra.code_outline import outline
from tests.modules.file_parser.parser_support import parse_here

SNIPPETS = {
    "a.sh": ("# says hello\nhello() {\n  echo hi\n}\n", ["hello"]),
    "a.c": ("struct point { int x; };\n\nstatic int *add(int a) {\n  return 0;\n}\n", ["point", "add"]),
    "a.cs": ("namespace N {\n class Boat {\n  int Row() { return 1; }\n }\n}\n", ["N"]),
    "a.cpp": ("template <class T>\nT twice(T x) { return x; }\nclass Oar { };\n", ["twice", "Oar"]),
    "a.go": ("package a\n\ntype Boat struct{}\n\nfunc (b Boat) Row() int { return 1 }\n", ["Boat, Row"]),
    "a.hs": ("module A where\n\n-- doc\nrow :: Int -> Int\nrow x = x\n", ["row"]),
    "a.java": ("class Boat {\n  int row() { return 1; }\n}\n", ["Boat"]),
    "a.js": ("export function row() { return 1 }\nclass Boat { }\n", ["row", "Boat"]),
    "a.jl": ("function row(x)\n  x\nend\n\nstruct Boat\nend\n", ["row", "Boat"]),
    "a.kt": ("fun row(): Int = 1\n\nclass Boat\n", ["row", "Boat"]),
    "a.lua": ("function row(x)\n  return x\nend\n", ["row"]),
    "a.php": ("<?php\nfunction row() { return 1; }\nclass Boat { }\n", ["row", "Boat"]),
    "a.py": ("@cached\ndef row():\n    return 1\n\n\nclass Boat:\n    pass\n", ["row", "Boat"]),
    "a.rb": ("class Boat\n  def row\n  end\nend\n\ndef free\nend\n", ["Boat", "free"]),
    "a.rs": ("/// doc\npub fn row() -> i32 { 1 }\n\nimpl Boat { fn row(&self) {} }\n", ["row", "Boat"]),
    "a.scala": ("object Main {\n  def row = 1\n}\nclass Boat\n", ["Main", "Boat"]),
    "a.swift": ("func row() -> Int { 1 }\n\nclass Boat { }\n", ["row", "Boat"]),
    "a.ts": ("export interface Boat { name: string }\nfunction row(): number { return 1 }\n", ["Boat", "row"]),
    "a.tsx": ("export function Page() { return <p>hi</p> }\n", ["Page"]),
}


@pytest.mark.parametrize("name", SNIPPETS)
def test_definitions_of_every_language_are_found(name: str) -> None:
    code, names = SNIPPETS[name]
    blocks = parse_here(code.encode(), name).blocks
    headings = [block_text(block) for block in blocks if isinstance(block, Heading)]
    assert [heading for heading in headings if not heading.startswith("From line")] == names


@pytest.mark.parametrize("name", SNIPPETS)
def test_no_line_of_code_is_lost_or_doubled(name: str) -> None:
    code, _ = SNIPPETS[name]
    blocks = parse_here(code.encode(), name).blocks
    shown = "\n".join(block.code for block in blocks if isinstance(block, CodeBlock))
    assert [line for line in shown.split("\n") if line.strip()] == [line for line in code.split("\n") if line.strip()]


def test_a_large_class_is_divided_into_its_methods() -> None:
    methods = "".join(
        f"    # about {number}\n    def method_{number}(self):\n" + "        pass\n" * 12 for number in range(6)
    )
    blocks = parse_here(f'class Boat:\n    """Rows."""\n\n{methods}\n\nEND = 1\n'.encode(), "a.py").blocks
    headings = [(block.level, block_text(block)) for block in blocks if isinstance(block, Heading)]
    assert headings == [(1, "Boat"), *((2, f"Boat.method_{number}") for number in range(6)), (1, "From line 90")]
    second = blocks[5]
    assert isinstance(second, CodeBlock)
    assert second.place is not None
    assert (second.place.line, second.code.startswith("    # about 1")) == (18, True)


def test_broken_code_keeps_all_its_lines() -> None:
    code = "def whole():\n    return 1\n\n\nclass Half(:\n    def lost(self\n" + "}{)(" * 50
    shown = "".join(block_text(block) for block in parse_here(code.encode(), "a.py").blocks)
    assert "class Half(:" in shown
    assert "}{)(" * 50 in shown


def test_deeply_nested_code_is_read() -> None:
    assert len(parse_here(b"x = " + b"(" * 20_000 + b")" * 20_000, "a.py").blocks) == 1
    nested = "".join(f"{'    ' * level}class C{level}:\n" for level in range(90)) + "    " * 90 + "pass\n"
    assert block_text(parse_here(nested.encode(), "a.py").blocks[0]) == "C0"


def test_languages_without_a_grammar_and_very_large_files_are_cut_at_their_margin() -> None:
    assert outline("a = 1", "perl") is None
    assert outline("x = 1\n" * 400_000, "python") is None


def test_a_grammar_that_is_not_installed_is_as_if_there_was_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tree_sitter_julia", None)
    parser_for.cache_clear()
    try:
        assert outline("function row(x)\n  x\nend\n", "julia") is None
    finally:
        parser_for.cache_clear()
