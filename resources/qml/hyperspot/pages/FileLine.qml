pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import hyperspot.components
import hyperspot.theme

// A file of the table. Without an id it has not arrived yet.
AbstractButton {
    id: root

    required property FileColumns columns
    required property string fileId
    required property string name
    required property string folder
    required property string path
    required property string iconName
    required property string typeText
    required property string passagesText
    required property string status
    required property string statusText
    required property string tone
    required property string reason
    required property string changedText
    required property bool canRetry
    property bool last: false
    property bool current: false
    property bool focused: false

    readonly property bool here: fileId !== ""

    signal opened
    signal menuWanted

    height: columns.rowHeight
    focusPolicy: Qt.NoFocus
    text: name
    Accessible.role: Accessible.ListItem
    Accessible.name: here ? [name, typeText, statusText, changedText].filter(part => part !== "").join(", ") : qsTr("Loading")
    Accessible.description: path
    Accessible.selected: current
    onDoubleClicked: if (here) opened()
    onPressAndHold: if (here) menuWanted()

    ToolTip.visible: hovered && here
    ToolTip.delay: 900
    ToolTip.text: reason !== "" ? path + "\n" + reason : path

    contentItem: Item {
        Words {
            x: root.columns.nameX
            width: root.columns.nameWidth
            height: parent.height
            text: root.name
            elide: Text.ElideMiddle
            font.pixelSize: Theme.sizeSmall
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        Rectangle {
            x: root.columns.nameX
            anchors.verticalCenter: parent.verticalCenter
            visible: !root.here
            width: root.columns.nameWidth * 0.6
            height: Theme.size(12)
            radius: Theme.radiusRow / 2
            color: Theme.surface3
        }
        Words {
            x: root.columns.typeX
            width: root.columns.typeWidth - Theme.gap2
            height: parent.height
            visible: root.columns.typeWidth > 0
            text: root.typeText
            muted: true
            font.pixelSize: Theme.sizeSmall
            Accessible.ignored: true
        }
        Words {
            x: root.columns.passagesX
            width: root.columns.passagesWidth - Theme.gap2
            height: parent.height
            visible: root.columns.passagesWidth > 0
            text: root.passagesText
            muted: true
            font.pixelSize: Theme.sizeSmall
            Accessible.ignored: true
        }
        Words {
            x: root.columns.statusX
            width: root.columns.statusWidth - Theme.gap3
            height: parent.height
            text: root.statusText
            color: root.tone === "bad" ? Theme.bad : root.tone === "warning" ? Theme.warning : Theme.muted
            font.pixelSize: Theme.sizeSmall
            Accessible.ignored: true
        }
        Words {
            x: root.columns.changedX
            width: root.columns.changedWidth
            height: parent.height
            text: root.changedText
            muted: true
            font.pixelSize: Theme.sizeSmall
            Accessible.ignored: true
        }
        // A thousand lines fly past for each one that is pointed at.
        Loader {
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap1
            anchors.verticalCenter: parent.verticalCenter
            active: root.here && (root.hovered || root.current)
            sourceComponent: IconButton {
                focusPolicy: Qt.NoFocus
                iconName: "ellipsis"
                text: qsTr("More about %1").arg(root.name)
                onClicked: root.menuWanted()
            }
        }
        TapHandler {
            acceptedButtons: Qt.RightButton
            onTapped: if (root.here) root.menuWanted()
        }
    }
    background: Rectangle {
        color: root.current ? Theme.surface3 : root.hovered ? Qt.tint(Theme.surface2, Qt.alpha(Theme.surface3, 0.5)) : Theme.surface2
        bottomLeftRadius: root.last ? Theme.radiusCard : 0
        bottomRightRadius: root.last ? Theme.radiusCard : 0

        Rectangle {
            width: 1
            height: parent.height - (root.last ? Theme.radiusCard : 0)
            color: Theme.line
        }
        Rectangle {
            anchors.right: parent.right
            width: 1
            height: parent.height - (root.last ? Theme.radiusCard : 0)
            color: Theme.line
        }
        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            visible: !root.last
            color: Theme.line
        }
        Rectangle {
            // Its upper edge lies on the line above.
            y: -1
            width: parent.width
            height: parent.height + 1
            visible: root.last
            color: "transparent"
            border.color: Theme.line
            bottomLeftRadius: Theme.radiusCard
            bottomRightRadius: Theme.radiusCard
        }
        FocusRing {
            anchors.margins: 2
            radius: Theme.radiusRow
            shown: root.focused
        }
    }
}
