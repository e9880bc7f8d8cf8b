pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// Conversations in the trash: back, or gone for good.
Column {
    id: root

    required property ConversationsViewModel conversations

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
                visible: repeater.count === 0
                text: qsTr("Nothing in the trash. Deleted conversations stay here for 30 days.")
                muted: true
                font.pixelSize: Theme.sizeSmall
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
