pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// Collections, and the files of the one that is selected.
FocusScope {
    id: root

    required property DocumentsViewModel viewModel
    required property FileTableViewModel files
    required property AddingViewModel adding

    property bool searchModelMissing: false

    readonly property bool blank: viewModel.known && viewModel.count === 0
    readonly property real innerWidth: width - Theme.gap6 * 2

    signal openWanted(string path)
    signal folderWanted(string path)
    signal copyWanted(string text)
    signal searchWanted(string fileId, string fileName)
    signal collectionSearchWanted(string name)
    signal collectionAskWanted(string collectionId)
    signal modelsWanted

    function chooseFiles(): void {
        fileDialog.open();
    }
    function chooseFolder(): void {
        folderDialog.open();
    }
    function showSources(collectionId: string, name: string): void {
        sourcesSheet.showFor(collectionId, name);
    }
    function showRow(row: int): void {
        list.untouched = false;
        list.positionViewAtIndex(row, ListView.Center);
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Documents")
    onVisibleChanged: if (visible) files.refresh()

    Shortcut {
        // A field that is being typed in takes it first.
        sequences: [StandardKey.Paste]
        enabled: root.visible
        onActivated: root.adding.paste()
    }
    Shortcut {
        sequences: [StandardKey.Find]
        enabled: root.visible && !root.blank
        onActivated: {
            list.positionViewAtBeginning();
            (list.headerItem as DocumentsHead).takeFilter();
        }
    }
    FileColumns {
        id: columns

        width: root.innerWidth
        mirrored: root.LayoutMirroring.enabled
    }
    ListView {
        id: list

        // Until somebody scrolls, what arrives late must not push the title away.
        property bool untouched: true

        anchors.fill: parent
        visible: !root.blank
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        leftMargin: Theme.gap6
        rightMargin: Theme.gap6
        topMargin: Theme.gap5 + Theme.gap3
        bottomMargin: Theme.gap5
        flickableDirection: Flickable.VerticalFlick
        model: root.viewModel.count > 0 ? root.files.rows : null
        reuseItems: true
        // Lists change as a whole: nothing may still be on its way to a line that is gone.
        cacheBuffer: 0
        currentIndex: -1
        activeFocusOnTab: true
        keyNavigationEnabled: true
        highlightMoveDuration: 0
        highlightFollowsCurrentItem: true
        focus: true
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Files of %1").arg(root.viewModel.currentName)
        onWidthChanged: contentX = -leftMargin
        onMovementStarted: untouched = false
        onContentHeightChanged: Qt.callLater(toTop)
        onOriginYChanged: Qt.callLater(toTop)
        Keys.onReturnPressed: (currentItem as FileLine)?.opened()
        Keys.onEnterPressed: (currentItem as FileLine)?.opened()
        Keys.onUpPressed: {
            // Above the first line stand the collections.
            if (currentIndex > 0)
                decrementCurrentIndex();
            else
                positionViewAtBeginning();
        }
        Keys.onMenuPressed: (currentItem as FileLine)?.menuWanted()
        Keys.onPressed: event => {
            if (event.key === Qt.Key_F10 && event.modifiers & Qt.ShiftModifier) {
                (currentItem as FileLine)?.menuWanted();
                event.accepted = true;
            } else if (event.key === Qt.Key_Home || event.key === Qt.Key_End) {
                currentIndex = event.key === Qt.Key_Home ? 0 : count - 1;
                event.accepted = true;
            } else if (event.key === Qt.Key_PageDown || event.key === Qt.Key_PageUp) {
                const step = Math.max(1, Math.floor(height / columns.rowHeight) - 2);
                currentIndex = Math.max(0, Math.min(count - 1, currentIndex + (event.key === Qt.Key_PageDown ? step : -step)));
                event.accepted = true;
            }
        }
        onCurrentIndexChanged: if (currentIndex > 0) untouched = false

        function toTop(): void {
            if (untouched)
                contentY = originY - topMargin;
        }

        Connections {
            target: root.files

            // Another list begins at its top.
            function onCountChanged(): void {
                if (list.currentIndex >= root.files.count)
                    list.currentIndex = -1;
            }
        }

        ScrollBar.vertical: ScrollLine {}

        header: DocumentsHead {
            width: list.width - Theme.gap6 * 2
            viewModel: root.viewModel
            files: root.files
            columns: columns
            onFilesWanted: fileDialog.open()
            onFolderWanted: folderDialog.open()
            onShowWanted: path => root.folderWanted(path)
            searchModelMissing: root.searchModelMissing
            onModelsWanted: root.modelsWanted()
            onSourcesWanted: (collectionId, name) => sourcesSheet.showFor(collectionId, name)
            onSearchWanted: name => root.collectionSearchWanted(name)
            onAskWanted: collectionId => root.collectionAskWanted(collectionId)
        }
        delegate: FileLine {
            id: line

            required property int index

            width: list.width - Theme.gap6 * 2
            columns: columns
            last: index === list.count - 1
            current: ListView.isCurrentItem
            focused: list.activeFocus && ListView.isCurrentItem
            onClicked: {
                list.untouched = false;
                list.currentIndex = index;
                list.forceActiveFocus();
            }
            onOpened: root.openWanted(path)
            onMenuWanted: {
                list.untouched = false;
                list.currentIndex = index;
                menu.showFor(line);
            }
        }
    }
    FileHead {
        x: Theme.gap6
        width: root.innerWidth
        visible: list.visible && list.contentY > -columns.rowHeight && list.count > 0
        sticky: true
        columns: columns
        files: root.files
    }
    FileMenu {
        id: menu

        onOpenWanted: root.openWanted(path)
        onFolderWanted: root.folderWanted(path)
        onRetryWanted: root.viewModel.retryFile(fileId)
        onCopyWanted: root.copyWanted(reason)
        onSearchWanted: root.searchWanted(fileId, name)
    }
    Item {
        anchors.fill: parent
        visible: root.blank

        PageHeader {
            x: Theme.gap6
            y: Theme.gap5 + Theme.gap3
            width: root.innerWidth
            title: qsTr("Documents")
            detail: qsTr("Folders and files you have added. Everything is read and indexed on this computer.")
        }
        EmptyState {
            id: nothing

            anchors.centerIn: parent
            iconName: "library"
            text: qsTr("No documents yet")
            detail: qsTr("Add files or a folder, or drop them here. You can search them, and answers will cite them; they never leave this computer.")

            ActionButton {
                iconName: "plus"
                text: qsTr("Add files")
                onClicked: fileDialog.open()
            }
            ActionButton {
                primary: true
                iconName: "folder-sync"
                text: qsTr("Watch a folder")
                onClicked: folderDialog.open()
            }
        }
        ActionButton {
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.top: nothing.bottom
            anchors.topMargin: Theme.gap2
            visible: root.adding.hasSamples
            iconName: "sparkles"
            text: qsTr("Try with the sample documents")
            onClicked: root.adding.addSamples()
        }
        ErrorNote {
            x: Theme.gap6
            y: Theme.size(110)
            width: root.innerWidth
            sentence: root.viewModel.errorSentence
            action: root.viewModel.errorAction
            code: root.viewModel.errorCode
            closable: true
            onClosed: root.viewModel.dismissError()
        }
    }
    DropArea {
        id: dropArea

        anchors.fill: parent
        keys: ["text/uri-list"]
        onDropped: drop => {
            root.adding.offer(drop.urls);
            drop.acceptProposedAction();
        }
    }
    DropFace {
        anchors.fill: parent
        anchors.margins: Theme.gap4
        shown: dropArea.containsDrag
    }
    AddSheet {
        viewModel: root.adding
        collections: root.viewModel.names
    }
    SourcesSheet {
        id: sourcesSheet

        viewModel: root.viewModel
        onShowWanted: path => root.folderWanted(path)
    }
    FileDialog {
        id: fileDialog

        title: qsTr("Choose files to add")
        fileMode: FileDialog.OpenFiles
        onAccepted: root.adding.offer(selectedFiles)
    }
    FolderDialog {
        id: folderDialog

        title: qsTr("Choose a folder to watch")
        onAccepted: root.adding.offer([selectedFolder])
    }
}
