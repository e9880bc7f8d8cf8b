pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.pages
import hyperspot.theme

// The window: side bar and page.
ApplicationWindow {
    id: window

    required property AppViewModel app
    required property ChatViewModel chat
    required property ConversationsViewModel conversations
    required property ModelsViewModel models

    property bool sideBarShown: true

    readonly property bool systemDark: Application.styleHints.colorScheme === Qt.Dark

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
    SideBar {
        id: sideBar

        width: visible ? Theme.sideBarWidth : 0
        height: parent.height
        visible: window.sideBarShown
        app: window.app
        conversations: window.conversations
        chat: window.chat
        onNewChatWanted: {
            window.app.page = "chat";
            window.chat.newChat();
            chatPage.focusComposer();
        }
        onConversationWanted: conversationId => {
            window.app.page = "chat";
            window.chat.open(conversationId);
        }
    }
    ChatPage {
        id: chatPage

        anchors.left: sideBar.right
        anchors.right: parent.right
        height: parent.height
        visible: window.app.page === "chat"
        viewModel: window.chat
        models: window.models
        hostReady: window.app.state === "ready"
        onLinkOpened: address => window.app.openLink(address)
        onModelsWanted: window.app.page = "models"
    }
}
