pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// A file to look at, what it holds, and what became of it.
Card {
    id: root

    required property ImportViewModel viewModel

    implicitHeight: layout.implicitHeight + Theme.gap4 * 2
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Import")

    ColumnLayout {
        id: layout

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.gap4
        spacing: Theme.gap3

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.gap4

            IconTile {
                side: 36
                iconName: "download"
            }
            Words {
                Layout.fillWidth: true
                text: qsTr("Import")
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
            }
        }
        Words {
            Layout.fillWidth: true
            text: qsTr("Histories of ChatGPT, Claude, Open WebUI, LM Studio, Jan and GPT4All, and exports of HyperSpot: a file, a ZIP or a folder. First you see what would come in.")
            muted: true
            wrapMode: Text.Wrap
            font.pixelSize: Theme.sizeSmall
        }
        Flow {
            Layout.fillWidth: true
            spacing: Theme.gap2

            ActionButton {
                iconName: "folder-open"
                enabled: !root.viewModel.running
                text: qsTr("Choose a file")
                onClicked: fileDialog.open()
            }
            ActionButton {
                enabled: !root.viewModel.running
                text: qsTr("Choose a folder")
                onClicked: folderDialog.open()
            }
        }
        ErrorNote {
            Layout.fillWidth: true
            sentence: root.viewModel.errorSentence
            action: root.viewModel.errorAction
            code: root.viewModel.errorCode
            closable: true
            onClosed: root.viewModel.dismissError()
        }
        RunningLine {
            Layout.fillWidth: true
            visible: root.viewModel.running
            text: root.viewModel.step === "checking" ? qsTr("Checking %1").arg(root.viewModel.fileName) : qsTr("Importing %1").arg(root.viewModel.fileName)
            detail: root.viewModel.progressText
            value: root.viewModel.progress
            known: root.viewModel.progressKnown
            onCancelled: root.viewModel.cancel()
        }
        ImportPreview {
            Layout.fillWidth: true
            visible: root.viewModel.hasPreview && !root.viewModel.running
            viewModel: root.viewModel
        }
        DoneLine {
            Layout.fillWidth: true
            text: root.viewModel.doneText
            detail: root.viewModel.doneNotes.length > 0 ? qsTr("Left out: %1").arg(root.viewModel.doneNotes.join(", ")) : ""
            onClosed: root.viewModel.discard()

            ActionButton {
                iconName: "undo-2"
                text: qsTr("Undo the import")
                onClicked: root.viewModel.undo()
            }
        }
    }
    FileDialog {
        id: fileDialog

        title: qsTr("Choose what to import")
        nameFilters: [qsTr("Histories (*.json *.zip *.chat)"), qsTr("All files (*)")]
        onAccepted: root.viewModel.look(selectedFile)
    }
    FolderDialog {
        id: folderDialog

        title: qsTr("Choose the folder of a history")
        onAccepted: root.viewModel.look(selectedFolder)
    }
}
