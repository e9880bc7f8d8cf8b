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
    implicitWidth: widest + leftPadding + rightPadding

    // The list inside knows no width of its own.
    readonly property real widest: {
        let width = Theme.size(172);
        for (let index = 0; index < count; ++index)
            width = Math.max(width, itemAt(index)?.implicitWidth ?? 0);
        return width;
    }

    background: Rectangle {
        radius: Theme.radiusButton
        color: Theme.surface2
        border.color: Theme.line
    }
}
