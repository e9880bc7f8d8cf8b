"""Lets through, of what a small model says, only the sentences that its passages back."""

from __future__ import annotations

from collections.abc import Sequence

from modules.rag.contract import Citation
from modules.rag.domain.answers.statements import put_together, taken_apart
from modules.rag.domain.answers.support import first_backing
from modules.rag.domain.language.doubles import adds_nothing, wording
from modules.rag.domain.language.sentences import sentences
from modules.rag.domain.language.telling import shared, telling

_MOST_REFUSED = 3
_ALL_BUT = 0.9
"""Share of its words that a sentence must have from one of the passage: nothing may be the model's own."""


class Gate:
    """Takes text as it comes and gives whole sentences that have to do with the question, each once and cited.

    ``hopeless``: several sentences in a row were refused; what follows will hardly be better.
    """

    def __init__(self, passages: Sequence[Citation], said: Sequence[str], asked: str) -> None:
        self._passages = passages
        self._asked = telling(asked)
        self._said = [wording(taken_apart(one).text) for one in said]
        self._held = ""
        self._refused = 0

    @property
    def hopeless(self) -> bool:
        return self._refused >= _MOST_REFUSED

    def feed(self, text: str) -> str:
        """The sentences that are complete now and may be said."""
        self._held += text
        spans = list(sentences(self._held))
        # The last one may go on, and a citation may follow it.
        ready = spans[:-1]
        if not ready:
            return ""
        at = spans[-1][0]
        done, self._held = self._held[:at], self._held[at:]
        return self._passed(done)

    def end(self) -> str:
        """The rest."""
        done, self._held = self._held, ""
        return self._passed(done)

    def _passed(self, text: str) -> str:
        parts = taken_apart(text)
        passed = ""
        for start, end in parts.spans:
            sentence = parts.text[start:end]
            number = first_backing(sentence, self._passages, _ALL_BUT)
            beside = self._asked and not shared(self._asked, telling(sentence))
            words = wording(sentence)
            if number is None or beside or any(adds_nothing(words, one) for one in self._said):
                self._refused += 1
                continue
            self._refused = 0
            self._said.append(words)
            passed += put_together(sentence, [(len(sentence), number)]) + " "
        return passed
