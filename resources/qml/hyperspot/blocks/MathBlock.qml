import QtQuick
import hyperspot.components
import hyperspot.theme

// A formula, as its readable source.
FramedBlock {
    id: root

    required property string html
    required property string plain

    gap: Theme.gap3

    Rectangle {
        width: parent ? parent.width : 0
        height: source.implicitHeight + Theme.gap3 * 2
        radius: Theme.radiusButton + 1
        color: Theme.codeSurface
        border.color: Theme.line

        Markup {
            id: source

            anchors.fill: parent
            anchors.margins: Theme.gap3
            html: root.html
            plain: root.plain
            align: Text.AlignHCenter
            font.family: Theme.monoFamily
            font.pixelSize: Theme.sizeSmall
        }
    }
}
