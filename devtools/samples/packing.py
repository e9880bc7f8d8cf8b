"""ZIP files that are the same every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MADE = (2026, 1, 15, 12, 0, 0)


def packed(parts: Mapping[str, str | bytes], stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    """An archive with these files, in this order; ``stored`` are left uncompressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, MADE)
            info.external_attr = 0o644 << 16
            archive.writestr(info, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def repacked(data: bytes, replaced: Mapping[str, str]) -> bytes:
    """The same archive with our times, and these parts in place of its own."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return packed({name: replaced.get(name) or archive.read(name) for name in archive.namelist()})


def core_properties(title: str, author: str, created: str, modified: str) -> str:
    """``docProps/core.xml`` of an Office file."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{created}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{modified}</dcterms:modified></cp:coreProperties>'
    )


def content_types(main: str, main_type: str, others: Mapping[str, str]) -> str:
    """``[Content_Types].xml`` of an Office file; the names of parts begin with a slash."""
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in {main: main_type, **others}.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def relationships(*relations: tuple[str, str, str]) -> str:
    """Id, kind and target each; a target with a scheme lies outside of the file."""
    inner = "".join(_relationship(*one) for one in relations)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def _relationship(name: str, kind: str, target: str) -> str:
    full = _CORE if kind == "core" else f"{_OFFICE}/{kind}"
    mode = ' TargetMode="External"' if ":" in target else ""
    return f'<Relationship Id="{name}" Type="{full}" Target="{target}"{mode}/>'
