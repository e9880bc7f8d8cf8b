"""The window's language: English is the source, others are loaded from resources/i18n."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication

from hyperspot_desktop.resources import resources


class Language:
    """What the application speaks, and the direction in which it is read."""

    def __init__(self, application: QGuiApplication) -> None:
        self._application = application
        self._translator: QTranslator | None = None
        self._spoken = ""

    def speak(self, language: str) -> bool:
        """Speak ``language`` ("system", "en", "de", "zh"); False when it is spoken already.

        A language without a translation is English with that language's numbers.
        """
        if language == self._spoken:
            return False
        self._spoken = language
        locale = QLocale.system() if language == "system" else QLocale(language)
        QLocale.setDefault(locale)
        self._application.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft
            if locale.textDirection() == Qt.LayoutDirection.RightToLeft
            else Qt.LayoutDirection.LeftToRight
        )
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
        self._translator = self._load(locale)
        if self._translator is not None:
            QCoreApplication.installTranslator(self._translator)
        return True

    def _load(self, locale: QLocale) -> QTranslator | None:
        # Without this an English system whose second language is German would get German.
        if locale.language() in (QLocale.Language.English, QLocale.Language.C):
            return None
        translator = QTranslator(self._application)
        return translator if translator.load(locale, "hyperspot", "_", str(resources() / "i18n")) else None
