"""Finds the definitions in source code: which lines hold a class, a function, a method, and what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from modules.file_parser.infra.code_grammars import parser_for

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_BYTES = 2 << 20
"""Larger files are generated, and their tree would take ten times their size."""
_CONTAINERS = r"class|struct|interface|trait|impl|protocol|object|module|mod|namespace|extension|enum|record|union"
_DEFINITION = re.compile(
    rf"(singleton_|secondary_|local_|companion_|abstract_)?(?P<what>{_CONTAINERS}|function|method|constructor|type|"
    r"data_type|func_literal|macro)(_definition|_declaration|_item|_specifier|_spec)?(_statement)?"
)
_WRAPPERS = re.compile(
    r"export_statement|decorated_definition|template_declaration|declaration_list|namespace_body|"
    r"linkage_specification|preproc_\w+|statement_list|declarations|compound_statement|program|source_file"
)
_ATTACHED = re.compile(r"\w*comment\w*|haddock|decorator|attribute(_item|_list)?|annotation|modifiers?|signature")
_BODIES = re.compile(r"\w*(body|block|declaration_list)|declarations")
_HEADS = frozenset({"signature", "call_expression", "type_spec", "type_head"})
"""What some grammars put around the name of a definition."""
_NAMES = re.compile(r"\w*identifier|constant|name|word|variable|property_identifier|field_identifier")


@dataclass(frozen=True, slots=True)
class Definition:
    """Lines ``[first, last]`` count from 0 and include comments right before it. ``container``: it holds others."""

    name: str
    first: int
    last: int
    container: bool
    inner: tuple[Definition, ...] = ()


def outline(text: str, language: str | None) -> tuple[Definition, ...] | None:
    """The definitions of a file, in order; None when nothing here knows its language."""
    parser = parser_for(language or "")
    data = text.encode("utf-8", "replace")
    if parser is None or len(data) > MAX_BYTES:
        return None
    tree = parser.parse(data)
    return tuple(_definitions(tree.root_node, 0))


def _definitions(parent: Node, depth: int) -> Iterator[Definition]:
    attached: int | None = None
    attached_end = reach = -1
    for node in parent.named_children:
        start = node.start_point.row
        if _ATTACHED.fullmatch(node.type):
            # A comment at the end of a line belongs to that line.
            if start > reach and (attached is None or start > attached_end + 1):
                attached = start
            attached_end = _last_row(node)
            continue
        begins = attached if attached is not None and start <= attached_end + 1 else start
        attached = None
        yield from _from_node(node, begins, depth)
        reach = _last_row(node)


def _from_node(node: Node, first: int, depth: int) -> Iterator[Definition]:
    match = _DEFINITION.fullmatch(node.type)
    if match is not None:
        name = _name(node)
        if name:
            container = re.fullmatch(_CONTAINERS, match["what"]) is not None
            inner = tuple(_inside(node)) if container and depth == 0 else ()
            yield Definition(name, first, _last_row(node), container, inner)
        return
    if _WRAPPERS.fullmatch(node.type) and depth < 4:
        inside = list(_definitions(node, depth))
        # What is wrapped begins where its wrapping does: a decorator, an export, a template.
        for index, one in enumerate(inside):
            begins = first if (index == 0 and one.first == node.start_point.row) or _single(node, inside) else one.first
            yield Definition(one.name, begins, one.last, one.container, one.inner)


def _single(node: Node, inside: list[Definition]) -> bool:
    return len(inside) == 1 and node.type in ("decorated_definition", "export_statement", "template_declaration")


def _inside(node: Node) -> Iterator[Definition]:
    for child in node.named_children:
        if _BODIES.fullmatch(child.type):
            yield from _definitions(child, 1)


def _name(node: Node) -> str:
    for field in ("name", "declarator", "type"):
        child = node.child_by_field_name(field)
        # C hides the name of a function inside what it gives back.
        while child is not None and (deeper := child.child_by_field_name("declarator")) is not None:
            child = deeper
        if child is not None:
            return _words(child)
    first = node.named_children[0] if node.named_children else None
    if first is not None and first.type in _HEADS:
        return _name(first)
    found = next((child for child in node.named_children if _NAMES.fullmatch(child.type)), None)
    return _words(found) if found is not None else ""


def _words(node: Node) -> str:
    text = (node.text or b"").decode("utf-8", "replace")
    return " ".join(text.split())[:120]


def _last_row(node: Node) -> int:
    """Some grammars let a node end at the beginning of the next line."""
    end = node.end_point
    return end.row - 1 if end.column == 0 and end.row > node.start_point.row else end.row
