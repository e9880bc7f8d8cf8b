"""What to search for: the last message, and with it what the conversation was about when it needs that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from modules.rag.contract import Question, Turn
from modules.rag.domain.language.pointing import GOING_ON, POINTING, POINTING_DENSE
from modules.rag.domain.language.telling import telling, telling_in_order

_POOR = 2
"""A message with so few telling words does not say what it is about."""
_EARLIER_WORDS = 12
_EARLIER_TURNS = 3
_NAMES = 6
_OWN_WEIGHT, _WITH_EARLIER_WEIGHT, _WITH_NAMES_WEIGHT = 1.0, 1.0, 0.4
_SIDE_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Search:
    """One text to be searched for; rankings are added up by ``weight``."""

    text: str
    weight: float = 1.0


def searches_for(question: Question) -> list[Search]:
    """The question itself; with the user's earlier words when it leans on them; with names that the answer gave."""
    own = question.text.strip()
    if not (question.settings.use_history and question.history and leans(own)):
        return [Search(own, _OWN_WEIGHT)]
    known = telling(own)
    earlier = _earlier_words(question.history, known)
    poor = len(known) <= _POOR
    searches = [Search(own, _OWN_WEIGHT if known else 0.0)]
    if earlier:
        weight = _WITH_EARLIER_WEIGHT if poor else _SIDE_WEIGHT
        searches.append(Search(f"{' '.join(earlier)} {own}", weight))
    if names := _names_of_last_answer(question.history, known | set(earlier)):
        searches.append(Search(f"{' '.join(names)} {own}", _WITH_NAMES_WEIGHT))
    return [one for one in searches if one.weight > 0] or [Search(own)]


def leans(message: str) -> bool:
    """Whether a message may only be understood with what was said before."""
    folded = message.casefold().strip()
    words = {word.strip(".,;:!?¿¡\"'()") for word in folded.split()}
    return (
        len(telling(message)) <= _POOR
        or bool(words & POINTING)
        or folded.startswith(GOING_ON)
        or any(one in folded for one in POINTING_DENSE)
    )


def _earlier_words(history: Sequence[Turn], known: set[str]) -> list[str]:
    """Telling words of the last messages of the user, the latest message first, until there are enough."""
    found: dict[str, None] = {}
    said = [turn.text for turn in history if turn.role == "user"][-_EARLIER_TURNS:]
    for text in reversed(said):
        found |= dict.fromkeys(word for word in telling_in_order(text) if word not in known)
        if len(found) > _POOR:
            break
    return list(found)[:_EARLIER_WORDS]


def _names_of_last_answer(history: Sequence[Turn], known: set[str]) -> list[str]:
    """What the last answer wrote in capitals or digits within its sentences: mostly names."""
    last = next((turn.text for turn in reversed(history) if turn.role == "assistant"), "")
    found: dict[str, None] = {}
    ended = True
    for word in last.split():
        bare = word.strip(".,;:!?\"'()[]*_“”„»«")
        if not ended and (bare[:1].isupper() or bare[:1].isdecimal()) and telling(bare) - known:
            found[bare] = None
        ended = word[-1] in ".!?:"
    return list(found)[:_NAMES]
