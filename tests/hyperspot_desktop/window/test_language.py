"""The translations are whole and compiled, and the window changes its language while it runs."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QRect
from PySide6.QtGui import QAccessible, QGuiApplication

from devtools.translations import FOLDER, LANGUAGES, python_texts, release, update
from hyperspot_desktop.demo import profile
from hyperspot_desktop.viewmodels.text import tr
from hyperspot_desktop.window.frame import Frame
from hyperspot_desktop.window.language import Language
from tests.hyperspot_desktop.conftest import MakeFrame, WaitFor
from tests.hyperspot_desktop.window.walking import tree

PLACEHOLDER = re.compile(r"%\d")


def messages(path: Path) -> dict[tuple[str, str], ElementTree.Element]:
    """Context and source of every text, and its translation."""
    found = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            found[context.findtext("name", ""), message.findtext("source", "")] = translation
    return found


def texts(frame: Frame) -> set[str]:
    """Every text that a screen reader finds in the window."""
    return {node.text(QAccessible.Text.Name) for node in tree(frame)}


def side_bar(frame: Frame) -> QRect:
    return next(node.rect() for node in tree(frame) if node.text(QAccessible.Text.Name) == "Side bar")


@pytest.fixture
def language(application: QGuiApplication) -> Iterator[Language]:
    before = QLocale()
    spoken = Language(application)
    spoken.speak("en")
    yield spoken
    spoken.speak("en")
    QLocale.setDefault(before)


@pytest.fixture(scope="module")
def of_the_sources(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Every text to translate, the same for all languages: looking through all sources takes seconds."""
    fresh = tmp_path_factory.mktemp("fresh") / "fresh.ts"
    update(LANGUAGES[0], fresh)
    assert len(python_texts()) > 100
    return sorted(messages(fresh))


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_text_of_the_sources_has_a_finished_translation(name: str, of_the_sources: list[tuple[str, str]]) -> None:
    kept = messages(FOLDER / f"hyperspot_{name}.ts")
    assert of_the_sources == sorted(kept)
    assert [key for key, translation in kept.items() if translation.get("type") or not translation.text] == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_placeholders_agree(name: str) -> None:
    kept = messages(FOLDER / f"hyperspot_{name}.ts")
    differing = [
        source
        for (_, source), translation in kept.items()
        if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(translation.text or ""))
    ]
    assert differing == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_compiled_translations_are_up_to_date(name: str, tmp_path: Path) -> None:
    source = FOLDER / f"hyperspot_{name}.ts"
    release(source, tmp_path / "fresh.qm")
    assert (tmp_path / "fresh.qm").read_bytes() == source.with_suffix(".qm").read_bytes()


def test_the_models_page_changes_to_german_and_back(
    language: Language, make_frame: MakeFrame, wait_for: WaitFor
) -> None:
    view_models, frame = make_frame(profile.clients())
    view_models.app.languageChanged.connect(language.speak)
    view_models.app.languageChanged.connect(lambda _: frame.say_again())
    wait_for(lambda: view_models.settings.rows_now() and view_models.models.property("known"))
    view_models.app.setProperty("page", "models")
    wait_for(lambda: {"Models", "From an address"} <= texts(frame))
    view_models.settings.setText("appearance.language", "de")
    wait_for(lambda: {"Modelle", "Von einer Adresse", "Nur Modell-Downloads"} <= texts(frame))
    assert "From an address" not in texts(frame)
    assert "Kerne" in str(view_models.models.property("hardwareText"))
    view_models.settings.setText("appearance.language", "en")
    wait_for(lambda: {"Models", "From an address"} <= texts(frame))


def test_chinese_is_spoken_for_zh(language: Language) -> None:
    language.speak("zh")
    assert tr("Yesterday") == "昨天"


def test_a_language_without_a_translation_is_english_and_read_in_its_own_direction(
    language: Language, make_frame: MakeFrame, wait_for: WaitFor
) -> None:
    _, frame = make_frame(profile.clients())
    wait_for(lambda: "Side bar" in texts(frame))
    assert side_bar(frame).left() == frame.window.x()
    language.speak("he")
    wait_for(lambda: side_bar(frame).right() + 1 == frame.window.x() + frame.window.width())
    assert tr("Yesterday") == "Yesterday"
