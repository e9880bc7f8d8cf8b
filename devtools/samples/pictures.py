"""Images: a scanned receipt, a notice with words, a photograph with its camera's notes, and two small ones."""

from __future__ import annotations

import io
import math
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

_FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
_RECEIPT = (
    ("MÖWE MARINE PAINTS", 44),
    ("Harbour Street 12, Aldersea", 26),
    ("", 20),
    ("Receipt 0417", 34),
    ("8 April 2026", 26),
    ("", 20),
    ("Boat varnish, 5 litres          142.00", 26),
    ("Antifouling, red, 2 litres       96.40", 26),
    ("Brushes, set of six              24.00", 26),
    ("Masking tape, 6 rolls            24.00", 26),
    ("", 20),
    ("Total in euros                  286.40", 30),
    ("", 20),
    ("Paid in cash by Marta Lindqvist", 26),
)
_NOTICE = (
    ("PONTOON CLOSED", 52),
    ("from 3 to 9 August 2026", 34),
    ("", 16),
    ("A diver inspects the anchors.", 28),
    ("Please launch from the slipway.", 28),
)


def receipt() -> bytes:
    """A page as a scanner sees it: grey, a little askew, with dust."""
    page = _written(_RECEIPT, (1240, 1754), "JetBrainsMono-Regular.ttf", 140)
    page = page.rotate(0.6, Image.Resampling.BICUBIC, fillcolor=250).filter(ImageFilter.GaussianBlur(0.6))
    dust = random.Random(7)
    draw = ImageDraw.Draw(page)
    for _ in range(160):
        draw.point((dust.randrange(page.width), dust.randrange(page.height)), fill=150)
    return _saved(page, "JPEG", quality=45)


def notice_png() -> bytes:
    """Words in an image: black on yellow."""
    page = _written(_NOTICE, (900, 460), "Inter-Medium.ttf", 60)
    coloured = Image.merge("RGB", (page, page, page.point(lambda value: value // 3)))
    return _saved(coloured.quantize(16), "PNG", optimize=True)


def boathouse_jpg() -> bytes:
    """A drawn view of the river, with the notes that a camera leaves."""
    image = Image.new("RGB", (480, 320), (176, 208, 232))
    draw = ImageDraw.Draw(image)
    for y in range(200, 320):
        shade = 60 + int(20 * math.sin(y / 3))
        draw.line((0, y, 480, y), fill=(40, shade + 40, 110 + shade // 3))
    draw.polygon([(140, 120), (240, 60), (340, 120)], fill=(140, 50, 40))
    draw.rectangle((150, 120, 330, 205), fill=(205, 180, 140))
    draw.rectangle((200, 145, 280, 205), fill=(80, 60, 50))
    exif = Image.Exif()
    exif[0x010E] = "The boathouse of Tern Island in spring"
    exif[0x010F], exif[0x0110] = "Halcyon", "H-20"
    exif[0x013B] = "Nadia Petrova"
    exif[0x8298] = "CC0"
    exif[0x0132] = "2026:03-28 10:15:00".replace("-", ":")
    details = exif.get_ifd(0x8769)
    details[0x9003] = "2026:03:28 10:15:00"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (54.0, 18.0, 45.72)
    place[3], place[4] = "W", (3.0, 2.0, 28.32)
    return _saved(image, "JPEG", quality=70, exif=exif)


def burgee_gif() -> bytes:
    """The club's flag."""
    image = Image.new("RGB", (96, 64), "white")
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 0), (96, 32), (0, 64)], fill=(20, 60, 140))
    draw.ellipse((14, 22, 34, 42), fill="white")
    return _saved(image.quantize(8), "GIF")


def otter_webp() -> bytes:
    """Nothing but a few shapes."""
    image = Image.new("RGB", (160, 120), (70, 120, 130))
    draw = ImageDraw.Draw(image)
    draw.ellipse((30, 50, 130, 100), fill=(110, 80, 55))
    draw.ellipse((100, 30, 145, 70), fill=(120, 90, 60))
    return _saved(image, "WEBP", quality=60)


def _written(lines: tuple[tuple[str, int], ...], size: tuple[int, int], font: str, left: int) -> Image.Image:
    page = Image.new("L", size, 250)
    draw = ImageDraw.Draw(page)
    y = left
    for text, height in lines:
        draw.text((left, y), text, font=ImageFont.truetype(str(_FONTS / font), height), fill=20)
        y += int(height * 1.6)
    return page


def _saved(image: Image.Image, kind: str, **settings: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **settings)
    return buffer.getvalue()
