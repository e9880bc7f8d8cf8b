pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// Conversations and collections in the trash: back, or gone for good.
Column {
    id: root

    required property ConversationsViewModel conversations
    required property DocumentsViewModel documents

    spacing: Theme.gap2

    Words {
        height: Theme.size(32)
        text: qsTr("Trash")
        muted: true
        verticalAlignment: Text.AlignBottom
        font.pixelSize: Theme.sizeCaption
        font.weight: Font.Medium
        Accessible.role: Accessible.Heading
    }
    Card {
        width: parent.width
        height: lines.height

        Column {
            id: lines

            width: parent.width

            Words {
                width: parent.width
                height: Theme.size(52)
                leftPadding: Theme.gap4
                visible: repeater.count + collections.count === 0
                text: qsTr("Nothing in the trash. Deleted conversations and removed collections stay here for 30 days.")
                muted: true
                font.pixelSize: Theme.sizeSmall
            }
            Repeater {
                id: collections

                model: root.documents.trashed

                RowLayout {
                    id: shelf

                    required property string collectionId
                    required property string name
                    required property string detail

                    width: lines.width
                    height: Theme.size(52)
                    spacing: Theme.gap2

                    Icon {
                        Layout.leftMargin: Theme.gap4
                        name: "folder"
                        extent: 16
                    }
                    Words {
                        Layout.fillWidth: true
                        text: shelf.name + "   " + shelf.detail
                    }
                    ActionButton {
                        text: qsTr("Restore")
                        iconName: "undo-2"
                        description: shelf.name
                        onClicked: root.documents.restore(shelf.collectionId)
                    }
                    ActionButton {
                        Layout.rightMargin: Theme.gap4
                        text: qsTr("Delete for ever")
                        description: shelf.name
                        onClicked: root.documents.deleteForEver(shelf.collectionId)
                    }
                }
            }
            Repeater {
                id: repeater

                model: root.conversations.trashed

                RowLayout {
                    id: line

                    required property string conversationId
                    required property string title

                    width: lines.width
                    height: Theme.size(52)
                    spacing: Theme.gap2

                    Words {
                        Layout.fillWidth: true
                        Layout.leftMargin: Theme.gap4
                        text: line.title
                    }
                    ActionButton {
                        text: qsTr("Restore")
                        iconName: "undo-2"
                        description: line.title
                        onClicked: root.conversations.restore(line.conversationId)
                    }
                    ActionButton {
                        Layout.rightMargin: Theme.gap4
                        text: qsTr("Delete for ever")
                        description: line.title
                        onClicked: root.conversations.deleteForEver(line.conversationId)
                    }
                }
            }
        }
    }
}
