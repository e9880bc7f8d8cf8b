"""A rich text file as word processors write it."""

from __future__ import annotations


def letter_rtf() -> bytes:
    """Headings by style, looks, foreign letters in three ways, a list, a table, a link and hidden parts."""
    return rb"""{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fnil\fcharset204 Arial Cyr;}}
{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s7\outlinelevel1 My own;}}
{\info{\title The letter}{\author Ada Berg}{\creatim\yr2024\mo1\dy31\hr10}}
{\header Never shown\par}
\pard\s1 Dear Tom\par
\pard\plain It is {\b bold} and {\i\ul both}\ulnone , caf\'e9 \u8211 ? {\f1\'ef\'f0\'e8} \u-10179?\u-8704? {\*\hidden nothing}\{x\}\~y\tab z\line next\par
\pard\s7 Things\par
{\listtext\'b7\tab}\pard\ls1 One\par
{\listtext 1.\tab}\pard\ls1\ilvl1 Inner\par
\pard\trowd\intbl Room\cell Size\cell\row
\pard\trowd\intbl Kitchen\par with oven\cell 12\cell\row
\pard See {\field{\*\fldinst HYPERLINK "https://example.org/x"}{\fldrslt the page}}.\par
\pard \outlinelevel2 Last\page End
}"""
