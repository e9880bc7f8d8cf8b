import QtQuick
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// The profile's file is bad or gone: why, and what can be done. Whatever is chosen, what is left of it is kept.
Column {
    id: root

    required property AppViewModel app

    readonly property bool busy: app.recovering !== ""
    readonly property bool restorable: app.backupText !== ""

    // Where the choices begin: Enter does the first that can be done, and none of them destroys anything.
    function begin(): void {
        const first = !app.lost ? repair : restorable ? restore : again;
        first.forceActiveFocus(Qt.TabFocusReason);
    }

    spacing: Theme.gap4
    // When everything that it looks at is as it will be.
    onVisibleChanged: if (visible) Qt.callLater(begin)
    Component.onCompleted: if (visible) Qt.callLater(begin)

    IconTile {
        iconName: root.busy ? "refresh-cw" : "triangle-alert"
        ink: root.busy ? Theme.accent : Theme.warning
        side: 48
    }
    Words {
        width: parent.width
        text: root.app.recovering === "repair" ? qsTr("Your profile is being repaired") : root.busy ? qsTr("The backup is being restored") : root.app.lost ? qsTr("Your profile is missing") : qsTr("Your profile is damaged")
        wrapMode: Text.Wrap
        font.pixelSize: Theme.sizeTitle
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
    }
    Words {
        width: parent.width
        visible: root.busy
        text: qsTr("This may take some minutes. Every page is checked before it counts, and what was there before is kept.")
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
                // Where nothing is left to read, a repair would be the same as the backup.
                visible: !root.app.lost
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
                    id: repair

                    primary: true
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
                        text: root.restorable ? root.app.backupText : qsTr("There is none that can be used with the key of this profile.")
                        muted: true
                        wrapMode: Text.Wrap
                        font.pixelSize: Theme.sizeSmall
                    }
                }
                ActionButton {
                    id: restore

                    primary: root.app.lost && root.restorable
                    text: qsTr("Restore")
                    enabled: root.restorable
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
            id: again

            text: qsTr("Try again")
            onClicked: root.app.openAgain("")
        }
        ActionButton {
            text: qsTr("Quit")
            onClicked: root.app.quit()
        }
    }
}
