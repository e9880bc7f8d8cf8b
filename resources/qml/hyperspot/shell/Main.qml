pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.pages
import hyperspot.theme

// The window: side bar, page, and what lies above them.
ApplicationWindow {
    id: window

    required property AppViewModel app
    required property ChatViewModel chat
    required property ConversationsViewModel conversations
    required property ModelsViewModel models
    required property ActivityViewModel activity
    required property SettingsViewModel settings
    required property PaletteViewModel finder
    required property DocumentsViewModel documents
    required property FileTableViewModel files
    required property AddingViewModel adding
    required property SearchViewModel search
    required property PassageViewModel passage
    required property PageViewModel passagePage
    required property PaceViewModel pace
    required property ExportViewModel exporting
    required property ImportViewModel importing
    required property SourcesViewModel sources
    required property PageViewModel pageView
    required property RetrievalViewModel retrieval
    required property BackupsViewModel backups
    required property BackupPreviewViewModel backupPreview
    required property StorageViewModel storage
    required property CrashViewModel crash
    required property KeysViewModel keys
    required property LockViewModel lock
    required property TrashViewModel trash

    property bool sideBarShown: true

    readonly property bool systemDark: Application.styleHints.colorScheme === Qt.Dark
    readonly property bool failed: app.state === "failed"
    readonly property bool usable: !failed && app.recovering === "" && !lock.locked

    function newChat(): void {
        app.page = "chat";
        chat.newChat();
        chatPage.focusComposer();
    }
    function newPrivateChat(): void {
        app.page = "chat";
        chat.newPrivateChat();
        chatPage.focusComposer();
    }
    function openChat(conversationId: string, messageId: string): void {
        app.page = "chat";
        chat.openAt(conversationId, messageId);
    }
    function command(name: string): void {
        if (name.startsWith("page:"))
            app.page = name.substring(5);
        else if (name === "new-chat")
            newChat();
        else if (name === "new-private-chat")
            newPrivateChat();
        else if (name === "clear-chat")
            chat.clearMessages();
        else if (name === "delete-all-chats")
            conversations.trashAll();
        else if (name === "import")
            importFile();
        else if (name === "add-files")
            documentsShown().chooseFiles();
        else if (name === "watch-folder")
            documentsShown().chooseFolder();
        else if (name === "pause-indexing")
            pace.togglePause();
        else if (name === "back-up")
            backups.create();
        else if (name === "theme")
            settings.setText("appearance.theme", Theme.dark ? "light" : "dark");
        else if (name === "side-bar")
            sideBarShown = !sideBarShown;
        else if (name === "shortcuts")
            shortcuts.open();
        else if (name === "lock")
            lock.lock();
        else if (name === "keys")
            openKeys("");
    }
    function openPalette(): void {
        paletteSheet.open();
    }
    function openConversationSettings(): void {
        (conversationSheet.made() as ConversationSheet).edit();
    }
    // Behind the lock screen.
    function forget(): void {
        forgetter.forget(contentItem);
    }
    function openKeys(note: string): void {
        (keysSheet.made() as KeysSheet).show(note);
    }
    function documentsShown(): DocumentsPage {
        app.page = "documents";
        return documentsPage.item as DocumentsPage;
    }
    function scrollFiles(row: var): void {
        (documentsPage.item as DocumentsPage).showRow(row);
    }
    function showSources(name: string): void {
        (documentsPage.item as DocumentsPage).showSources(documents.currentId, name);
    }
    function showPassagePage(): void {
        (searchPage.item as SearchPage).showPage();
    }
    function searchIn(fileId: string, fileName: string, collection: string): void {
        app.page = "search";
        search.widen();
        if (fileId !== "")
            search.searchInFile(fileId, fileName);
        if (collection !== "")
            search.narrow("collection", collection);
        (searchPage.item as SearchPage).take();
    }
    function lookInside(name: string): void {
        (backupsPage.item as BackupsPage).lookInside(name, name);
    }
    function openRepairs(): void {
        notices.openDetails();
    }
    function openReport(): void {
        notices.openReport();
    }
    function importFile(): void {
        app.page = "models";
        (modelsPage.item as ModelsPage).chooseFile();
    }

    minimumWidth: 900
    minimumHeight: 600
    width: 1280
    height: 820
    title: usable && chat.title !== "" && app.page === "chat" ? chat.title + " - HyperSpot" : "HyperSpot"
    color: Theme.background
    font.family: Theme.family
    font.pixelSize: Theme.sizeBody
    palette.toolTipBase: Theme.surface3
    palette.toolTipText: Theme.text

    LayoutMirroring.enabled: Application.layoutDirection === Qt.RightToLeft
    LayoutMirroring.childrenInherit: true

    Binding {
        target: Theme
        property: "dark"
        value: window.app.theme === "dark" || (window.app.theme === "system" && window.systemDark)
    }
    Binding {
        target: Theme
        property: "fontScale"
        value: window.app.fontScale
    }
    Binding {
        target: Theme
        property: "highContrast"
        value: window.app.highContrast
    }
    Binding {
        target: Theme
        property: "reducedMotion"
        value: window.app.reducedMotion
    }
    Connections {
        target: window.app

        function onToastShown(sentence: string, undo: string): void {
            toast.show(sentence, undo);
        }
        function onMailConfirmationWanted(address: string): void {
            (linkSheet.made() as LinkSheet).ask(address);
        }
    }
    Connections {
        target: window.lock

        function onPassphraseWanted(): void {
            window.openKeys(qsTr("To lock the window, set a passphrase first: it opens the window again."));
        }
    }
    Connections {
        target: window.finder

        function onChosen(kind: string, target: string, detail: string): void {
            if (kind === "command")
                window.command(target);
            else if (kind === "chat" || kind === "message")
                window.openChat(target, detail);
            else if (kind === "collection") {
                window.app.page = "documents";
                window.documents.select(target);
            } else if (kind === "file")
                window.searchIn(target, detail, "");
            else if (kind === "search") {
                window.search.query = target;
                window.searchIn("", "", "");
            } else if (kind === "model")
                window.app.page = "models";
            else if (kind === "setting") {
                window.app.page = "settings";
                (settingsPage.item as SettingsPage).show(target);
            }
        }
    }

    Shortcut {
        sequence: "Ctrl+N"
        enabled: window.usable
        onActivated: window.newChat()
    }
    Shortcut {
        sequence: "Ctrl+Shift+N"
        enabled: window.usable
        onActivated: window.newPrivateChat()
    }
    Shortcut {
        sequence: "Ctrl+K"
        enabled: window.usable
        onActivated: paletteSheet.open()
    }
    Shortcut {
        sequence: "Ctrl+F"
        enabled: window.usable && window.app.page === "chat"
        onActivated: chatPage.find()
    }
    Shortcut {
        sequence: "Ctrl+I"
        enabled: window.usable && window.app.page === "chat" && window.chat.documented
        onActivated: chatPage.toggleInspector()
    }
    Shortcut {
        sequence: "Ctrl+L"
        enabled: window.usable
        onActivated: {
            window.app.page = "chat";
            chatPage.focusComposer();
        }
    }
    Shortcut {
        sequence: "Ctrl+,"
        enabled: window.usable
        onActivated: window.app.page = "settings"
    }
    Shortcut {
        sequence: "Ctrl+1"
        enabled: window.usable
        onActivated: window.app.page = "chat"
    }
    Shortcut {
        sequence: "Ctrl+2"
        enabled: window.usable
        onActivated: window.app.page = "documents"
    }
    Shortcut {
        sequences: ["Ctrl+3", "Ctrl+Shift+F"]
        enabled: window.usable
        onActivated: window.app.page = "search"
    }
    Shortcut {
        sequence: "Ctrl+4"
        enabled: window.usable
        onActivated: window.app.page = "models"
    }
    Shortcut {
        sequence: "Ctrl+5"
        enabled: window.usable
        onActivated: window.app.page = "activity"
    }
    Shortcut {
        sequence: "Ctrl+B"
        onActivated: window.sideBarShown = !window.sideBarShown
    }
    Shortcut {
        sequence: "Ctrl+Z"
        enabled: toast.visible && toast.undoText !== ""
        onActivated: toast.undo()
    }
    Shortcut {
        sequence: "Ctrl+Shift+L"
        enabled: window.usable
        onActivated: window.lock.lock()
    }
    Shortcut {
        sequence: "F1"
        enabled: window.usable
        onActivated: shortcuts.open()
    }
    Shortcut {
        sequence: StandardKey.Quit
        onActivated: window.app.quit()
    }

    SideBar {
        id: sideBar

        anchors.left: parent.left
        width: visible ? Theme.sideBarWidth : 0
        height: parent.height
        visible: window.sideBarShown && window.usable
        app: window.app
        conversations: window.conversations
        chat: window.chat
        activity: window.activity
        documents: window.documents
        keys: window.keys
        onNewChatWanted: window.newChat()
        onConversationWanted: conversationId => window.openChat(conversationId, "")
        onExportWanted: conversationId => {
            window.exporting.chooseOnly(conversationId);
            window.app.page = "exchange";
        }
    }
    Notices {
        id: notices

        anchors.left: sideBar.right
        anchors.right: parent.right
        visible: window.usable
        viewModel: window.storage
        crash: window.crash
        onFolderWanted: path => window.app.showInFolder(path)
        onBackupsWanted: window.app.page = "backups"
    }
    Item {
        id: pages

        anchors.left: sideBar.right
        anchors.right: parent.right
        anchors.top: notices.bottom
        anchors.bottom: parent.bottom
        visible: window.usable

        ChatPage {
            id: chatPage

            anchors.fill: parent
            visible: window.app.page === "chat"
            focus: visible
            viewModel: window.chat
            models: window.models
            hostReady: window.app.state === "ready"
            sideBarShown: window.sideBarShown
            sources: window.sources
            pageView: window.pageView
            onLinkOpened: address => window.app.openLink(address)
            onModelsWanted: window.app.page = "models"
            onFileWanted: window.importFile()
            onSideBarWanted: window.sideBarShown = true
            onSettingsWanted: window.openConversationSettings()
            onDocumentsWanted: window.app.page = "documents"
            onFileOpenWanted: path => window.app.openFile(path)
            onFolderWanted: path => window.app.showInFolder(path)
            onExplanationWanted: messageId => window.retrieval.show(messageId)
        }
        LazyPage {
            id: documentsPage

            anchors.fill: parent
            shown: window.app.page === "documents"
            sourceComponent: DocumentsPage {
                viewModel: window.documents
                files: window.files
                adding: window.adding
                searchModelMissing: !window.models.hasSearchModel
                onModelsWanted: window.app.page = "models"
                onOpenWanted: path => window.app.openFile(path)
                onFolderWanted: path => window.app.showInFolder(path)
                onCopyWanted: text => window.app.copy(text)
                onSearchWanted: (fileId, fileName) => window.searchIn(fileId, fileName, "")
                onCollectionSearchWanted: name => window.searchIn("", "", name)
                onCollectionAskWanted: collectionId => window.documents.askAbout(collectionId)
            }
        }
        LazyPage {
            id: searchPage

            anchors.fill: parent
            shown: window.app.page === "search"
            sourceComponent: SearchPage {
                viewModel: window.search
                passage: window.passage
                pageView: window.passagePage
                hasDocuments: !window.documents.known || window.documents.count > 0
                onDocumentsWanted: window.app.page = "documents"
                onOpenWanted: path => window.app.openFile(path)
                onFolderWanted: path => window.app.showInFolder(path)
            }
        }
        LazyPage {
            id: modelsPage

            anchors.fill: parent
            shown: window.app.page === "models"
            sourceComponent: ModelsPage {
                viewModel: window.models
            }
        }
        LazyPage {
            anchors.fill: parent
            shown: window.app.page === "activity"
            sourceComponent: ActivityPage {
                viewModel: window.activity
                pace: window.pace
            }
        }
        LazyPage {
            anchors.fill: parent
            shown: window.app.page === "trash"
            sourceComponent: TrashPage {
                viewModel: window.trash
            }
        }
        LazyPage {
            id: settingsPage

            anchors.fill: parent
            shown: window.app.page === "settings"
            sourceComponent: SettingsPage {
                viewModel: window.settings
                onTrashWanted: window.app.page = "trash"
                onShortcutsWanted: shortcuts.open()
                onKeysWanted: window.openKeys("")
                onExchangeWanted: window.app.page = "exchange"
                onBackupsWanted: window.app.page = "backups"
            }
        }
        LazyPage {
            anchors.fill: parent
            shown: window.app.page === "exchange"
            sourceComponent: ExchangePage {
                exporting: window.exporting
                importing: window.importing
                onFolderWanted: path => window.app.showInFolder(path)
                onSettingsWanted: window.app.page = "settings"
            }
        }
        LazyPage {
            id: backupsPage

            anchors.fill: parent
            shown: window.app.page === "backups"
            sourceComponent: BackupsPage {
                viewModel: window.backups
                preview: window.backupPreview
                onSettingsWanted: window.app.page = "settings"
                onQuitWanted: window.app.quit()
                onFolderWanted: path => window.app.showInFolder(path)
            }
        }
    }
    LazyPart {
        anchors.fill: parent
        wanted: window.failed
        visible: window.failed
        sourceComponent: StartProblem {
            app: window.app
        }
    }
    Toast {
        id: toast

        anchors.horizontalCenter: pages.horizontalCenter
        anchors.bottom: parent.bottom
        // Above the composer, where there is one.
        anchors.bottomMargin: Theme.size(window.app.page === "chat" ? 150 : 32)
        z: 10
        onUndone: window.app.undo()
    }
    LazyPopup {
        id: paletteSheet

        sourceComponent: PaletteSheet {
            parent: Overlay.overlay
            viewModel: window.finder
            onClosed: if (window.app.page === "chat") chatPage.focusComposer()
        }
    }
    LazyPopup {
        id: conversationSheet

        sourceComponent: ConversationSheet {
            parent: Overlay.overlay
            chat: window.chat
            models: window.models
        }
    }
    LazyPopup {
        id: retrievalSheet

        asynchronous: true
        onLoaded: open()
        sourceComponent: RetrievalSheet {
            parent: Overlay.overlay
            viewModel: window.retrieval
        }
    }
    Connections {
        target: window.retrieval

        function onOpened(): void {
            retrievalSheet.open();
        }
    }
    LazyPopup {
        id: keysSheet

        sourceComponent: KeysSheet {
            parent: Overlay.overlay
            viewModel: window.keys
            onLockWanted: window.lock.lock()
        }
    }
    LazyPopup {
        wanted: window.app.recoveryCode !== ""
        sourceComponent: RecoverySheet {
            parent: Overlay.overlay
            app: window.app
            keys: window.keys
        }
    }
    Forgetter {
        id: forgetter

        spared: lockScreen.item as LockScreen
    }
    LazyPopup {
        id: lockScreen

        wanted: window.lock.locked && !window.failed
        sourceComponent: LockScreen {
            app: window.app
            lock: window.lock
            visible: window.lock.locked && !window.failed
        }
    }
    LazyPopup {
        id: shortcuts

        sourceComponent: ShortcutsSheet {
            parent: Overlay.overlay
        }
    }
    LazyPopup {
        id: linkSheet

        sourceComponent: LinkSheet {
            parent: Overlay.overlay
            onConfirmed: address => window.app.openConfirmed(address)
        }
    }
}
