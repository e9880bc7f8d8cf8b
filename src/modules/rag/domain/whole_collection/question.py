"""Recognises questions about a whole collection: how many files, which files, every file.

Such questions have no passage that answers them. They are recognised by how they are worded, in English, German and
Chinese; whatever is not surely one of them is searched for as any other question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from modules.rag.domain.language.spoken import Language


class WholeKind(StrEnum):
    """What is to be done with the files."""

    COUNT = "count"
    LIST = "list"
    MENTIONING = "mentioning"
    """Say which of them mention something."""
    EACH = "each"
    """Answer for each of them."""
    COMPARE = "compare"


@dataclass(frozen=True, slots=True)
class WholeQuestion:
    """``about`` is what files are to mention; ``types`` are the only endings of file names that count, none are all."""

    kind: WholeKind
    language: Language
    about: str = ""
    types: tuple[str, ...] = ()


_EN = (
    r"(?P<noun>(?:pdf|word|excel|text|markdown|office) (?:files?|documents?)|files?|documents?|docs|pdfs|spreadsheets?"
    r"|presentations?|e-?mails?|images?|pictures?|photos?{names})"
)
_EN_ALL = r"(?:(?:all|every|each|the|my|our|these|those|of)\s+)"
_EN_PLACE = (
    r"(?:\s+(?:are|is|have been|were)\s+(?:there|here|indexed|available))?"
    r"(?:\s+(?:do|does)\s+(?:i|we|you|it|this|the)(?:\s+collection)?\s+(?:have|contain|hold))?"
    r"(?:\s+(?:here|in total|altogether|(?:are\s+)?in\s+(?:here|it|this|the|my|our|these)?[^?.!]{0,60}))?\s*[?.!]*\s*$"
)
_EN_MENTION = (
    r"(?:that\s+|which\s+)?(?:mentions?|contains?|discuss(?:es)?|refers? to|deals? with|includes?|covers?|is about"
    r"|are about|talks? about|says? something about|has something about|have something about)\s+(?P<about>.+)"
)
_DE = (
    r"(?P<noun>(?:pdf|word|excel|text|markdown)-(?:dateien|dokumente)|dateien|datei|dokumenten?|dokument|unterlagen|pdfs"
    r"|tabellen|präsentationen|e-?mails|bilder|fotos{names})"
)
_DE_PLACE = (
    r"(?:\s+(?:gibt es|sind(?:\s+(?:es|das|da|hier|indiziert|vorhanden))?|habe ich|haben wir|hat|enthält|liegen))?"
    r"(?:\s+(?:hier|insgesamt|da|vor|(?:in|im|die|diese|der|dieser|meine[rn]?)\s[^?.!]{0,60}))?\s*[?.!]*\s*$"
)
_ZH = r"(?P<noun>文件|文档|资料|文章|PDF|表格|图片|邮件{names})"
_ZH_MENTION = r"(?:都)?(?:提到|提及|包含|涉及|讲到|谈到|讨论|说到)(?:了|过)?(?P<about>.+)"

_PATTERNS: tuple[tuple[Language, WholeKind, str], ...] = (
    ("en", WholeKind.MENTIONING, rf"^(?:how many|which|what|list|show|name)\s+{_EN_ALL}*{_EN}\s+{_EN_MENTION}"),
    (
        "en",
        WholeKind.COUNT,
        rf"^(?:so |and )?(?:how many|count|what is the number of)\s+{_EN_ALL}*{_EN}{_EN_PLACE}",
    ),
    ("en", WholeKind.LIST, rf"^(?:please\s+)?(?:list|show|name|enumerate)(?:\s+me)?\s+{_EN_ALL}*{_EN}{_EN_PLACE}"),
    ("en", WholeKind.LIST, rf"^(?:what|which)\s+{_EN}{_EN_PLACE}"),
    (
        "en",
        WholeKind.EACH,
        rf"\b(?:summari[sz]e|outline|describe|(?:summary|overview|outline) (?:of|for))\s+"
        rf"(?:(?:all|every|each)\s+{_EN_ALL}*{_EN}|(?:the|this|my)\s+(?:whole|entire)\s+(?:collection|folder))",
    ),
    ("en", WholeKind.EACH, rf"\b(?:in|of|for|from|does|do|is)\s+(?:each|every)\s+(?:one of the\s+|of the\s+)?{_EN}\b"),
    ("en", WholeKind.COMPARE, rf"^(?:please\s+)?compare\s+{_EN_ALL}+{_EN}"),
    (
        "de",
        WholeKind.MENTIONING,
        rf"^(?:wie ?viele|welche)\s+{_DE}\s+(?:erwähnen|enthalten|nennen|beschreiben|behandeln|betreffen|handeln von)"
        r"\s+(?P<about>.+)",
    ),
    (
        "de",
        WholeKind.MENTIONING,
        rf"^in (?:welchen|wie ?vielen)\s+{_DE}n?\s+"
        r"(?:steht etwas (?:über|zu)|geht es um|ist (?:die rede )?von|kommt|wird)\s+(?P<about>.+?)"
        r"(?:\s+(?:vor|erwähnt|genannt|behandelt|die rede))?\s*[?.!]*$",
    ),
    ("de", WholeKind.COUNT, rf"^(?:und\s+)?(?:wie ?viele|zähle?(?:\s+(?:alle|die|meine))?)\s+{_DE}{_DE_PLACE}"),
    (
        "de",
        WholeKind.LIST,
        rf"^(?:bitte\s+)?(?:liste|zähle?|nenne?|zeige?)(?:\s+(?:mir|bitte|alle|sämtliche|die|meine))*\s+{_DE}"
        r"(?:\s+auf)?\s*[?.!]*$",
    ),
    ("de", WholeKind.LIST, rf"^welche\s+{_DE}{_DE_PLACE}"),
    (
        "de",
        WholeKind.EACH,
        rf"(?:\bfass\w*|zusammenfassung(?:en)?(?: von)?|beschreib\w*)\s+(?:bitte\s+)?(?:mir\s+)?"
        rf"(?:jede[rns]?|alle[rn]?|sämtliche[rn]?)(?:\s+einzelnen?)?\s+{_DE}",
    ),
    ("de", WholeKind.EACH, rf"\b(?:in|aus|zu|von|für)\s+(?:jede[rms]|jedem einzelnen)\s+{_DE}"),
    ("de", WholeKind.COMPARE, rf"^(?:bitte\s+)?vergleich\w*\s+(?:bitte\s+)?(?:alle|die|sämtliche|meine)\s+{_DE}"),
    ("zh", WholeKind.MENTIONING, rf"(?:哪些|哪几[个份篇]|多少[个份篇]?)(?:的)?{_ZH}{_ZH_MENTION}"),
    ("zh", WholeKind.COUNT, rf"(?:有|共)?多少[个份篇张封]?{_ZH}[?？。！吗呢]*$"),
    ("zh", WholeKind.COUNT, rf"{_ZH}(?:的)?(?:数量|总数)(?:是多少)?[?？。]*$"),
    ("zh", WholeKind.LIST, rf"(?:列出|列举|显示|给出)(?:一下)?(?:所有|全部)?(?:的)?{_ZH}(?:名称|列表)?[?？。！]*$"),
    ("zh", WholeKind.LIST, rf"(?:有|都有|包含)哪些{_ZH}[?？。！]*$"),
    (
        "zh",
        WholeKind.EACH,
        rf"(?:总结|概括|归纳|概述|摘要)(?:一下)?(?:每一?[个份篇]|所有|全部|各个?)(?:的)?{_ZH}",
    ),
    ("zh", WholeKind.EACH, rf"每一?[个份篇]{_ZH}"),
    ("zh", WholeKind.COMPARE, rf"(?:比较|对比)(?:一下)?(?:所有|全部|各个?|这些|每一?[个份篇])(?:的)?{_ZH}"),
)
_AROUND = " ?？.。!！\"“”'「」„"
_THE_WORD = re.compile(
    r"^(?:the |das |die |den )?(?:words?|term|phrase|name|wort|wörter|begriff|namen?) ", re.IGNORECASE
)
_TYPES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("pdf",), ("pdf",)),
    (("word",), ("doc", "docx")),
    (("excel", "spreadsheet", "tabelle", "表格"), ("xlsx", "xls", "xlsm", "ods", "csv")),
    (("presentation", "präsentation"), ("pptx", "ppt", "odp")),
    (("mail", "邮件"), ("eml", "mbox")),
    (("image", "picture", "photo", "bild", "foto", "图片"), ("png", "jpg", "jpeg", "gif", "webp", "tif", "tiff")),
    (("markdown",), ("md", "markdown")),
    (("text",), ("txt",)),
)


def recognise(question: str, collections: Sequence[str] = ()) -> WholeQuestion | None:
    """What is asked about all files; None for any other question. A collection's name is a name for its files."""
    text = " ".join(question.split())
    names = "".join(f"|{form}" for name in collections for form in _forms(name))
    for language, kind, pattern in _PATTERNS:
        match = re.search(pattern.replace("{names}", names), text, re.IGNORECASE)
        if match is not None:
            found = match.groupdict()
            about = _THE_WORD.sub("", (found.get("about") or "").strip(_AROUND)).strip(_AROUND)
            if kind is WholeKind.MENTIONING and not about:
                continue
            return WholeQuestion(kind, language, about, _types(found.get("noun") or ""))
    return None


def _forms(name: str) -> list[str]:
    """A name as a noun, with and without the ending of the English plural; of several words, or few letters, none."""
    if not name.isalpha() or (name.isascii() and len(name) < 4):
        return []
    plain = name.casefold()
    return [re.escape(plain), re.escape(plain.removesuffix("s"))]


def _types(noun: str) -> tuple[str, ...]:
    folded = noun.casefold()
    return next((types for words, types in _TYPES if any(word in folded for word in words)), ())
