import QtQuick
import QtQuick.Layouts
import hyperspot.components
import hyperspot.theme

// One way to the data: what it is, and what can be done about it.
RowLayout {
    id: root

    required property string title
    required property string detail
    default property alias actions: buttons.data

    spacing: Theme.gap3

    ColumnLayout {
        Layout.fillWidth: true
        spacing: 2

        Words {
            Layout.fillWidth: true
            text: root.title
            font.weight: Font.Medium
        }
        Words {
            Layout.fillWidth: true
            text: root.detail
            muted: true
            wrapMode: Text.Wrap
            font.pixelSize: Theme.sizeSmall
        }
    }
    Row {
        id: buttons

        spacing: Theme.gap2
    }
}
