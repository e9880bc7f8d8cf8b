pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// Inside a backup: its conversations, their messages to read, and the way back for one or several.
Sheet {
    id: root

    required property BackupPreviewViewModel viewModel

    anchors.centerIn: parent
    width: Math.min(Theme.size(1040), parent ? parent.width - Theme.gap6 : Theme.size(1040))
    height: Math.min(Theme.size(720), parent ? parent.height - Theme.gap6 : Theme.size(720))

    onClosed: viewModel.leave()

    contentItem: ColumnLayout {
        spacing: Theme.gap3
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Inside the backup")

        RowLayout {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.gap5
            Layout.rightMargin: Theme.gap3
            Layout.topMargin: Theme.gap3

            ColumnLayout {
                Layout.fillWidth: true
                spacing: 1

                Words {
                    Layout.fillWidth: true
                    text: qsTr("Inside the backup")
                    font.pixelSize: Theme.sizeHeading
                    font.weight: Font.DemiBold
                    Accessible.role: Accessible.Heading
                }
                Words {
                    Layout.fillWidth: true
                    text: root.viewModel.title
                    muted: true
                    font.pixelSize: Theme.sizeCaption
                }
            }
            IconButton {
                iconName: "x"
                text: qsTr("Close")
                focus: true
                onClicked: root.close()
            }
        }
        ErrorNote {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.gap5
            Layout.rightMargin: Theme.gap5
            sentence: root.viewModel.errorSentence
            action: root.viewModel.errorAction
            code: root.viewModel.errorCode
            buttonText: qsTr("Try again")
            closable: true
            onTriggered: root.viewModel.again()
            onClosed: root.viewModel.dismissError()
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.leftMargin: Theme.gap5
            Layout.rightMargin: Theme.gap5
            spacing: Theme.gap4

            ColumnLayout {
                Layout.preferredWidth: root.width * 0.44
                Layout.maximumWidth: root.width * 0.44
                Layout.fillHeight: true
                spacing: Theme.gap2

                Field {
                    Layout.fillWidth: true
                    iconName: "search"
                    label: qsTr("Find a conversation in the backup")
                    placeholderText: qsTr("Find a conversation")
                    text: root.viewModel.filter
                    onTextEdited: root.viewModel.filter = text
                }
                ListView {
                    id: list

                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    clip: true
                    boundsBehavior: Flickable.StopAtBounds
                    reuseItems: true
                    spacing: 2
                    model: root.viewModel.rows
                    Accessible.role: Accessible.List
                    Accessible.name: qsTr("Conversations in the backup")

                    ScrollBar.vertical: ScrollLine {}

                    delegate: PreviewLine {
                        width: list.width - Theme.gap3
                        current: root.viewModel.shownId === conversationId
                        onClicked: root.viewModel.show(conversationId)
                        onChoiceGiven: wanted => root.viewModel.choose(conversationId, wanted)
                    }

                    Skeleton {
                        width: parent.width
                        lines: 6
                        lineHeight: 40
                        active: root.viewModel.loading
                    }
                    Words {
                        anchors.centerIn: parent
                        visible: list.count === 0 && !root.viewModel.loading && root.viewModel.errorSentence === ""
                        text: root.viewModel.filter !== "" ? qsTr("No conversation has this in its title.") : qsTr("There is no conversation in it.")
                        muted: true
                        font.pixelSize: Theme.sizeSmall
                    }
                }
            }
            Rectangle {
                Layout.fillWidth: true
                Layout.fillHeight: true
                radius: Theme.radiusButton + 1
                color: Theme.background
                border.color: Theme.line
                clip: true

                ListView {
                    id: messages

                    anchors.fill: parent
                    anchors.margins: Theme.gap4
                    clip: true
                    spacing: Theme.gap4
                    activeFocusOnTab: count > 0
                    boundsBehavior: Flickable.StopAtBounds
                    model: root.viewModel.messages
                    Accessible.role: Accessible.List
                    Accessible.name: qsTr("Messages in the backup")
                    Keys.onUpPressed: flick(0, 600)
                    Keys.onDownPressed: flick(0, -600)

                    ScrollBar.vertical: ScrollLine {}

                    delegate: Column {
                        id: message

                        required property string role
                        required property string who
                        required property string text

                        width: messages.width - Theme.gap3
                        spacing: 2

                        Words {
                            width: parent.width
                            text: message.who
                            color: message.role === "user" ? Theme.accent : Theme.muted
                            font.pixelSize: Theme.sizeCaption
                            font.weight: Font.Medium
                        }
                        Words {
                            width: parent.width
                            text: message.text
                            wrapMode: Text.Wrap
                            font.pixelSize: Theme.sizeSmall
                        }
                    }
                }
                FocusRing {
                    anchors.margins: 0
                    radius: Theme.radiusButton
                    shown: messages.activeFocus
                }
                Skeleton {
                    x: Theme.gap4
                    y: Theme.gap4
                    width: parent.width - Theme.gap4 * 2
                    lines: 6
                    active: root.viewModel.readingMessages
                }
                EmptyState {
                    anchors.centerIn: parent
                    visible: messages.count === 0 && !root.viewModel.readingMessages
                    iconName: "eye"
                    text: root.viewModel.shownId === "" ? qsTr("Choose a conversation to read it") : qsTr("It has no messages")
                    detail: root.viewModel.shownId === "" ? qsTr("Looking changes nothing.") : ""
                }
            }
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.gap5
            Layout.rightMargin: Theme.gap5
            Layout.bottomMargin: Theme.gap4
            spacing: Theme.gap2

            Words {
                Layout.fillWidth: true
                text: qsTr("What is here now is never overwritten; it is backed up first.")
                muted: true
                wrapMode: Text.Wrap
                font.pixelSize: Theme.sizeCaption
            }
            ActionButton {
                visible: root.viewModel.chosen > 0
                text: qsTr("Choose none")
                onClicked: root.viewModel.chooseNone()
            }
            ActionButton {
                visible: root.viewModel.chosen === 0
                enabled: root.viewModel.missing > 0
                text: qsTr("Choose what is not here")
                onClicked: root.viewModel.chooseMissing()
            }
            ActionButton {
                primary: true
                iconName: "undo-2"
                enabled: !root.viewModel.restoring && (root.viewModel.chosen > 0 || root.viewModel.shownId !== "")
                text: root.viewModel.restoring ? qsTr("Restoring …") : root.viewModel.chosen > 0 ? qsTr("Restore %1 chosen").arg(root.viewModel.chosen) : qsTr("Restore this one")
                onClicked: {
                    if (root.viewModel.chosen > 0)
                        root.viewModel.restoreChosen();
                    else
                        root.viewModel.restore(root.viewModel.shownId);
                }
            }
        }
    }
}
