import QtQuick
import QtQuick.Controls.Basic
import hyperspot.theme

// One line of a list that can be ticked. The list has the focus, and says which line it is on.
AbstractButton {
    id: root

    property string detail: ""
    // Not `checked`: a press asks whoever holds the choice, and the line shows what became of it.
    property bool ticked: false
    property bool focused: false

    implicitHeight: Theme.rowHeight
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.description: detail
    Accessible.checkable: true
    Accessible.checked: ticked

    contentItem: Item {
        Rectangle {
            id: box

            x: Theme.gap2
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.size(18)
            height: width
            radius: 5
            color: root.ticked ? Theme.accent : "transparent"
            border.color: root.ticked ? Theme.accent : Theme.muted

            Icon {
                anchors.centerIn: parent
                visible: root.ticked
                name: "check"
                color: Theme.accentInk
                extent: 13
            }
        }
        Words {
            anchors.left: box.right
            anchors.leftMargin: Theme.gap3
            anchors.right: details.left
            anchors.rightMargin: Theme.gap3
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            font.pixelSize: Theme.sizeSmall
            Accessible.ignored: true
        }
        Words {
            id: details

            anchors.right: parent.right
            anchors.rightMargin: Theme.gap3
            anchors.verticalCenter: parent.verticalCenter
            text: root.detail
            muted: true
            font.pixelSize: Theme.sizeCaption
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radiusRow
        color: root.hovered ? Theme.surface3 : "transparent"

        FocusRing {
            radius: Theme.radiusRow + 2
            anchors.margins: 1
            shown: root.focused
        }
    }
}
