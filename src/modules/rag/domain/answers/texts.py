"""What the program itself says in answers, in the languages in which it can be asked."""

from __future__ import annotations

from typing import Final

from modules.rag.domain.language.spoken import Language

NOTHING_FOUND: Final[dict[Language, str]] = {
    "en": "Nothing in these documents answers the question.",
    "de": "In diesen Dokumenten steht nichts, was die Frage beantwortet.",
    "zh": "这些文档中没有能回答该问题的内容。",
}
NOT_CLEAR: Final[dict[Language, str]] = {
    "en": "What was found in these documents does not clearly answer the question.",
    "de": "Was in diesen Dokumenten gefunden wurde, beantwortet die Frage nicht eindeutig.",
    "zh": "在这些文档中找到的内容不能明确回答该问题。",
}
NOT_BACKED: Final[dict[Language, str]] = {
    "en": "The documents do not support what the model answered, so it is left out.",
    "de": "Die Dokumente stützen nicht, was das Modell geantwortet hat; es ist darum weggelassen.",
    "zh": "文档不支持模型的回答，因此已将其略去。",
}
SAYS: Final[dict[Language, str]] = {
    "en": "The documents say:",
    "de": "In den Dokumenten steht:",
    "zh": "文档中写道：",
}
SEARCHING: Final[dict[Language, str]] = {
    "en": "Searching {where}",
    "de": "{where} wird durchsucht",
    "zh": "正在搜索 {where}",
}
SEARCHING_ALL: Final[dict[Language, str]] = {
    "en": "Searching the documents",
    "de": "Die Dokumente werden durchsucht",
    "zh": "正在搜索文档",
}
