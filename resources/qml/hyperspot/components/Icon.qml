import QtQuick
import QtQuick.Window
import hyperspot.theme

// A Lucide icon in the colour of the text around it.
Image {
    id: root

    required property string name
    property color color: Theme.muted
    property int extent: 18

    readonly property int pixels: Math.ceil(Theme.size(extent) * Screen.devicePixelRatio)

    width: Theme.size(extent)
    height: Theme.size(extent)
    sourceSize: Qt.size(pixels, pixels)
    source: name === "" ? "" : "image://icon/" + name + "/" + color.toString().substring(1)
    smooth: true
    Accessible.ignored: true
}
