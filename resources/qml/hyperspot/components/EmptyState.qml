import QtQuick
import hyperspot.theme

// Nothing here yet: one sentence, and the next action below it.
Column {
    id: root

    required property string iconName
    required property string text
    property string detail: ""
    default property alias actions: row.data

    spacing: Theme.gap3
    width: Math.min(parent ? parent.width - Theme.gap6 : Theme.size(420), Theme.size(420))

    IconTile {
        anchors.horizontalCenter: parent.horizontalCenter
        iconName: root.iconName
        side: 48
    }
    Words {
        width: parent.width
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        text: root.text
        font.pixelSize: Theme.sizeHeading
        font.weight: Font.DemiBold
    }
    Words {
        width: parent.width
        visible: text !== ""
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        text: root.detail
        muted: true
        font.pixelSize: Theme.sizeSmall
    }
    Row {
        id: row

        anchors.horizontalCenter: parent.horizontalCenter
        topPadding: Theme.gap1
        spacing: Theme.gap2
    }
}
