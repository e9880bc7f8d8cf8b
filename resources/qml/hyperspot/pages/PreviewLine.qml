import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import hyperspot.components
import hyperspot.theme

// A conversation in a backup: reads on a click, is chosen by its box.
AbstractButton {
    id: root

    required property string conversationId
    required property string title
    required property string detail
    required property string here
    required property string hereText
    required property bool chosen
    property bool current: false

    signal choiceGiven(bool wanted)

    implicitHeight: Theme.size(52)
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    text: title
    Accessible.role: Accessible.ListItem
    Accessible.name: title + ", " + detail + ", " + hereText
    Accessible.selected: current

    contentItem: RowLayout {
        spacing: Theme.gap2

        IconButton {
            Layout.leftMargin: Theme.gap1
            iconName: root.chosen ? "check" : "square"
            ink: root.chosen ? Theme.accent : Theme.muted
            checkable: false
            text: root.chosen ? qsTr("Do not restore %1").arg(root.title) : qsTr("Restore %1").arg(root.title)
            Accessible.role: Accessible.CheckBox
            Accessible.checkable: true
            Accessible.checked: root.chosen
            onClicked: root.choiceGiven(!root.chosen)
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 1

            Words {
                Layout.fillWidth: true
                text: root.title
                font.pixelSize: Theme.sizeSmall
                font.weight: Font.Medium
                Accessible.ignored: true
            }
            Words {
                Layout.fillWidth: true
                text: root.detail
                muted: true
                font.pixelSize: Theme.sizeCaption
                Accessible.ignored: true
            }
        }
        Words {
            Layout.rightMargin: Theme.gap2
            text: root.hereText
            color: root.here === "present" ? Theme.muted : Theme.accent
            font.pixelSize: Theme.sizeTiny
            font.weight: Font.Medium
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radiusRow
        color: root.current ? Theme.accentSurface : root.hovered ? Theme.surface3 : "transparent"

        FocusRing {
            anchors.margins: 0
            radius: Theme.radiusRow
            shown: root.visualFocus
        }
    }
}
