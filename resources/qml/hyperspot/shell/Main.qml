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
            (otherPages.made() as OtherPages).chooseFiles();
        else if (name === "watch-folder")
            (otherPages.made() as OtherPages).chooseFolder();
        else if (name === "pause-indexing")
            pace.togglePause();
        else if (name === "back-up")
            backups.create();
        else if (name === "theme")
            settings.setText("appearance.theme", Theme.dark ? "light" : "dark");
        else if (name === "side-bar")
            sideBarShown = !sideBarShown;
        else if (name === "shortcuts")
            openShortcuts();
        else if (name === "lock")
            lock.lock();
        else if (name === "keys")
            openKeys("");
    }
    function focusChat(): void {
        if (app.page === "chat")
            chatPage.focusComposer();
    }
    function openPalette(): void {
        (sheets.made() as Sheets).openPalette();
    }
    function openShortcuts(): void {
        (sheets.made() as Sheets).openShortcuts();
    }
    function openConversationSettings(): void {
        (sheets.made() as Sheets).openConversationSettings();
    }
    // Behind the lock screen.
    function forget(): void {
        forgetter.forget(contentItem);
    }
    function openKeys(note: string): void {
        (sheets.made() as Sheets).openKeys(note);
    }
    function scrollFiles(row: var): void {
        (otherPages.made() as OtherPages).scrollFiles(row);
    }
    function showSources(name: string): void {
        (otherPages.made() as OtherPages).showSources(name);
    }
    function showPassagePage(): void {
        (otherPages.made() as OtherPages).showPassagePage();
    }
    function searchIn(fileId: string, fileName: string, collection: string): void {
        (otherPages.made() as OtherPages).searchIn(fileId, fileName, collection);
    }
    function lookInside(name: string): void {
        (otherPages.made() as OtherPages).lookInside(name);
    }
    function openRepairs(): void {
        (sheets.made() as Sheets).openRepairs();
    }
    function openReport(): void {
        (sheets.made() as Sheets).openReport();
    }
    function importFile(): void {
        (otherPages.made() as OtherPages).chooseModelFile();
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
            (sheets.made() as Sheets).askForMail(address);
        }
    }
    Connections {
        target: window.retrieval

        function onOpened(): void {
            (sheets.made() as Sheets).openRetrieval();
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
                (otherPages.made() as OtherPages).showSetting(target);
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
        onActivated: window.openPalette()
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
        onActivated: window.openShortcuts()
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
        onReportWanted: window.openReport()
        onRepairsWanted: window.openRepairs()
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
        LazyFile {
            id: otherPages

            anchors.fill: parent
            file: "OtherPages.qml"
            main: window
            wanted: window.app.page !== "chat"
            focus: wanted
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
    LazyFile {
        id: sheets

        file: "Sheets.qml"
        main: window
        wanted: window.app.recoveryCode !== ""
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
}
