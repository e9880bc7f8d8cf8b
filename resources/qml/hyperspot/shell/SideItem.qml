import QtQuick
import QtQuick.Controls.Basic
import hyperspot.components
import hyperspot.theme

// A page or action in the side bar.
AbstractButton {
    id: root

    required property string iconName
    property string hint: ""
    property bool current: false

    implicitHeight: Theme.rowHeight
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: hint

    contentItem: Item {
        Icon {
            id: icon

            anchors.verticalCenter: parent.verticalCenter
            anchors.left: parent.left
            anchors.leftMargin: Theme.gap2 + 2
            name: root.iconName
            color: root.current ? Theme.text : Theme.muted
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            anchors.left: icon.right
            anchors.leftMargin: Theme.gap2 + 2
            anchors.right: hintLabel.left
            text: root.text
            color: root.current ? Theme.text : Theme.muted
            font.weight: root.current ? Font.Medium : Font.Normal
            Accessible.ignored: true
        }
        Words {
            id: hintLabel

            anchors.right: parent.right
            anchors.rightMargin: Theme.gap2 + 2
            anchors.verticalCenter: parent.verticalCenter
            text: root.hint
            muted: true
            font.pixelSize: Theme.sizeTiny
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radiusRow
        color: root.current ? Theme.surface3 : root.hovered || root.down ? Qt.alpha(Theme.surface3, 0.6) : "transparent"

        FocusRing {
            anchors.margins: -1
            radius: Theme.radiusRow + 1
            shown: root.visualFocus
        }
    }
}
