"""Times as PDF files write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

_MOMENT = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?)?")


def pdf_moment(text: str | None) -> datetime | None:
    """``D:20240131120000+01'00'``; whatever is left out at the end is the earliest, None for nonsense."""
    match = _MOMENT.match(text or "")
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(one) if one else None for one in match.groups()[:6])
    zone = UTC
    if match.group(8):
        offset = timedelta(hours=int(match.group(9)), minutes=int(match.group(10) or 0))
        zone = timezone(-offset if match.group(8) == "-" else offset)
    try:
        return datetime(year or 0, month or 1, day or 1, hour or 0, minute or 0, second or 0, tzinfo=zone)
    except ValueError:
        return None
