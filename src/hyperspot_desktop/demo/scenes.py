"""The states that pictures are taken of: each is a profile, and what is done in the window before the picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMetaObject

from hyperspot_desktop.clients import Clients, HostOpener, OpenHost
from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.backup_scenes import BACKUP_SCENES
from hyperspot_desktop.demo.chat import DemoChat
from hyperspot_desktop.demo.crash_scenes import CRASH_SCENES
from hyperspot_desktop.demo.document_scenes import DOCUMENT_SCENES
from hyperspot_desktop.demo.exchange_scenes import EXCHANGE_SCENES
from hyperspot_desktop.demo.jobs import DemoJobs
from hyperspot_desktop.demo.key_scenes import KEY_SCENES
from hyperspot_desktop.demo.keys import DemoKeys
from hyperspot_desktop.demo.models import DemoModels
from hyperspot_desktop.demo.source_scenes import SOURCE_SCENES
from hyperspot_desktop.demo.stage import DemoFailure, Scene, Stage, open_newest, opening
from hyperspot_desktop.demo.texts import EVERYTHING, HOSTILE, QUESTION
from modkit.errors import ErrorKind, HyperSpotError
from modules.chat.contract import ChatParams, MessageStatus, Role


class KeyUnavailable(HyperSpotError):
    """As modkit.keys says it when the keyring is locked."""

    kind = ErrorKind.UNAVAILABLE
    action = "Unlock or start the keyring and try again. Or unlock with the recovery code."


class PassphraseWanted(HyperSpotError):
    """As modkit.keys says it when every start asks."""

    kind = ErrorKind.UNAVAILABLE
    action = "Type the passphrase, or the recovery code."


def _failing(error: Exception) -> Callable[[], HostOpener]:
    async def fail() -> OpenHost:
        raise error

    return lambda: fail


def _page(name: str) -> Callable[[Stage], None]:
    def act(stage: Stage) -> None:
        stage.view_models.app.setProperty("page", name)
        stage.wait_for(lambda: not stage.view_models.models.property("loading"))
        stage.wait_for(lambda: not stage.view_models.activity.property("loading"))
        stage.wait_for(lambda: not stage.view_models.settings.property("loading"))

    return act


def _one_answer(text: str, status: MessageStatus = MessageStatus.COMPLETE) -> Clients:
    chat = profile.full_chat()
    conversation = chat.seed("Everything a page can draw", [("user", QUESTION), ("assistant", text)])
    answer = chat.branch(conversation)[-1]
    chat.put(replace(answer, status=status))
    return profile.clients(chat=chat)


def _cut() -> Clients:
    chat = profile.full_chat()
    turns: list[tuple[Role, str]] = [("user", QUESTION), ("assistant", "Sixty days' written notice, which must")]
    conversation = chat.seed("Termination clauses in the MSA", turns)
    error = {"code": "answer_cut", "sentence": "The answer reached its length limit and was cut."}
    chat.put(replace(chat.branch(conversation)[-1], error=error))
    return profile.clients(chat=chat)


def _list_error() -> Clients:
    chat = DemoChat()
    chat.failure = DemoFailure("The profile is in use by another program.")
    return profile.clients(chat=chat)


def _streaming(stage: Stage) -> None:
    chat = stage.view_models.chat
    stage.wait_for(lambda: bool(stage.view_models.models.property("hasChatModel")))
    chat.send(QUESTION)
    stage.wait_for(lambda: len(chat.rows_now()) >= 4)


def _branches(stage: Stage) -> None:
    open_newest(stage)
    chat = stage.view_models.chat
    chat.regenerate(next(row.message_id for row in chat.rows_now() if row.kind == "footer"))
    stage.wait_for(lambda: bool(chat.property("answering")))
    stage.wait_for(lambda: not chat.property("answering"))


def _conversation_settings(stage: Stage) -> None:
    open_newest(stage)
    QMetaObject.invokeMethod(stage.window, "openConversationSettings")


def _tuned() -> Clients:
    chat = profile.full_chat()
    conversation = chat.seed("Termination clauses in the MSA", [("user", QUESTION)])
    chat.tune(conversation, "You are a careful contracts lawyer. Quote the clause you rely on.", ChatParams(0.2))
    return profile.clients(chat=chat)


def _branching() -> Clients:
    chat = profile.full_chat()
    chat.pace_s = 0.0
    return profile.clients(chat=chat)


def _no_models() -> Clients:
    jobs = DemoJobs()
    return profile.clients(models=DemoModels.no_catalogue(jobs), jobs=jobs)


def _sheet(query: str) -> Callable[[Stage], None]:
    def act(stage: Stage) -> None:
        open_newest(stage)
        palette = stage.view_models.palette
        QMetaObject.invokeMethod(stage.window, "openPalette")
        stage.wait_for(lambda: bool(palette.rows_now()))
        palette.setProperty("query", query)
        stage.wait_for(lambda: not query or any(row.kind == "message" for row in palette.rows_now()))

    return act


def _shortcuts(stage: Stage) -> None:
    open_newest(stage)
    stage.view_models.palette.chosen.emit("command", "shortcuts", "")


def _trash(stage: Stage) -> None:
    open_newest(stage)
    conversations = stage.view_models.conversations
    before = len(conversations.rows_now())
    conversations.trash(conversations.rows_now()[-1].conversation_id)
    stage.wait_for(lambda: len(conversations.rows_now()) < before)


def _trashed(stage: Stage) -> None:
    """A conversation, a question with its answer and a collection are in the trash."""
    open_newest(stage)
    models = stage.view_models
    models.conversations.trash(models.conversations.rows_now()[-1].conversation_id)
    models.chat.deleteMessage(next(row.message_id for row in models.chat.rows_now() if row.kind == "user"))
    stage.wait_for(lambda: bool(models.documents.cards_now()))
    models.documents.remove(models.documents.cards_now()[-1].collection_id)
    stage.wait_for(lambda: len(models.trash.rows_now()) == 3)
    models.app.setProperty("page", "trash")


def _deleted(stage: Stage) -> None:
    open_newest(stage)
    chat = stage.view_models.chat
    chat.deleteMessage(next(row.message_id for row in chat.rows_now() if row.kind == "user"))
    stage.wait_for(lambda: any(row.kind == "deleted" for row in chat.rows_now()))


def _private(stage: Stage) -> None:
    open_newest(stage)
    models = stage.view_models
    models.chat.newPrivateChat()
    stage.wait_for(lambda: bool(models.chat.property("private")))
    models.chat.send("What should I say to my doctor?")
    stage.wait_for(
        lambda: not models.chat.property("answering") and any(r.kind == "footer" for r in models.chat.rows_now())
    )
    stage.wait_for(lambda: any(row.private for row in models.conversations.rows_now()))


def _settings_bad(stage: Stage) -> None:
    _page("settings")(stage)
    settings = stage.view_models.settings
    settings.setText("appearance.font_scale", "900")
    stage.wait_for(lambda: any(row.error for row in settings.rows_now()))


def _wait_for_problem(stage: Stage) -> None:
    stage.wait_for(lambda: stage.view_models.app.property("state") == "failed")


def _first_run(stage: Stage) -> None:
    stage.wait_for(lambda: bool(stage.view_models.models.property("known")))


def _blank(stage: Stage) -> None:
    stage.wait_for(lambda: bool(stage.view_models.models.property("hasChatModel")))
    stage.wait_for(lambda: bool(stage.view_models.conversations.rows_now()))


def _recovery() -> Clients:
    return replace(profile.empty(), keys=DemoKeys(code_kept=False, fresh=True))


def _error(stage: Stage) -> None:
    open_newest(stage)
    stage.view_models.chat.open("00000000-0000-0000-0000-000000000000")
    stage.wait_for(lambda: stage.view_models.chat.property("errorSentence") != "")


SCENES = (
    Scene("chat", "chat", opening(profile.clients), open_newest),
    Scene("chat-german", "chat", opening(profile.clients), open_newest, "de"),
    Scene("chat-new", "chat", opening(profile.clients), _blank),
    Scene("chat-first-run", "chat", opening(profile.empty), _first_run),
    Scene("chat-recovery-code", "chat", opening(_recovery), _first_run),
    Scene("chat-streaming", "chat", opening(profile.clients), _streaming),
    Scene("chat-branches", "chat", opening(_branching), _branches),
    Scene("chat-everything", "chat", opening(lambda: _one_answer(EVERYTHING)), open_newest),
    Scene("chat-hostile", "chat", opening(lambda: _one_answer(HOSTILE)), open_newest),
    Scene(
        "chat-interrupted",
        "chat",
        opening(lambda: _one_answer("The notice period is", MessageStatus.INTERRUPTED)),
        open_newest,
    ),
    Scene("chat-cut", "chat", opening(_cut), open_newest),
    Scene("chat-error", "chat", opening(profile.clients), _error),
    Scene("chat-list-error", "chat", opening(_list_error), lambda stage: _first_run(stage)),
    Scene("chat-settings", "chat", opening(_tuned), _conversation_settings),
    Scene("chat-undo", "chat", opening(profile.clients), _trash),
    Scene("chat-deleted", "chat", opening(profile.clients), _deleted),
    Scene("chat-private", "chat", opening(_branching), _private),
    Scene("trash", "trash", opening(profile.clients), _trashed),
    Scene("trash-empty", "trash", opening(profile.empty), _page("trash")),
    *DOCUMENT_SCENES,
    *SOURCE_SCENES,
    *EXCHANGE_SCENES,
    *BACKUP_SCENES,
    *CRASH_SCENES,
    *KEY_SCENES,
    Scene("models", "models", opening(profile.clients), _page("models")),
    Scene("models-empty", "models", opening(_no_models), _page("models")),
    Scene("activity", "activity", opening(profile.clients), _page("activity")),
    Scene("activity-empty", "activity", opening(profile.empty), _page("activity")),
    Scene("settings", "settings", opening(profile.clients), _page("settings")),
    Scene("settings-refused", "settings", opening(profile.clients), _settings_bad),
    Scene("palette", "palette", opening(profile.clients), _sheet("")),
    Scene("palette-found", "palette", opening(profile.clients), _sheet("notice")),
    Scene("shortcuts", "palette", opening(profile.clients), _shortcuts),
    Scene(
        "start-locked",
        "start",
        _failing(KeyUnavailable("The key of your data cannot be reached: the keyring is locked.")),
        _wait_for_problem,
    ),
    Scene(
        "start-asked",
        "start",
        _failing(PassphraseWanted("HyperSpot asks for your passphrase at every start.")),
        _wait_for_problem,
    ),
    Scene(
        "start-failed", "start", _failing(DemoFailure("The profile is in use by another program.")), _wait_for_problem
    ),
)


def real_scenes(home: Path) -> list[Scene]:
    """The pages of a real profile, as they are."""
    from hyperspot_desktop.window.real_host import Profile, opener

    def open_real() -> HostOpener:
        return opener(Profile(home))

    def newest(stage: Stage) -> None:
        stage.wait_for(lambda: not stage.view_models.conversations.property("loading"))
        stage.wait_for(lambda: bool(stage.view_models.models.property("known")))
        if stage.view_models.conversations.rows_now():
            open_newest(stage)

    pages = ("documents", "search", "models", "activity", "settings")
    return [
        Scene("real-chat", "chat", open_real, newest),
        *(Scene(f"real-{page}", page, open_real, _page(page)) for page in pages),
    ]
