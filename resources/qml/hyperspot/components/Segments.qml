pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import hyperspot.theme

// One of a few views or values, side by side; arrow keys move between them.
Rectangle {
    id: root

    required property list<string> options
    required property int index
    property string name: ""

    signal picked(int index)

    implicitWidth: row.implicitWidth + 4
    implicitHeight: Theme.size(30)
    radius: Theme.radiusRow
    color: Theme.surface3
    Accessible.role: Accessible.PageTabList
    Accessible.name: name

    Row {
        id: row

        x: 2
        y: 2

        Repeater {
            model: root.options

            AbstractButton {
                id: option

                required property int index
                required property string modelData
                readonly property bool chosen: index === root.index

                text: modelData
                width: label.implicitWidth + Theme.gap3 * 2
                height: root.height - 4
                focusPolicy: Qt.StrongFocus
                hoverEnabled: true
                Accessible.role: Accessible.RadioButton
                Accessible.name: text
                Accessible.checkable: true
                Accessible.checked: chosen
                onClicked: root.picked(index)
                Keys.onLeftPressed: if (index > 0) root.picked(index - 1)
                Keys.onRightPressed: if (index + 1 < root.options.length) root.picked(index + 1)

                contentItem: Item {
                    Words {
                        id: label

                        anchors.centerIn: parent
                        text: option.text
                        color: option.chosen || option.hovered ? Theme.text : Theme.muted
                        font.pixelSize: Theme.sizeCaption
                        font.weight: Font.Medium
                        Accessible.ignored: true
                    }
                }
                background: Rectangle {
                    radius: Theme.radiusRow - 2
                    color: option.chosen ? Theme.surface2 : "transparent"
                    border.color: Theme.line
                    border.width: option.chosen ? 1 : 0

                    FocusRing {
                        radius: Theme.radiusRow
                        shown: option.visualFocus
                    }
                }
            }
        }
    }
}
