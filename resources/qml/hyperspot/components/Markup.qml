import QtQuick
import hyperspot.theme

// Selectable text with the inline markup that our Markdown renderer made from escaped text.
TextEdit {
    id: root

    required property string html
    required property string plain
    property int align: Text.AlignLeft

    signal linkOpened(string address)
    // The pointer is on a link, or on none any more (""); the place is in the window.
    signal linkPointed(string address, point place)

    color: Theme.text
    font.family: Theme.family
    font.pixelSize: Theme.sizeBody
    textFormat: TextEdit.RichText
    text: Theme.styleSheet + "<p style=\"white-space:pre-wrap;line-height:" + Theme.lineHeightPercent + "%\">" + html + "</p>"
    wrapMode: TextEdit.Wrap
    horizontalAlignment: align
    readOnly: true
    selectByMouse: true
    selectionColor: Theme.selection
    selectedTextColor: Theme.text
    activeFocusOnTab: false
    Accessible.role: Accessible.StaticText
    Accessible.name: plain
    onLinkActivated: link => root.linkOpened(link)
    onLinkHovered: link => root.linkPointed(link, root.mapToItem(null, hover.point.position))

    HoverHandler {
        id: hover

        cursorShape: root.hoveredLink !== "" ? Qt.PointingHandCursor : Qt.IBeamCursor
    }
}
