import QtQuick
import hyperspot.theme

// Shown around the control that the keyboard is on.
Rectangle {
    required property bool shown

    anchors.fill: parent
    anchors.margins: -3
    visible: shown
    color: "transparent"
    border.color: Theme.accent
    border.width: 2
}
