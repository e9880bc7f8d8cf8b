pragma ComponentBehavior: Bound

import QtQuick
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// Title, collections, and what the table below is narrowed by.
Column {
    id: root

    required property DocumentsViewModel viewModel
    required property FileTableViewModel files
    required property FileColumns columns
    property bool searchModelMissing: false

    readonly property int cardColumns: Math.max(1, Math.floor((width + Theme.gap4) / (Theme.size(250) + Theme.gap4)))

    signal filesWanted
    signal folderWanted
    signal modelsWanted
    signal showWanted(string path)
    signal sourcesWanted(string collectionId, string name)
    signal searchWanted(string name)
    signal askWanted(string collectionId)

    function takeFilter(): void {
        filter.forceActiveFocus();
        filter.selectAll();
    }

    spacing: Theme.gap5

    PageHeader {
        width: parent.width
        title: qsTr("Documents")
        detail: qsTr("Folders and files you have added. Everything is read and indexed on this computer.")

        ActionButton {
            iconName: "plus"
            text: qsTr("Add files")
            onClicked: root.filesWanted()
        }
        ActionButton {
            primary: true
            iconName: "folder-sync"
            text: qsTr("Watch a folder")
            onClicked: root.folderWanted()
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
        sentence: root.searchModelMissing && root.viewModel.byWordsOnly ? qsTr("No search model is installed: passages are found by their words only.") : ""
        action: qsTr("With one they are found by what they mean as well; nothing has to be added again.")
        buttonText: qsTr("Choose a search model")
        onTriggered: root.modelsWanted()
    }
    Skeleton {
        width: parent.width
        lines: 4
        lineHeight: 52
        active: root.viewModel.loading
    }
    Grid {
        id: grid

        readonly property real cardWidth: Math.floor((width - (columns - 1) * columnSpacing) / columns)

        width: parent.width
        visible: root.viewModel.count > 0
        // Few cards are as wide as those of a full row.
        columns: root.cardColumns
        columnSpacing: Theme.gap4
        rowSpacing: Theme.gap4
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Collections")

        Repeater {
            model: root.viewModel.collections

            CollectionCard {
                required property string collectionId
                required property string folder

                width: grid.cardWidth
                current: root.viewModel.currentId === collectionId
                onClicked: root.viewModel.select(collectionId)
                onRenamed: text => root.viewModel.rename(collectionId, text)
                onLookWanted: root.viewModel.lookForChanges(collectionId)
                onReadAgainWanted: root.viewModel.readAgain(collectionId)
                onRetryWanted: root.viewModel.retryAll(collectionId)
                onWatchWanted: root.viewModel.keepWatching(collectionId)
                onShowWanted: root.showWanted(folder)
                onSourcesWanted: root.sourcesWanted(collectionId, name)
                onSearchWanted: root.searchWanted(name)
                onAskWanted: root.askWanted(collectionId)
                onRemoveWanted: root.viewModel.remove(collectionId)
            }
        }
    }
    Column {
        width: parent.width
        visible: root.viewModel.count > 0
        spacing: Theme.gap3

        Item {
            width: parent.width
            height: Math.max(chips.height, Theme.controlHeight)

            Flow {
                id: chips

                anchors.left: parent.left
                topPadding: Math.round((filter.height - Theme.size(30)) / 2)
                width: parent.width - filter.width - Theme.gap3
                spacing: Theme.gap2

                Repeater {
                    model: root.viewModel.states

                    Pill {
                        id: chip

                        required property string value
                        required property string label
                        required property string countText
                        required property bool chosen

                        text: label + "  " + countText
                        accented: chosen
                        Accessible.role: Accessible.RadioButton
                        Accessible.checked: chosen
                        onClicked: root.files.chooseState(chosen ? "" : value)
                    }
                }
            }
            Field {
                id: filter

                anchors.right: parent.right
                width: Theme.size(root.columns.wide ? 240 : 180)
                iconName: "list-filter"
                placeholderText: qsTr("Filter by name")
                text: root.files.text
                onTextEdited: root.files.text = text
                Keys.onEscapePressed: root.files.text = ""
            }
        }
        ErrorNote {
            width: parent.width
            sentence: root.files.errorSentence
            action: root.files.errorAction
            code: root.files.errorCode
            buttonText: qsTr("Try again")
            onTriggered: root.files.reload()
        }
        Column {
            width: parent.width

            FileHead {
                width: parent.width
                visible: root.files.count > 0
                columns: root.columns
                files: root.files
            }
            Skeleton {
                width: parent.width
                lines: 4
                lineHeight: 36
                active: root.files.loading
            }
            Card {
                width: parent.width
                height: Theme.size(112)
                visible: root.files.count === 0 && !root.files.loading && root.files.errorSentence === ""

                Column {
                    anchors.centerIn: parent
                    spacing: Theme.gap3

                    Words {
                        anchors.horizontalCenter: parent.horizontalCenter
                        text: root.files.text !== "" || root.files.chosenState !== "" ? qsTr("No file is like that.") : qsTr("No file in this collection yet.")
                        muted: true
                        font.pixelSize: Theme.sizeSmall
                    }
                    ActionButton {
                        anchors.horizontalCenter: parent.horizontalCenter
                        visible: root.files.text !== "" || root.files.chosenState !== ""
                        text: qsTr("Show all files")
                        onClicked: {
                            root.files.text = "";
                            root.files.chooseState("");
                        }
                    }
                }
            }
        }
    }
}
