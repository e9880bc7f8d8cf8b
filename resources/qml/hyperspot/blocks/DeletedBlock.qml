import QtQuick
import hyperspot.components
import hyperspot.theme

// The place of a message that was deleted.
Item {
    id: root

    required property string notice
    required property bool canContinue

    signal restored

    implicitHeight: row.implicitHeight + Theme.gap4
    Accessible.role: Accessible.StaticText
    Accessible.name: notice

    Row {
        id: row

        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.gap2

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "trash-2"
            extent: 14
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: root.notice
            muted: true
            font.pixelSize: Theme.sizeSmall
        }
        ActionButton {
            visible: root.canContinue
            text: qsTr("Restore")
            iconName: "undo-2"
            onClicked: root.restored()
        }
    }
}
