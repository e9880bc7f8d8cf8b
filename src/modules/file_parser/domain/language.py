"""Tells the language of a text by its letters and by the small words that every text is full of."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

SAMPLE_CHARACTERS: Final = 20_000
_FEWEST_WORDS = 12
_SMALLEST_SHARE = 0.08

_SMALL_WORDS: Final = {
    "en": "the of and to in is that it for was on are with as be this by from at which have not or an you we",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an wird wir",
    "fr": "le la les de des et à un une du en que qui dans pour est par sur pas plus ne au avec ce il nous sont",
    "es": "el la los las de y que en un una del por con no para es su al lo como más se pero este son está",
    "it": "il la di e che in un una per è del non con le dei gli al si da come sono nel della più anche questo",
    "pt": "o a os as de e que do da em um uma para com não por no na dos se mais como ao foi são é você",
    "nl": "de het een van en in is dat op te zijn met voor niet aan er door ook als bij maar naar wordt deze wij",
    "sv": "och i att det som en på är av för med den till inte om ett har de var så kan från vi eller men",
    "da": "og i at det er en til af på den for med der ikke de har et som kan fra vi eller men blev også",
    "pl": "i w na z do się nie że jest to o jak po przez dla są od za oraz ale był tym który być może",
    "cs": "a v na se je že to s z do o pro jsou by jako od po které ale také jeho byl tak nebo při",
    "tr": "ve bir bu için ile de da olarak daha çok olan gibi en ne ama kadar sonra değil her var",
}
_OWNERS: Final = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_SCRIPTS: Final = (
    ("ja", re.compile("[\u3040-\u30ff]"), 0.05),
    ("ko", re.compile("[\uac00-\ud7af]"), 0.2),
    ("zh", re.compile("[\u4e00-\u9fff]"), 0.2),
    ("ru", re.compile("[\u0400-\u04ff]"), 0.3),
    ("el", re.compile("[\u0370-\u03ff]"), 0.3),
    ("ar", re.compile("[\u0600-\u06ff]"), 0.3),
    ("he", re.compile("[\u0590-\u05ff]"), 0.3),
    ("hi", re.compile("[\u0900-\u097f]"), 0.3),
    ("th", re.compile("[\u0e00-\u0e7f]"), 0.3),
)
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str | None:
    """An ISO 639-1 code, or None when there is too little text or no language stands out."""
    sample = text[:SAMPLE_CHARACTERS]
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return None
    for language, script, share in _SCRIPTS:
        if len(script.findall(sample)) > letters * share:
            return "uk" if language == "ru" and len(_UKRAINIAN.findall(sample)) > letters * 0.02 else language
    return _by_small_words(_WORD.findall(sample.lower()))


def _by_small_words(words: list[str]) -> str | None:
    if len(words) < _FEWEST_WORDS:
        return None
    counts = Counter(words)
    scores = {language: sum(counts[word] for word in small) for language, small in _OWNERS.items()}
    (best, score), (_, second) = Counter(scores).most_common(2)
    clear = score > second * 1.1 and score >= len(words) * _SMALLEST_SHARE
    return best if clear else None
