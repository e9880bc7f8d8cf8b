"""Whether a sentence has the kind of thing that a question asks for."""

from __future__ import annotations

import pytest

from modules.rag.domain.answers.expected import has_what_is_asked_for


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("When was the tower built?", "The tower was built in 1931.", True),
        ("When are roses cut?", "Roses are cut in March.", True),
        ("Wann schließt das Tor?", "Das Tor schließt abends.", True),
        ("When was the tower built?", "The tower by the sea, a picture.", False),
        ("塔是什么时候建成的？", "塔建于一九三一年。", True),
        ("塔是什么时候建成的？", "塔在海边。", False),
        ("How high is the tower?", "It has fifty-four steps.", False),
        ("How high is the tower?", "It is 54 metres high.", True),
        ("What does a key cost?", "A key is kept at the gate.", False),
        ("What is the annual fee?", "The fee is 360 euros.", True),
        ("How many terns were counted?", "We counted 64 breeding terns.", True),
        ("How many boats does the club own?", "Boats\t12", True),
        ("How many boats does the club own?", "Two hours before noon our boats go out.", False),
        ("How many people came?", "Fourteen of them were late.", True),
        ("Who chairs the club?", "Ines Okafor chairs it.", True),
        ("Who repairs the slipway?", "It is repaired by the Landlord.", True),
        ("Who chairs the club?", "The meeting is on 9 April in the club room.", False),
        ("And who chairs the Club?", "The Club has a chair.", False),
        ("What is the sea?", "It is water.", None),
        ("Wer leitet den Verein?", "Das Treffen ist im April.", None),
    ],
)
def test_numbers_times_and_names_are_told_apart(question: str, sentence: str, expected: bool | None) -> None:
    assert has_what_is_asked_for(question, sentence) is expected
