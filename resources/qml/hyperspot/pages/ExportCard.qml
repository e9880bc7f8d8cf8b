pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// Which conversations, in which format, and where they went.
Card {
    id: root

    required property ExportViewModel viewModel
    // Whether its button is the one of the page that suggests itself.
    property bool leading: true

    readonly property list<string> scopes: ["all", "chosen", "profile"]
    readonly property list<string> formats: ["markdown", "html", "pdf", "json", "archive"]
    readonly property bool whole: viewModel.scope === "profile"

    signal folderWanted(string path)

    implicitHeight: layout.implicitHeight + Theme.gap4 * 2
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Export")

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
                iconName: "upload"
            }
            Words {
                Layout.fillWidth: true
                text: qsTr("Export")
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
            }
            ActionButton {
                primary: root.leading
                iconName: "upload"
                enabled: root.viewModel.possible && !root.viewModel.running
                text: qsTr("Export")
                onClicked: root.ask()
            }
        }
        Flow {
            Layout.fillWidth: true
            spacing: Theme.gap3

            Segments {
                name: qsTr("What to export")
                options: [qsTr("All conversations"), qsTr("Some"), qsTr("Whole profile")]
                index: root.scopes.indexOf(root.viewModel.scope)
                onPicked: index => root.viewModel.scope = root.scopes[index]
            }
            Segments {
                visible: !root.whole
                name: qsTr("Format")
                options: [qsTr("Markdown"), qsTr("HTML"), qsTr("PDF"), qsTr("JSON"), qsTr("Archive")]
                index: root.formats.indexOf(root.viewModel.format)
                onPicked: index => root.viewModel.format = root.formats[index]
            }
        }
        Words {
            Layout.fillWidth: true
            text: root.explained() + " " + qsTr("It is not encrypted: keep it where only you can read it.")
            muted: true
            wrapMode: Text.Wrap
            font.pixelSize: Theme.sizeCaption
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
            text: qsTr("Exporting")
            detail: root.viewModel.progressText
            value: root.viewModel.progress
            known: root.viewModel.progressKnown
            onCancelled: root.viewModel.cancel()
        }
        DoneLine {
            Layout.fillWidth: true
            text: root.viewModel.doneText
            detail: root.viewModel.donePath
            onClosed: root.viewModel.dismiss()

            ActionButton {
                iconName: "folder-open"
                text: qsTr("Show in folder")
                onClicked: root.folderWanted(root.viewModel.donePath)
            }
        }
        Skeleton {
            Layout.fillWidth: true
            lines: 3
            active: root.viewModel.loading
        }
        Words {
            Layout.fillWidth: true
            visible: !root.whole && root.viewModel.total === 0 && !root.viewModel.loading && root.viewModel.errorSentence === ""
            text: qsTr("There are no conversations to export yet.")
            muted: true
            font.pixelSize: Theme.sizeSmall
        }
        ExportChoices {
            Layout.fillWidth: true
            visible: root.viewModel.scope === "chosen" && root.viewModel.total > 0
            viewModel: root.viewModel
        }
    }
    FileDialog {
        id: fileDialog

        title: qsTr("Export to")
        fileMode: FileDialog.SaveFile
        currentFolder: root.viewModel.suggestedFolder
        defaultSuffix: root.viewModel.suffix
        onAccepted: root.viewModel.exportTo(selectedFile)
    }
    FolderDialog {
        id: folderDialog

        title: qsTr("Export into a new folder in")
        currentFolder: root.viewModel.suggestedFolder
        onAccepted: root.viewModel.exportTo(selectedFolder)
    }

    function ask(): void {
        if (viewModel.wantsFolder) {
            folderDialog.open();
        } else {
            fileDialog.selectedFile = viewModel.suggestedFile;
            fileDialog.open();
        }
    }
    function explained(): string {
        if (whole)
            return qsTr("One archive of all conversations, also those in the trash, the collections with what belongs to them, and your settings. It can be imported again without loss. Models and documents are not in it.");
        if (viewModel.format === "json" || viewModel.format === "archive")
            return qsTr("Everything: all versions of every message, its sources and settings. It can be imported again without loss.");
        return qsTr("To be read: the version of each conversation that you see, with its sources.");
    }
}
