import QtQuick
import QtQuick.Controls.Basic
import hyperspot.theme

// A menu in the window's colours.
Menu {
    id: root

    topPadding: Theme.gap1
    bottomPadding: Theme.gap1
    leftPadding: Theme.gap1
    rightPadding: Theme.gap1
    implicitWidth: Math.max(Theme.size(180), contentItem.implicitWidth + Theme.gap2)

    background: Rectangle {
        radius: Theme.radiusButton
        color: Theme.surface2
        border.color: Theme.line
    }
}
