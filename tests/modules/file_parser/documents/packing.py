"""Makes ZIP files in memory, always the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_MADE = (2024, 1, 31, 12, 0, 0)


def zip_bytes(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive with these files, in this order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _MADE), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
