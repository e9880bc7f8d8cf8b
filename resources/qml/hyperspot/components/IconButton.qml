import QtQuick
import QtQuick.Controls.Basic
import hyperspot.theme

// A button that is only an icon; its text is the accessible name and the tool tip.
AbstractButton {
    id: root

    required property string iconName
    property string description: ""
    property int extent: 16
    property int side: 28
    property color ink: hovered || visualFocus ? Theme.text : Theme.muted
    property color fill: hovered || down ? Theme.surface3 : "transparent"
    property real corner: Theme.radiusRow

    implicitWidth: Theme.size(side)
    implicitHeight: Theme.size(side)
    opacity: enabled ? 1 : 0.4
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: description
    // Not every system lets Enter do what the space bar does.
    Keys.onReturnPressed: event => {
        if (!event.isAutoRepeat)
            click();
    }
    Keys.onEnterPressed: event => {
        if (!event.isAutoRepeat)
            click();
    }
    ToolTip.visible: hovered && text !== ""
    ToolTip.delay: 600
    ToolTip.text: text

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: root.iconName
            color: root.ink
            extent: root.extent
        }
    }
    background: Rectangle {
        radius: root.corner
        color: root.fill

        FocusRing {
            radius: root.corner + 3
            shown: root.visualFocus
        }
    }
}
