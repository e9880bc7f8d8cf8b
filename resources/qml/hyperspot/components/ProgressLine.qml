import QtQuick
import hyperspot.theme

// How far something is; without a known total it only says that it goes on.
Item {
    id: root

    required property real value
    property bool known: true
    property string name: qsTr("Progress")

    implicitHeight: 3
    Accessible.role: Accessible.ProgressBar
    Accessible.name: name
    Accessible.description: known ? Math.round(value * 100) + " %" : qsTr("in progress")

    Rectangle {
        anchors.fill: parent
        radius: height / 2
        color: Theme.surface3
    }
    Rectangle {
        width: root.known ? Math.max(root.height, parent.width * Math.min(1, root.value)) : parent.width * 0.3
        height: parent.height
        radius: height / 2
        color: Theme.accent
        opacity: root.known ? 1 : 0.6
    }
}
