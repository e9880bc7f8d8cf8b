"""How text becomes terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.local_search_index.domain.words import fold, indexed, storable, words


def _parts(text: str) -> list[str]:
    return [part.text for word in words(text) for part in word.parts]


@pytest.mark.parametrize(
    ("text", "parts", "wholes"),
    [
        ("The cat", "the cat", ""),
        ("getUserName", "get user name", "getusername"),
        ("get_user_name", "get user name", "getusername"),
        ("kebab-case", "kebab case", "kebabcase"),
        ("HTTPServer", "http server", "httpserver"),
        ("PDFs", "pdfs", ""),
        ("os.path.joinAll", "os path join all", "joinall ospathjoinall"),
        ("std::vector", "std vector", "stdvector"),
        ("__init__", "init", ""),
        ("___", "", ""),
        ("utf8", "utf 8", "utf8"),
        ("3f2a9bcd1e4f5a", "3f2a9bcd1e4f5a", ""),
        ("1.2.3.4.5.6.7.8.9", "1 2 3 4 5 6 7 8 9", ""),
        ("naïve Straße ÉCOLE", "naive strasse ecole", ""),
        ("e\u0301te\u0301", "ete", ""),
        ("Ｆｕｌｌ１２", "full12", ""),
        ("½ fish", "12 fish", ""),
        ("日本語です", "日本 本語 語で です す", ""),
        ("ｶﾀｶﾅ", "カタ タカ カナ ナ", ""),
        ("Python言語3版", "python 言語 語 3 版", ""),
        ("हिन्दी", "हिन्दी", ""),
        ("αβγ-δέλτα", "αβγ δελτα", ""),
        ("don't", "don t", ""),
        ("x" * 100, "x" * 64, ""),
        ("\U0001f600 ok", "ok", ""),
    ],
)
def test_text_is_cut_into_terms(text: str, parts: str, wholes: str) -> None:
    assert indexed(text) == (parts, wholes)


@given(st.text() | st.text(alphabet="aB1_.-:> é漢字กिé"))
def test_indexing_finds_what_words_finds(text: str) -> None:
    found = list(words(text))
    parts = " ".join(part.text for word in found for part in word.parts)
    assert indexed(text) == (parts, " ".join(whole for word in found for whole in word.wholes))


@given(st.text())
def test_terms_stand_where_they_say_and_hold_no_separator(text: str) -> None:
    parts = [part for word in words(text) for part in word.parts]
    assert all(0 <= part.start < part.end <= len(text) for part in parts)
    assert [part.text for part in parts] == " ".join(part.text for part in parts).split()


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_case_does_not_matter() -> None:
    assert _parts("ISTANBUL ÇELİK") == _parts("istanbul çeli\u0307k")


def test_what_cannot_be_stored_becomes_a_space() -> None:
    assert storable("a\x00b\x02c\x03d\ud800e") == "a b c d e"
