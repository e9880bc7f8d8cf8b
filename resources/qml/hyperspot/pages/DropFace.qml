import QtQuick
import hyperspot.components
import hyperspot.theme

// Over a page while files are held above it.
Rectangle {
    id: root

    required property bool shown

    visible: shown
    radius: Theme.radiusCard
    color: Qt.alpha(Theme.accentSurface, 0.94)
    border.color: Theme.accent
    border.width: 2
    Accessible.role: Accessible.Indicator
    Accessible.name: words.text

    Column {
        anchors.centerIn: parent
        spacing: Theme.gap3

        IconTile {
            anchors.horizontalCenter: parent.horizontalCenter
            iconName: "upload"
            side: 56
        }
        Words {
            id: words

            anchors.horizontalCenter: parent.horizontalCenter
            text: qsTr("Drop files and folders to add them")
            font.pixelSize: Theme.sizeHeading
            font.weight: Font.DemiBold
        }
        Words {
            anchors.horizontalCenter: parent.horizontalCenter
            text: qsTr("They stay where they are and are only read.")
            muted: true
            font.pixelSize: Theme.sizeSmall
        }
    }
}
