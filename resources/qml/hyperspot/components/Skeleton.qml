pragma ComponentBehavior: Bound

import QtQuick
import hyperspot.theme

// Grey bars where content will be; they appear only when loading takes long enough to be noticed.
Column {
    id: root

    required property bool active
    property int lines: 4
    property int lineHeight: 14

    spacing: Theme.gap4
    visible: false
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("Loading")

    onActiveChanged: if (!active) root.visible = false

    Timer {
        running: root.active
        interval: 150
        onTriggered: root.visible = true
    }
    Repeater {
        // None while nobody sees them.
        model: root.visible ? root.lines : 0

        Rectangle {
            required property int index

            width: root.width * (index % 3 === 2 ? 0.55 : index % 2 ? 0.85 : 1)
            height: Theme.size(root.lineHeight)
            radius: Theme.radiusRow / 2
            color: Theme.surface3
        }
    }
}
