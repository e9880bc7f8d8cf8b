"""Recovery codes survive handwriting, and catch mistakes."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from modkit.keys.errors import InvalidRecoveryCode
from modkit.keys.recovery import SECRET_BYTES, format_code, new_code, parse_code

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
secrets = st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES)


@given(secrets)
def test_a_code_gives_its_secret_back(secret: bytes) -> None:
    assert parse_code(format_code(secret)) == secret


@given(secrets)
def test_case_spaces_and_lookalikes_do_not_matter(secret: bytes) -> None:
    code = format_code(secret)
    written = " " + code.lower().replace("-", "  ").replace("0", "o").replace("1", "l") + "\n"
    assert parse_code(written) == secret


def test_codes_are_160_bits_in_groups_of_five() -> None:
    codes = {new_code() for _ in range(50)}
    assert SECRET_BYTES * 8 == 160
    assert len(codes) == 50
    assert {tuple(len(group) for group in code.split("-")) for code in codes} == {(5,) * 7}


@given(secrets, st.integers(0, 34), st.integers(1, 31))
def test_a_mistyped_character_is_noticed(secret: bytes, at: int, shift: int) -> None:
    plain = format_code(secret).replace("-", "")
    typed = ALPHABET[(ALPHABET.index(plain[at]) + shift) % 32]
    with pytest.raises(InvalidRecoveryCode, match="mistyped"):
        parse_code(plain[:at] + typed + plain[at + 1 :])


@given(secrets, st.integers(0, 33))
def test_two_neighbours_that_changed_places_are_noticed(secret: bytes, at: int) -> None:
    plain = format_code(secret).replace("-", "")
    assume(plain[at] != plain[at + 1])
    with pytest.raises(InvalidRecoveryCode, match="mistyped"):
        parse_code(plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :])


@pytest.mark.parametrize("code", ["", "ABC", "A" * 36, "U" * 35, "!" * 35])
def test_what_is_no_code_is_refused_with_a_reason(code: str) -> None:
    with pytest.raises(InvalidRecoveryCode, match="does not work") as caught:
        parse_code(code)
    assert caught.value.action
