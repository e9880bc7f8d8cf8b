pragma ComponentBehavior: Bound

import QtQuick
import hyperspot.components
import hyperspot.theme

// What every block of an answer shares: the lists and quotations around it.
Item {
    id: root

    required property int indent
    required property string marker
    required property int quote
    property int gap: Theme.gap2
    default property alias content: body.data

    readonly property int quoteWidth: quote * Theme.gap4
    readonly property int indentWidth: indent * Theme.size(22)

    implicitHeight: body.childrenRect.height + gap

    Repeater {
        model: root.quote

        Rectangle {
            required property int index

            x: index * Theme.gap4
            width: 3
            height: root.height
            color: Theme.line
        }
    }
    Words {
        x: root.quoteWidth + root.indentWidth - width - Theme.gap2
        visible: root.marker !== ""
        text: root.marker
        muted: true
        verticalAlignment: Text.AlignTop
    }
    Item {
        id: body

        x: root.quoteWidth + root.indentWidth
        width: root.width - x
        height: childrenRect.height
    }
}
