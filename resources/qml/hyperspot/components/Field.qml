import QtQuick
import QtQuick.Controls.Basic
import hyperspot.theme

// One line of input.
TextField {
    id: root

    property string iconName: ""
    property string label: ""
    property bool bad: false

    implicitHeight: Theme.controlHeight
    leftPadding: iconName === "" ? Theme.gap3 : Theme.size(34)
    rightPadding: Theme.gap3
    color: Theme.text
    placeholderTextColor: Theme.muted
    selectionColor: Theme.selection
    selectedTextColor: Theme.text
    font.family: Theme.family
    font.pixelSize: Theme.sizeSmall
    verticalAlignment: TextInput.AlignVCenter
    Accessible.role: Accessible.EditableText
    Accessible.name: label !== "" ? label : placeholderText

    background: Rectangle {
        radius: Theme.radiusButton
        color: Theme.surface2
        border.color: root.bad ? Theme.bad : root.activeFocus ? Theme.accent : Theme.line
        border.width: root.activeFocus ? 2 : 1

        Icon {
            anchors.left: parent.left
            anchors.leftMargin: Theme.gap3
            anchors.verticalCenter: parent.verticalCenter
            visible: root.iconName !== ""
            name: root.iconName
            extent: 15
        }
    }
}
