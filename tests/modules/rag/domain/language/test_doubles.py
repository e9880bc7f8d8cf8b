"""Which texts say nothing that another one does not say, and which only look like it."""

from __future__ import annotations

import pytest

from modules.rag.domain.language.doubles import adds_nothing, wording

LONG = "The landlord of the house in the harbour street lets the flat on the second floor together with the cellar."


def says_again(one: str, other: str) -> bool:
    return adds_nothing(wording(one), wording(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The rent is due.", "the  RENT is\ndue"),
        ("The rent – as agreed – is due!", "The rent, as agreed, is due."),
        ("The rent is due on Monday.", "Rent is due on the Monday."),
        ("Der Vertrag ist ein Mietvertrag.", "Vertrag ist Mietvertrag."),
        ("Dogs are allowed.", "Cats sleep. Dogs are allowed. Snakes are forbidden."),
        ("Dogs are allowed.\nSnakes are forbidden.", "Cats sleep. Dogs are allowed. Snakes are forbidden."),
        ("It\u00adems cost 5 €.", "Items cost 5 €."),
        ("", ""),
    ],
)
def test_blanks_case_punctuation_and_articles_do_not_count(one: str, other: str) -> None:
    assert says_again(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LONG, LONG.replace("lets", "does not let")),
        (LONG, LONG.replace("with", "without")),
        (LONG, LONG.replace("landlord", "tenant")),
        (f"{LONG} Signed by Anna.", f"{LONG} Signed by Berta."),
        (f"{LONG} It never ends.", f"{LONG} It ends."),
        ("Das Haustier ist erlaubt.", "Das Haustier ist nicht erlaubt."),
        ("Ein Haustier ist erlaubt.", "Kein Haustier ist erlaubt."),
        ("Le chien est admis.", "Le chien n'est pas admis."),
        ("El perro es admitido.", "El perro no es admitido."),
        ("You can leave.", "You can't leave."),
        ("Plan A is cheap.", "Plan E is cheap."),
        ("Pay before May.", "Pay after May."),
        ("Dogs are allowed.", "No dogs are allowed."),
        ("Dogs are allowed.", "If the landlord agrees, dogs are allowed."),
        ("It was -5 degrees.", "It was 5 degrees."),
        ("It costs 5 $.", "It costs 5 €."),
        ("It is 15 metres.", "It is 1.5 metres."),
        ("It grew by 5 %.", "It grew by 5."),
        ("✓ Dogs", "✗ Dogs"),
        ("कि", "का"),
        ("允许养狗。", "不允许养狗。"),
    ],
)
def test_what_says_otherwise_is_no_double(one: str, other: str) -> None:
    assert not says_again(one, other)
    assert not says_again(other, one)


def test_a_longer_text_says_more_than_the_part_of_it_that_is_known() -> None:
    assert not says_again("Dogs are allowed. Except on Sundays.", "Dogs are allowed.")
