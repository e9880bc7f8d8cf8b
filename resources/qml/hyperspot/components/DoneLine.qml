import QtQuick
import QtQuick.Layouts
import hyperspot.theme

// What became of something that was asked for, and what can be done with it now.
Rectangle {
    id: root

    required property string text
    property string detail: ""
    default property alias actions: row.data

    signal closed

    visible: text !== ""
    implicitHeight: layout.implicitHeight + Theme.gap3 * 2
    radius: Theme.radiusCard
    color: Theme.surface2
    border.color: Qt.alpha(Theme.good, 0.55)
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text + " " + detail

    RowLayout {
        id: layout

        anchors.fill: parent
        anchors.margins: Theme.gap3
        spacing: Theme.gap3

        Icon {
            name: "circle-check"
            color: Theme.good
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2

            Words {
                Layout.fillWidth: true
                text: root.text
                wrapMode: Text.Wrap
                font.pixelSize: Theme.sizeSmall
                font.weight: Font.Medium
            }
            Words {
                Layout.fillWidth: true
                visible: text !== ""
                text: root.detail
                muted: true
                wrapMode: Text.Wrap
                font.pixelSize: Theme.sizeCaption
            }
        }
        Row {
            id: row

            spacing: Theme.gap2
        }
        IconButton {
            iconName: "x"
            text: qsTr("Dismiss")
            onClicked: root.closed()
        }
    }
}
