"""Title, author and times of an Office document, from the part where all of them keep these."""

from __future__ import annotations

from modules.file_parser.domain.pieces import Facts
from modules.file_parser.infra.xml import child, moment, parse_xml, text_of
from modules.file_parser.infra.zip_parts import ZipParts


def office_facts(parts: ZipParts) -> Facts:
    """What ``docProps/core.xml`` says; nothing when there is none."""
    data = parts.read_optional("docProps/core.xml")
    if data is None:
        return Facts()
    core = parse_xml(data)
    return Facts(
        title=text_of(child(core, "title")),
        author=text_of(child(core, "creator")),
        created_at=moment(text_of(child(core, "created"))),
        modified_at=moment(text_of(child(core, "modified"))),
    )


def open_document_facts(parts: ZipParts) -> Facts:
    """The same of an OpenDocument file, which keeps them elsewhere."""
    data = parts.read_optional("meta.xml")
    office = child(parse_xml(data), "meta") if data is not None else None
    return Facts(
        title=text_of(child(office, "title")),
        author=text_of(child(office, "creator")) or text_of(child(office, "initial-creator")),
        created_at=moment(text_of(child(office, "creation-date"))),
        modified_at=moment(text_of(child(office, "date"))),
    )
