pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// What stands above the list of backups: how safe one is, what was decided, and where copies go.
Column {
    id: root

    required property BackupsViewModel viewModel

    signal settingsWanted
    signal folderWanted
    signal quitWanted

    bottomPadding: Theme.gap2
    spacing: Theme.gap4

    PageHeader {
        width: parent.width
        title: qsTr("Backups")
        detail: root.viewModel.summary

        ActionButton {
            iconName: "settings"
            text: qsTr("Settings")
            onClicked: root.settingsWanted()
        }
        ActionButton {
            primary: true
            focus: true
            iconName: "hard-drive"
            enabled: !root.viewModel.creating
            text: root.viewModel.creating ? qsTr("Making a backup …") : qsTr("Back up now")
            onClicked: root.viewModel.create()
        }
    }
    ErrorNote {
        width: parent.width
        sentence: root.viewModel.errorSentence
        action: root.viewModel.errorAction
        code: root.viewModel.errorCode
        buttonText: root.viewModel.known ? "" : qsTr("Try again")
        closable: root.viewModel.known
        onTriggered: root.viewModel.refresh()
        onClosed: root.viewModel.dismissError()
    }
    ErrorNote {
        width: parent.width
        warning: true
        sentence: root.viewModel.problem
        action: root.viewModel.problemAction
    }
    Card {
        width: parent.width
        height: decision.implicitHeight + Theme.gap3 * 2
        visible: root.viewModel.restoreDecided
        border.color: Theme.accent
        Accessible.role: Accessible.AlertMessage
        Accessible.name: root.viewModel.decisionText

        RowLayout {
            id: decision

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            anchors.leftMargin: Theme.gap4
            anchors.rightMargin: Theme.gap3
            spacing: Theme.gap3

            Icon {
                name: "rotate-ccw"
                color: Theme.accent
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 2

                Words {
                    Layout.fillWidth: true
                    text: root.viewModel.decisionText
                    wrapMode: Text.Wrap
                    font.pixelSize: Theme.sizeSmall
                    font.weight: Font.Medium
                }
                Words {
                    Layout.fillWidth: true
                    text: qsTr("What is here now was backed up, and its file is kept. What you write until then is in that file.")
                    muted: true
                    wrapMode: Text.Wrap
                    font.pixelSize: Theme.sizeCaption
                }
            }
            ActionButton {
                iconName: "undo-2"
                text: qsTr("Take back")
                onClicked: root.viewModel.undoDecision()
            }
            ActionButton {
                text: qsTr("Quit now")
                onClicked: root.quitWanted()
            }
        }
    }
    Card {
        width: parent.width
        height: choices.implicitHeight + Theme.gap4 * 2
        visible: root.viewModel.known

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
                        text: qsTr("Back up automatically")
                        font.weight: Font.Medium
                    }
                    Words {
                        Layout.fillWidth: true
                        text: qsTr("Every hour in which something changed. Kept are 24 hours, 7 days, 4 weeks and 12 months.")
                        muted: true
                        wrapMode: Text.Wrap
                        font.pixelSize: Theme.sizeSmall
                    }
                }
                Toggle {
                    checked: root.viewModel.automatic
                    text: qsTr("Back up automatically")
                    onToggled: root.viewModel.setAutomatic(checked)
                }
            }
            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.gap2

                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 2

                    Words {
                        Layout.fillWidth: true
                        text: qsTr("Second folder")
                        font.weight: Font.Medium
                    }
                    Words {
                        Layout.fillWidth: true
                        text: root.viewModel.secondFolder !== "" ? root.viewModel.secondFolder : qsTr("None. A folder on another drive gets a copy of the newest backup.")
                        muted: true
                        // A path keeps its ends; a sentence is read to its end.
                        elide: root.viewModel.secondFolder !== "" ? Text.ElideMiddle : Text.ElideNone
                        wrapMode: root.viewModel.secondFolder !== "" ? Text.NoWrap : Text.Wrap
                        font.pixelSize: Theme.sizeSmall
                    }
                }
                ActionButton {
                    visible: root.viewModel.secondFolder !== ""
                    text: qsTr("Forget it")
                    description: root.viewModel.secondFolder
                    onClicked: root.viewModel.forgetSecondFolder()
                }
                ActionButton {
                    iconName: "folder"
                    text: qsTr("Choose a folder")
                    description: qsTr("Second folder")
                    onClicked: root.folderWanted()
                }
            }
        }
    }
}
