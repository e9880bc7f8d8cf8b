"""Parses XML that nobody trusts: no entities, no network, no huge trees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache

from lxml import etree

from modules.file_parser.contract import DocumentBroken

Element = etree._Element


def parse_xml(data: bytes) -> Element:
    """The root element.

    Raises:
        DocumentBroken: it is not well-formed.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as err:
        raise DocumentBroken("The document is damaged: its XML is not well-formed.") from err
    return root


def local_name(element: Element) -> str:
    """The tag without its namespace; empty for what is no element, such as an entity that was left alone."""
    tag: object = element.tag
    return _local(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=4096)
def _local(name: str) -> str:
    return name.rpartition("}")[2]


def children(element: Element, *names: str) -> Iterator[Element]:
    """Direct children with one of these local names."""
    return (child for child in element if local_name(child) in names)


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along this path of local names."""
    for name in path:
        if element is None:
            return None
        for inner in element:
            if local_name(inner) == name:
                element = inner
                break
        else:
            return None
    return element


def attribute(element: Element | None, name: str) -> str | None:
    """An attribute by its local name, whatever its namespace."""
    if element is None:
        return None
    for key, value in element.items():
        if _local(str(key)) == name:
            return str(value)
    return None


def text_of(element: Element | None) -> str | None:
    """All text below, trimmed; None when there is none."""
    if element is None:
        return None
    return "".join(str(text) for text in element.itertext()).strip() or None


def moment(text: str | None) -> datetime | None:
    """A time as XML formats write it; UTC when it names no zone, None when it is nonsense."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
