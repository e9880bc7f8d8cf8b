"""What a conversation is asked with: title, model, instructions, numbers, and the documents it is answered from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Property, QObject, Signal, Slot

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.viewmodels import chat_settings
from hyperspot_desktop.viewmodels.chat_collections import ChatCollections
from hyperspot_desktop.viewmodels.loading import LoadingViewModel

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.chat.contract import ChatParams, Conversation


class AskedConversation(LoadingViewModel):
    """The conversation on the page, or what the next new one will be made with."""

    titleChanged = Signal()
    modelChanged = Signal()
    collectionsChanged = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent, loading=False)
        self._conversation: Conversation | None = None
        self._next_model = ""
        self._next_prompt = ""
        self._next_params: ChatParams | None = None
        self._next_collections: tuple[UUID, ...] = ()
        self._collections = ChatCollections(bridge, self.collectionsChanged.emit)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return "" if self._conversation is None else self._conversation.title

    @Property(str, notify=modelChanged)
    def model(self) -> str:
        """The model this conversation asks, or "" for the default one."""
        return self._model()

    def _model(self) -> str:
        chosen = self._next_model if self._conversation is None else self._conversation.model or ""
        return chosen.removeprefix("local::")

    # Its settings.

    @Slot(str)
    def chooseModel(self, model_id: str) -> None:
        """Ask this model from now on; "" is the default."""
        if self._conversation is None:
            self._next_model = model_id
            self.modelChanged.emit()
        else:
            self._patch(model=model_id)

    @Slot(result="QVariantMap")
    def settingTexts(self) -> dict[str, str]:
        """The settings sheet's fields: system_prompt, model and the numbers; empty means the default."""
        shown = self._conversation
        prompt = self._next_prompt if shown is None else shown.system_prompt
        return {"system_prompt": prompt, "model": self._model(), **chat_settings.texts_of(self._params())}

    @Slot(str, str, result=str)
    def settingProblem(self, name: str, text: str) -> str:
        return chat_settings.problem(name, text)

    @Slot("QVariantMap", result=bool)
    def saveSettings(self, texts: dict[str, str]) -> bool:
        """Keep the sheet's fields for this conversation, or for the new one; False when one of them is refused."""
        try:
            params = chat_settings.params_with(self._params(), texts)
        except ValueError:
            return False
        prompt, model = texts["system_prompt"].strip(), texts["model"]
        if self._conversation is None:
            self._next_prompt, self._next_params = prompt, params
            self.chooseModel(model)
        else:
            self._patch(system_prompt=prompt, params=params, model=None if model == self._model() else model)
        return True

    def _params(self) -> ChatParams:
        from modules.chat.contract import ChatParams

        return (self._next_params or ChatParams()) if self._conversation is None else self._conversation.params

    @Slot(str)
    def rename(self, title: str) -> None:
        if self._conversation is not None and title.strip():
            self._patch(title=title.strip())

    def _patch(self, **changes: Any) -> None:
        conversation = self._conversation
        if conversation is None:
            return

        async def update(clients: Clients) -> Conversation:
            from modules.chat.contract import ConversationPatch

            return await clients.chat.update(clients.ctx, conversation.id, ConversationPatch(**changes))

        self._bridge.call(update, self.adopt, self._fail)

    # The documents that it is answered from.

    @Property(str, notify=collectionsChanged)
    def collectionText(self) -> str:
        """ "Contracts", "3 collections"; "" when the model answers alone."""
        return self._collections.text(self._chosen())

    @Property("QVariantList", notify=collectionsChanged)  # type: ignore[arg-type]  # the stubs know no QVariantList
    def collectionChoices(self) -> list[dict[str, Any]]:
        """Every collection: collectionId, name, chosen."""
        return self._collections.choices(self._chosen())

    @Slot(str)
    def toggleCollection(self, collection_id: str) -> None:
        """Answer from this collection too, or no longer."""
        self._choose(self._collections.toggled(self._chosen(), collection_id))

    @Slot()
    def chooseNoCollection(self) -> None:
        self._choose(())

    def _chosen(self) -> tuple[UUID, ...]:
        return self._next_collections if self._conversation is None else self._conversation.collections

    def _choose(self, collections: tuple[UUID, ...]) -> None:
        if self._conversation is None:
            self._next_collections = collections
            self.collectionsChanged.emit()
        else:
            self._patch(collections=collections)

    # Inside.

    def adopt(self, conversation: Conversation) -> None:
        """Take over a newer state of the conversation that is shown."""
        if self._conversation is not None and conversation.id == self._conversation.id:
            self._ask(conversation)

    def _ask(self, conversation: Conversation | None) -> None:
        self._conversation = conversation
        self.titleChanged.emit()
        self.modelChanged.emit()
        self.collectionsChanged.emit()
        self._asked_changed()

    def _asked_changed(self) -> None:
        """Another conversation is on the page, or a newer state of it."""

    def _forget_next(self) -> None:
        """The new conversation has them now; only the model is meant for the next one too."""
        self._next_prompt, self._next_params, self._next_collections = "", None, ()

    def _creating(self) -> Callable[[Clients], Awaitable[Conversation]]:
        """Makes the conversation of the empty page, with what was set for it."""
        model, prompt, params = self._next_model or None, self._next_prompt, self._next_params
        collections = self._next_collections
        return lambda clients: clients.chat.create(
            clients.ctx, model=model, system_prompt=prompt, params=params, collections=collections
        )
