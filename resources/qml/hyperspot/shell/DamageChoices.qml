import QtQuick
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// The profile's file is bad: why, and what can be done. Whatever is chosen, the file is kept.
Column {
    id: root

    required property AppViewModel app

    readonly property bool busy: app.recovering !== ""

    spacing: Theme.gap4

    IconTile {
        iconName: root.busy ? "refresh-cw" : "triangle-alert"
        ink: root.busy ? Theme.accent : Theme.warning
        side: 48
    }
    Words {
        width: parent.width
        text: root.app.recovering === "repair" ? qsTr("Your profile is being repaired") : root.busy ? qsTr("The backup is being restored") : qsTr("Your profile is damaged")
        wrapMode: Text.Wrap
        font.pixelSize: Theme.sizeTitle
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
    }
    Words {
        width: parent.width
        visible: root.busy
        text: qsTr("This may take some minutes. Every page is checked before it counts, and the damaged file is kept.")
        muted: true
        wrapMode: Text.Wrap
        font.pixelSize: Theme.sizeSmall
    }
    ErrorNote {
        width: parent.width
        visible: !root.busy
        sentence: root.app.errorSentence
        action: root.app.errorAction
        code: root.app.errorCode
    }
    Card {
        width: parent.width
        height: choices.implicitHeight + Theme.gap4 * 2
        visible: !root.busy

        ColumnLayout {
            id: choices

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            anchors.leftMargin: Theme.gap4
            anchors.rightMargin: Theme.gap4
            spacing: Theme.gap4

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.gap3

                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 2

                    Words {
                        Layout.fillWidth: true
                        text: qsTr("Repair it")
                        font.weight: Font.Medium
                    }
                    Words {
                        Layout.fillWidth: true
                        text: qsTr("What can be read is put together again; what cannot comes from the newest whole backup.")
                        muted: true
                        wrapMode: Text.Wrap
                        font.pixelSize: Theme.sizeSmall
                    }
                }
                ActionButton {
                    primary: true
                    focus: true
                    text: qsTr("Repair")
                    onClicked: root.app.recover("repair")
                }
            }
            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.gap3

                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 2

                    Words {
                        Layout.fillWidth: true
                        text: qsTr("Restore the newest whole backup")
                        font.weight: Font.Medium
                    }
                    Words {
                        Layout.fillWidth: true
                        text: root.app.backupText !== "" ? root.app.backupText : qsTr("There is none that can be used with the key of this profile.")
                        muted: true
                        wrapMode: Text.Wrap
                        font.pixelSize: Theme.sizeSmall
                    }
                }
                ActionButton {
                    text: qsTr("Restore")
                    enabled: root.app.backupText !== ""
                    onClicked: root.app.recover("restore")
                }
            }
        }
    }
    Row {
        visible: !root.busy
        spacing: Theme.gap2

        ActionButton {
            iconName: "folder-open"
            text: qsTr("Open the folder")
            onClicked: root.app.showDatabase()
        }
        ActionButton {
            text: qsTr("Try again")
            onClicked: root.app.openAgain("")
        }
        ActionButton {
            text: qsTr("Quit")
            onClicked: root.app.quit()
        }
    }
}
