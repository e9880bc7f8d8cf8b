import QtQuick
import QtQuick.Controls.Basic
import hyperspot.theme

// A thin scroll bar that does not ask for attention.
ScrollBar {
    id: root

    padding: 2
    minimumSize: 0.04
    focusPolicy: Qt.NoFocus

    contentItem: Rectangle {
        implicitWidth: 6
        implicitHeight: 6
        radius: 3
        color: Theme.muted
        opacity: root.size >= 1 ? 0 : root.pressed ? 0.7 : root.hovered ? 0.5 : 0.25
    }
    background: null
}
