"""Nothing that QML draws may fetch anything: every request is refused and counted."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import QObject, QUrl
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest
from PySide6.QtQml import QQmlNetworkAccessManagerFactory


class DeniedNetwork(QNetworkAccessManager):
    """Answers every request with an error, without opening anything."""

    refused: ClassVar[list[str]] = []

    def createRequest(  # noqa: N802 - Qt's name
        self, operation: Any, request: QNetworkRequest, outgoing: Any = None
    ) -> QNetworkReply:
        DeniedNetwork.refused.append(request.url().toString())
        # An unknown scheme: Qt answers it with an error of its own and touches neither network nor files.
        return super().createRequest(operation, QNetworkRequest(QUrl("refused:")), None)


class DenyAll(QQmlNetworkAccessManagerFactory):
    """Gives the QML engine a network that refuses."""

    def create(self, parent: QObject) -> QNetworkAccessManager:
        return DeniedNetwork(parent)
