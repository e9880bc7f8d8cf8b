"""Names conversations: from the first message at once, better by the model when it has time."""

from __future__ import annotations

import re

from modules.chat.domain.text import clean_line

FALLBACK_CHARACTERS = 48
MAX_CHARACTERS = 60
_MAX_WORDS = 9
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s")
_LABEL = re.compile(r"^(conversation )?(title|topic|subject)\s*[:\-]\s*", re.IGNORECASE)
_DECORATION = " \t\"'`*_#«»“”„‘’[]()<>."
PROMPT = (
    "Write a title of two to six words for a conversation that begins with the message below. "
    "Answer with the title alone: no quotes, no full stop, no explanation.\n\nMessage: {message}"
)
PROMPT_MESSAGE_CHARACTERS = 600


def fallback_title(message: str) -> str:
    """The beginning of the first sentence, at most 48 characters, cut between words where there are any."""
    line = clean_line(_SENTENCE_END.split(message.strip(), maxsplit=1)[0], 1_000)
    if len(line) <= FALLBACK_CHARACTERS:
        return line
    # One more character than is kept, so that a cut right behind a word keeps the word.
    cut = line[: FALLBACK_CHARACTERS - 1]
    at_word, _, _ = line[:FALLBACK_CHARACTERS].rpartition(" ")
    return (at_word if len(at_word) >= FALLBACK_CHARACTERS // 2 else cut).rstrip(" ,;:-") + "…"


def model_title(answer: str) -> str | None:
    """What the model answered, as one plain line; None when it is no title."""
    lines = [line for line in clean_line_per_line(answer) if line]
    if not lines:
        return None
    title = _LABEL.sub("", lines[0].strip(_DECORATION)).strip(_DECORATION)
    if not title or len(title) > MAX_CHARACTERS or len(title.split()) > _MAX_WORDS:
        return None
    return title


def clean_line_per_line(text: str) -> list[str]:
    """The first lines of a text, each as one clean line."""
    return [clean_line(line, 500) for line in text.splitlines()[:20]]
