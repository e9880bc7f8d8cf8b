"""Languages are told apart by their letters and small words, and left open when that is not enough."""

from __future__ import annotations

import pytest

from modules.file_parser.domain.language import language_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The lease ends on the last day of May and it is not renewed by itself, as you know from the letter."),
        ("de", "Der Mietvertrag endet am letzten Tag im Mai und wird nicht von selbst verlängert, wie Sie wissen."),
        ("fr", "Le bail se termine le dernier jour de mai et il ne se renouvelle pas de lui-même dans la ville."),
        ("es", "El contrato termina el último día de mayo y no se renueva por sí mismo como es lo normal en la casa."),
        ("it", "Il contratto termina il giorno di maggio e non si rinnova da solo come è normale per la casa che hai."),
        (
            "nl",
            "Het contract eindigt op de laatste dag van mei en wordt niet door ons verlengd zoals dat in het boek is.",
        ),
        ("ru", "Договор заканчивается в последний день мая."),
        ("uk", "Договір закінчується в останній день травня і не поновлюється."),
        ("ja", "賃貸契約は五月の最後の日に終わります。"),
        ("zh", "租约在五月的最后一天结束。"),
        ("ko", "임대 계약은 오월 마지막 날에 끝납니다."),
        ("el", "Το συμβόλαιο λήγει την τελευταία ημέρα του Μαΐου."),
    ],
)
def test_a_sentence_is_enough(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "12345 67", "Kitchen 12", "foo bar baz qux " * 10])
def test_too_little_or_nonsense_is_left_open(text: str) -> None:
    assert language_of(text) is None
