"""Pictures of collections, their files, and what is found in them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Q_ARG, QMetaObject, QUrl

from hyperspot_desktop.clients import Clients
from hyperspot_desktop.demo import library, profile
from hyperspot_desktop.demo.rag import DemoRag
from hyperspot_desktop.demo.stage import DemoFailure, Scene, Stage, opening
from hyperspot_desktop.resources import resources
from modules.rag.contract import IndexingPace, Pace


def _documents(stage: Stage) -> None:
    stage.view_models.app.setProperty("page", "documents")
    stage.wait_for(lambda: not stage.view_models.documents.property("loading"))
    stage.wait_for(lambda: not stage.view_models.files.property("loading"))
    stage.wait_for(lambda: bool(stage.view_models.models.property("known")))


def _documents_scrolled(stage: Stage) -> None:
    _documents(stage)
    stage.wait_for(lambda: stage.view_models.files.property("count") == 10_000)
    QMetaObject.invokeMethod(stage.window, "scrollFiles", Q_ARG("QVariant", 5_000))
    stage.wait_for(lambda: len(stage.view_models.files.rows_now()) > 100)


def _documents_adding(stage: Stage) -> None:
    _documents(stage)
    stage.view_models.adding.offer([QUrl.fromLocalFile(str(resources()))])
    stage.wait_for(lambda: stage.view_models.adding.property("offerTitle") != "")


def _documents_trouble(stage: Stage) -> None:
    _documents(stage)
    stage.view_models.files.chooseState("could_not_be_read")
    stage.wait_for(lambda: stage.view_models.files.property("count") == 1)


def _documents_sources(stage: Stage) -> None:
    _documents(stage)
    QMetaObject.invokeMethod(
        stage.window, "showSources", Q_ARG("QString", stage.view_models.documents.cards_now()[0].name)
    )


def _search_page_picture(stage: Stage) -> None:
    _search("termination notice", 1)(stage)
    QMetaObject.invokeMethod(stage.window, "showPassagePage")
    stage.wait_for(lambda: stage.view_models.passage_page.property("source") != "")


def _documents_failing() -> Clients:
    rag = DemoRag()
    rag.failure = DemoFailure("The list of your documents cannot be read.")
    return profile.clients(rag=rag)


def _search(query: str, row: int = 0) -> Callable[[Stage], None]:
    def act(stage: Stage) -> None:
        search = stage.view_models.search
        stage.view_models.app.setProperty("page", "search")
        stage.wait_for(lambda: bool(stage.view_models.documents.property("known")))
        stage.wait_for(lambda: bool(stage.view_models.models.property("known")))
        search.setProperty("query", query)
        stage.wait_for(lambda: not search.property("loading"))
        if search.rows_now():
            search.setProperty("current", row)
            passage = stage.view_models.passage
            stage.wait_for(lambda: passage.property("plain") != "" and not passage.property("loading"))

    return act


def _settled(page: str) -> Callable[[Stage], None]:
    def act(stage: Stage) -> None:
        stage.view_models.app.setProperty("page", page)
        stage.wait_for(lambda: not stage.view_models.activity.property("loading"))
        stage.wait_for(lambda: not stage.view_models.pace.property("loading"))
        stage.wait_for(lambda: not stage.view_models.settings.property("loading"))

    return act


def _trashed(stage: Stage) -> None:
    _documents(stage)
    documents = stage.view_models.documents
    documents.remove(documents.cards_now()[1].collection_id)
    stage.wait_for(lambda: documents.property("count") == 2)


def _held_up() -> Clients:
    rag = DemoRag.full()
    rag.hold(IndexingPace(Pace.GENTLE, waits_for="On battery: reading goes on when the computer is plugged in."))
    return profile.clients(rag=rag)


DOCUMENT_SCENES = (
    Scene("documents", "documents", opening(profile.clients), _documents),
    Scene("documents-empty", "documents", opening(profile.empty), _documents),
    Scene(
        "documents-three", "documents", opening(lambda: profile.clients(rag=DemoRag(library.three_files()))), _documents
    ),
    Scene(
        "documents-10000",
        "documents",
        opening(lambda: profile.clients(rag=DemoRag(library.huge()))),
        _documents_scrolled,
    ),
    Scene("documents-trouble", "documents", opening(profile.clients), _documents_trouble),
    Scene("documents-adding", "documents", opening(profile.clients), _documents_adding),
    Scene("documents-sources", "documents", opening(profile.clients), _documents_sources),
    Scene("documents-waiting", "documents", opening(_held_up), _documents),
    Scene("documents-error", "documents", opening(_documents_failing), _documents),
    Scene("search", "search", opening(profile.clients), _search("termination notice", 1)),
    Scene("search-page", "search", opening(profile.clients), _search_page_picture),
    Scene("search-blank", "search", opening(profile.clients), _search("")),
    Scene("search-nothing", "search", opening(profile.clients), _search("kangaroo")),
    Scene("search-empty", "search", opening(profile.empty), _search("")),
    Scene("documents-undo", "documents", opening(profile.clients), _trashed),
    Scene("activity-waiting", "activity", opening(_held_up), _settled("activity")),
)
