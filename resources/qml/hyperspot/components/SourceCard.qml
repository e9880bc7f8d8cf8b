pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import hyperspot.theme

// A source below an answer: its number, the file, and where in it. The context menu leads to the file itself.
AbstractButton {
    id: root

    required property int number
    required property string fileName
    required property string place
    property bool current: false

    signal fileWanted
    signal folderWanted

    implicitWidth: Theme.size(196)
    implicitHeight: Theme.size(46)
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("Source %1: %2").arg(number).arg(fileName)
    Accessible.description: place
    ToolTip.visible: hovered && name.truncated
    ToolTip.delay: 600
    ToolTip.text: fileName
    Keys.onMenuPressed: (menu.made() as PopupMenu).popup(root, Theme.gap3, root.height)

    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: (menu.made() as PopupMenu).popup()
    }
    LazyPopup {
        id: menu

        sourceComponent: PopupMenu {
            parent: root

            PopupItem {
                iconName: "external-link"
                text: qsTr("Open the file")
                onTriggered: root.fileWanted()
            }
            PopupItem {
                iconName: "folder-open"
                text: qsTr("Show in its folder")
                onTriggered: root.folderWanted()
            }
        }
    }

    contentItem: Item {
        NumberTile {
            id: tile

            anchors.left: parent.left
            anchors.leftMargin: Theme.gap2 + 2
            anchors.verticalCenter: parent.verticalCenter
            number: root.number
        }
        Column {
            anchors.left: tile.right
            anchors.leftMargin: Theme.gap2 + 2
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap3
            anchors.verticalCenter: parent.verticalCenter
            spacing: 1

            Words {
                id: name

                width: parent.width
                text: root.fileName
                elide: Text.ElideMiddle
                font.pixelSize: Theme.sizeCaption
                font.weight: Font.DemiBold
                Accessible.ignored: true
            }
            Words {
                width: parent.width
                visible: text !== ""
                text: root.place
                muted: true
                font.pixelSize: Theme.sizeTiny
                Accessible.ignored: true
            }
        }
    }
    background: Rectangle {
        radius: Theme.radiusButton
        color: root.hovered || root.down ? Theme.surface3 : Theme.surface2
        border.color: root.current ? Theme.accent : Theme.line

        Behavior on color {
            ColorAnimation {
                duration: Theme.motionFast
            }
        }
        FocusRing {
            radius: Theme.radiusButton + 3
            shown: root.visualFocus
        }
    }
}
