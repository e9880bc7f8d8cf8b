import QtQuick
import hyperspot.components
import hyperspot.theme

// A paragraph or heading.
FramedBlock {
    id: root

    required property string html
    required property string plain
    required property int level

    signal linkOpened(string address)
    signal linkPointed(string address, point place)

    Markup {
        width: parent ? parent.width : 0
        topPadding: root.level > 0 ? Theme.gap2 : 0
        html: root.html
        plain: root.plain
        color: root.quote > 0 ? Theme.muted : Theme.text
        font.pixelSize: [Theme.sizeBody, Theme.size(20), Theme.size(17), Theme.sizeHeading][Math.min(root.level, 3)]
        font.weight: root.level > 0 ? Font.DemiBold : Font.Normal
        Accessible.role: root.level > 0 ? Accessible.Heading : Accessible.StaticText
        onLinkOpened: address => root.linkOpened(address)
        onLinkPointed: (address, place) => root.linkPointed(address, place)
    }
}
