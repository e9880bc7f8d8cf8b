import QtQuick
import QtQuick.Layouts
import hyperspot.components
import hyperspot.theme

// A model that fits this computer, offered at the first start.
Card {
    id: root

    required property string name
    required property string detail
    required property string description
    required property string licence
    required property string fitText
    required property string timeText
    required property string status
    required property string statusText
    required property real progress
    required property bool progressKnown

    signal chosen

    implicitHeight: column.implicitHeight + Theme.gap4 * 2
    Accessible.role: Accessible.ListItem
    Accessible.name: [name, detail, fitText, licence, timeText].join(", ")

    ColumnLayout {
        id: column

        anchors.fill: parent
        anchors.margins: Theme.gap4
        spacing: Theme.gap2

        Words {
            Layout.fillWidth: true
            text: root.name
            font.weight: Font.DemiBold
        }
        Words {
            Layout.fillWidth: true
            text: root.detail
            muted: true
            font.pixelSize: Theme.sizeCaption
        }
        Words {
            Layout.fillWidth: true
            Layout.fillHeight: true
            text: root.description
            wrapMode: Text.Wrap
            verticalAlignment: Text.AlignTop
            font.pixelSize: Theme.sizeSmall
        }
        Pill {
            interactive: false
            accented: true
            iconName: "gauge"
            text: root.fitText
        }
        Words {
            Layout.fillWidth: true
            text: root.licence + "  ·  " + root.timeText
            muted: true
            wrapMode: Text.Wrap
            font.pixelSize: Theme.sizeTiny
        }
        ActionButton {
            Layout.fillWidth: true
            visible: root.status === "available"
            iconName: "download"
            text: qsTr("Download")
            description: root.name
            onClicked: root.chosen()
        }
        Words {
            Layout.fillWidth: true
            Layout.preferredHeight: Theme.controlHeight - Theme.gap2 - 3
            visible: root.status !== "available"
            text: root.statusText.replace("\n", "  ")
            font.pixelSize: Theme.sizeCaption
        }
        ProgressLine {
            Layout.fillWidth: true
            visible: root.status !== "available"
            value: root.progress
            known: root.progressKnown
            name: root.statusText
        }
    }
}
