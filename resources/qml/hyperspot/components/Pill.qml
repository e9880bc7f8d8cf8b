import QtQuick
import QtQuick.Controls.Basic
import hyperspot.theme

// A round label with an icon; a button when it is interactive.
AbstractButton {
    id: root

    property string iconName: ""
    property string trailingIconName: ""
    property bool accented: false
    property bool interactive: true
    property real longestText: Theme.size(220)
    property color ink: accented ? Theme.accent : Theme.text

    implicitHeight: Theme.size(30)
    implicitWidth: content.implicitWidth + Theme.gap3 * 2
    hoverEnabled: interactive
    focusPolicy: interactive ? Qt.StrongFocus : Qt.NoFocus
    Accessible.role: interactive ? Accessible.Button : Accessible.StaticText
    Accessible.name: text

    contentItem: Item {
        Row {
            id: content

            anchors.centerIn: parent
            spacing: Theme.gap2 - 2

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.iconName !== ""
                name: root.iconName
                color: root.accented ? Theme.accent : Theme.muted
                extent: 14
            }
            Words {
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, root.longestText)
                text: root.text
                color: root.ink
                font.pixelSize: Theme.sizeCaption
                font.weight: Font.Medium
                Accessible.ignored: true
            }
            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.trailingIconName !== ""
                name: root.trailingIconName
                color: root.accented ? Theme.accent : Theme.muted
                extent: 14
            }
        }
    }
    background: Rectangle {
        radius: height / 2
        color: root.accented ? Theme.accentSurface : root.interactive && (root.hovered || root.down) ? Theme.surface3 : Theme.surface2
        border.color: root.accented ? Theme.accentSurface : Theme.line

        FocusRing {
            radius: height / 2
            shown: root.visualFocus
        }
    }
}
