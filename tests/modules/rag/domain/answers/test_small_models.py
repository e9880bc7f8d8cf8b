"""What is let through of a small model's words, and what the documents say themselves."""

from __future__ import annotations

from dataclasses import replace

from modkit.security import SecurityContext
from modules.rag.domain.answers.gate import Gate
from modules.rag.domain.answers.leading import Leading
from modules.rag.domain.answers.repetition import end_of_sense
from modules.rag.domain.language.sentences import sentences
from tests.modules.rag.domain.answers.test_checking import PETS, RENT, Meanings, passage

PASSAGES = [passage(1, RENT), passage(2, PETS, start=100)]


def passed(text: str, said: tuple[str, ...] = (), size: int = 3, asked: str = "") -> tuple[str, bool]:
    gate = Gate(PASSAGES, said, asked)
    pieces = [gate.feed(text[at : at + size]) for at in range(0, len(text), size)]
    return "".join([*pieces, gate.end()]).strip(), gate.hopeless


def test_only_sentences_that_a_passage_says_get_through() -> None:
    text = "The rent is 940 euros [2]. Pirates live there. Snakes are forbidden."
    assert passed(text) == ("The rent is 940 euros. [1] Snakes are forbidden. [2]", False)


def test_what_is_true_and_was_not_asked_is_left_out() -> None:
    text = "The rent is 940 euros. Snakes are forbidden."
    assert passed(text, asked="How much is the rent?") == ("The rent is 940 euros. [1]", False)


def test_what_was_said_is_not_said_again() -> None:
    assert passed("Snakes are forbidden. Snakes are forbidden.", said=("Snakes are forbidden.",)) == ("", False)
    assert passed("Snakes [7] are forbidden.", said=("Snakes [7] are forbidden.",)) == ("", False)


def test_what_contradicts_what_was_said_is_said() -> None:
    said = ("No snakes are forbidden.",)
    assert passed("Snakes are forbidden.", said=said) == ("Snakes are forbidden. [2]", False)


def test_a_model_that_makes_things_up_is_given_up() -> None:
    assert passed("Pirates came. Ghosts came along. Wizards came too. The rent is 940 euros.")[1] is False
    assert passed("The rent is 940 euros. Pirates came. Ghosts came along. Wizards came too.")[1] is True


def test_going_round_in_circles_ends_where_it_began() -> None:
    first = "The passage is about the rules."
    assert end_of_sense(f"{first} Really. {first} And so on. {first} ") == len(first)
    assert end_of_sense(f"{first} Something else follows here. {first}") is None
    assert end_of_sense("Yes. Yes. Yes. Yes.") is None


async def lead_of(question: str, *same: str) -> str:
    lead = await Leading(Meanings(*same)).lead(SecurityContext.local_user(), question, PASSAGES)
    return "" if lead is None else lead.text


async def test_the_best_sentence_is_quoted_with_its_number() -> None:
    assert await lead_of("Are snakes forbidden?") == "“Snakes are forbidden.” [2]"
    assert await lead_of("How much is the monthly rent?") == "“The monthly rent is 940 euros.” [1]"


async def test_the_name_of_a_file_answers_nothing() -> None:
    picture = replace(passage(1, "boathouse.jpg"), file_name="boathouse.jpg")
    leading = Leading(Meanings("When was the boathouse built?", "boathouse.jpg"))
    assert await leading.lead(SecurityContext.local_user(), "When was the boathouse built?", [picture]) is None


async def best_of(question: str, text: str) -> str:
    """Of a text whose sentences all mean what is asked."""
    told = replace(passage(1, text), heading_path=())
    leading = Leading(Meanings(question, *(text[start:end] for start, end in sentences(text))))
    lead = await leading.lead(SecurityContext.local_user(), question, [told])
    assert lead is not None
    return lead.citation.quote


async def test_the_header_of_a_table_is_not_quoted() -> None:
    table = "Category\tFee of a student for a year\nStudent\t180 euros"
    assert await best_of("Which student is in it?", table) == "Student\t180 euros"


async def test_what_has_no_number_does_not_answer_how_many() -> None:
    text = "The boats of our club lie in the hall, and the club owns what it needs. The hall holds 14 boats."
    assert await best_of("How many boats does the club own?", text) == "The hall holds 14 boats."


async def test_a_sentence_that_points_back_comes_with_the_one_before() -> None:
    quoted = await lead_of("On which working day is it due?")
    assert quoted == "“The monthly rent is 940 euros. It is due on the third working day.” [1]"


async def test_meaning_finds_what_words_do_not() -> None:
    assert await lead_of("May reptiles live here?", "May reptiles live here?", "Snakes are forbidden.") == (
        "“Snakes are forbidden.” [2]"
    )
    assert await lead_of("May reptiles live here?") == ""
