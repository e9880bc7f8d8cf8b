import QtQuick
import hyperspot.theme

// The number by which an answer cites something.
Rectangle {
    id: root

    required property int number
    property int side: 22

    implicitWidth: Math.max(Theme.size(side), label.implicitWidth + Theme.gap2)
    implicitHeight: Theme.size(side)
    radius: Theme.radiusRow - 2
    color: Theme.accentSurface

    Words {
        id: label

        anchors.centerIn: parent
        text: root.number
        color: Theme.accent
        font.pixelSize: Theme.sizeCaption
        font.weight: Font.DemiBold
        Accessible.ignored: true
    }
}
