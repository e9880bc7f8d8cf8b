pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// The report on a bad end, to be read before it is saved.
Sheet {
    id: root

    required property CrashViewModel viewModel

    anchors.centerIn: parent
    width: Math.min(Theme.size(720), parent ? parent.width - Theme.gap6 : Theme.size(720))

    contentItem: Column {
        padding: Theme.gap5
        spacing: Theme.gap4
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Report on the last run")

        Words {
            text: qsTr("Report on the last run")
            font.pixelSize: Theme.sizeHeading
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        Words {
            width: root.width - Theme.gap5 * 2
            text: qsTr("This is all that is saved: times, versions, and places in the program. None of your words, titles, file names, and no name of yours is in it.")
            muted: true
            wrapMode: Text.Wrap
            font.pixelSize: Theme.sizeSmall
        }
        Rectangle {
            width: root.width - Theme.gap5 * 2
            height: Math.min(text.implicitHeight, Theme.size(300))
            radius: Theme.radiusRow
            color: Theme.surface3

            ScrollView {
                anchors.fill: parent
                ScrollBar.horizontal.policy: ScrollBar.AlwaysOff

                TextArea {
                    id: text

                    readOnly: true
                    selectByMouse: true
                    padding: Theme.gap3
                    text: root.viewModel.report
                    textFormat: TextEdit.PlainText
                    wrapMode: TextEdit.WrapAnywhere
                    color: Theme.text
                    selectionColor: Theme.accent
                    font.family: Theme.monoFamily
                    font.pixelSize: Theme.sizeTiny
                    background: null
                    KeyNavigation.priority: KeyNavigation.BeforeItem
                    KeyNavigation.tab: save
                    Accessible.name: qsTr("Report on the last run")
                }
            }
            FocusRing {
                radius: parent.radius
                shown: text.activeFocus
            }
        }
        ErrorNote {
            width: root.width - Theme.gap5 * 2
            sentence: root.viewModel.problemSentence
            action: root.viewModel.problemAction
        }
        Row {
            spacing: Theme.gap2

            ActionButton {
                id: save

                primary: true
                focus: true
                text: qsTr("Save…")
                description: qsTr("Save the report as a text file")
                onClicked: {
                    fileDialog.selectedFile = root.viewModel.suggestedFile;
                    fileDialog.open();
                }
            }
            ActionButton {
                text: qsTr("Close")
                onClicked: root.close()
            }
        }
        FileDialog {
            id: fileDialog

            title: qsTr("Save the report")
            fileMode: FileDialog.SaveFile
            defaultSuffix: "txt"
            onAccepted: root.viewModel.saveTo(selectedFile)
        }
    }

    Connections {
        target: root.viewModel

        function onSaved(): void {
            root.close();
        }
    }
}
