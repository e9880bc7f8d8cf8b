import QtQuick
import hyperspot.theme

// Text that is shown as it is.
Text {
    id: root

    property bool muted: false

    color: muted ? Theme.muted : Theme.text
    font.family: Theme.family
    font.pixelSize: Theme.sizeBody
    textFormat: Text.PlainText
    elide: wrapMode === Text.NoWrap ? Text.ElideRight : Text.ElideNone
    verticalAlignment: Text.AlignVCenter
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
