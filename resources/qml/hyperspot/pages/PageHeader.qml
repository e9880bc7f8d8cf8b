import QtQuick
import QtQuick.Layouts
import hyperspot.components
import hyperspot.theme

// Title, one line about the page, and its actions.
RowLayout {
    id: root

    required property string title
    property string detail: ""
    default property alias actions: row.data

    spacing: Theme.gap4

    ColumnLayout {
        Layout.fillWidth: true
        spacing: Theme.gap1

        Words {
            Layout.fillWidth: true
            text: root.title
            font.pixelSize: Theme.sizeTitle
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        Words {
            Layout.fillWidth: true
            visible: text !== ""
            text: root.detail
            muted: true
            wrapMode: Text.Wrap
            font.pixelSize: Theme.sizeSmall
        }
    }
    Row {
        id: row

        Layout.alignment: Qt.AlignVCenter
        spacing: Theme.gap2
    }
}
