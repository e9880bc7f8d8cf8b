"""The window's language: English is the source, others are loaded from resources/i18n."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication

from hyperspot_desktop.window.paths import resources


def install_language(application: QGuiApplication, language: str) -> QTranslator | None:
    """Speak ``language`` ("system", "en", "de", "zh"); None when nothing but English is there for it."""
    locale = QLocale() if language == "system" else QLocale(language)
    if language != "system":
        QLocale.setDefault(locale)
    application.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft
        if locale.textDirection() == Qt.LayoutDirection.RightToLeft
        else Qt.LayoutDirection.LeftToRight
    )
    translator = QTranslator(application)
    if not translator.load(locale, "hyperspot", "_", str(resources() / "i18n")):
        return None
    QCoreApplication.installTranslator(translator)
    return translator
