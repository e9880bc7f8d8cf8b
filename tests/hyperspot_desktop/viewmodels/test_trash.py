"""The Trash page's list, deleting messages, and private chats, against clients in memory and a real bridge."""

from __future__ import annotations

import pytest

from hyperspot_desktop.clients import Clients
from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.backups import DemoBackups
from hyperspot_desktop.demo.chat import DemoChat
from hyperspot_desktop.viewmodels.all import ViewModels
from modkit.errors import ErrorKind, HyperSpotError
from tests.hyperspot_desktop.conftest import MakeBridge, WaitFor


class Broken(HyperSpotError):
    kind = ErrorKind.UNAVAILABLE
    action = "Repair it."


@pytest.fixture
def demo() -> Clients:
    chat = profile.full_chat()
    chat.pace_s = 0.0
    return profile.clients(chat=chat)


@pytest.fixture
def models(make_bridge: MakeBridge, demo: Clients, wait_for: WaitFor) -> ViewModels:
    made = ViewModels.over(make_bridge(demo))
    made.start()
    wait_for(lambda: len(made.conversations.rows_now()) == 7 and not made.trash.property("loading"))
    return made


def _toasts(models: ViewModels) -> list[tuple[str, str]]:
    said: list[tuple[str, str]] = []
    models.app.toastShown.connect(lambda sentence, undo: said.append((sentence, undo)))
    return said


def _open(models: ViewModels, wait_for: WaitFor) -> str:
    """Opens the newest conversation; gives the id of its question."""
    models.chat.open(models.conversations.rows_now()[0].conversation_id)
    wait_for(lambda: any(row.kind == "footer" for row in models.chat.rows_now()))
    return next(row.message_id for row in models.chat.rows_now() if row.kind == "user")


def test_everything_deleted_stands_in_one_list_and_comes_back(models: ViewModels, wait_for: WaitFor) -> None:
    question = _open(models, wait_for)
    conversation = models.conversations.rows_now()[-1].conversation_id
    models.conversations.trash(conversation)
    models.chat.deleteMessage(question)
    wait_for(lambda: bool(models.documents.cards_now()))
    models.documents.remove(models.documents.cards_now()[0].collection_id)
    models.models.remove("qwen3-4b")
    wait_for(
        lambda: {row.kind for row in models.trash.rows_now()} == {"conversation", "message", "collection", "model"}
    )

    for row in models.trash.rows_now():
        models.trash.restore(row.kind, row.item_id)
    wait_for(lambda: models.trash.property("count") == 0)

    wait_for(lambda: len(models.conversations.rows_now()) == 7)
    wait_for(lambda: any(row.kind == "user" for row in models.chat.rows_now()))


def test_a_deleted_message_leaves_its_place_and_can_be_undone_at_once(models: ViewModels, wait_for: WaitFor) -> None:
    said = _toasts(models)
    models.chat.deleteMessage(_open(models, wait_for))
    wait_for(lambda: [row.kind for row in models.chat.rows_now()] == ["deleted", "deleted"])
    wait_for(lambda: said == [("2 messages are in the trash.", "Undo")])

    models.app.undo()

    wait_for(lambda: any(row.kind == "user" for row in models.chat.rows_now()))


def test_deleted_for_ever_it_cannot_be_restored_any_more(models: ViewModels, wait_for: WaitFor) -> None:
    said = _toasts(models)
    models.chat.deleteMessage(_open(models, wait_for))
    wait_for(lambda: models.trash.property("count") == 1)

    [row] = models.trash.rows_now()
    models.trash.deleteForEver(row.kind, row.item_id)

    wait_for(lambda: models.trash.property("count") == 0)
    wait_for(lambda: [(row.kind, row.can_continue) for row in models.chat.rows_now()] == [("deleted", False)] * 2)
    assert any("Backups made before" in sentence for sentence, _ in said)


def test_emptying_the_trash_deletes_all_of_it(models: ViewModels, wait_for: WaitFor) -> None:
    models.conversations.trashAll()
    wait_for(lambda: models.trash.property("count") == 7)
    models.trash.empty()
    models.trash.empty()
    wait_for(lambda: models.trash.property("count") == 0 and not models.trash.property("emptying"))
    assert models.conversations.rows_now() == []


def test_all_conversations_deleted_at_once_are_backed_up_and_come_back_at_once(
    models: ViewModels, demo: Clients, wait_for: WaitFor
) -> None:
    said = _toasts(models)
    backups = demo.backups
    assert isinstance(backups, DemoBackups)
    _open(models, wait_for)
    models.conversations.trashAll()
    wait_for(lambda: said == [("7 conversations are in the trash.", "Undo")])
    wait_for(lambda: models.conversations.rows_now() == [])
    assert models.chat.property("conversationId") == ""
    assert backups.backups[0].label == "before-delete"

    models.app.undo()

    wait_for(lambda: len(models.conversations.rows_now()) == 7)


def test_a_cleared_chat_is_empty_and_can_be_undone(models: ViewModels, wait_for: WaitFor) -> None:
    said = _toasts(models)
    _open(models, wait_for)
    models.chat.clearMessages()
    wait_for(lambda: models.chat.rows_now() == [])
    wait_for(lambda: said == [("All messages of this chat are in the trash.", "Undo")])

    models.app.undo()

    wait_for(lambda: any(row.kind == "user" for row in models.chat.rows_now()))


def test_a_private_chat_stands_above_the_others_and_says_so(models: ViewModels, wait_for: WaitFor) -> None:
    models.chat.newPrivateChat()
    wait_for(lambda: bool(models.chat.property("private")))
    models.chat.send("Between us")
    wait_for(lambda: any(row.kind == "footer" for row in models.chat.rows_now()))
    wait_for(lambda: models.conversations.rows_now()[0].private)
    assert models.conversations.rows_now()[0].day == "Private, not kept"
    models.chat.open(models.conversations.rows_now()[1].conversation_id)
    wait_for(lambda: not models.chat.property("private"))


def test_a_model_removed_can_be_undone_at_once(models: ViewModels, wait_for: WaitFor) -> None:
    said = _toasts(models)
    models.models.remove("qwen3-4b")
    wait_for(lambda: [undo for _, undo in said] == ["Undo"])
    models.app.undo()
    wait_for(lambda: models.trash.property("count") == 0)
    wait_for(lambda: any(model["modelId"] == "qwen3-4b" for model in models.models.chat_models()))


def test_an_error_is_said_and_can_be_dismissed(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    chat = DemoChat()
    chat.failure = Broken("Nothing can be read.")
    models = ViewModels.over(make_bridge(profile.clients(chat=chat)))
    models.start()
    wait_for(lambda: models.trash.property("errorSentence") == "Nothing can be read.")
    chat.failure = None
    models.trash.refresh()
    wait_for(lambda: models.trash.property("errorSentence") == "")
