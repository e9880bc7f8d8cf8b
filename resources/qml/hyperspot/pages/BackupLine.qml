pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import hyperspot.components
import hyperspot.theme

// One backup: when, why, how much is in it, and whether it is whole.
Card {
    id: root

    required property string name
    required property string title
    required property string reason
    required property string detail
    required property string fate
    required property string stateText
    required property bool checking
    required property bool secondCopy

    signal lookWanted
    signal checkWanted
    signal everythingWanted
    signal folderWanted
    signal removeWanted

    readonly property bool damaged: fate === "damaged"

    implicitHeight: Math.max(Theme.size(64), words.implicitHeight + Theme.gap3 * 2)
    Accessible.role: Accessible.ListItem
    Accessible.name: root.title + ", " + root.reason + ", " + root.detail + ", " + root.stateText

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.gap4
        anchors.rightMargin: Theme.gap3
        spacing: Theme.gap3

        Icon {
            name: root.damaged ? "circle-x" : root.fate === "good" ? "circle-check" : "hard-drive"
            color: root.damaged ? Theme.bad : root.fate === "good" ? Theme.good : Theme.muted
            extent: 18
        }
        ColumnLayout {
            id: words

            Layout.fillWidth: true
            spacing: 2

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.gap2

                Words {
                    text: root.title
                    font.weight: Font.Medium
                }
                Words {
                    Layout.fillWidth: true
                    text: root.reason
                    muted: true
                    font.pixelSize: Theme.sizeSmall
                }
            }
            Words {
                Layout.fillWidth: true
                text: root.detail
                muted: true
                font.pixelSize: Theme.sizeCaption
            }
            Words {
                Layout.fillWidth: true
                text: (root.checking ? qsTr("Reading every page …") : root.stateText) + (root.secondCopy ? "  ·  " + qsTr("Also in the second folder") : "")
                color: root.damaged && !root.checking ? Theme.bad : Theme.muted
                wrapMode: Text.Wrap
                font.pixelSize: Theme.sizeCaption
            }
        }
        ActionButton {
            iconName: "eye"
            text: qsTr("Look inside")
            description: root.title
            enabled: !root.damaged
            onClicked: root.lookWanted()
        }
        IconButton {
            id: more

            iconName: "ellipsis"
            text: qsTr("More about the backup of %1").arg(root.title)
            onClicked: menu.open()

            LazyPopup {
                id: menu

                sourceComponent: PopupMenu {
                    parent: more
                    y: more.height + Theme.gap1
                    x: more.width - width

                    PopupItem {
                        iconName: "shield-check"
                        text: qsTr("Check every page")
                        enabled: !root.checking
                        onTriggered: root.checkWanted()
                    }
                    PopupItem {
                        iconName: "rotate-ccw"
                        text: qsTr("Restore everything at the next start")
                        enabled: !root.damaged
                        onTriggered: root.everythingWanted()
                    }
                    PopupItem {
                        iconName: "folder-open"
                        text: qsTr("Show in its folder")
                        onTriggered: root.folderWanted()
                    }
                    PopupItem {
                        iconName: "trash-2"
                        text: qsTr("Move to the trash")
                        onTriggered: root.removeWanted()
                    }
                }
            }
        }
    }
}
