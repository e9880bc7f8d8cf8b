pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// Models that are here and models that could be.
FocusScope {
    id: root

    required property ModelsViewModel viewModel

    function chooseFile(): void {
        dialog.open();
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Models")

    ListView {
        id: list

        // Until somebody scrolls, what arrives late must not push the title away.
        property bool untouched: true

        anchors.fill: parent
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        spacing: Theme.gap3
        leftMargin: Theme.gap6
        rightMargin: Theme.gap6
        topMargin: Theme.gap5 + Theme.gap3
        bottomMargin: Theme.gap5
        flickableDirection: Flickable.VerticalFlick
        cacheBuffer: 800
        model: root.viewModel.cards
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Models")
        onWidthChanged: contentX = -leftMargin
        onMovementStarted: untouched = false
        onContentHeightChanged: Qt.callLater(toTop)
        onOriginYChanged: Qt.callLater(toTop)

        function toTop(): void {
            if (untouched)
                contentY = originY - topMargin;
        }

        ScrollBar.vertical: ScrollLine {}

        header: Column {
            width: list.width - Theme.gap6 * 2
            bottomPadding: Theme.gap5
            spacing: Theme.gap4

            PageHeader {
                width: parent.width
                title: qsTr("Models")
                detail: root.viewModel.hardwareText

                ActionButton {
                    iconName: "plus"
                    text: qsTr("Import a GGUF file")
                    onClicked: dialog.open()
                }
            }
            ErrorNote {
                width: parent.width
                sentence: root.viewModel.errorSentence
                action: root.viewModel.errorAction
                code: root.viewModel.errorCode
                closable: true
                onClosed: root.viewModel.dismissError()
            }
            Card {
                width: parent.width
                height: visible ? Theme.size(72) : 0
                visible: importPath !== ""
                border.color: Theme.accent

                property string importPath: ""
                property string importName: ""
                property string importDetail: ""
                id: importCard

                Connections {
                    target: root.viewModel

                    function onFileInspected(path: string, name: string, detail: string): void {
                        importCard.importPath = path;
                        importCard.importName = name;
                        importCard.importDetail = detail;
                    }
                }
                Column {
                    anchors.verticalCenter: parent.verticalCenter
                    x: Theme.gap4
                    width: parent.width - choices.width - Theme.gap6
                    spacing: 2

                    Words {
                        width: parent.width
                        text: importCard.importName
                        font.weight: Font.DemiBold
                    }
                    Words {
                        width: parent.width
                        text: importCard.importDetail
                        muted: true
                        font.pixelSize: Theme.sizeSmall
                    }
                }
                Row {
                    id: choices

                    anchors.right: parent.right
                    anchors.rightMargin: Theme.gap4
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: Theme.gap2

                    ActionButton {
                        primary: true
                        text: qsTr("Copy into the profile")
                        onClicked: importCard.take(true)
                    }
                    ActionButton {
                        text: qsTr("Use where it is")
                        onClicked: importCard.take(false)
                    }
                    IconButton {
                        side: 34
                        iconName: "x"
                        text: qsTr("Do not import")
                        onClicked: importCard.importPath = ""
                    }
                }

                function take(copy: bool): void {
                    root.viewModel.importFile(importPath, copy);
                    importPath = "";
                }
            }
        }
        delegate: Item {
            id: slot

            required property string modelId
            required property string name
            required property string detail
            required property string licence
            required property string purpose
            required property string status
            required property string statusText
            required property string fit
            required property string fitText
            required property string speedText
            required property real progress
            required property bool progressKnown
            required property string jobId
            required property bool pausable
            required property bool linked
            required property bool slow
            required property bool measured

            width: list.width - Theme.gap6 * 2
            height: card.height + (note.visible ? note.height + Theme.gap2 : 0)

            ModelCard {
                id: card

                width: parent.width
                modelId: slot.modelId
                name: slot.name
                detail: slot.detail
                licence: slot.licence
                purpose: slot.purpose
                status: slot.status
                statusText: slot.statusText
                fit: slot.fit
                fitText: slot.fitText
                speedText: slot.speedText
                progress: slot.progress
                progressKnown: slot.progressKnown
                jobId: slot.jobId
                pausable: slot.pausable
                linked: slot.linked
                slow: slot.slow
                measured: slot.measured
                onLoadWanted: root.viewModel.load(slot.modelId)
                onUnloadWanted: root.viewModel.unload(slot.modelId)
                onDownloadWanted: root.viewModel.download(slot.modelId)
                onPauseWanted: root.viewModel.pause(slot.jobId)
                onResumeWanted: root.viewModel.resume(slot.jobId)
                onCancelWanted: root.viewModel.cancel(slot.jobId)
                onMeasureWanted: root.viewModel.benchmark(slot.modelId)
                onOptimiseWanted: root.viewModel.optimise(slot.modelId)
                onRemoveWanted: root.viewModel.remove(slot.modelId)
            }
            ErrorNote {
                id: note

                anchors.top: card.bottom
                anchors.topMargin: Theme.gap2
                width: parent.width
                warning: true
                sentence: slot.slow ? qsTr("%1 is stored in a form that this computer reads slowly.").arg(slot.name) : ""
                action: qsTr("A converted copy answers faster; both are measured and neither is deleted.")
                buttonText: qsTr("Optimise")
                onTriggered: root.viewModel.optimise(slot.modelId)
            }
        }
        footer: Column {
            width: list.width - Theme.gap6 * 2
            topPadding: Theme.gap5
            spacing: Theme.gap2

            Words {
                text: qsTr("From an address")
                font.weight: Font.DemiBold
            }
            Row {
                width: parent.width
                spacing: Theme.gap2

                Field {
                    id: address

                    width: parent.width - get.width - Theme.gap2
                    placeholderText: qsTr("https://… of a GGUF file, or owner/repository/file.gguf")
                    label: qsTr("Address of a model")
                    onAccepted: get.clicked()
                }
                ActionButton {
                    id: get

                    iconName: "download"
                    text: qsTr("Download")
                    enabled: address.text.trim() !== ""
                    onClicked: {
                        root.viewModel.download(address.text);
                        address.clear();
                    }
                }
            }
        }
    }
    Skeleton {
        anchors.top: parent.top
        anchors.topMargin: Theme.size(130)
        x: Theme.gap6
        width: parent.width - Theme.gap6 * 2
        lines: 5
        lineHeight: 72
        active: root.viewModel.loading
    }
    EmptyState {
        anchors.centerIn: parent
        visible: list.count === 0 && !root.viewModel.loading && root.viewModel.errorSentence === ""
        iconName: "boxes"
        text: qsTr("No models yet")
        detail: qsTr("Import a GGUF file that you have, or give the address of one.")
    }
    FileDialog {
        id: dialog

        title: qsTr("Choose a GGUF file")
        nameFilters: [qsTr("Models (*.gguf)"), qsTr("All files (*)")]
        onAccepted: root.viewModel.inspectFile(selectedFile)
    }
}
