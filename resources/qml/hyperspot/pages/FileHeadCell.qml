import QtQuick
import QtQuick.Controls.Basic
import hyperspot.components
import hyperspot.theme

// The name of a column; clicking it sorts by it.
AbstractButton {
    id: root

    required property bool sorted
    required property bool descending

    height: parent?.height ?? implicitHeight
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.ColumnHeader
    Accessible.name: text
    Accessible.description: !sorted ? qsTr("Sort by this column") : descending ? qsTr("Sorted, falling") : qsTr("Sorted, rising")

    contentItem: Item {
        Words {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, parent.width - Theme.size(18))
            text: root.text
            muted: !root.sorted && !root.hovered
            font.pixelSize: Theme.sizeCaption
            font.weight: root.sorted ? Font.Medium : Font.Normal
            Accessible.ignored: true
        }
        Icon {
            anchors.left: words.right
            anchors.leftMargin: Theme.gap1
            anchors.verticalCenter: parent.verticalCenter
            visible: root.sorted
            name: root.descending ? "arrow-down" : "arrow-up"
            extent: 12
        }
    }
    background: Item {
        FocusRing {
            anchors.topMargin: Theme.gap2
            anchors.bottomMargin: Theme.gap2
            anchors.leftMargin: -Theme.gap2
            anchors.rightMargin: Theme.gap2
            radius: Theme.radiusRow
            shown: root.visualFocus
        }
    }
}
