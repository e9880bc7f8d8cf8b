import QtQuick
import QtQuick.Controls.Basic
import hyperspot.theme

// An entry of a PopupMenu.
MenuItem {
    id: root

    property string iconName: ""
    property color ink: Theme.text
    property string hint: ""

    implicitHeight: Theme.size(32)
    implicitWidth: Math.max(Theme.size(172), label.implicitWidth + hintLabel.implicitWidth + Theme.size(60))
    leftPadding: Theme.gap2
    rightPadding: Theme.gap3
    opacity: enabled ? 1 : 0.45
    Accessible.role: Accessible.MenuItem
    Accessible.name: text

    contentItem: Row {
        spacing: Theme.gap2

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: root.checkable ? (root.checked ? "check" : "") : root.iconName
            color: root.ink
            extent: 15
        }
        Words {
            id: label

            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            color: root.ink
            font.pixelSize: Theme.sizeSmall
            Accessible.ignored: true
        }
        Words {
            id: hintLabel

            anchors.verticalCenter: parent.verticalCenter
            text: root.hint
            muted: true
            font.pixelSize: Theme.sizeTiny
            Accessible.ignored: true
        }
    }
    indicator: null
    arrow: null
    background: Rectangle {
        radius: Theme.radiusRow - 2
        color: root.highlighted ? Theme.surface3 : "transparent"
    }
}
