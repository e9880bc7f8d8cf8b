"""All view-models of the window over one bridge, and how they hear of each other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.viewmodels.activity import ActivityViewModel
from hyperspot_desktop.viewmodels.adding import AddingViewModel
from hyperspot_desktop.viewmodels.app import AppViewModel
from hyperspot_desktop.viewmodels.backup_preview import BackupPreviewViewModel
from hyperspot_desktop.viewmodels.backups import BackupsViewModel
from hyperspot_desktop.viewmodels.chat import ChatViewModel
from hyperspot_desktop.viewmodels.conversations import ConversationsViewModel
from hyperspot_desktop.viewmodels.crash import CrashViewModel
from hyperspot_desktop.viewmodels.documents import DocumentsViewModel
from hyperspot_desktop.viewmodels.exporting import ExportViewModel
from hyperspot_desktop.viewmodels.file_table import FileTableViewModel
from hyperspot_desktop.viewmodels.importing import ImportViewModel
from hyperspot_desktop.viewmodels.keys import KeysViewModel
from hyperspot_desktop.viewmodels.lock import LockViewModel
from hyperspot_desktop.viewmodels.models import ModelsViewModel
from hyperspot_desktop.viewmodels.pace import PaceViewModel
from hyperspot_desktop.viewmodels.page_view import PageViewModel
from hyperspot_desktop.viewmodels.palette import PaletteRow, PaletteViewModel
from hyperspot_desktop.viewmodels.passage import PassageViewModel
from hyperspot_desktop.viewmodels.retrieval import RetrievalViewModel
from hyperspot_desktop.viewmodels.search import SearchViewModel
from hyperspot_desktop.viewmodels.settings import SettingsViewModel, group_title
from hyperspot_desktop.viewmodels.sources import SourcesViewModel
from hyperspot_desktop.viewmodels.storage import StorageViewModel
from hyperspot_desktop.viewmodels.text import amount, tr
from hyperspot_desktop.viewmodels.trash import TrashViewModel


@dataclass(frozen=True, slots=True, weakref_slot=True)
class ViewModels:
    """They live as long as the window does."""

    NAMES: ClassVar = (
        "app",
        "chat",
        "conversations",
        "models",
        "activity",
        "settings",
        "palette",
        "sources",
        "page",
        "retrieval",
        "trash",
        "documents",
        "adding",
        "files",
        "search",
        "passage",
        "passage_page",
        "pace",
        "exporting",
        "importing",
        "backups",
        "backup_preview",
        "storage",
        "crash",
        "keys",
        "lock",
    )
    # A QML window has a palette of its own.
    QML_NAMES: ClassVar = {
        "palette": "finder",
        "page": "pageView",
        "passage_page": "passagePage",
        "backup_preview": "backupPreview",
    }

    app: AppViewModel
    chat: ChatViewModel
    conversations: ConversationsViewModel
    models: ModelsViewModel
    activity: ActivityViewModel
    settings: SettingsViewModel
    palette: PaletteViewModel
    sources: SourcesViewModel
    page: PageViewModel
    retrieval: RetrievalViewModel
    trash: TrashViewModel

    documents: DocumentsViewModel
    adding: AddingViewModel
    files: FileTableViewModel
    search: SearchViewModel
    passage: PassageViewModel
    passage_page: PageViewModel
    pace: PaceViewModel
    exporting: ExportViewModel
    importing: ImportViewModel
    backups: BackupsViewModel
    backup_preview: BackupPreviewViewModel
    storage: StorageViewModel
    crash: CrashViewModel
    keys: KeysViewModel
    lock: LockViewModel

    @classmethod
    def over(cls, bridge: Bridge, before: ViewModels | None = None) -> ViewModels:
        """``before`` is what the window showed until now: the lock stays, and so do the names of its pictures."""
        chat, documents = ChatViewModel(bridge), DocumentsViewModel(bridge)
        page = PageViewModel(bridge, shelf=None if before is None else before.page.shelf.emptied())
        made = cls(
            AppViewModel(bridge),
            chat,
            ConversationsViewModel(bridge),
            ModelsViewModel(bridge),
            ActivityViewModel(bridge),
            SettingsViewModel(bridge),
            PaletteViewModel(bridge),
            SourcesViewModel(bridge, chat.message),
            page,
            RetrievalViewModel(bridge),
            TrashViewModel(bridge),
            documents,
            AddingViewModel(bridge),
            documents.table,
            SearchViewModel(bridge),
            PassageViewModel(bridge),
            PageViewModel(bridge, shelf=page.shelf),
            PaceViewModel(bridge),
            ExportViewModel(bridge),
            ImportViewModel(bridge),
            BackupsViewModel(bridge),
            BackupPreviewViewModel(bridge),
            StorageViewModel(bridge),
            CrashViewModel(bridge),
            KeysViewModel(bridge),
            LockViewModel(bridge) if before is None else before.lock,
        )
        made._connect()
        if before is not None and before.keys.put_off:
            made.keys.putOffCode()
        return made

    def start(self) -> None:
        """Ask for what the pages show; the calls wait until the host is open."""
        self.keys.start()
        self.settings.start()
        self.chat.start()
        self.conversations.start()
        self.models.start()
        self.activity.start()
        self.documents.start()
        self.trash.start()
        self.pace.start()
        self.backups.start()
        self.storage.start()

    def say_again(self) -> None:
        """After a change of the language: every text that is made in Python."""
        spoken = (self.app, self.chat, self.conversations, self.models, self.activity, self.settings)
        own = (
            self.backups,
            self.backup_preview,
            self.storage,
            self.crash,
            self.exporting,
            self.importing,
            self.keys,
            self.trash,
        )
        for view_model in (*spoken, *own, self.crash, self.documents, self.search, self.sources, self.retrieval):
            view_model.say_again()

    def _connect(self) -> None:
        self.conversations.conversationUpdated.connect(self.chat.adopt)
        self.conversations.conversationTrashed.connect(self._trashed)
        self.conversations.manyTrashed.connect(self._many_trashed)
        self.chat.messagesDeleted.connect(self._messages_deleted)
        self.models.modelTrashed.connect(self._model_trashed)
        self.trash.noticed.connect(self.app.toast)
        self.trash.messagesChanged.connect(self.chat.reload)
        self.chat.textCopied.connect(self._copy)
        self.sources.textCopied.connect(self._copy)
        self.app.citationWanted.connect(self.sources.show)
        self.sources.sourceChanged.connect(self._show_page)
        self.sources.shownChanged.connect(self._offer_sources)
        for changed in (self.chat.opened, self.chat.answered, self.chat.conversationChanged):
            changed.connect(self._offer_sources)
        self.app.textCopied.connect(self._copy)
        self.keys.codeMade.connect(self.app.show_recovery_code)
        self.keys.noticed.connect(self.app.toast)
        self.keys.reportChanged.connect(self._arm)
        self.crash.saved.connect(self.app.toast)
        self.models.noticed.connect(self.app.toast)
        self.activity.jobsChanged.connect(self.app.follow_jobs)
        self.settings.valuesChanged.connect(self._look)
        self.documents.noticed.connect(self.app.toast)
        self.documents.currentChanged.connect(self._know_current)
        self.adding.noticed.connect(self.app.toast)
        self.adding.added.connect(self.documents.expect)
        self.documents.collectionTrashed.connect(self._collection_trashed)
        self.documents.sourceRemoved.connect(self._source_removed)
        self.documents.shelfChanged.connect(self._know_collections)
        self.search.selected.connect(self.passage.show)
        self.passage.asked.connect(self._ask_about)
        self.passage.passageChanged.connect(self._show_passage_page)
        self.documents.asked.connect(self._chat_with)
        self.importing.noticed.connect(self.app.toast)
        self.importing.imported.connect(lambda sentence: self.app.toast(sentence, self.importing.undo))
        self.backups.noticed.connect(self.app.toast)
        self.backups.backupTrashed.connect(self._backup_trashed)
        self.backups.restoreDecidedNow.connect(self._restore_decided)
        self.backup_preview.restored.connect(self._conversations_restored)
        self.palette.add_source(self._chats)
        self.palette.add_source(self._collections)
        self.palette.add_source(self._models)
        self.palette.add_source(self._settings)

    def going(self) -> list[QObject]:
        """What goes when the window is locked: all but the lock itself."""
        return [getattr(self, name) for name in self.NAMES if name not in ("lock", "files")]

    def _arm(self) -> None:
        self.lock.arm(bool(self.keys.property("hasPassphrase")))

    def _trashed(self, conversation_id: str, title: str) -> None:
        if self.chat.property("conversationId") == conversation_id:
            self.chat.newChat()
        sentence = tr("%1 is in the trash.").replace("%1", title)
        self.app.toast(sentence, lambda: self.conversations.restore(conversation_id))

    def _many_trashed(self, ids: list[str]) -> None:
        if self.chat.property("conversationId") in ids:
            self.chat.newChat()
        sentence = amount(len(ids), "1 conversation is in the trash.", "%1 conversations are in the trash.")
        self.app.toast(sentence, lambda: self.conversations.restore_many(ids))

    def _model_trashed(self, model_id: str, name: str) -> None:
        sentence = tr("%1 is in the trash. Its file stays until it is deleted for ever.").replace("%1", name)
        self.app.toast(sentence, lambda: self.models.restore(model_id))

    def _messages_deleted(self, message_id: str, count: int) -> None:
        if not message_id:
            self.app.toast(tr("Gone: a private chat has no trash."))
            return
        many = amount(count, "The message is in the trash.", "%1 messages are in the trash.")
        sentence = many if count else tr("All messages of this chat are in the trash.")
        self.app.toast(sentence, lambda: self.chat.restoreMessage(message_id))

    def _offer_sources(self) -> None:
        """An open inspector follows the answers of the page."""
        self.sources.offer(self.chat.last_cited())

    def _show_page(self) -> None:
        citation = self.sources.shown_citation if self.sources.property("hasPages") else None
        if citation is None:
            self.page.point_at(None, 0, "")
        else:
            self.page.point_at(citation.file_id, citation.page or 0, citation.quote or citation.text)

    def _show_passage_page(self) -> None:
        row = self.passage.row if self.passage.property("hasPages") else None
        if row is None:
            self.passage_page.point_at(None, 0, "")
        else:
            self.passage_page.point_at(UUID(row.file_id), row.page, row.text)

    def _collection_trashed(self, collection_id: str, name: str) -> None:
        sentence = tr("%1 is in the trash. Your files were not touched.").replace("%1", name)
        self.app.toast(sentence, lambda: self.documents.restore(collection_id))

    def _backup_trashed(self, name: str, called: str) -> None:
        sentence = tr("The backup %1 is in the trash.").replace("%1", called)
        self.app.toast(sentence, lambda: self.backups.takeBack(name))

    def _restore_decided(self, called: str) -> None:
        self.app.toast(
            tr("Decided for the next start: the backup from %1.").replace("%1", called), self.backups.undoDecision
        )

    def _conversations_restored(self, sentence: str, undoable: list[str]) -> None:
        self.app.toast(sentence, (lambda: self.backup_preview.undo(undoable)) if undoable else None)
        self.backups.refresh()

    def _source_removed(self, name: str, path: str, watched: bool) -> None:
        sentence = tr("%1 no longer belongs to %2. Your files were not touched.")
        sentence = sentence.replace("%2", name).replace("%1", Path(path).name or path)
        self.app.toast(sentence, lambda: self.documents.add_source(name, path, watch=watched))

    def _know_current(self) -> None:
        self.adding.know_current(str(self.documents.property("currentName")))

    def _know_collections(self) -> None:
        self.search.know_collections([card.name for card in self.documents.cards_now()])

    def _ask_about(self, collection: str, file_name: str, text: str) -> None:
        """A new chat that begins with the passage, quoted."""
        self.app.setProperty("page", "chat")
        self.chat.ask_about_named(collection)
        quoted = "\n".join(f"> {line}" for line in text.strip().splitlines())
        self.chat.setProperty("draft", tr("About %1:").replace("%1", file_name) + f"\n{quoted}\n\n")

    def _chat_with(self, collection_id: str, name: str) -> None:
        self.app.setProperty("page", "chat")
        self.chat.ask_about([UUID(collection_id)])

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.app.toast(tr("Copied"))

    def _look(self, values: dict[str, Any]) -> None:
        scale = values.get("appearance.font_scale")
        self.app.look(
            theme=values.get("appearance.theme"),
            font_scale=scale / 100 if scale is not None else None,
            high_contrast=values.get("appearance.high_contrast"),
            reduced_motion=values.get("appearance.reduce_motion"),
        )
        self.app.speak(values.get("appearance.language", self.app.language))
        self.lock.limit(int(values.get("privacy.lock_after_min", 0)))
        self.app.stay_offline(bool(values.get("privacy.offline", False)))
        self.chat.configure(
            send_with_enter=bool(values.get("chat.send_with_enter", True)),
            show_stats=bool(values.get("chat.show_stats", True)),
        )

    def _chats(self) -> list[PaletteRow]:
        section = tr("Conversations")
        return [
            PaletteRow("chat", row.conversation_id, "", section, "message-square", row.title, detail=row.day)
            for row in self.conversations.everything()
        ]

    def _collections(self) -> list[PaletteRow]:
        section = tr("Documents")
        return [
            PaletteRow("collection", card.collection_id, "", section, "folder", card.name, detail=card.detail)
            for card in self.documents.cards_now()
        ]

    def _models(self) -> list[PaletteRow]:
        section = tr("Models")
        return [
            PaletteRow("model", model["modelId"], "", section, "cpu", model["name"], detail=model["detail"])
            for model in self.models.chat_models()
        ]

    def _settings(self) -> list[PaletteRow]:
        return [
            PaletteRow(
                "setting",
                setting.spec.key,
                "",
                tr("Settings"),
                "sliders-horizontal",
                tr(setting.spec.title),
                detail=group_title(setting.spec.key),
            )
            for setting in self.settings.found()
        ]
