"""Citations of whole answers: dropped, moved to what says it, added, and pointing at the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import pytest

from modkit.security import SecurityContext
from modules.rag.contract import Citation
from modules.rag.domain.answers.checking import Checked, Checker, says_something

RENT = "The monthly rent is 940 euros. It is due on the third working day."
PETS = "Dogs are allowed in the house. Snakes are forbidden."


def passage(number: int, text: str, start: int = 0) -> Citation:
    ids = UUID(int=number)
    return Citation(number, ids, ids, f"/d/{number}.txt", f"{number}.txt", None, start, start + len(text), (), text)


class Meanings:
    """Texts on one list mean the same, others nothing."""

    def __init__(self, *same: str) -> None:
        self._same = same

    async def vectors(self, ctx: SecurityContext, texts: Sequence[str]) -> tuple[list[list[float]] | None, str]:
        if not self._same:
            return None, "There are no vectors."
        others = iter(range(1, len(texts) + 1))
        size = len(texts) + 1
        places = [0 if text in self._same else next(others) for text in texts]
        return [[float(at == place) for at in range(size)] for place in places], ""


async def checked(answer: str, *same: str) -> Checked:
    passages = [passage(1, RENT), passage(2, PETS, start=100)]
    return await Checker(Meanings(*same)).checked(SecurityContext.local_user(), answer, passages, "What about it?")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("The rent is 940 euros [1].", "The rent is 940 euros [1]."),
        ("The rent is 950 euros [1].", "The rent is 950 euros."),
        ("The rent is 940 euros [2].", "The rent is 940 euros. [1]"),
        ("Snakes are forbidden. The rent is 940 euros.", "Snakes are forbidden. [2] The rent is 940 euros. [1]"),
        ("Rent is 940 euros [1] and dogs are allowed [2].", "Rent is 940 euros [1] and dogs are allowed [2]."),
        ("Pirates painted it green [1][2].", "Pirates painted it green."),
        ("Yes [2].", "Yes [2]."),
        ("[2] Dogs are allowed.\n[1] The rent is 940 euros.", "[2] Dogs are allowed.\n[1] The rent is 940 euros."),
        ("", ""),
    ],
)
async def test_a_citation_stands_only_after_what_its_passage_says(answer: str, expected: str) -> None:
    assert (await checked(answer)).text == expected


async def test_each_citation_quotes_the_sentence_that_says_it() -> None:
    done = await checked("Snakes are forbidden [2]. It is due on the third working day [1].")
    assert [(one.number, one.quote) for one in done.citations] == [
        (2, "Snakes are forbidden."),
        (1, "It is due on the third working day."),
    ]
    assert (done.citations[0].quote_start, done.citations[0].quote_end) == (131, 152)


async def test_other_words_for_the_same_are_recognised_by_their_meaning() -> None:
    answer = "Tenants transfer nearly a thousand monthly [1]."
    same = ("Tenants transfer nearly a thousand monthly", "The monthly rent is 940 euros.")
    assert (await checked(answer, *same)).text == answer
    assert (await checked(answer)).citations == ()
    assert (await checked(answer, "something else")).dropped == (1,)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("The documents do not mention the rent of the flat.", False),
        ("Dazu gibt es keine Angaben in den Unterlagen hier.", False),
        ("文件中没有提到租金的金额。", False),
        ("Yes.", False),
        ("The lighthouse was painted green by pirates.", True),
    ],
)
def test_saying_that_nothing_is_said_states_nothing(answer: str, says: bool) -> None:
    assert says_something(answer) is says
