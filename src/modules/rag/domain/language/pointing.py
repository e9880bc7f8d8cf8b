"""Words that point at something said before."""

from __future__ import annotations

_POINTING = """
it its itself they them their theirs he him his she her hers this that these those there then one ones former latter
er ihn ihm ihnen deren dessen dies diese diesem diesen dieser dieses davon damit dafür dazu daran darin dort jener
il ils elle elles celui celle ceux cela ça leur lui
eso esto ello ellos ellas este ese aquel lo
"""
POINTING = frozenset(_POINTING.split())
"""Words that stand for something said before."""
GOING_ON = (
    "and ", "but ", "or ", "so ", "then ", "also ", "what about", "how about", "why", "und ", "aber ", "oder ", "dann ",
    "was ist mit", "wie sieht es mit", "warum", "wieso", "et ", "mais ", "pourquoi", "y ", "pero ", "e ", "ma ",
    "那", "还有", "而", "为什么", "それ", "では", "なぜ",
)  # fmt: skip
"""How a question begins that goes on from the one before."""
POINTING_DENSE = ("它", "他", "她", "这", "那", "其", "これ", "それ", "あれ", "その", "この", "彼")
"""The same as ``POINTING`` where words are not separated."""
