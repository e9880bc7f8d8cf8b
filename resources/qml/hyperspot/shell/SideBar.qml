pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// Product, pages, conversations by day, and what leaves this computer.
Rectangle {
    id: root

    required property AppViewModel app
    required property ConversationsViewModel conversations
    required property ChatViewModel chat
    required property ActivityViewModel activity
    required property DocumentsViewModel documents
    required property KeysViewModel keys
    property bool filtering: false

    signal newChatWanted
    signal conversationWanted(string conversationId)
    signal exportWanted(string conversationId)

    color: Theme.surface1
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Side bar")

    Rectangle {
        anchors.right: parent.right
        width: 1
        height: parent.height
        color: Theme.line
    }
    Item {
        id: brand

        x: Theme.gap3
        width: parent.width - Theme.gap3 * 2
        height: Theme.size(60)

        Rectangle {
            id: logo

            anchors.verticalCenter: parent.verticalCenter
            width: Theme.size(26)
            height: width
            radius: Theme.radiusRow
            color: Theme.accent

            Icon {
                anchors.centerIn: parent
                name: "sparkles"
                color: "#FFFFFF"
                extent: 16
            }
        }
        Words {
            anchors.left: logo.right
            anchors.leftMargin: Theme.gap2 + 2
            anchors.verticalCenter: parent.verticalCenter
            text: "HyperSpot"
            font.pixelSize: Theme.sizeHeading
            font.weight: Font.DemiBold
        }
        IconButton {
            anchors.right: parent.right
            anchors.rightMargin: -Theme.gap1
            anchors.verticalCenter: parent.verticalCenter
            iconName: root.filtering ? "x" : "search"
            text: root.filtering ? qsTr("Show all conversations") : qsTr("Find a conversation")
            onClicked: {
                root.filtering = !root.filtering;
                if (root.filtering)
                    filter.forceActiveFocus();
                else
                    filter.clear();
            }
        }
    }
    Column {
        id: nav

        anchors.top: brand.bottom
        x: Theme.gap3
        width: parent.width - Theme.gap3 * 2
        spacing: Theme.gap1

        SideItem {
            width: parent.width
            iconName: "message-square-plus"
            text: qsTr("New chat")
            hint: qsTr("Ctrl N")
            current: root.app.page === "chat" && root.chat.conversationId === ""
            onClicked: root.newChatWanted()
        }
        SideItem {
            width: parent.width
            iconName: "library"
            text: qsTr("Documents")
            hint: root.documents.count > 0 ? root.documents.count : ""
            current: root.app.page === "documents"
            onClicked: root.app.page = "documents"
        }
        SideItem {
            width: parent.width
            iconName: "search"
            text: qsTr("Search")
            hint: qsTr("Ctrl 3")
            current: root.app.page === "search"
            onClicked: root.app.page = "search"
        }
        SideItem {
            width: parent.width
            iconName: "boxes"
            text: qsTr("Models")
            current: root.app.page === "models"
            onClicked: root.app.page = "models"
        }
        SideItem {
            width: parent.width
            iconName: "activity"
            text: qsTr("Activity")
            hint: root.activity.running > 0 ? root.activity.running : ""
            current: root.app.page === "activity"
            onClicked: root.app.page = "activity"
        }
        Field {
            id: filter

            width: parent.width
            visible: root.filtering
            iconName: "search"
            placeholderText: qsTr("Find a conversation")
            onTextChanged: root.conversations.filter = text
            Keys.onEscapePressed: {
                clear();
                root.filtering = false;
            }
        }
    }
    ListView {
        id: list

        anchors.top: nav.bottom
        anchors.topMargin: Theme.gap2
        anchors.bottom: reminder.visible ? reminder.top : privacy.top
        anchors.bottomMargin: Theme.gap2
        x: Theme.gap3
        width: parent.width - Theme.gap3
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: root.conversations.rows
        reuseItems: true
        activeFocusOnTab: true
        highlightFollowsCurrentItem: true
        highlightMoveDuration: 0
        keyNavigationEnabled: true
        section.property: "day"
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Conversations")
        onActiveFocusChanged: if (activeFocus && currentIndex < 0) currentIndex = 0
        Keys.onReturnPressed: (currentItem as ConversationItem)?.clicked()
        Keys.onDeletePressed: (currentItem as ConversationItem)?.trashed()
        Keys.onPressed: event => {
            if (event.key === Qt.Key_F2) {
                (currentItem as ConversationItem)?.startRenaming();
                event.accepted = true;
            }
        }

        ScrollBar.vertical: ScrollLine {}

        section.delegate: Item {
            required property string section

            width: list.width
            height: Theme.size(37)

            Words {
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.gap2
                x: Theme.gap2 + 2
                text: parent.section
                muted: true
                font.pixelSize: Theme.sizeCaption
                font.weight: Font.Medium
                Accessible.role: Accessible.Heading
            }
        }
        delegate: ConversationItem {
            width: list.width - Theme.gap3
            current: root.app.page === "chat" && root.chat.conversationId === conversationId
            focused: list.activeFocus && ListView.isCurrentItem
            onClicked: root.conversationWanted(conversationId)
            onRenamed: text => root.conversations.rename(conversationId, text)
            onTrashed: root.conversations.trash(conversationId)
            onExported: root.exportWanted(conversationId)
        }
    }
    Skeleton {
        anchors.top: list.top
        anchors.topMargin: Theme.gap5
        x: Theme.gap5
        width: parent.width - Theme.gap5 * 2
        active: root.conversations.loading && root.app.state === "starting"
    }
    Words {
        anchors.top: list.top
        anchors.topMargin: Theme.gap4
        x: Theme.gap4 + Theme.gap1
        width: parent.width - Theme.gap4 * 2 - Theme.gap1
        visible: list.count === 0 && !root.conversations.loading && root.conversations.errorSentence === ""
        wrapMode: Text.Wrap
        text: root.conversations.filter !== "" ? qsTr("No conversation has this in its title.") : qsTr("Your conversations will be listed here.")
        muted: true
        font.pixelSize: Theme.sizeCaption
    }
    ErrorNote {
        anchors.top: list.top
        anchors.topMargin: Theme.gap2
        x: Theme.gap3
        width: parent.width - Theme.gap3 * 2
        sentence: list.count === 0 ? root.conversations.errorSentence : ""
        action: root.conversations.errorAction
        code: root.conversations.errorCode
    }
    RecoveryReminder {
        id: reminder

        anchors.bottom: privacy.top
        anchors.bottomMargin: Theme.gap2
        x: Theme.gap3
        width: parent.width - Theme.gap3 * 2
        keys: root.keys
    }
    PrivacyCard {
        id: privacy

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap3
        x: Theme.gap3
        width: parent.width - Theme.gap3 * 2
        app: root.app
    }
}
