import QtQuick
import QtQuick.Controls.Basic
import hyperspot.theme

// A switch; its text is shown beside it by whoever places it, and read aloud here.
Switch {
    id: root

    property string description: ""

    implicitWidth: Theme.size(44)
    implicitHeight: Theme.size(26)
    padding: 0
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.description: description

    indicator: Rectangle {
        implicitWidth: Theme.size(44)
        implicitHeight: Theme.size(26)
        radius: height / 2
        color: root.checked ? Theme.accent : Theme.surface3
        border.color: root.checked ? Theme.accent : Theme.line

        Rectangle {
            x: root.checked ? parent.width - width - 3 : 3
            y: 3
            width: parent.height - 6
            height: width
            radius: width / 2
            color: root.checked ? Theme.accentInk : Theme.muted

            Behavior on x {
                NumberAnimation {
                    duration: Theme.motionFast
                    easing.type: Easing.OutQuad
                }
            }
        }
        FocusRing {
            radius: parent.radius + 3
            shown: root.visualFocus
        }
    }
    contentItem: null
}
