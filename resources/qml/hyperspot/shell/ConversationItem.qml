pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import hyperspot.components
import hyperspot.theme

// A conversation in the side bar: opens, renames in place, goes to the trash.
AbstractButton {
    id: root

    required property string conversationId
    required property string title
    required property bool hasDraft
    property bool current: false
    property bool focused: false
    property bool renaming: false

    signal renamed(string text)
    signal trashed
    signal exported

    function startRenaming(): void {
        renaming = true;
    }

    implicitHeight: Theme.size(38)
    focusPolicy: Qt.NoFocus
    text: title
    Accessible.role: Accessible.ListItem
    Accessible.name: title
    Accessible.selected: current
    onDoubleClicked: startRenaming()

    contentItem: Item {
        Words {
            anchors.verticalCenter: parent.verticalCenter
            x: Theme.gap2 + 2
            width: parent.width - x - Theme.gap2 - (more.visible ? more.width : 0)
            visible: !root.renaming
            text: root.title
            color: root.current ? Theme.text : Theme.muted
            font.pixelSize: Theme.sizeSmall
            font.weight: root.current ? Font.Medium : Font.Normal
            Accessible.ignored: true
        }
        Loader {
            anchors.fill: parent
            anchors.topMargin: 2
            anchors.bottomMargin: 2
            active: root.renaming

            sourceComponent: Field {
                text: root.title
                label: qsTr("New title")
                Component.onCompleted: {
                    forceActiveFocus();
                    selectAll();
                }
                onAccepted: {
                    root.renaming = false;
                    root.renamed(text);
                }
                onActiveFocusChanged: if (!activeFocus) root.renaming = false
                Keys.onEscapePressed: root.renaming = false
            }
        }
        IconButton {
            id: more

            anchors.right: parent.right
            anchors.rightMargin: Theme.gap1
            anchors.verticalCenter: parent.verticalCenter
            visible: (root.hovered || menu.shown || root.focused) && !root.renaming
            side: 26
            iconName: "ellipsis"
            text: qsTr("More about %1").arg(root.title)
            onClicked: menu.open()

            LazyPopup {
                id: menu

                sourceComponent: PopupMenu {
                    parent: more
                    y: more.height

                    PopupItem {
                        iconName: "pencil"
                        text: qsTr("Rename")
                        onTriggered: root.startRenaming()
                    }
                    PopupItem {
                        iconName: "upload"
                        text: qsTr("Export")
                        onTriggered: root.exported()
                    }
                    PopupItem {
                        iconName: "trash-2"
                        text: qsTr("Move to trash")
                        onTriggered: root.trashed()
                    }
                }
            }
        }
    }
    background: Item {
        Rectangle {
            anchors.fill: parent
            anchors.topMargin: 2
            anchors.bottomMargin: 2
            radius: Theme.radiusRow
            color: root.current ? Theme.surface3 : root.hovered ? Qt.alpha(Theme.surface3, 0.6) : "transparent"

            FocusRing {
                anchors.margins: -1
                radius: Theme.radiusRow + 1
                shown: root.focused
            }
        }
    }
}
