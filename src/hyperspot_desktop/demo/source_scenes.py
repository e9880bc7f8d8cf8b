"""The chat with documents, as pictures are taken of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from hyperspot_desktop.clients import Clients
from hyperspot_desktop.demo import cited, library, profile
from hyperspot_desktop.demo.chat import DemoChat
from hyperspot_desktop.demo.rag import DemoRag
from hyperspot_desktop.demo.stage import Scene, Stage, open_newest, opening
from hyperspot_desktop.demo.texts import CITED_ANSWER, NOTHING_FOUND, QUESTION
from modkit.security import SecurityContext
from modules.file_parser.contract import DocumentNotFound
from modules.rag.contract import FileState, PageImage


def _show(number: int, *, as_page: bool = False) -> Callable[[Stage], None]:
    """A source in the inspector, which is a drawer in a narrow window."""

    def act(stage: Stage) -> None:
        sources, page = stage.view_models.sources, stage.view_models.page
        sources.setProperty("asPage", as_page)
        answer = stage.view_models.chat.last_cited()
        assert answer is not None
        sources.show(str(answer.id), number)
        stage.wait_for(lambda: not sources.property("loading"))
        stage.wait_for(lambda: not as_page or bool(page.property("source") or page.property("errorSentence")))

    return act


def _explained(stage: Stage) -> None:
    open_newest(stage)
    answer = stage.view_models.chat.last_cited()
    assert answer is not None
    stage.view_models.retrieval.show(str(answer.id))
    stage.wait_for(lambda: bool(stage.view_models.retrieval.property("known")))


def _tried(stage: Stage) -> None:
    _explained(stage)
    retrieval = stage.view_models.retrieval
    retrieval.set("mode", "keyword")
    retrieval.set("passages", 5)
    retrieval.search()
    stage.wait_for(lambda: bool(retrieval.property("tried")))


def _asking(stage: Stage) -> None:
    chat = stage.view_models.chat
    stage.wait_for(lambda: bool(stage.view_models.models.property("hasChatModel")))
    stage.wait_for(lambda: bool(chat.property("collectionChoices")))
    chat.ask_about([cited.CONTRACTS])
    chat.send(QUESTION)
    stage.wait_for(lambda: any(row.total for row in chat.rows_now()))


def _blank(stage: Stage) -> None:
    stage.wait_for(lambda: bool(stage.view_models.models.property("hasChatModel")))
    stage.wait_for(lambda: bool(stage.view_models.chat.property("collectionChoices")))
    stage.view_models.chat.ask_about([cited.CONTRACTS])


def _reading() -> Clients:
    chat = profile.full_chat()
    chat.progress, chat.citations = cited.PROGRESS[1:2], cited.citations()
    chat.progress_pace_s = 60.0
    return profile.clients(chat=chat)


def _nothing() -> Clients:
    chat = profile.full_chat()
    conversation = chat.seed("Parental leave", [("user", "How long is parental leave?"), ("assistant", NOTHING_FOUND)])
    chat.cite(conversation, (), (cited.CONTRACTS,), replace(cited.trace(("parental leave",)), candidates=()))
    return profile.clients(chat=chat)


def _away() -> Clients:
    """The file is away: its text is there, its pages are not."""
    shelf = library.contracts()
    shelf.files = [replace(file, state=FileState.AWAY, reason="Its folder is not there.") for file in shelf.files]
    return profile.clients(rag=_Unplugged([shelf]))


class _Unplugged(DemoRag):
    """Its files are on a drive that was taken away: they cannot be drawn."""

    async def page_image(
        self, ctx: SecurityContext, file_id: UUID, page: int, *, width: int, mark: str = ""
    ) -> PageImage:
        raise DocumentNotFound("MSA-2024.pdf is not there now.")


def _gone() -> Clients:
    """The collection was deleted: what the answer was made from is stored with it."""
    return profile.clients(rag=DemoRag([library.papers()]))


def _long() -> Clients:
    """More sources than fit into two lines."""
    chat = DemoChat()
    conversation = chat.seed("Everything about notice", [("user", QUESTION), ("assistant", CITED_ANSWER)])
    chat.cite(conversation, tuple(cited.citation(n, one) for n, one in enumerate(library.PASSAGES, 1)), ())
    return profile.clients(chat=chat)


SOURCE_SCENES = (
    Scene("chat-documents", "sources", opening(profile.clients), open_newest, resized=_show(1)),
    Scene("chat-documents-page", "sources", opening(profile.clients), open_newest, resized=_show(1, as_page=True)),
    Scene("chat-documents-away", "sources", opening(_away), open_newest, resized=_show(2)),
    Scene("chat-documents-undrawn", "sources", opening(_away), open_newest, resized=_show(1, as_page=True)),
    Scene("chat-documents-gone", "sources", opening(_gone), open_newest, resized=_show(3)),
    Scene("chat-documents-reading", "sources", opening(_reading), _asking),
    Scene("chat-documents-nothing", "sources", opening(_nothing), open_newest),
    Scene("chat-documents-many", "sources", opening(_long), open_newest),
    Scene("chat-documents-new", "sources", opening(profile.clients), _blank),
    Scene("chat-found", "sources", opening(profile.clients), _explained),
    Scene("chat-found-again", "sources", opening(profile.clients), _tried),
)
