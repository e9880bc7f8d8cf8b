"""Tells passages that have to do with a question from those that merely came first."""

from __future__ import annotations

from modules.local_search_index.contract import Hit
from modules.rag.domain.language.telling import shared, telling

MEANT = 0.35
"""Cosine from which a passage is about the same thing; unrelated sentences stay below 0.25."""
NEAR = 0.2
"""Below it, a passage has nothing to do with a text whatever words they share."""
MENTIONED = 0.5
"""Share of a question's telling words that a passage must have, when its meaning is not near."""
_POOR = 2


def is_relevant(hit: Hit, searched: str, question: str) -> bool:
    """Whether a hit has to do with what was searched for.

    What was searched may be more than the question: words of the conversation before it. They cannot make a passage
    relevant to a question that asks for something else.
    """
    found = _mentioned(hit, searched)
    wanted = telling(searched)
    near = hit.why.phrase or (hit.why.meaning or 0.0) >= MEANT
    if not (near or (found and len(found) >= MENTIONED * len(wanted))):
        return False
    own = telling(question)
    return searched == question or len(own) <= _POOR or bool(_mentioned(hit, question))


def _mentioned(hit: Hit, text: str) -> set[str]:
    """The text's telling words that the passage, its headings or its file's name has."""
    passage = hit.passage
    there = telling(
        "\n".join((passage.text, *passage.heading_path, passage.document.file_name, passage.document.title))
    )
    return shared(telling(text), there)
