import QtQuick
import QtQuick.Layouts
import hyperspot.theme

// Something that goes on: what it is, how far, and the way to end it.
ColumnLayout {
    id: root

    required property string text
    property string detail: ""
    property real value: 0
    property bool known: false

    signal cancelled

    spacing: Theme.gap3

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap3

        Words {
            text: root.text
            font.weight: Font.Medium
        }
        Words {
            Layout.fillWidth: true
            text: root.detail
            muted: true
            font.pixelSize: Theme.sizeSmall
        }
        ActionButton {
            text: qsTr("Cancel")
            description: root.text
            onClicked: root.cancelled()
        }
    }
    ProgressLine {
        Layout.fillWidth: true
        value: root.value
        known: root.known
        name: root.text
    }
}
