pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import hyperspot.components
import hyperspot.theme

// A collection: how much is in it, what is being done with it, and what can be.
AbstractButton {
    id: root

    required property string name
    required property string detail
    required property string status
    required property string statusText
    required property string doing
    required property real progress
    required property bool progressKnown
    required property bool working
    required property string troubleText
    required property bool watched
    required property bool watchable
    property bool current: false
    property bool renaming: false

    signal renamed(string text)
    signal lookWanted
    signal readAgainWanted
    signal retryWanted
    signal watchWanted
    signal showWanted
    signal sourcesWanted
    signal searchWanted
    signal askWanted
    signal removeWanted

    function rename(): void {
        renaming = true;
        field.text = name;
        field.forceActiveFocus();
        field.selectAll();
    }

    implicitHeight: Theme.size(118)
    focusPolicy: Qt.StrongFocus
    text: name
    Accessible.role: Accessible.ListItem
    Accessible.name: [name, detail, statusText, troubleText].filter(part => part !== "").join(", ")
    Accessible.selected: current
    ToolTip.visible: hovered && working
    ToolTip.delay: 600
    ToolTip.text: [statusText, doing].filter(part => part !== "").join("\n")
    Keys.onPressed: event => {
        if (event.key === Qt.Key_F2)
            root.rename();
        else if (event.key === Qt.Key_Delete)
            root.removeWanted();
        else if (event.key === Qt.Key_Menu)
            menu.open();
        else
            return;
        event.accepted = true;
    }

    contentItem: Item {
        IconTile {
            id: tile

            anchors.left: parent.left
            anchors.leftMargin: Theme.gap4
            y: Theme.gap4
            side: 34
            iconName: root.watched ? "folder-sync" : "folder"
        }
        Column {
            anchors.left: tile.right
            anchors.leftMargin: Theme.gap3
            anchors.right: more.left
            anchors.rightMargin: Theme.gap1
            anchors.verticalCenter: tile.verticalCenter
            spacing: 2

            Words {
                width: parent.width
                visible: !root.renaming
                text: root.name
                font.pixelSize: Theme.sizeHeading
                font.weight: Font.DemiBold
                Accessible.ignored: true
            }
            Field {
                id: field

                width: parent.width
                visible: root.renaming
                implicitHeight: Theme.size(28)
                label: qsTr("New name of %1").arg(root.name)
                onAccepted: {
                    root.renaming = false;
                    root.renamed(text);
                }
                onActiveFocusChanged: if (!activeFocus) root.renaming = false
                Keys.onEscapePressed: {
                    root.renaming = false;
                    root.forceActiveFocus();
                }
            }
            Words {
                width: parent.width
                visible: !root.renaming
                text: root.detail
                muted: true
                font.pixelSize: Theme.sizeCaption
                Accessible.ignored: true
            }
        }
        IconButton {
            id: more

            anchors.right: parent.right
            anchors.rightMargin: Theme.gap2
            anchors.verticalCenter: tile.verticalCenter
            iconName: "ellipsis"
            text: qsTr("More about %1").arg(root.name)
            onClicked: menu.open()
        }
        LazyPopup {
            id: menu

            sourceComponent: PopupMenu {
                parent: more
                x: more.width - width
                y: more.height + Theme.gap1

                PopupItem {
                    iconName: "message-square-plus"
                    text: qsTr("Ask about it")
                    onTriggered: root.askWanted()
                }
                PopupItem {
                    iconName: "text-search"
                    text: qsTr("Search in it")
                    onTriggered: root.searchWanted()
                }
                PopupItem {
                    iconName: "refresh-cw"
                    text: qsTr("Look for changes")
                    onTriggered: root.lookWanted()
                }
                PopupItem {
                    iconName: "rotate-ccw"
                    text: qsTr("Try again what could not be read")
                    enabled: root.troubleText !== ""
                    onTriggered: root.retryWanted()
                }
                PopupItem {
                    iconName: "file-text"
                    text: qsTr("Read everything again")
                    onTriggered: root.readAgainWanted()
                }
                PopupItem {
                    iconName: "folder-sync"
                    text: root.watched ? qsTr("Changes are noticed") : qsTr("Notice changes from now on")
                    enabled: root.watchable && !root.watched
                    onTriggered: root.watchWanted()
                }
                PopupItem {
                    iconName: "folder-open"
                    text: qsTr("Show in the file manager")
                    enabled: root.watchable
                    onTriggered: root.showWanted()
                }
                PopupItem {
                    iconName: "list-filter"
                    text: qsTr("What belongs to it")
                    onTriggered: root.sourcesWanted()
                }
                PopupItem {
                    iconName: "pencil"
                    text: qsTr("Rename")
                    hint: "F2"
                    onTriggered: root.rename()
                }
                PopupItem {
                    iconName: "trash-2"
                    text: qsTr("Remove (your files stay)")
                    ink: Theme.bad
                    onTriggered: root.removeWanted()
                }
            }
        }
        ProgressLine {
            x: Theme.gap4
            y: Theme.size(74)
            width: parent.width - Theme.gap4 * 2
            visible: root.working
            value: root.progress
            known: root.progressKnown
            name: root.statusText
        }
        Words {
            anchors.left: parent.left
            anchors.leftMargin: Theme.gap4
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.gap3
            width: parent.width - Theme.gap4 * 2 - (trouble.visible ? trouble.width + Theme.gap2 : 0)
            text: root.statusText
            color: root.status === "away" || root.status === "waiting" || root.status === "paused" ? Theme.warning : Theme.muted
            font.pixelSize: Theme.sizeCaption
            Accessible.ignored: true
        }
        Words {
            id: trouble

            anchors.right: parent.right
            anchors.rightMargin: Theme.gap4
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.gap3
            visible: root.troubleText !== ""
            text: root.troubleText
            color: Theme.warning
            font.pixelSize: Theme.sizeCaption
            Accessible.ignored: true
        }
    }
    background: Card {
        border.color: root.current ? Theme.accent : root.hovered ? Theme.muted : Theme.line

        FocusRing {
            radius: Theme.radiusCard + 3
            shown: root.visualFocus
        }
    }
}
