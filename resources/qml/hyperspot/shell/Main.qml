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

    property bool sideBarShown: true

    readonly property bool systemDark: Application.styleHints.colorScheme === Qt.Dark
    readonly property bool usable: app.state !== "failed"

    function newChat(): void {
        app.page = "chat";
        chat.newChat();
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
        else if (name === "import")
            importFile();
        else if (name === "theme")
            settings.setText("appearance.theme", Theme.dark ? "light" : "dark");
        else if (name === "side-bar")
            sideBarShown = !sideBarShown;
        else if (name === "shortcuts")
            shortcuts.open();
    }
    function openPalette(): void {
        paletteSheet.open();
    }
    function openConversationSettings(): void {
        conversationSheet.edit();
    }
    function importFile(): void {
        app.page = "models";
        (modelsPage.item as ModelsPage).chooseFile();
    }

    minimumWidth: 900
    minimumHeight: 600
    width: 1280
    height: 820
    title: chat.title !== "" && app.page === "chat" ? chat.title + " - HyperSpot" : "HyperSpot"
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
            linkSheet.ask(address);
        }
    }
    Connections {
        target: window.finder

        function onChosen(kind: string, target: string, detail: string): void {
            if (kind === "command")
                window.command(target);
            else if (kind === "chat" || kind === "message")
                window.openChat(target, detail);
            else if (kind === "model")
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
        sequence: "Ctrl+L"
        enabled: window.usable
        onActivated: {
            window.app.page = "chat";
            chatPage.focusComposer();
        }
    }
    Shortcut {
        sequences: ["Ctrl+,", "Ctrl+4"]
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
        onActivated: window.app.page = "models"
    }
    Shortcut {
        sequence: "Ctrl+3"
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
        sequence: "F1"
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
        onNewChatWanted: window.newChat()
        onSearchWanted: paletteSheet.open()
        onConversationWanted: conversationId => window.openChat(conversationId, "")
    }
    Item {
        id: pages

        anchors.left: sideBar.right
        anchors.right: parent.right
        height: parent.height
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
            onLinkOpened: address => window.app.openLink(address)
            onModelsWanted: window.app.page = "models"
            onFileWanted: window.importFile()
            onSideBarWanted: window.sideBarShown = true
            onSettingsWanted: conversationSheet.edit()
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
            }
        }
        LazyPage {
            id: settingsPage

            anchors.fill: parent
            shown: window.app.page === "settings"
            sourceComponent: SettingsPage {
                viewModel: window.settings
                conversations: window.conversations
                onShortcutsWanted: shortcuts.open()
                onRecoveryCodeWanted: window.app.newRecoveryCode()
            }
        }
    }
    StartProblem {
        anchors.fill: parent
        visible: !window.usable
        app: window.app
    }
    Toast {
        id: toast

        anchors.horizontalCenter: pages.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.size(150)
        z: 10
        onUndone: window.app.undo()
    }
    PaletteSheet {
        id: paletteSheet

        viewModel: window.finder
        onClosed: if (window.app.page === "chat") chatPage.focusComposer()
    }
    ConversationSheet {
        id: conversationSheet

        chat: window.chat
        models: window.models
    }
    RecoverySheet {
        app: window.app
    }
    ShortcutsSheet {
        id: shortcuts
    }
    LinkSheet {
        id: linkSheet

        onConfirmed: address => window.app.openConfirmed(address)
    }
}
