import QtQuick
import QtQuick.Controls.Basic
import hyperspot.theme

// A labelled button; one on a page at most is primary.
AbstractButton {
    id: root

    property string iconName: ""
    property bool primary: false
    property string description: ""

    readonly property color ink: primary ? Theme.accentInk : Theme.text

    implicitHeight: Theme.controlHeight
    implicitWidth: content.implicitWidth + Theme.gap4 * 2 - (iconName === "" ? 4 : 2)
    opacity: enabled ? 1 : 0.45
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: description
    // Not every system lets Enter do what the space bar does.
    Keys.onReturnPressed: event => {
        if (!event.isAutoRepeat)
            click();
    }
    Keys.onEnterPressed: event => {
        if (!event.isAutoRepeat)
            click();
    }

    contentItem: Item {
        Row {
            id: content

            anchors.centerIn: parent
            spacing: Theme.gap2

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.iconName !== ""
                name: root.iconName
                color: root.ink
                extent: 15
            }
            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: root.text
                color: root.ink
                font.pixelSize: Theme.sizeSmall
                font.weight: Font.DemiBold
                Accessible.ignored: true
            }
        }
    }
    background: Rectangle {
        radius: Theme.radiusButton
        color: root.primary ? Theme.accent : root.hovered || root.down ? Theme.surface3 : Theme.surface2
        border.color: Theme.line
        border.width: root.primary ? 0 : 1
        opacity: root.primary && (root.hovered || root.down) ? 0.88 : 1

        FocusRing {
            radius: Theme.radiusButton + 3
            shown: root.visualFocus
        }
    }
}
