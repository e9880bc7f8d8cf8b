import QtQuick
import hyperspot.theme

// The tinted square at the head of a card.
Rectangle {
    id: root

    required property string iconName
    property color ink: Theme.accent
    property int side: 40

    implicitWidth: Theme.size(side)
    implicitHeight: Theme.size(side)
    radius: Theme.radiusButton
    color: Theme.accentSurface

    Icon {
        anchors.centerIn: parent
        name: root.iconName
        color: root.ink
        extent: 20
    }
}
