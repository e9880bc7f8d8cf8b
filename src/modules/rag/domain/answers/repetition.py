"""Notices that a model goes round in circles, as small ones do."""

from __future__ import annotations

from modules.rag.domain.language.sentences import sentences

_LEAST_CHARACTERS = 12
_ROUNDS = 3


def end_of_sense(text: str) -> int | None:
    """Where a text begins to repeat whole sentences for the third time; None as long as it does not."""
    seen: dict[str, list[int]] = {}
    for start, end in sentences(text):
        sentence = " ".join(text[start:end].casefold().split())
        if len(sentence) < _LEAST_CHARACTERS:
            continue
        places = seen.setdefault(sentence, [])
        places.append(end)
        if len(places) == _ROUNDS:
            # What it said the first time may stay.
            return places[0]
    return None
