"""What an image says about itself: its camera's notes, its title, where and when it was taken."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from PIL import ExifTags

from modules.file_parser.contract import FileParserError
from modules.file_parser.domain.pieces import Facts
from modules.file_parser.infra.pictures import opened

_LONGEST = 2_000
_WORDS = ("Title", "Description", "Comment", "comment")
"""Texts of PNG and GIF files."""


def image_facts(data: bytes) -> tuple[Facts, list[str]]:
    """Facts, and sentences that somebody wrote about the image. Empty when it says nothing, or nothing sensible."""
    with suppress(FileParserError), opened(data) as image:
        exif = image.getexif()
        details = exif.get_ifd(ExifTags.IFD.Exif)
        words = [exif.get(ExifTags.Base.ImageDescription), *(image.info.get(name) for name in _WORDS)]
        camera = " ".join(filter(None, (_text(exif.get(tag)) for tag in (ExifTags.Base.Make, ExifTags.Base.Model))))
        known = {
            "camera": camera,
            "copyright": _text(exif.get(ExifTags.Base.Copyright)),
            "position": _position(exif.get_ifd(ExifTags.IFD.GPSInfo)),
        }
        facts = Facts(
            author=_text(exif.get(ExifTags.Base.Artist)) or None,
            created_at=_moment(details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)),
            properties={name: value for name, value in known.items() if value},
        )
        return facts, list(dict.fromkeys(filter(None, map(_text, words))))
    return Facts(), []


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return value.replace("\0", "").strip()[:_LONGEST] if isinstance(value, str) else ""


def _moment(value: Any) -> datetime | None:
    """As cameras write it; they name no zone."""
    try:
        return datetime.strptime(_text(value), "%Y:%m:%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _position(place: Mapping[int, Any]) -> str:
    """Degrees north and east."""
    try:
        latitude = _degrees(place[ExifTags.GPS.GPSLatitude], place.get(ExifTags.GPS.GPSLatitudeRef) == "S")
        longitude = _degrees(place[ExifTags.GPS.GPSLongitude], place.get(ExifTags.GPS.GPSLongitudeRef) == "W")
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return ""
    return f"{latitude:.4f}, {longitude:.4f}"


def _degrees(parts: Any, negative: bool) -> float:
    degrees, minutes, seconds = map(float, parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if negative else value
