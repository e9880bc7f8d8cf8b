pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import hyperspot.components
import hyperspot.theme

// F1: every shortcut of the window.
Sheet {
    id: root

    readonly property var shortcuts: [[qsTr("New chat"), "Ctrl N"], [qsTr("New private chat"), "Ctrl Shift N"], [qsTr("Search everything"), "Ctrl K"], [qsTr("Find in this chat"), "Ctrl F"], [qsTr("Write a message"), "Ctrl L"], [qsTr("Send"), "Enter"], [qsTr("New line"), "Shift Enter"], [qsTr("Stop the answer"), "Esc"], [qsTr("Show or hide the source"), "Ctrl I"], [qsTr("Search in documents"), "Ctrl Shift F"], [qsTr("Chat, Documents, Search, Models, Activity"), "Ctrl 1 … 5"], [qsTr("Settings"), "Ctrl ,"], [qsTr("Show or hide the side bar"), "Ctrl B"], [qsTr("Add copied files (on the Documents page)"), "Ctrl V"], [qsTr("Rename the selected conversation or collection"), "F2"], [qsTr("Move the selected conversation to the trash"), "Del"], [qsTr("Lock the window"), "Ctrl Shift L"], [qsTr("Undo"), "Ctrl Z"], [qsTr("This list"), "F1"]]

    anchors.centerIn: parent
    // Where it does not fit, it scrolls.
    height: Math.min(implicitHeight, parent ? parent.height - Theme.gap6 : implicitHeight)
    width: Math.min(Theme.size(520), parent ? parent.width - Theme.gap6 : Theme.size(520))

    contentItem: Flickable {
        implicitHeight: column.implicitHeight
        contentHeight: column.implicitHeight
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Keyboard shortcuts")

        ScrollBar.vertical: ScrollLine {}

        Column {
            id: column

            topPadding: Theme.gap5
            bottomPadding: Theme.gap5
            leftPadding: Theme.gap5
            rightPadding: Theme.gap5
            spacing: Theme.gap1

            Words {
                text: qsTr("Keyboard shortcuts")
                font.pixelSize: Theme.sizeHeading
                font.weight: Font.DemiBold
                bottomPadding: Theme.gap2
                Accessible.role: Accessible.Heading
            }
            Repeater {
                model: root.shortcuts

                Item {
                    id: line

                    required property var modelData

                    width: root.width - Theme.gap5 * 2
                    height: Theme.size(28)

                    Words {
                        anchors.verticalCenter: parent.verticalCenter
                        width: parent.width - key.width - Theme.gap2
                        text: line.modelData[0]
                        font.pixelSize: Theme.sizeSmall
                    }
                    Rectangle {
                        id: key

                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        width: keyWords.implicitWidth + Theme.gap4
                        height: Theme.size(24)
                        radius: Theme.radiusRow - 2
                        color: Theme.surface3

                        Words {
                            id: keyWords

                            anchors.centerIn: parent
                            text: line.modelData[1]
                            font.pixelSize: Theme.sizeCaption
                            font.weight: Font.Medium
                        }
                    }
                }
            }
        }
    }
}
